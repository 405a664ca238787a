"""Seat groups, rules, classes and territories as facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar

from django.db.models import Exists, F, OuterRef, Q

from registry.domain import facts
from registry.domain.dates import Span
from registry.models import Citation, SeatGroup, Territory, TerritoryStatus

T = TypeVar("T")

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
    "chosen_by__name",
    "proposed_by__slug",
    "proposed_by__name",
    "consented_by__slug",
    "consented_by__name",
    "resigns_before__slug",
    "resigns_before__name",
    "by_act",
    "method",
    "article",
    "act__title",
    "act__slug",
    "term_years",
    "minimum_age",
    "renewal_years",
    "election_months",
    "vacancy_months",
    "renewal",
    "eligibility",
)
CLASS_COLUMNS = ("id", "slug", "name", "seats", "order")


def seat_facts(
    institutions: Iterable[int],
) -> tuple[dict[int, list[facts.SeatGroup]], dict[int, list[facts.SeatRule]]]:
    """By institution, its seat groups and all their rules, of every day, in one query.

    A group comes once for each rule, kind of territory, class and territory of a class.
    """
    rows = (
        SeatGroup.objects.filter(institution__in=institutions)
        .order_by("order", "slug", F("rules__start").asc(nulls_first=True), "rules__id")
        .annotate(sourced=Exists(Citation.objects.filter(seat_rule=OuterRef("rules__id"))))
        .values(
            "id",
            "slug",
            "name",
            "inner",
            "institution_id",
            "sourced",
            *(f"rules__{column}" for column in RULE_COLUMNS),
            *(f"classes__{column}" for column in CLASS_COLUMNS),
            kind=F("rules__territory_kinds__slug"),
            class_territory=F("classes__territories"),
        )
    )
    rows = list(rows)
    classes = _classes(rows)
    groups: dict[int, dict[int, facts.SeatGroup]] = defaultdict(dict)
    rules: dict[int, dict[int, facts.SeatRule]] = defaultdict(dict)
    for row in rows:
        known_groups = groups[row["institution_id"]]
        if row["id"] not in known_groups:
            known_groups[row["id"]] = facts.SeatGroup(
                row["id"], row["slug"], row["name"], row["inner"], classes[row["id"]]
            )
        rule_id, known = row["rules__id"], rules[row["institution_id"]]
        if rule_id is None:
            continue
        if rule_id not in known:
            known[rule_id] = _seat_rule(row, known_groups[row["id"]])
        elif row["kind"] not in known[rule_id].kinds and row["kind"]:
            known[rule_id] = replace(known[rule_id], kinds=known[rule_id].kinds | {row["kind"]})
    return _lists(groups), _lists(rules)


def _classes(rows: Iterable[dict[str, Any]]) -> dict[int, tuple[facts.RenewalClass, ...]]:
    """By group, its renewal classes in their order."""
    found: dict[int, dict[int, dict[str, Any]]] = defaultdict(dict)
    territories: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        if row["classes__id"] is not None:
            found[row["id"]].setdefault(row["classes__id"], row)
            if row["class_territory"] is not None:
                territories[row["classes__id"]].add(row["class_territory"])
    by_group: dict[int, tuple[facts.RenewalClass, ...]] = defaultdict(tuple)
    for group, classes in found.items():
        ordered = sorted(classes.values(), key=lambda r: (r["classes__order"], r["classes__slug"]))
        by_group[group] = tuple(
            facts.RenewalClass(
                row["classes__id"],
                row["classes__slug"],
                row["classes__name"],
                row["classes__seats"],
                frozenset(territories[row["classes__id"]]),
            )
            for row in ordered
        )
    return by_group


def _seat_rule(row: dict[str, Any], group: facts.SeatGroup) -> facts.SeatRule:
    def body(column: str) -> facts.Body | None:
        slug = row[f"rules__{column}__slug"]
        return facts.Body(slug, row[f"rules__{column}__name"]) if slug else None

    return facts.SeatRule(
        id=row["rules__id"],
        group=group,
        force=Span(row["rules__start"], row["rules__end"]),
        kinds=frozenset({row["kind"]} if row["kind"] else ()),
        designation=facts.Designation(row["rules__designation"]),
        chosen_by=body("chosen_by"),
        proposed_by=body("proposed_by"),
        consented_by=body("consented_by"),
        resigns_before=body("resigns_before"),
        method=row["rules__method"] or {},
        act=row["rules__act__title"] or {},
        act_slug=row["rules__act__slug"] or "",
        sourced=row["sourced"],
        **{
            name: row[f"rules__{name}"]
            for name in (
                "seats",
                "seats_per_territory",
                "unlimited",
                "first_applied",
                "by_act",
                "article",
                "term_years",
                "minimum_age",
                "renewal_years",
                "election_months",
                "vacancy_months",
                "renewal",
                "eligibility",
            )
        },
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
