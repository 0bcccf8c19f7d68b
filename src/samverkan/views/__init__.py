"""Pictures of what the library has computed, and the map of what hangs on what as text that other programs draw.

Views see everything beneath them, from rules to values; they alone know matplotlib, and ask for it when they draw.
They compute nothing of their own, hide no doubt of what they draw, and never tell two things apart by colour alone.
"""

from samverkan.views.levels import dependencies
from samverkan.views.matrix import ladder
from samverkan.views.shares import progress
from samverkan.views.stream import money
from samverkan.views.timeline import gantt

__all__ = ["dependencies", "gantt", "ladder", "money", "progress"]
