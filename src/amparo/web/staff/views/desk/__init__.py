"""The data protection officer's desk: the log, what stands out in it, and what left the house."""
