"""Dates that nobody in Europe misreads."""
