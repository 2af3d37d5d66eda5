"""One encrypted file with everything a node keeps but its keys, and back."""
