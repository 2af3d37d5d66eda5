"""Plans sessions in which nobody meets whom she must not meet (contract: scheduling). No Django, no database."""
