"""Leaving a question with the team of the area, following it with a card, and asking at a desk."""
