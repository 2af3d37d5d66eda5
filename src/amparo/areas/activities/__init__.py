"""Activities, groups, sessions that are safe to hold, and who came."""
