"""Activities: what the house offers, what she wants, and when it is held."""
