"""How many live where: the key by which most money to kommuner is shared out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache

from samverkan.errors import InvalidValueError, NotFoundError
from samverkan.register.tables import rows

__all__ = ["population"]

_SWEDEN = "00"


def population(code: str, year: int) -> int:
    """How many were registered as living in an area on 31 December of a year (folkmängd).

    The area is a kommun by its four digits, a county by its two, or the whole country, `"00"`;
    a county and the country are the sums of their kommuner.
    Raises `NotFoundError` for an area or a year without figures, and says which there are.

    >>> population("1440", 2015), population("14", 2015), population("00", 2016)
    (28862, 1648682, 9995153)
    """
    if not isinstance(code, str):
        raise InvalidValueError(f"{code!r} is not a code", "write it as text, with its zeros: '0188'")
    counts = _counts()
    if code not in counts:
        whole = f"0{code}"
        remedy = (
            f"did you mean {whole!r}?" if whole in counts else "give a kommun's four digits, a county's two, or '00'"
        )
        raise NotFoundError(f"no area has the code {code!r:.100}", remedy)
    years = counts[code]
    if type(year) is not int or year not in years:
        raise NotFoundError(f"there is no population of {year!r:.100}", f"the years are {min(years)} to {max(years)}")
    return years[year]


@cache
def _counts() -> Mapping[str, Mapping[int, int]]:
    counts: dict[str, Counter[int]] = {}
    for row in rows("folkmangd"):
        code = row.pop("code")
        years = {int(year): int(number) for year, number in row.items()}
        for area in (code, code[:2], _SWEDEN):
            counts.setdefault(area, Counter()).update(years)
    return counts
