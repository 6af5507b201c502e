"""Policy of a municipality: goals, its own framework, role decisions with their reasons, reviews and the agenda."""
