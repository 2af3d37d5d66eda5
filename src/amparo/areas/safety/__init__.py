"""Risk instruments, assessments, safety plans, contact rules and incidents."""
