"""Published tables of who gets how much, each held against its total and against a key.

The document beside this script says what each table shares out; the rows are read from `tables/`.
Every line printed is an answer of the library to the two.
"""

import csv
from fractions import Fraction
from pathlib import Path

import samverkan as sv
from samverkan.register import population

c = sv.read(Path(__file__).with_suffix(".yaml"))
print(c)

REGIONS = {actor.county: actor.id for actor in c[sv.Actor] if actor.kind is sv.vocabulary.ActorKind.REGION}
MILLION = sv.money("1 mnkr")
KEYS = "reference_population_regions"
RURAL = "womens_health_rural_2023_2024_regions"
COUNTIES = "agreements_2024_by_county_msek"
QUEUES = "performance_2025_outcome_and_2026_cap_regions"
ACCESS = "performance_access_2023_regions"


def column(table: str, head: str) -> dict[str, str]:
    """One column of a table, by region; nothing where it has no such column, nor for the country as a whole."""
    path = Path(__file__).parent / "tables" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    code = next(iter(rows[0]))
    return {REGIONS[row[code]]: row[head] for row in rows if row[code] in REGIONS and head in row}


def amounts(table: str, head: str = "amount_sek", unit: str = "kr") -> dict[str, sv.Money]:
    """A column of amounts, in the unit that the table has."""
    return {region: sv.money(f"{value} {unit}") for region, value in column(table, head).items()}


def inhabitants(table: str, head: str) -> dict[str, int]:
    """A column of inhabitants."""
    return {region: int(value) for region, value in column(table, head).items()}


def named(differences: sv.Table[sv.answers.Difference]) -> str:
    """The rows that a key does not give: each by how much where it is a few kronor, else the two furthest from it."""
    rows = sorted(differences, key=lambda row: row.difference)
    if any(abs(row.difference.amount) > len(REGIONS) for row in rows):
        return f"furthest off: {told(rows[0])}, {told(rows[-1])}"
    return f"not {', '.join(map(told, differences))}"


def told(row: sv.answers.Difference) -> str:
    """One row that a key does not give."""
    return f"{c[row.recipient].title} {row.difference}"


def tried(
    rows: dict[str, sv.Money],
    weights: dict[str, int],
    unit: sv.Money | None = None,
    rules: tuple[sv.vocabulary.Rounding, ...] = tuple(sv.vocabulary.Rounding),
) -> None:
    """How many rows of a table each rounding rule gives at best, and who then takes the difference."""
    total = sv.Money.total(rows.values())
    for rule in rules:
        off = {
            taker: sv.allocate(total, weights, rounding=rule, balancing=taker, unit=unit).compared_with(rows)
            for taker in (weights if rule.balances else [None])
        }
        fewest = min(map(len, off.values()))
        best = [taker for taker, differences in off.items() if len(differences) == fewest]
        who = f"one of {len(best)}" if len(best) > 1 else c[best[0]].title if best[0] else ""
        print(f"  {rule}" + (f", {who} takes the difference" if who else "") + f": {len(rows) - fewest} of {len(rows)}")
        if fewest and all(off[taker] == off[best[0]] for taker in best):
            print(f"    {named(off[best[0]])}")


def whole(grant: str, rows: dict[str, sv.Money]) -> None:
    """Whether the rows of a table make what it says that it shares out."""
    total, stated = sv.Money.total(rows.values()), c[sv.Grant, grant].amount
    said = f"{total - stated} from it" if isinstance(stated, sv.Money) and total != stated else "which they make"
    print(f"\n— {c[grant].title}: {len(rows)} rows make {total}")
    print(
        f"  stated: {stated}" + (f", {said}" if isinstance(stated, sv.Money) else ", so there is nothing to hold it to")
    )


WHERE = {
    "kvinnor-2017": ("womens_health_2017_regions",),
    "kvinnor-2019": ("womens_health_2019_regions",),
    "kvinnor-2020": ("womens_health_2020_regions",),
    "kvinnor-2021-mer": ("womens_health_2021_additional_regions",),
    "kvinnor-2022": ("womens_health_2022_regions",),
    "kvinnor-2024": ("womens_health_2024_regions",),
    "glesbygd-2023": (RURAL, "amount_sek_2023"),
    "glesbygd-2024": (RURAL, "amount_sek_2024"),
    "tillganglighet-2023-medel": (ACCESS,),
    "regionerna-2024": (COUNTIES, "region_agreements_sector_and_performance_preliminary_msek", "mnkr"),
    "gnv-kommuner-2024": (COUNTIES, "good_and_close_care_municipalities_msek", "mnkr"),
    "vardkoer-2026-medel": (QUEUES, "ceiling_2026_msek", "mnkr"),
}
NOT_TO_REGIONS = ("gnv-kommuner-2024", "vardkoer-2026-medel")
"""What the kommuner of a county share, and the most that a region may get: no allocations of the regions."""

