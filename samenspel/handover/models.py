"""Questions that residents left, and who holds them."""
