"""The one use case that crosses models: compose an institution on a day.

Rows become facts here, each kind in one query, whatever the size of the roster.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db.models import F, Q

from registry.domain import facts
from registry.domain.checks import judge
from registry.domain.composition import Composition, compose, sitting_convocation
from registry.domain.dates import Span
from registry.domain.findings import Finding
from registry.models import Institution, SeatGroup, StatedTotal, Territory, TerritoryStatus

# Enough to name the last holder of every empty seat; a longer list would only slow the page.
DEPARTURES = 500


def composition_of(institution: Institution, *, on: date) -> Composition:
    """Who sat in `institution` on a day, held against its seat rules."""
    return compose(snapshot_of(institution, on=on))


def findings_of(institution: Institution, *, on: date) -> tuple[Finding, ...]:
    return judge(composition_of(institution, on=on))


def compositions_on(
    day: date, institutions: Iterable[Institution]
) -> Iterable[tuple[Institution, Composition]]:
    for institution in institutions:
        yield institution, composition_of(institution, on=day)


def snapshot_of(institution: Institution, *, on: date) -> facts.Snapshot:
    groups, rules = seat_facts(institution)
    convocations = tuple(each.fact for each in institution.convocations.all())
    sittings = tuple(institution.appointments.on(on).in_roster_order().as_sittings(on))
    coverages = list(institution.coverages.on(on).values_list("group_id", "sample"))
    snapshot = facts.Snapshot(
        institution=institution.fact,
        day=on,
        rules=rules,
        groups=groups,
        territories=territory_facts(rules, sittings),
        convocations=convocations,
        sittings=sittings,
        covered=frozenset(group for group, _ in coverages),
        sample_coverage=any(sample for _, sample in coverages),
        stated_totals=_stated_totals(institution),
    )
    return _with_departures(snapshot, institution)


def _with_departures(snapshot: facts.Snapshot, institution: Institution) -> facts.Snapshot:
    """Add who left since the convocation began, or who left last where there is none."""
    departed = institution.appointments.departed_by(snapshot.day)
    convocation = sitting_convocation(snapshot)
    if convocation and (begun := convocation.term.start.latest):
        departed = departed.filter(end_latest__gt=begun)
    left = tuple(departed.as_sittings(snapshot.day, limit=DEPARTURES))
    return replace(snapshot, departures=left)


def seat_facts(
    institution: Institution,
) -> tuple[tuple[facts.SeatGroup, ...], tuple[facts.SeatRule, ...]]:
    """The seat groups of an institution and all their rules, of every day, in one query."""
    rows = (
        SeatGroup.objects.filter(institution=institution)
        .order_by("order", "slug", F("rules__start").asc(nulls_first=True), "rules__id")
        .values_list(
            "id",
            "slug",
            "name",
            "inner",
            "rules__id",
            "rules__start",
            "rules__end",
            "rules__seats",
            "rules__seats_per_territory",
            "rules__unlimited",
            "rules__first_applied",
            "rules__designation",
            "rules__method",
            "rules__article",
            "rules__act__title",
            "rules__act__slug",
            "rules__term_years",
            "rules__territory_kinds__slug",
        )
    )
    groups: dict[int, facts.SeatGroup] = {}
    rules: dict[int, facts.SeatRule] = {}
    for row in rows:
        group = groups.setdefault(row[0], facts.SeatGroup(*row[:4]))
        rule_id, start, end, seats, per_territory, unlimited, first, how, method = row[4:13]
        article, act, act_slug, term_years, kind = row[13:]
        if rule_id is None:
            continue
        if rule_id in rules:
            rules[rule_id] = replace(rules[rule_id], kinds=rules[rule_id].kinds | {kind})
            continue
        rules[rule_id] = facts.SeatRule(
            id=rule_id,
            group=group,
            force=Span(start, end),
            seats=seats,
            seats_per_territory=per_territory,
            kinds=frozenset({kind} if kind else ()),
            unlimited=unlimited,
            first_applied=first,
            designation=facts.Designation(how),
            method=method or {},
            article=article,
            act=act or {},
            act_slug=act_slug or "",
            term_years=term_years,
        )
    return tuple(groups.values()), tuple(rules.values())


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


def _stated_totals(institution: Institution) -> tuple[facts.StatedTotal, ...]:
    rows = StatedTotal.objects.filter(institution=institution).values_list(
        "total", "source__title", "source__slug", "source__url", "start", "end", "convocation_id"
    )
    return tuple(
        facts.StatedTotal(total, title, slug, url, Span(start, end), convocation_id)
        for total, title, slug, url, start, end, convocation_id in rows
    )
