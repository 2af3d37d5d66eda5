"""The organisations on this node and the people who work there."""
