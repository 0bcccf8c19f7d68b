"""Who is in which group and organisation, who holds which mandate, who has answered what; how answers are built.

Parties see the register, the model and the values; network, accounts, scheduling and questions stand on them.
A membership never gives a mandate here, and a group whose members are not all recorded is never taken to be complete.
"""
