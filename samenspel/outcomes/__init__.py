"""What comes of it all, in figures about no one: so far the needs that residents asked for and did not find."""
