"""Her safety: the overview, assessments, incidents and the safety plan."""
