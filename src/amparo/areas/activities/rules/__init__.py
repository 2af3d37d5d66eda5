"""Pure decisions about activities: the checker of plans shares no code with what makes them."""
