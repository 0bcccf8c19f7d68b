"""Where the money is: how sums are shared out, and what has happened to each part of them.

Accounts see register, model and values; they know nothing of the network, and judge nothing, since that is what rules
do. They never lose or make an öre, never guess an amount, and tell of every figure how it came about.
"""
