"""The questions to the register: which bodies there are, what one of them is, and who belongs to which association."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from samverkan.errors import NotFoundError
from samverkan.model.party import Actor, ActorKind
from samverkan.model.relations import Membership
from samverkan.model.source import basis
from samverkan.register.lookup import bare, shelf
from samverkan.register.tables import rows
from samverkan.values.names import near

__all__ = [
    "agencies",
    "agency",
    "associations",
    "counties",
    "county",
    "kommun",
    "kommuner",
    "memberships",
    "region",
    "regions",
]


def kommuner(county: str | None = None) -> tuple[Actor, ...]:
    """The kommuner of Sweden, or of one county by its code (län, länskod), in the order of their codes.

    A kommun lies in one county, which the first two digits of its code (kommunkod) name.

    >>> len(kommuner()), len(kommuner("14")), kommuner("14")[0].id
    (290, 49, 'harryda')
    """
    return _within(county, shelf(ActorKind.KOMMUN).bodies)


def kommun(code_or_name: str) -> Actor:
    """One kommun, by its code, name, title, id or organisation number; raises `NotFoundError` with a near match.

    Habo (0643) and Håbo (0305) are two kommuner; their ids are `habo` and `haabo`.

    >>> kommun("1440").title, kommun("Falun").title, kommun("Håbo").id
    ('Ale kommun', 'Falu kommun', 'haabo')
    """
    return shelf(ActorKind.KOMMUN).find(code_or_name)


def regions() -> tuple[Actor, ...]:
    """The regions (regioner, before 2020 in law landsting): one in each county, responsible for its health care.

    On Gotland kommun and region are one legal person; the register holds it as both, under one organisation number.

    >>> len(regions()), region("09").orgnr == kommun("0980").orgnr
    (21, True)
    """
    return shelf(ActorKind.REGION).bodies


@cache
def counties() -> Mapping[str, str]:
    """The counties of Sweden (län), their names by their codes (länskod).

    >>> counties()["14"], len(counties())
    ('Västra Götalands län', 21)
    """
    return MappingProxyType({row["county"]: row["lan"] for row in rows("regioner")})


def county(name: str) -> str:
    """The code of a county (länskod) by its name; raises `NotFoundError` with a near match.

    >>> county("Värmlands län"), county("Skåne"), county("Kalmar")
    ('17', '12', '08')
    """
    wanted = bare(name).removesuffix(" län")
    short = {bare(said).removesuffix(" län"): code for code, said in counties().items()}
    found = short.get(wanted) or short.get(f"{wanted}s")
    if found:
        return found
    hint = near(wanted, short)
    raise NotFoundError(
        f"there is no county {name!r:.100}", f"did you mean {counties()[short[hint]]!r}?" if hint else ""
    )


def region(county: str) -> Actor:
    """The region of a county, by the county's code or its own name; raises `NotFoundError` with a near match.

    >>> region("14").id, region("Skåne").code
    ('vastra-gotalandsregionen', '12')
    """
    return shelf(ActorKind.REGION).find(county)


def associations(county: str | None = None) -> tuple[Actor, ...]:
    """The kommunalförbund through which the kommuner of a county act together between county and kommun (delregionalt).

    The register holds the four of Västra Götaland. Another county is refused, since it may well have its own.

    >>> [association.id for association in associations("14")]
    ['gr', 'borasregionen', 'skaraborg', 'fyrbodal']
    """
    found = _within(county, shelf(ActorKind.KOMMUNALFORBUND).bodies)
    if not found:
        raise NotFoundError(
            f"the register lacks the kommunalförbund of county {county}", "associations() gives what it has"
        )
    return found


def agencies() -> tuple[Actor, ...]:
    """The state agencies (statliga myndigheter) that both SCB and ESV list; a länsstyrelse acts in its county.

    >>> len(agencies()), agency("Länsstyrelsen i Västra Götalands län").county
    (208, '14')
    """
    return shelf(ActorKind.AGENCY).bodies


def agency(name_or_orgnr: str) -> Actor:
    """One agency, by its name, id or organisation number; raises `NotFoundError` with a near match.

    >>> str(agency("Kammarkollegiet").orgnr), agency("202100-0829").id
    ('202100-0829', 'kammarkollegiet')
    """
    return shelf(ActorKind.AGENCY).find(name_or_orgnr)


def memberships(association_id: str | None = None) -> tuple[Membership, ...]:
    """Who belongs to the associations (medlemskap), or to one of them: members, then those adjungerade.

    A membership without a period holds in 2016 and in the newest copy found; nothing told when it began.

    >>> [m.member for m in memberships("borasregionen") if m.capacity.value == "associate"]
    ['falkenberg', 'varberg']
    """
    if association_id is None:
        return _memberships()
    association = shelf(ActorKind.KOMMUNALFORBUND).find(association_id)
    return tuple(membership for membership in _memberships() if membership.of == association.id)


@cache
def _memberships() -> tuple[Membership, ...]:
    return tuple(
        Membership(
            member=kommun(row["code"]).id,
            of=row["of"],
            capacity=row["capacity"],
            period=row["period"] or None,
            source="register-forbund",
            basis=basis(row["basis"]),
            note=row["note"],
        )
        for row in rows("medlemskap")
    )


def _within(county: str | None, bodies: tuple[Actor, ...]) -> tuple[Actor, ...]:
    if county is None:
        return bodies
    code = bare(county)
    if code not in counties():
        raise NotFoundError(f"no county has the code {county!r:.100}", f"the codes are {', '.join(counties())}")
    return tuple(body for body in bodies if body.county == code)
