"""Signing in and out, with a second step; django-allauth does the work."""

from .adapters import Accounts, SecondFactor

__all__ = ("Accounts", "SecondFactor")
