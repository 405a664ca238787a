"""Terms and rosters drawn in ASCII: one column is one day, the first is DAY_ONE.

`=` is a day in office, `>` at the end means that it goes on, `?` a day that may or may not be
one. A line of spaces is a person who was never there.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any

from registry.domain import facts
from registry.domain.dates import PartialDate, Span, Term

DAY_ONE = date(2014, 6, 1)
_numbers = count(1)


def day(column: int) -> date:
    return DAY_ONE + timedelta(days=column)


def term(line: str) -> Term:
    """`  ==?? ` starts on day 2 and ends on one of days 4 to 6."""
    open_ended = line.endswith(">")
    body = line.removesuffix(">").rstrip()
    first = len(body) - len(body.lstrip())
    core = body.strip()
    maybe_first = len(core) - len(core.lstrip("?"))
    maybe_last = len(core) - len(core.rstrip("?")) if "=" in core else 0
    start = PartialDate(day(first), day(first + maybe_first))
    if open_ended:
        return Term(start)
    last = first + len(core)
    return Term(start, PartialDate(day(last - maybe_last), day(last)))


def span(line: str) -> Span:
    drawn = term(line)
    return Span(drawn.start.earliest, drawn.end.earliest if drawn.end else None)


def group(slug: str = "members", *, inner: bool = False) -> facts.SeatGroup:
    return facts.SeatGroup(next(_numbers), slug, {"en": slug.capitalize()}, inner)


def rule(of: facts.SeatGroup, seats: int | None = None, drawn: str = "", **kwargs: Any):
    """A rule that is always in force unless its days are drawn."""
    force = span(drawn) if drawn else Span()
    return facts.SeatRule(next(_numbers), of, force, seats, **kwargs)


def territory(slug: str, drawn: str = "", kind: str = "region", **kwargs: Any) -> facts.Territory:
    status = facts.TerritoryStatus(kind, {"en": slug}, span(drawn) if drawn else Span())
    return facts.Territory(next(_numbers), slug, {"en": slug}, (status,), **kwargs)


def sits(
    drawn: str = "==========",
    group: facts.SeatGroup | None = None,
    territory: facts.Territory | None = None,
    person: int | None = None,
    party: str | None = None,
    convocation: facts.Convocation | None = None,
    **kwargs: Any,
) -> facts.Sitting:
    """A person in a seat for the days drawn."""
    drawn_term = term(drawn)
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
    on: int = 4,
    life: str = "==========>",
    covered: bool = True,
    **kwargs: Any,
) -> facts.Snapshot:
    """An institution on day `on`: those of `sittings` who may sit then, the others departed."""
    today = day(on)
    present = [each for each in sittings if each.presence(today).value != "no"]
    gone = [each for each in sittings if each.end_latest and each.end_latest <= today]
    groups = {each.group.id: each.group for each in rules}
    groups |= {each.id: each for each in kwargs.pop("groups", ())}
    return facts.Snapshot(
        institution=facts.Institution(1, "chamber", {"en": "Chamber"}, term(life)),
        day=today,
        rules=tuple(rules),
        groups=tuple(groups.values()),
        sittings=tuple(present),
        departures=tuple(sorted(gone, key=lambda each: each.end_latest, reverse=True)),
        covered=frozenset({None} if covered else ()),
        **kwargs,
    )
