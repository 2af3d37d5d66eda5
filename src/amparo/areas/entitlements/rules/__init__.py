"""Decisions about entitlements (pure). Nothing here opens or closes a service of our own (R1)."""
