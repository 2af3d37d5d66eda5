"""Organisations and telephone lines out there, for whoever needs one in another place. Old entries say so."""
