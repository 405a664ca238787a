"""Rows become events: what began, ended and changed.

Mandates are counted by the database, so that a convocation of 107 is one row.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from django.db.models import (
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import JSONObject

from registry.domain import facts
from registry.domain.dates import PartialDate
from registry.domain.events import (
    Called,
    Event,
    Movement,
    PartyMovement,
    Recorded,
    Renamed,
    days_around,
    events,
    movers_in,
    recorded_in,
)
from registry.models import (
    Affiliation,
    Appointment,
    Convocation,
    Coverage,
    Election,
    Institution,
    SeatRule,
    Succession,
    TerritoryKind,
    TerritoryStatus,
)
from registry.snapshots.dated import SPAN, TERM, _day, _span, _term, _texts
from registry.snapshots.movers import NAMED, with_people

START = {"earliest": "start_earliest", "latest": "start_latest"}
END = {"earliest": "end_earliest", "latest": "end_latest"}
SEAT = ("institution_id", "group_id", "territory_id", "convocation_id", "acting")


# By kind: the rows, what in them names the institution, and their columns.
Parts = dict[str, tuple[QuerySet, Any, dict[str, Any]]]


class Near(NamedTuple):
    """Mandates are read only of so many days up to `day`, and so many after it."""

    day: date
    before: int
    after: int


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
    day: date, institutions: Iterable[Institution], before: int = 5, after: int = 3
) -> tuple[list[Event], list[Event]]:
    """The last events up to `day`, the latest first, and the next ones after it; people named.

    Three queries at most, whatever the number of rows.
    """
    found = events(_recorded(institutions, near=Near(day, before, after)))
    past = [each for each in found if each.day <= day][-before:]
    coming = [each for each in found if each.day > day][:after]
    told = with_people([*reversed(past), *coming])
    return told[: len(past)], told[len(past) :]


def next_to(day: date, record: facts.Record) -> tuple[list[Event], list[Event]]:
    """What changed in an institution on the nearest day before `day`, and on the next after it.

    Mandates are told from the record; only changes of party take a query.
    """
    recorded = recorded_in(record)
    parts = _parts([record.institution.id])
    _read(recorded, {kind: parts[kind] for kind in ("joined", "went")})
    _only_where_they_count(recorded)
    past, coming = days_around(events(recorded), day)
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
    _read(recorded, _parts(list(recorded.institutions), first, last, near))
    listed = sorted(recorded.convocations.items(), key=lambda item: (item[1][0], item[1][1].number))
    recorded.convocations = dict(listed)
    if len(recorded.institutions) == 1:
        _only_where_they_count(recorded)
    return recorded


def _read(recorded: Recorded, parts: Parts) -> None:
    """Adds what rows of some kinds say, in one query."""
    begin, *others = (
        rows.order_by().values_list(Value(kind, CharField()), body, JSONObject(**columns))
        for kind, (rows, body, columns) in parts.items()
    )
    for kind, body, row in begin.union(*others, all=True):
        READERS[kind](recorded, body, row)


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


def _within(column: str, first: date | None, last: date | None) -> Q:
    """Rows of which a date may lie in the period."""
    inside = Q(**{f"{column}_earliest__isnull": False}) | Q(**{f"{column}_latest__isnull": False})
    if first is not None:
        inside &= Q(**{f"{column}_latest__isnull": True}) | Q(**{f"{column}_latest__gte": first})
    if last is not None:
        inside &= Q(**{f"{column}_earliest__isnull": True}) | Q(**{f"{column}_earliest__lt": last})
    return inside


def _nearest(rows: QuerySet, column: str, near: Near | None) -> QuerySet:
    """The rows of the days next to one, so that thousands need not be read to show a few."""
    if near is None:
        return rows
    latest = f"{column}_latest"
    past = rows.filter(**{f"{latest}__lte": near.day}).order_by(f"-{latest}")
    coming = rows.filter(**{f"{latest}__gt": near.day}).order_by(latest)
    days = Q(**{f"{latest}__isnull": True, f"{column}_earliest__isnull": False})
    for side, most in ((past, near.before), (coming, near.after)):
        days |= Q(**{f"{latest}__in": side.values(latest).distinct()[:most]})
    return rows.filter(days)


def _parts(
    ids: list[int],
    first: date | None = None,
    last: date | None = None,
    near: Near | None = None,
) -> Parts:
    mandates = Appointment.objects.filter(institution__in=ids)
    counted = {
        "number": Count("pk"),
        "samples": Count("pk", filter=Q(person__sample=True)),
    }
    seat = {name: name for name in (*SEAT, *counted) if name != "institution_id"}
    came = _nearest(mandates.filter(_within("start", first, last)), "start", near)
    came = came.values(*SEAT, *START.values())
    left = _nearest(mandates.filter(_within("end", first, last)), "end", near)
    left = left.values(*SEAT, *END.values(), "end_reason")
    sides = Affiliation.objects.filter(appointment__institution__in=ids).annotate(
        institution_id=F("appointment__institution_id")
    )
    another = Affiliation.objects.filter(
        appointment=OuterRef("appointment"), start_earliest=OuterRef("end_earliest")
    )
    joined = (
        _nearest(sides.filter(_within("start", first, last)), "start", near)
        .exclude(start_earliest=F("appointment__start_earliest"))
        .values("institution_id", "party_id", *START.values())
    )
    went = (
        _nearest(sides.filter(_within("end", first, last)), "end", near)
        .exclude(end_earliest=F("appointment__end_earliest"), appointment__has_ended=True)
        .exclude(Exists(another))
        .values("institution_id", "party_id", *END.values())
    )
    of_party = {
        "number": Count("pk"),
        "samples": Count("pk", filter=Q(appointment__person__sample=True)),
    }
    side = {"party": "party_id", "number": "number", "samples": "samples"}
    kinds = TerritoryKind.objects.filter(rules__group__institution__in=ids).values("pk")
    return {
        "convocations": (
            Convocation.objects.filter(institution__in=ids),
            "institution_id",
            {"id": "id", "number": "number", "elected": "elected", **TERM},
        ),
        "elections": (
            Election.objects.filter(institution__in=ids),
            "institution_id",
            {
                "id": "id",
                "day": "day",
                "convocation": "convocation__number",
                "group": "group_id",
                "group_slug": "group__slug",
                "group_name": "group__name",
                "class": "renewal_class_id",
                "class_slug": "renewal_class__slug",
                "class_name": "renewal_class__name",
            },
        ),
        "rules": (
            SeatRule.objects.filter(group__institution__in=ids),
            "group__institution_id",
            {
                "id": "id",
                "group": "group_id",
                "slug": "group__slug",
                "name": "group__name",
                "inner": "group__inner",
                "seats": "seats",
                "seats_per_territory": "seats_per_territory",
                "unlimited": "unlimited",
                "article": "article",
                "act": "act__title",
                **SPAN,
            },
        ),
        "statuses": (
            TerritoryStatus.objects.filter(kind__in=kinds),
            "territory_id",
            {
                "id": "id",
                "slug": "territory__slug",
                "name": "name",
                "kind": "kind__name",
                **SPAN,
            },
        ),
        "successors": (
            Succession.objects.filter(predecessor__in=ids),
            "predecessor_id",
            {"slug": "successor__slug", "name": "successor__name"},
        ),
        "predecessors": (
            Succession.objects.filter(successor__in=ids),
            "successor_id",
            {"slug": "predecessor__slug", "name": "predecessor__name"},
        ),
        "coverages": (
            Coverage.objects.filter(institution__in=ids),
            "institution_id",
            {"group": "group_id", "sample": "sample", **SPAN},
        ),
        "came": (came.annotate(**counted), "institution_id", {**seat, **START}),
        "left": (
            left.annotate(**counted),
            "institution_id",
            {**seat, **END, "end_reason": "end_reason"},
        ),
        "joined": (joined.annotate(**of_party), "institution_id", {**side, **START}),
        "went": (went.annotate(**of_party), "institution_id", {**side, **END}),
    }


def _convocation(recorded: Recorded, body: int, row: dict[str, Any]) -> None:
    fact = facts.Convocation(row["id"], row["number"], _term(row), _day(row["elected"]))
    recorded.convocations[fact.id] = (body, fact)


def _election(recorded: Recorded, body: int, row: dict[str, Any]) -> None:
    group = renewal_class = None
    if row["group"]:
        group = facts.SeatGroup(row["group"], row["group_slug"], _texts(row["group_name"]))
    if row["class"]:
        name = _texts(row["class_name"])
        renewal_class = facts.RenewalClass(row["class"], row["class_slug"], name)
    day = date.fromisoformat(row["day"])
    called = Called(row["id"], body, day, group, renewal_class, row["convocation"])
    recorded.elections.append(called)


def _rule(recorded: Recorded, body: int, row: dict[str, Any]) -> None:
    group = facts.SeatGroup(row["group"], row["slug"], _texts(row["name"]), bool(row["inner"]))
    rule = facts.SeatRule(
        id=row["id"],
        group=group,
        force=_span(row),
        seats=row["seats"],
        seats_per_territory=row["seats_per_territory"],
        unlimited=bool(row["unlimited"]),
        article=row["article"],
        act=_texts(row["act"]) or {},
    )
    recorded.rules.setdefault(body, []).append(rule)


def _status(recorded: Recorded, territory: int, row: dict[str, Any]) -> None:
    names, kind = _texts(row["name"]), _texts(row["kind"])
    recorded.statuses.append(Renamed(row["id"], row["slug"], names, kind, _span(row)))


def _body(row: dict[str, Any]) -> facts.Body:
    return facts.Body(row["slug"], _texts(row["name"]))


def _coverage(recorded: Recorded, body: int, row: dict[str, Any]) -> None:
    covered = facts.CoveredDays(row["group"], _span(row), bool(row["sample"]))
    recorded.coverages.setdefault(body, []).append(covered)


def _when(row: dict[str, Any]) -> PartialDate:
    return PartialDate(_day(row["earliest"]), _day(row["latest"]))


def _movement(body: int, row: dict[str, Any]) -> Movement:
    return Movement(
        body,
        row["group_id"],
        row["territory_id"],
        row["convocation_id"],
        _when(row),
        row["number"],
        row["samples"],
        row.get("end_reason", ""),
        bool(row["acting"]),
    )


def _side(body: int, row: dict[str, Any], *, left: bool) -> PartyMovement:
    return PartyMovement(body, row["party"], _when(row), row["number"], row["samples"], left)


# What becomes of a row of each kind.
READERS = {
    "convocations": _convocation,
    "elections": _election,
    "rules": _rule,
    "statuses": _status,
    "successors": lambda r, body, row: r.successors.setdefault(body, []).append(_body(row)),
    "predecessors": lambda r, body, row: r.predecessors.setdefault(body, []).append(_body(row)),
    "coverages": _coverage,
    "came": lambda r, body, row: r.came.append(_movement(body, row)),
    "left": lambda r, body, row: r.left.append(_movement(body, row)),
    "joined": lambda r, body, row: r.parties.append(_side(body, row, left=False)),
    "went": lambda r, body, row: r.parties.append(_side(body, row, left=True)),
}
