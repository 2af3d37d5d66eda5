"""Decisions about activities (pure): the checker of plans shares no code with what makes them."""
