"""The building blocks, wijkopgaven and networks of every area, for people at work (/werk/wijken)."""
