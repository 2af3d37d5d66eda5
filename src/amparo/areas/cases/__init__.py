"""The case: one accompaniment by one organisation, its team, notes, papers and services delivered."""
