"""Who may act for whom, and who is responsible: mandates, joint mandates, responsibilities."""
