"""The node: its folder, its secrets and its PostgreSQL. Knows nothing of Django or of the areas."""
