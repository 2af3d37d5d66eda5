"""Her rights over her file: one page of a case, and what follows from it."""
