"""Where the register's facts come from, as `Source` records that its bodies and memberships name."""

from functools import cache

from samverkan.model.source import Source
from samverkan.register.tables import rows
from samverkan.values.when import when

__all__ = ["sources"]


@cache
def sources() -> tuple[Source, ...]:
    """The sources (källor) of the register's tables.

    The day is that of the copy the facts were taken from. Pulling a body brings the source it names;
    `register-folkmangd` is for whoever cites a population.

    >>> [source.id for source in sources()]
    ['register-kommuner', 'register-regioner', 'register-forbund', 'register-myndigheter', 'register-folkmangd']
    """
    return tuple(
        Source(id=row["id"], title=row["title"], day=when(row["day"]), address=row["address"], note=row["note"])
        for row in rows("kallor")
    )
