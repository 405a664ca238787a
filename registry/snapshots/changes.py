"""What happened to institutions, in a period, around a day, or next to one.

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
from registry.snapshots.event_rows import Near, parts_of, read
from registry.snapshots.movers import NAMED, with_people


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


def changes_around(
    day: date,
    institutions: Iterable[Institution] | None = None,
    before: int = 5,
    after: int = 3,
) -> tuple[list[Event], list[Event]]:
    """The last events up to `day`, the latest first, and the next ones after it; people named.

    Those of all institutions unless some are given; then it takes three queries at most,
    whatever the number of rows.
    """
    if institutions is None:
        institutions = Institution.objects.order_by("order", "slug")
    found = events(_recorded(institutions, near=Near(day, before, after)))
    past = [each for each in found if each.day <= day][-before:]
    coming = [each for each in found if each.day > day][:after]
    told = with_people([*reversed(past), *coming])
    return told[: len(past)], told[len(past) :]


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
    near: Near | None = None,
) -> Recorded:
    recorded = Recorded({each.pk: each.fact for each in institutions})
    read(recorded, parts_of(list(recorded.institutions), first, last, near))
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
