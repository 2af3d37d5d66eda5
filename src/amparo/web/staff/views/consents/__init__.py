"""Consents, the paper she takes home, and what was passed on about her."""
