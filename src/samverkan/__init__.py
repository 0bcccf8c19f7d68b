"""Who has agreed what with whom, what waits on what, and what it says of the money: as typed objects to build on.

Read a collaboration document with `read`, see what is unwise in it with `check`, see it as a graph with `graph`,
write it with `write`, and ask it questions: `may`, `responsible`, `due`, `ladder`, `progress`, `spending`, `unknowns`.

>>> import samverkan as sv
>>> c = sv.Collaboration([sv.Actor(id="ale", title="Ale kommun", kind="kommun")])
>>> c
<Collaboration '' · 1 records · 1 Actor>
"""

import lazy_loader

__version__ = "0.1.0"

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
