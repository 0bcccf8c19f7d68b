"""Who has decided what: the ladder of decisions, positions, and proposals without the consent they need."""
