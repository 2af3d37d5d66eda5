"""Reminding her of a time with us, only as she agreed (R7): what is planned, sent, and shown."""
