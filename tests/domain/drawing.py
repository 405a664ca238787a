"""Terms and rosters drawn in ASCII: one column is one day, the first is DAY_ONE.

`=` is a day in office, `>` at the end means that it goes on, `?` a day that may or may not be
one. A line of spaces is a person who was never there. `annual` draws the same with a year for a
column, for whatever takes years to go wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from typing import Any

from registry.domain import facts
from registry.domain.dates import PartialDate, Span, Term

DAY_ONE = date(2014, 6, 1)
_numbers = count(1)


def day(column: int) -> date:
    return DAY_ONE + timedelta(days=column)


def year(column: int) -> date:
    return DAY_ONE.replace(year=DAY_ONE.year + column)


def annual(line: str) -> Term:
    """`  ====` starts on 1 June two years after the first day and ends four years later."""
    return term(line, column=year)


def term(line: str, column: Callable[[int], date] = day) -> Term:
    """`  ==?? ` starts on day 2 and ends on one of days 4 to 6."""
    open_ended = line.endswith(">")
    body = line.removesuffix(">").rstrip()
    first = len(body) - len(body.lstrip())
    core = body.strip()
    maybe_first = len(core) - len(core.lstrip("?"))
    maybe_last = len(core) - len(core.rstrip("?")) if "=" in core else 0
    start = PartialDate(column(first), column(first + maybe_first))
    if open_ended:
        return Term(start)
    last = first + len(core)
    return Term(start, PartialDate(column(last - maybe_last), column(last)))


def span(line: str | Term) -> Span:
    drawn = term(line) if isinstance(line, str) else line
    return Span(drawn.start.earliest, drawn.end.earliest if drawn.end else None)


def body(slug: str) -> facts.Body:
    return facts.Body(slug, {"en": slug.capitalize()})


def group(
    slug: str = "members", *classes: facts.RenewalClass, inner: bool = False
) -> facts.SeatGroup:
    return facts.SeatGroup(next(_numbers), slug, {"en": slug.capitalize()}, inner, classes)


def renewal_class(slug: str, seats: int | None = None, *territories: facts.Territory):
    ids = frozenset(each.id for each in territories)
    return facts.RenewalClass(next(_numbers), slug, {"en": slug.capitalize()}, seats, ids)


def election(day: date, institution: str = "chamber", **kwargs: Any) -> facts.Election:
    return facts.Election(next(_numbers), institution, day, **kwargs)


def convocation(number: int, drawn: Term, elected: date | None = None) -> facts.Convocation:
    return facts.Convocation(next(_numbers), number, drawn, elected)


def rule(of: facts.SeatGroup, seats: int | None = None, drawn: str | Term = "", **kwargs: Any):
    """A rule that is always in force unless its days are drawn."""
    force = span(drawn) if drawn else Span()
    return facts.SeatRule(next(_numbers), of, force, seats, **kwargs)


def territory(
    slug: str, drawn: str | Term = "", kind: str = "region", **kwargs: Any
) -> facts.Territory:
    status = facts.TerritoryStatus(kind, {"en": slug}, span(drawn) if drawn else Span())
    return facts.Territory(next(_numbers), slug, {"en": slug}, (status,), **kwargs)


def sits(
    drawn: str | Term = "==========",
    group: facts.SeatGroup | None = None,
    territory: facts.Territory | None = None,
    person: int | None = None,
    party: str | None = None,
    convocation: facts.Convocation | None = None,
    **kwargs: Any,
) -> facts.Sitting:
    """A person in a seat for the days drawn."""
    drawn_term = term(drawn) if isinstance(drawn, str) else drawn
    end = drawn_term.end
    number = next(_numbers)
    return facts.Sitting(
        institution_id=1,
        appointment_id=number,
        person_id=person or number,
        person_slug=f"person-{number}",
        name={"en": f"Person {number}"},
        sample=kwargs.pop("sample", False),
        group_id=group.id if group else None,
        convocation_id=convocation.id if convocation else None,
        territory_id=territory.id if territory else None,
        acting=kwargs.pop("acting", False),
        start_earliest=drawn_term.start.earliest,
        start_latest=drawn_term.start.latest,
        has_ended=end is not None,
        end_earliest=end.earliest if end else None,
        end_latest=end.latest if end else None,
        start_inherited=False,
        end_inherited=False,
        party_slug=party,
        party_name={"en": party} if party else None,
        source_title=kwargs.pop("source", "Official gazette"),
        **kwargs,
    )


def snapshot(
    *sittings: facts.Sitting,
    rules: tuple[facts.SeatRule, ...] | list[facts.SeatRule] = (),
    on: int | date = 4,
    life: str | Term = "==========>",
    covered: bool = True,
    **kwargs: Any,
) -> facts.Snapshot:
    """An institution on day `on`: those of `sittings` who may sit then, the others departed."""
    today = day(on) if isinstance(on, int) else on
    present = [each for each in sittings if each.presence(today).value != "no"]
    gone = [each for each in sittings if each.end_latest and each.end_latest <= today]
    groups = {each.group.id: each.group for each in rules}
    groups |= {each.id: each for each in kwargs.pop("groups", ())}
    return facts.Snapshot(
        institution=_chamber(life),
        day=today,
        rules=tuple(rules),
        groups=tuple(groups.values()),
        sittings=tuple(present),
        departures=tuple(sorted(gone, key=lambda each: each.end_latest, reverse=True)),
        covered=frozenset({None} if covered else ()),
        **kwargs,
    )


def record(
    *sittings: facts.Sitting,
    rules: tuple[facts.SeatRule, ...] | list[facts.SeatRule] = (),
    life: str | Term = "==========>",
    **kwargs: Any,
) -> facts.Record:
    """Everything about an institution, of all days; its roster is declared complete."""
    groups = {each.group.id: each.group for each in rules}
    groups |= {each.id: each for each in kwargs.pop("groups", ())}
    return facts.Record(
        institution=_chamber(life),
        rules=tuple(rules),
        groups=tuple(groups.values()),
        sittings=tuple(sittings),
        coverages=kwargs.pop("coverages", (facts.CoveredDays(None, Span()),)),
        **kwargs,
    )


def _chamber(life: str | Term) -> facts.Institution:
    drawn = term(life) if isinstance(life, str) else life
    return facts.Institution(1, "chamber", {"en": "Chamber"}, drawn)
