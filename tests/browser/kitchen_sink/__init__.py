"""A page with every component, for development and for the tests of how things look."""
