"""Practices, resources and recommendations."""
