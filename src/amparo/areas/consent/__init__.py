"""Consent texts, what she agreed to, what she withdrew, and what was disclosed."""