tables = {grant: amounts(*where) for grant, where in WHERE.items()}
keys = {
    "kvinnor-2017": inhabitants(KEYS, "key_for_2017"),
    "kvinnor-2019": inhabitants(KEYS, "key_for_2019_and_2020"),
    "kvinnor-2020": inhabitants(KEYS, "key_for_2019_and_2020"),
    "kvinnor-2021-mer": inhabitants("womens_health_2021_additional_regions", "implied_population"),
    "kvinnor-2022": inhabitants(KEYS, "key_for_2022"),
    "kvinnor-2024": inhabitants(KEYS, "key_for_2024"),
}

print("\nTables shared out by population, by the key that their own rows imply: how many rows each rule gives")
for grant, weights in keys.items():
    whole(grant, tables[grant])
    if c[grant].note:
        print(f"  {c[grant].note}")
    if day := c[grant].key.population_on:
        counted = {region: population(code, day.year) for code, region in REGIONS.items()}
        same = sum(weights[region] == counted[region] for region in weights)
        print(f"  {same} of {len(weights)} regions have the population that the register has of {day}")
    tried(tables[grant], weights)

print("\nTables of which no key is known: how far the population of 2024 is from giving them")
for grant, rows in tables.items():
    if grant not in keys:
        whole(grant, rows)
        unit = MILLION if "mnkr" in WHERE[grant] else None
        tried(rows, keys["kvinnor-2024"], unit, (sv.vocabulary.Rounding.LARGEST_REMAINDER,))

print("\n— A figure that is misprinted")
for region, status in column(ACCESS, "value_status").items():
    if '"' in status:
        printed = status.split('"')[1]
        try:
            sv.money(f"{printed} kr")
        except sv.InvalidValueError as refusal:
            print(f"{c[region].title}: {refusal}")
        rows = tables["tillganglighet-2023-medel"]
        others = sv.Money.total(amount for other, amount in rows.items() if other != region)
        rest = c["tillganglighet-2023-medel"].amount - others
        same = "the same digits" if rest == sv.money(f"{printed.replace(' ', '')} kr") else "other digits"
        print(f"  what the others leave is {rest}: {same}")

print("\n— What was earned in 2025")
earned, left = (c[f"vardkoer-2025-medel.{line}"].amount for line in ("intjanat", "kvar"))
of = c["vardkoer-2025-medel"].amount
print(f"{earned} of {of}, {round(100 * Fraction(earned.amount) / Fraction(of.amount))} per cent; {left} left, derived")
percent = {region: int(share) for region, share in column(QUEUES, "share_of_2025_ceiling_earned_percent").items()}
for best in (max, min):
    most = best(percent.values())
    print(f"{most} per cent: {', '.join(c[region].title for region, share in percent.items() if share == most)}")
print("in kronor by region: not known, since the ceilings of 2025 are not in the table")

print("\n— What check objects to, with every row in the document")


def allocation(grant: str, region: str) -> sv.Allocation:
    """A row of a table as a record, marked where the table says that it is not the published figure."""
    status = column(WHERE[grant][0], "value_status").get(region, "published")
    return sv.Allocation(
        grant=grant,
        recipient=region,
        amount=tables[grant][region],
        method="published",
        source=c[grant].source,
        basis=() if status == "published" else sv.basis(amount="derived"),
    )


allotted = c.adding(
    *(allocation(grant, region) for grant, rows in tables.items() if grant not in NOT_TO_REGIONS for region in rows)
)
derived = [row.id for row in allotted[sv.Allocation] if row.basis]
findings = sv.check(allotted)
print(f"{allotted!r}: {findings!r}")
print(f"rows that no source states as they stand: {', '.join(derived)}")
for finding in findings:
    print(f"{finding.severity} {finding.rule}: {finding.sentence}")
    if isinstance(finding.difference, sv.Money):
        print(f"  {finding.difference} apart")
