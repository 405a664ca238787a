"""The one use case that crosses models: compose an institution on a day.

Rows become facts here, each kind in one query, whatever the size of the roster.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from django.db.models import F, Q

from registry.domain import facts
from registry.domain.checks import judge
from registry.domain.composing import compose, sitting_convocation
from registry.domain.composition import Composition
from registry.domain.dates import Span
from registry.domain.findings import Finding
from registry.models import (
    Appointment,
    Convocation,
    Coverage,
    Institution,
    SeatGroup,
    StatedTotal,
    Territory,
    TerritoryStatus,
)

T = TypeVar("T")

# Enough to name the last holder of every empty seat; a longer list would only slow the page.
DEPARTURES = 500


def composition_of(institution: Institution, *, on: date) -> Composition:
    """Who sat in `institution` on a day, held against its seat rules, with those who left."""
    (snapshot,) = _snapshots([institution], on)
    return compose(next(_with_departures([snapshot])))


def findings_of(institution: Institution, *, on: date) -> tuple[Finding, ...]:
    return judge(composition_of(institution, on=on))


def compositions_on(
    day: date, institutions: Iterable[Institution]
) -> list[tuple[Institution, Composition]]:
    """Each institution with its composition, in as many queries for all of them as for one.

    Those who left are looked up only for the bodies that have a vacancy to explain.
    """
    listed = list(institutions)
    composed = {
        each.snapshot.institution.id: each for each in map(compose, _snapshots(listed, day))
    }
    short = [each.snapshot for each in composed.values() if _has_vacancy(each)]
    for snapshot in _with_departures(short):
        composed[snapshot.institution.id] = compose(snapshot)
    return [(institution, composed[institution.pk]) for institution in listed]


def _has_vacancy(composition: Composition) -> bool:
    lines = (*composition.lines, *composition.inner)
    return bool(composition.vacant) or any(line.vacant for line in lines)


def _snapshots(institutions: Sequence[Institution], day: date) -> list[facts.Snapshot]:
    """Everything that bears on a day, one query for each kind of fact."""
    ids = [institution.pk for institution in institutions]
    groups, rules = seat_facts(ids)
    convocations = _gathered(
        (each.institution_id, each.fact) for each in Convocation.objects.filter(institution__in=ids)
    )
    everyone = (
        Appointment.objects.filter(institution__in=ids).on(day).in_roster_order().as_sittings(day)
    )
    sittings = _gathered((sitting.institution_id, sitting) for sitting in everyone)
    coverages = _gathered(
        (institution, (group, sample))
        for institution, group, sample in Coverage.objects.filter(institution__in=ids)
        .on(day)
        .values_list("institution_id", "group_id", "sample")
    )
    totals = _stated_totals(ids)
    territories = territory_facts([each for some in rules.values() for each in some], everyone)
    return [
        facts.Snapshot(
            institution=institution.fact,
            day=day,
            rules=tuple(rules[institution.pk]),
            groups=tuple(groups[institution.pk]),
            territories=territories,
            convocations=tuple(convocations[institution.pk]),
            sittings=tuple(sittings[institution.pk]),
            covered=frozenset(group for group, _ in coverages[institution.pk]),
            sample_coverage=any(sample for _, sample in coverages[institution.pk]),
            stated_totals=tuple(totals[institution.pk]),
        )
        for institution in institutions
    ]


def _gathered(pairs: Iterable[tuple[int, T]]) -> defaultdict[int, list[T]]:
    found = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found


def _with_departures(snapshots: Sequence[facts.Snapshot]) -> Iterator[facts.Snapshot]:
    """Add who left before the day: since the convocation began, where one is in session."""
    if not snapshots:
        return
    day = snapshots[0].day
    ids = [snapshot.institution.id for snapshot in snapshots]
    departed = Appointment.objects.filter(institution__in=ids).departed_by(day)
    left = _gathered(
        (sitting.institution_id, sitting)
        for sitting in departed.last_to_leave(DEPARTURES).as_sittings(day)
    )
    for snapshot in snapshots:
        convocation = sitting_convocation(snapshot)
        begun = convocation.term.start.latest if convocation else None
        yield replace(
            snapshot,
            departures=tuple(
                sitting
                for sitting in left[snapshot.institution.id]
                if begun is None or (sitting.end_latest and sitting.end_latest > begun)
            ),
        )


def seat_facts(
    institutions: Iterable[int],
) -> tuple[dict[int, list[facts.SeatGroup]], dict[int, list[facts.SeatRule]]]:
    """By institution, its seat groups and all their rules, of every day, in one query."""
    rows = (
        SeatGroup.objects.filter(institution__in=institutions)
        .order_by("order", "slug", F("rules__start").asc(nulls_first=True), "rules__id")
        .values(
            "id",
            "slug",
            "name",
            "inner",
            "institution_id",
            *(f"rules__{column}" for column in RULE_COLUMNS),
            kind=F("rules__territory_kinds__slug"),
        )
    )
    groups: dict[int, dict[int, facts.SeatGroup]] = defaultdict(dict)
    rules: dict[int, dict[int, facts.SeatRule]] = defaultdict(dict)
    for row in rows:
        group = facts.SeatGroup(row["id"], row["slug"], row["name"], row["inner"])
        groups[row["institution_id"]].setdefault(group.id, group)
        rule_id, known = row["rules__id"], rules[row["institution_id"]]
        if rule_id is None:
            continue
        if rule_id in known:  # one row for each kind of territory it counts
            known[rule_id] = replace(known[rule_id], kinds=known[rule_id].kinds | {row["kind"]})
        else:
            known[rule_id] = _seat_rule(row, group)
    return _lists(groups), _lists(rules)


# The columns of a rule that its fact is made from.
RULE_COLUMNS = (
    "id",
    "start",
    "end",
    "seats",
    "seats_per_territory",
    "unlimited",
    "first_applied",
    "designation",
    "chosen_by__slug",
    "method",
    "article",
    "act__title",
    "act__slug",
    "term_years",
    "renewal",
    "eligibility",
)


def _seat_rule(row: dict[str, Any], group: facts.SeatGroup) -> facts.SeatRule:
    return facts.SeatRule(
        id=row["rules__id"],
        group=group,
        force=Span(row["rules__start"], row["rules__end"]),
        seats=row["rules__seats"],
        seats_per_territory=row["rules__seats_per_territory"],
        kinds=frozenset({row["kind"]} if row["kind"] else ()),
        unlimited=row["rules__unlimited"],
        first_applied=row["rules__first_applied"],
        designation=facts.Designation(row["rules__designation"]),
        chosen_by=row["rules__chosen_by__slug"] or "",
        method=row["rules__method"] or {},
        article=row["rules__article"],
        act=row["rules__act__title"] or {},
        act_slug=row["rules__act__slug"] or "",
        term_years=row["rules__term_years"],
        renewal=row["rules__renewal"],
        eligibility=row["rules__eligibility"],
    )


def _lists(found: dict[int, dict[int, T]]) -> defaultdict[int, list[T]]:
    return defaultdict(list, {key: list(values.values()) for key, values in found.items()})


def territory_facts(
    rules: Iterable[facts.SeatRule], sittings: Iterable[facts.Sitting] = ()
) -> tuple[facts.Territory, ...]:
    """The territories that `rules` ever counted and those that somebody sits for."""
    kinds = {kind for rule in rules for kind in rule.kinds}
    counted = TerritoryStatus.objects.filter(kind__slug__in=kinds).values("territory_id")
    sat_for = {sitting.territory_id for sitting in sittings if sitting.territory_id}
    rows = (
        Territory.objects.filter(Q(id__in=counted) | Q(id__in=sat_for))
        .order_by("slug", F("statuses__start").asc(nulls_first=True))
        .values_list(
            "id",
            "slug",
            "name",
            "continued_by_id",
            "statuses__kind__slug",
            "statuses__name",
            "statuses__start",
            "statuses__end",
        )
    )
    found: dict[int, facts.Territory] = {}
    for pk, slug, name, continued_by, kind, status_name, start, end in rows:
        territory = found.setdefault(pk, facts.Territory(pk, slug, name, continued_by=continued_by))
        if kind is not None:
            status = facts.TerritoryStatus(kind, status_name, Span(start, end))
            found[pk] = replace(territory, statuses=(*territory.statuses, status))
    return tuple(found.values())


def _stated_totals(institutions: Iterable[int]) -> dict[int, list[facts.StatedTotal]]:
    rows = StatedTotal.objects.filter(institution__in=institutions).values_list(
        "institution_id",
        "total",
        "source__title",
        "source__slug",
        "source__url",
        "start",
        "end",
        "convocation_id",
    )
    return _gathered(
        (key, facts.StatedTotal(total, title, slug, url, Span(start, end), convocation))
        for key, total, title, slug, url, start, end, convocation in rows
    )
