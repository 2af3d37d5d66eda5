# SPDX-License-Identifier: AGPL-3.0-or-later
"""Amparo: accompanying women who were trafficked, from the first call to a life of their own."""

__version__ = "0.1.0"
