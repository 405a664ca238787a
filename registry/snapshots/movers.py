"""What a page says of the events it shows: the people, the sources, the moment of recording."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import CharField, DateField, F, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast

from registry.domain.dates import PartialDate
from registry.domain.events import Event, Happened, Mover
from registry.models import (
    Affiliation,
    Appointment,
    Citation,
    Convocation,
    Election,
    Institution,
    SeatRule,
    TerritoryStatus,
)

# The most people that an entry names; beyond, it counts them.
NAMED = 5


def with_people(found: Iterable[Event]) -> list[Event]:
    """The events, those of at most `NAMED` people with their names, in two queries at most."""
    listed = list(found)
    few = [each for each in listed if 0 < each.number <= NAMED and each.institution]
    movers = _movers([each for each in few if each.kind in (Happened.CAME, Happened.LEFT)])
    movers |= _changers([each for each in few if each.kind is Happened.PARTY])
    return [replace(each, people=tuple(movers.get(each.key, ()))) for each in listed]


def _dates(column: str, when: PartialDate) -> dict[str, date | None]:
    """Lookups of exactly this date; a bound that is not known is none."""
    bounds = {f"{column}_earliest": when.earliest, f"{column}_latest": when.latest}
    return {name if day else f"{name}__isnull": day or True for name, day in bounds.items()}


def _moved(event: Event) -> Q:
    """The mandates that begin or end by an event."""
    column = "start" if event.kind is Happened.CAME else "end"
    return Q(institution=event.institution.id, **_dates(column, event.when))


def _movers(few: list[Event]) -> dict[str, list[Mover]]:
    if not few:
        return {}
    asked = Q()
    for event in few:
        asked |= _moved(event)
    rows = (
        Appointment.objects.filter(asked)
        .in_roster_order()
        .values_list(
            "id",
            "person_id",
            "person__slug",
            "person__name",
            "person__sample",
            "acting",
            "end_reason",
            "group__name",
            "territory__name",
            "institution_id",
            "start_earliest",
            "start_latest",
            "end_earliest",
            "end_latest",
            "convocation__start_earliest",
            "convocation__start_latest",
            "convocation__end_earliest",
            "convocation__end_latest",
        )
    )
    found: dict[tuple, list[Mover]] = defaultdict(list)
    for *columns, body, first, begun, earliest, latest, opens, opened, closes, closed in rows:
        mover = Mover(*columns)
        # Whoever comes or goes with a whole convocation is told with it.
        if (first, begun) != (opens, opened):
            found[Happened.CAME, body, PartialDate(first, begun)].append(mover)
        if (earliest, latest) != (closes, closed):
            found[Happened.LEFT, body, PartialDate(earliest, latest)].append(mover)
    return {event.key: found[event.kind, event.institution.id, event.when] for event in few}


def _changers(few: list[Event]) -> dict[str, list[Mover]]:
    if not few:
        return {}
    asked = Q()
    for event in few:
        column = "start" if event.party_id > 0 else "end"
        asked |= Q(
            appointment__institution=event.institution.id,
            party=abs(event.party_id),
            **_dates(column, event.when),
        )
    earlier = Affiliation.objects.filter(appointment=OuterRef("appointment")).filter(
        Q(start_earliest__isnull=True) | Q(start_earliest__lt=OuterRef("start_earliest"))
    )
    earlier = earlier.order_by(F("start_earliest").desc(nulls_last=True))
    rows = (
        Affiliation.objects.filter(asked)
        .order_by("appointment__person__sort_key", "id")
        .values_list(
            "appointment_id",
            "appointment__person_id",
            "appointment__person__slug",
            "appointment__person__name",
            "appointment__person__sample",
            "appointment__institution_id",
            "party_id",
            "party__name",
            Subquery(earlier.values("party__name")[:1]),
            "start_earliest",
            "start_latest",
            "end_earliest",
            "end_latest",
        )
    )
    found: dict[tuple, list[Mover]] = defaultdict(list)
    for *columns, body, party, name, before, first, begun, earliest, latest in rows:
        mover = Mover(*columns)
        joins = mover._replace(party_before=before, party_after=name)
        found[body, party, PartialDate(first, begun)].append(joins)
        found[body, -party, PartialDate(earliest, latest)].append(mover._replace(party_before=name))
    return {event.key: found[event.institution.id, event.party_id, event.when] for event in few}


# What it is known from, and since when


class Known(NamedTuple):
    """Where an event is known from, and the moment (UTC) at which it was recorded as it stands."""

    sources: tuple[tuple[str, str], ...] = ()  # title and address
    recorded: datetime | None = None


def known_of(found: Iterable[Event]) -> dict[str, Known]:
    """By the key of an event, its sources and its moment, in two queries for all of them."""
    listed = list(found)
    facts = {event.key: list(_facts(event)) for event in listed}
    titles = _titles({fact for some in facts.values() for fact in some})
    moments = _moments(listed, facts)
    return {
        event.key: Known(
            tuple(dict.fromkeys(title for fact in facts[event.key] for title in titles[fact])),
            moments.get(event.key),
        )
        for event in listed
    }


def _facts(event: Event) -> Iterator[tuple[str, int]]:
    """The records that an event is told from, by what a citation calls them."""
    for mover in event.people:
        yield "appointment", mover.appointment_id
    if event.convocation:
        yield "convocation", event.convocation.id
    if event.election:
        yield "election", event.election.id
    for change in event.rules:
        if rule := change.after or change.before:
            yield "seat_rule", rule.id
    for change in event.statuses:
        yield "territory_status", change.status.id
    if event.institution and event.kind in (Happened.FOUNDED, Happened.CLOSED):
        yield "institution", event.institution.id


# Whose history knows since when a fact is recorded, and by which column.
VERSIONS = {
    "convocation": (Convocation, "id"),
    "election": (Election, "id"),
    "seat_rule": (SeatRule, "id"),
    "territory_status": (TerritoryStatus, "id"),
    "institution": (Institution, "id"),
    "affiliation": (Affiliation, "appointment_id"),
}


def _titles(facts: set[tuple[str, int]]) -> dict[tuple[str, int], list[tuple[str, str]]]:
    asked: dict[str, list[int]] = defaultdict(list)
    for name, pk in facts:
        asked[name].append(pk)
    found: dict[tuple[str, int], list[tuple[str, str]]] = defaultdict(list)
    if not asked:
        return found
    cites = Q()
    for name, pks in asked.items():
        cites |= Q(**{f"{name}__in": pks})
    columns = [f"{name}_id" for name in asked]
    rows = Citation.objects.filter(cites).order_by("id")
    for title, url, *cited in rows.values_list("source__title", "source__url", *columns):
        for name, pk in zip(asked, cited, strict=True):
            if pk is not None:
                found[name, pk].append((title, url))
    return found


def _moments(
    found: Iterable[Event], facts: dict[str, list[tuple[str, int]]]
) -> dict[str, datetime]:
    """When the newest version of what an event is told from was recorded, in one query."""
    places = {event.key: list(_places(event, facts[event.key])) for event in found}
    of_events = dict(zip(facts, found, strict=True))
    records: dict[str, set[int]] = defaultdict(set)
    moved: dict[str, Q] = defaultdict(Q)
    for key, listed in places.items():
        for name, pk, *_days in listed:
            if name in (Happened.CAME, Happened.LEFT):
                moved[name] |= _moved(of_events[key])
            else:
                records[name].add(pk)
    parts = [
        _newest(model.history.filter(**{f"{column}__in": records[name]}), name, column)
        for name, (model, column) in VERSIONS.items()
        if name in records
    ]
    for name, asked in moved.items():
        column = "start" if name == Happened.CAME else "end"
        days = (f"{column}_earliest", f"{column}_latest")
        parts.append(_newest(Appointment.history.filter(asked), name, "institution_id", *days))
    if not parts:
        return {}
    first, *others = parts
    moments = {tuple(row[:4]): row[4] for row in first.union(*others, all=True)}
    newest = {
        key: max((moments[place] for place in listed if place in moments), default=None)
        for key, listed in places.items()
    }
    return {key: moment for key, moment in newest.items() if moment}


Place = tuple[str, int, date | None, date | None]


def _places(event: Event, facts: Iterable[tuple[str, int]]) -> Iterator[Place]:
    """Where to look for the versions of what an event is told from."""
    if event.kind in (Happened.CAME, Happened.LEFT):
        yield event.kind.value, event.institution.id, event.when.earliest, event.when.latest
    for name, pk in facts:
        if event.kind is Happened.PARTY:
            yield "affiliation", pk, None, None
        elif name in VERSIONS:
            yield name, pk, None, None


def _newest(versions: QuerySet, name: str, column: str, *days: str) -> QuerySet:
    no_day = Cast(Value(None), DateField())
    named = Value(name, CharField())
    rows = versions.order_by().values(column, *days).annotate(newest=Max("history_date"))
    return rows.values_list(named, column, *(days or (no_day, no_day)), "newest")
