"""Django's settings, the table of addresses and the WSGI entry."""
