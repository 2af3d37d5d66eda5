"""Needs, domains, goals, steps, reviews, outcomes and the job plan."""
