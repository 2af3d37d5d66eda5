"""The `amparo` command: thin, it calls queries and actions."""
