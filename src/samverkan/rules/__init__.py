"""What a wise reader would object to in a collaboration that is readable: the rules, and the `check` that asks them.

A rule sees everything beneath it, from the questions down to the values, and yields plain data; one place turns it
into findings, with their sentences in English and Swedish.
It never raises, never changes what it looks at, and says so where it does not apply.
"""

from samverkan.rules.check import RULES
from samverkan.rules.definitions import Hit, Rule, Skip, rule

__all__ = ["RULES", "Hit", "Rule", "Skip", "rule"]
