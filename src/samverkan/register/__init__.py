"""Sweden's public bodies as records with provenance: kommuner, regions, kommunalförbund, agencies, and populations.

The register sees the model, values and errors only; its tables lie in `data`, and each is read when first asked for.
It never fetches anything, never guesses a body or a figure it does not hold, and never says that its lists are the
whole truth: `data/README.md` tells where each table is from, how it was checked and what it lacks.
"""

from samverkan.register.bodies import (
    agencies,
    agency,
    associations,
    counties,
    county,
    kommun,
    kommuner,
    memberships,
    region,
    regions,
)
from samverkan.register.imports import Pulled, entry, ids, lines, pull
from samverkan.register.inhabitants import population
from samverkan.register.sources import sources

__all__ = [
    "Pulled",
    "agencies",
    "agency",
    "associations",
    "counties",
    "county",
    "entry",
    "ids",
    "kommun",
    "kommuner",
    "lines",
    "memberships",
    "population",
    "pull",
    "region",
    "regions",
    "sources",
]
