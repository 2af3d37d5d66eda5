"""Forms, one module for each part of the path."""
