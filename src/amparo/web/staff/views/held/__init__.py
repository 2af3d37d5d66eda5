"""Sessions as they are held."""
