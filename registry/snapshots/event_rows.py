"""Rows about what begins, ends and changes, of every kind in one query, as what is recorded."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import JSONObject

from registry.domain import facts
from registry.domain.dates import PartialDate
from registry.domain.events import Called, Movement, PartyMovement, Recorded, Renamed
from registry.models import (
    Affiliation,
    Appointment,
    Convocation,
    Coverage,
    Election,
    SeatRule,
    Succession,
    TerritoryKind,
    TerritoryStatus,
)
from registry.snapshots.dated import SPAN, TERM, day_of, span_of, term_of, texts_of

START = {"earliest": "start_earliest", "latest": "start_latest"}
END = {"earliest": "end_earliest", "latest": "end_latest"}
SEAT = ("institution_id", "group_id", "territory_id", "convocation_id", "acting")


# By kind: the rows, what in them names the institution, and their columns.
Parts = dict[str, tuple[QuerySet, Any, dict[str, Any]]]


def read(recorded: Recorded, parts: Parts) -> None:
    """Adds what rows of some kinds say, in one query."""
    begin, *others = (
        rows.order_by().values_list(Value(kind, CharField()), body, JSONObject(**columns))
        for kind, (rows, body, columns) in parts.items()
    )
    for kind, body, row in begin.union(*others, all=True):
        READERS[kind](recorded, body, row)


def _within(column: str, first: date | None, last: date | None) -> Q:
    """Rows of which a date may lie in the period."""
    inside = Q(**{f"{column}_earliest__isnull": False}) | Q(**{f"{column}_latest__isnull": False})
    if first is not None:
        inside &= Q(**{f"{column}_latest__isnull": True}) | Q(**{f"{column}_latest__gte": first})
    if last is not None:
        inside &= Q(**{f"{column}_earliest__isnull": True}) | Q(**{f"{column}_earliest__lt": last})
    return inside


def parts_of(ids: list[int], first: date | None = None, last: date | None = None) -> Parts:
    mandates = Appointment.objects.filter(institution__in=ids)
    counted = {
        "number": Count("pk"),
        "samples": Count("pk", filter=Q(person__sample=True)),
    }
    seat = {name: name for name in (*SEAT, *counted) if name != "institution_id"}
    came = mandates.filter(_within("start", first, last))
    came = came.values(*SEAT, *START.values())
    left = mandates.filter(_within("end", first, last))
    left = left.values(*SEAT, *END.values(), "end_reason")
    sides = Affiliation.objects.filter(appointment__institution__in=ids).annotate(
        institution_id=F("appointment__institution_id")
    )
    another = Affiliation.objects.filter(
        appointment=OuterRef("appointment"), start_earliest=OuterRef("end_earliest")
    )
    joined = (
        sides.filter(_within("start", first, last))
        .exclude(start_earliest=F("appointment__start_earliest"))
        .values("institution_id", "party_id", *START.values())
    )
    went = (
        sides.filter(_within("end", first, last))
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
    fact = facts.Convocation(row["id"], row["number"], term_of(row), day_of(row["elected"]))
    recorded.convocations[fact.id] = (body, fact)


def _election(recorded: Recorded, body: int, row: dict[str, Any]) -> None:
    group = renewal_class = None
    if row["group"]:
        group = facts.SeatGroup(row["group"], row["group_slug"], texts_of(row["group_name"]))
    if row["class"]:
        name = texts_of(row["class_name"])
        renewal_class = facts.RenewalClass(row["class"], row["class_slug"], name)
    day = date.fromisoformat(row["day"])
    called = Called(row["id"], body, day, group, renewal_class, row["convocation"])
    recorded.elections.append(called)


def _rule(recorded: Recorded, body: int, row: dict[str, Any]) -> None:
    group = facts.SeatGroup(row["group"], row["slug"], texts_of(row["name"]), bool(row["inner"]))
    rule = facts.SeatRule(
        id=row["id"],
        group=group,
        force=span_of(row),
        seats=row["seats"],
        seats_per_territory=row["seats_per_territory"],
        unlimited=bool(row["unlimited"]),
        article=row["article"],
        act=texts_of(row["act"]) or {},
    )
    recorded.rules.setdefault(body, []).append(rule)


def _status(recorded: Recorded, territory: int, row: dict[str, Any]) -> None:
    names, kind = texts_of(row["name"]), texts_of(row["kind"])
    recorded.statuses.append(Renamed(row["id"], row["slug"], names, kind, span_of(row)))


def _body(row: dict[str, Any]) -> facts.Body:
    return facts.Body(row["slug"], texts_of(row["name"]))


def _coverage(recorded: Recorded, body: int, row: dict[str, Any]) -> None:
    covered = facts.CoveredDays(row["group"], span_of(row), bool(row["sample"]))
    recorded.coverages.setdefault(body, []).append(covered)


def _when(row: dict[str, Any]) -> PartialDate:
    return PartialDate(day_of(row["earliest"]), day_of(row["latest"]))


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
