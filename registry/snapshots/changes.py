"""What happened to institutions, in a period, or next to a day.

Mandates are counted by the database, so that a convocation of 107 is one row.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from registry.domain import facts
from registry.domain.annals import days_around, events, movers_in, recorded_in
from registry.domain.events import Event, Recorded
from registry.models import Institution
from registry.snapshots.event_rows import parts_of, read
from registry.snapshots.movers import NAMED


def happened(
    institutions: Iterable[Institution], first: date | None = None, last: date | None = None
) -> list[Event]:
    """What happened to some institutions from `first` up to, not on, `last`, in one query.

    In order of the days; `None` is open. The people are counted and not yet named.
    """
    return [
        each
        for each in events(_recorded(institutions, first, last))
        if (first is None or each.day >= first) and (last is None or each.day < last)
    ]


def next_to(day: date, record: facts.Record) -> tuple[list[Event], list[Event]]:
    """What changed in an institution on the nearest day before `day`, and on the next after it.

    Mandates are told from the record; only changes of party take a query.
    """
    recorded = recorded_in(record, beside=day)
    parts = parts_of([record.institution.id])
    read(recorded, {kind: parts[kind] for kind in ("joined", "went")})
    _only_where_they_count(recorded)
    begun = record.institution.term.start.earliest
    # A law that founds a body is older than the body, whose page shows nothing yet.
    found = [each for each in events(recorded) if begun is None or each.day >= begun]
    past, coming = days_around(found, day)
    return [_named(each, record) for each in past], [_named(each, record) for each in coming]


def _named(event: Event, record: facts.Record) -> Event:
    return replace(event, people=movers_in(record, event)) if event.number <= NAMED else event


def _recorded(
    institutions: Iterable[Institution],
    first: date | None = None,
    last: date | None = None,
) -> Recorded:
    recorded = Recorded({each.pk: each.fact for each in institutions})
    read(recorded, parts_of(list(recorded.institutions), first, last))
    listed = sorted(recorded.convocations.items(), key=lambda item: (item[1][0], item[1][1].number))
    recorded.convocations = dict(listed)
    if len(recorded.institutions) == 1:
        _only_where_they_count(recorded)
    return recorded


def _only_where_they_count(recorded: Recorded) -> None:
    """Leaves out what happened to territories on days on which the body had no seats for them."""
    (rules,) = recorded.rules.values() or ([],)
    counted = [rule.force for rule in rules if rule.territorial]
    recorded.statuses = [
        each
        for each in recorded.statuses
        if any(
            bound and force.covers(bound)
            for force in counted
            for bound in (each.span.start, each.span.end)
        )
    ]
