"""Who may do what, and why; forms sent twice or too late."""
