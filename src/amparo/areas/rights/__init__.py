"""What she may ask about her own file: a copy, correction, restriction, erasure; and how long things are kept."""
