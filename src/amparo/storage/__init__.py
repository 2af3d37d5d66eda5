"""How areas ask the database: queries worded once."""
