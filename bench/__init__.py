"""Benchmarks: each prints its figures as one JSON document."""
