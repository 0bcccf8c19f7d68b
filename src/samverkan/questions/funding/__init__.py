"""Shares of grants, what is unclaimed or unspent, pace, conditions, financing, forms, and what is at risk."""
