"""Sessions as they are held: the list in the room, who came, what she says of it, and what she takes with her."""
