"""One module for each command. Each offers `add(subparsers)` and imports Django only while it runs."""
