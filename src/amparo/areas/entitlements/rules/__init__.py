"""Pure decisions about entitlements. Nothing here opens or closes a service of our own (R1)."""
