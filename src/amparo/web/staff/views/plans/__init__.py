"""Her plan: needs, goals and steps, what she agreed to, reviews and the job plan."""
