"""How far plans have come, what they gave, and what has changed."""
