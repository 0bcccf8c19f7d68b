"""The agreements on mental health between the state and SKR, 2012–2026: what they say, and what does not add up.

Every line printed is an answer of the library to the document beside this script.
"""

from pathlib import Path

from attrs import evolve, frozen

import samverkan as sv

op = sv.read(Path(__file__).with_suffix(".yaml"))
print(op)


@frozen
class Year:
    """One agreement: its sum, and what is told of the lines."""

    agreement: str
    total: sv.Money | sv.vocabulary.Missing | None
    stated: sv.Money
    rest: sv.Money
    missing: sv.Money | None
    said: str


findings = sv.check(op)


def is_derived(grant: sv.Grant) -> bool:
    """Whether a line's amount is the rest, which no source states."""
    return sv.basis(amount="derived")[0] in grant.basis


def sum_of(lines: list[sv.Grant]) -> sv.Money:
    """What the lines with known amounts make."""
    return sv.Money.total(line.amount for line in lines if isinstance(line.amount, sv.Money))


def year(grant: sv.Grant) -> Year:
    """One year's money, and what check says of its lines."""
    lines = [line for line in op[sv.Grant] if line.part_of == grant.id and not line.cuts_across]
    rests = [line for line in lines if is_derived(line)]
    short = findings.of("lines-do-not-sum", record=grant.id)
    if not isinstance(grant.amount, sv.Money):
        said = "the total is not known"
    elif not lines:
        said = "no lines are known"
    elif short:
        said = "the lines do not make the total"
    else:
        said = "only with a derived rest" if rests else "the lines make the total"
    stated = sum_of([line for line in lines if line not in rests])
    return Year(
        op[grant.agreement].id, grant.amount, stated, sum_of(rests), short[0].difference if short else None, said
    )


grants = sorted((grant for grant in op[sv.Grant] if grant.agreement), key=lambda grant: grant.agreement)
years = [year(grant) for grant in grants]
print("\n— Year by year: the total, what sources state of its lines, the rest, and what is missing")
print(sv.Table(Year, tuple(years)))
for said in dict.fromkeys(row.said for row in years):
    print(f"{said}: {', '.join(row.agreement for row in years if row.said == said)}")

print("\n— What a wise reader would object to")
print(repr(findings))
for severity in (sv.vocabulary.Severity.ERROR, sv.vocabulary.Severity.WARNING):
    for finding in findings.of(severity=severity):
        print(f"{finding.rule}: {finding.sentence}")

print("\n— Stated twice, and differently")
for finding in findings.of("stated-differently"):
    print(f"{op[finding.record].title}: {finding.difference} apart")
    for stated in op[finding.record].stated:
        where = ", ".join(part for part in (op[stated.source].title, stated.where) if part)
        print(f"  {stated.amount!s:>16}  {where} ({stated.source})")

print("\n— Packages that cut across the lines, and what adding them would make")
for package in op[sv.Grant]:
    if package.cuts_across:
        told = ", ".join(f"{ground.field} {ground.mark}" for ground in package.basis if ground.mark)
        print(
            f"{package.title}, {package.amount}, out of {', '.join(package.cuts_across)}"
            + (f" ({told})" if told else "")
        )
        added = sv.check(op.replacing(evolve(package, cuts_across=()))).of("lines-do-not-sum", record=package.part_of)
        for finding in added:
            print(f"  if it were added: {finding.sentence}")

print("\n— By which rules the money came, and by when it was to be asked for, used, reported and paid back")


@frozen
class Rules:
    """What one year's money has for rules."""

    grant: str
    regime: str
    payer: str
    requisition: str
    use: str
    report: str
    repayment: str
    unused: str


def last_day(window: sv.Window | sv.vocabulary.Missing | None) -> str:
    """The last day of a window, or that it is unknown or known not to be there."""
    if isinstance(window, sv.Window):
        return str(window.closes or "")
    return "" if window is None else str(window)


def regime(grant: sv.Grant) -> str:
    """The regime, or that no source says which."""
    return grant.regime or ("unknown" if sv.basis(regime="unknown")[0] in grant.basis else "")


rules = tuple(
    Rules(
        grant.id,
        regime(grant),
        str(grant.payer),
        last_day(grant.requisition),
        last_day(grant.use),
        last_day(grant.report),
        last_day(grant.repayment),
        "kept for the next year"
        if grant.carry_over
        else f"{grant.forfeited} what is forfeited"
        if grant.forfeited
        else "",
    )
    for grant in grants
)
print(sv.Table(Rules, rules))

print("\n— One decision that took another's place, and one payment that came late")
for decision in op[sv.Decision]:
    for id in decision.replaces:
        print(f"{decision.timing.done}: {decision.title}, in place of that of {op[id].timing.done}: {decision.note}")
for event in op[sv.FundingEvent]:
    late = op[event.decision]
    print(f"{event.day}: {event.amount} {event.kind} to {op[event.to[0].id].title}, {late.title}, {late.dnr}")

print("\n— Who passed the basic requirements")
for seen in op[sv.Observation]:
    tallies = ", ".join(f"{tally.number} {tally.status}" for tally in seen.tallies)
    print(f"{op[seen.of[0]].title}, {seen.as_of}: {tallies or seen.status}")

print("\n— What SKR and the agencies owe, of which no page tells how it went")
for body in ("skr", "socialstyrelsen", "kammarkollegiet"):
    for row in sv.due(op, body, on="2026-01-01"):
        if row.by == (sv.Party(body),):
            print(f"{row.deadline}  {body}: {row.title}, {row.obligation} ({row.state})")

print("\n— What the sources do not say, and whom to ask")
unknown = sv.unknowns(op)
for why in (sv.answers.Uncertainty.SILENT, sv.answers.Uncertainty.INCOMPLETE, sv.answers.Uncertainty.ASSUMED):
    print(f"{why}:")
    for row in unknown.where(why=why):
        print(f"  {row.record} {row.field} — ask {', '.join(row.ask)}")
