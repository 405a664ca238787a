"""Which seats are filled anew and when, and the first terms of new territories."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from registry.domain.dates import Presence, years_after
from registry.domain.facts import Record, SeatRule, Snapshot, Territory
from registry.domain.renewals import FirstTerm, Renewal, first_terms, renewals
from registry.domain.seats import entitled, rules_of_day
from registry.templatetags.days import day_before

# Two terms of the longest that are common: the next renewal of everything lies within.
YEARS_AHEAD = 14


class Renewals(NamedTuple):
    """Those from the day on, the next of each kind alone, and those before it, the last first."""

    ahead: list[Renewal]
    past: list[Renewal]


def law_of(snapshot: Snapshot) -> Record:
    """What renewals follow from: the law and the elections of every day, without people."""
    return Record(
        institution=snapshot.institution,
        rules=snapshot.rules,
        groups=snapshot.groups,
        territories=snapshot.territories,
        convocations=snapshot.convocations,
        elections=snapshot.elections,
    )


def renewals_of(record: Record, day: date) -> Renewals:
    ahead: dict[tuple[int | None, int | None], Renewal] = {}
    for each in renewals(record, day, years_after(day, YEARS_AHEAD)):
        ahead.setdefault(_kind(each), each)
    past = [each for each in renewals(record, date.min, day) if each.known]
    return Renewals(list(ahead.values()), past[::-1])


def _kind(renewal: Renewal) -> tuple[int | None, int | None]:
    """What is elected together."""
    group, renewal_class = renewal.group, renewal.renewal_class
    return group.id if group else None, renewal_class.id if renewal_class else None


def first_terms_of(record: Record) -> list[FirstTerm]:
    """The first terms of every territory that came to fill seats, the latest first."""
    found = [
        term
        for territory, begun in _newly_entitled(record)
        for term in first_terms(record, territory, begun)
    ]
    return sorted(found, key=lambda term: term.begun, reverse=True)


def _newly_entitled(record: Record) -> Iterator[tuple[Territory, date]]:
    """Territories, and the day from which each fills seats that it did not fill before.

    One that carries on the seats of another is not new, nor are those of the first day.
    """
    carried_on = {each.continued_by for each in record.territories}
    for territory in record.territories:
        if territory.id in carried_on:
            continue
        for status in territory.statuses:
            begun = status.span.start
            if begun is None or record.institution.term.covers(day_before(begun)) is Presence.NO:
                continue
            before = _entitling(record, territory, day_before(begun))
            if _entitling(record, territory, begun) and not before:
                yield territory, begun


def _entitling(record: Record, territory: Territory, day: date) -> Iterable[SeatRule]:
    """The rules by which a territory fills seats of renewal classes on a day."""
    return [
        rule
        for rule in rules_of_day(record.rules, day)
        if rule.group.classes and rule.territorial and entitled(rule, [territory], day)
    ]
