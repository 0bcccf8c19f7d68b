"""When every step can be done at the earliest and must be done at the latest, and why; what slips do, and how likely.

Scheduling sees the network, the parties, the model and the values; it and the accounts alone know numpy.
It never picks a day within a vague one, and never reports a float that the documents do not support.
"""
