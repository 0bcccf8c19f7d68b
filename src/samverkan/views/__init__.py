"""Pictures of what the library has computed, and the map of what hangs on what as text that other programs draw.

Views see everything beneath them, from rules to values; they alone know matplotlib, and ask for it when they draw.
They compute nothing of their own, hide no doubt of what they draw, and never tell two things apart by colour alone.
"""

from samverkan.views.dependency_map import dependencies
from samverkan.views.diagram import dot, mermaid
from samverkan.views.ladder_grid import ladder
from samverkan.views.money_flow import money
from samverkan.views.progress_bars import progress
from samverkan.views.timeline import gantt

__all__ = ["dependencies", "dot", "gantt", "ladder", "mermaid", "money", "progress"]
