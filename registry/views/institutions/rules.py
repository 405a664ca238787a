"""The law of an institution's seats: its eras, its rules, and when seats are filled anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language

from registry.domain import facts, seats
from registry.domain.composition import Composition
from registry.domain.dates import Span
from registry.models import Institution, SeatRule, TerritoryKind
from registry.models.fields import best_text
from registry.serialise.rules import records_of, stated_data
from registry.snapshots import composition_of
from registry.views.compositions import renewing, timeline
from registry.views.compositions.page import (
    consists_of_chambers,
    law_since,
    neighbours,
    related,
)
from registry.views.frame import ShownDay, dated
from registry.views.record.disputes import Dispute, about_institution, dispute, disputes


class Part(NamedTuple):
    """One rule's share of an era; `territories` are slug and name of those it counts."""

    rule: facts.SeatRule
    seats: int | None
    formula: str
    territories: list[tuple[str, str]]


class Stated(NamedTuple):
    """A total, whether the rules add up to it (`None` if they do not say), and who states it."""

    total: int
    agrees: bool | None
    sources: list[facts.StatedTotal]


class EraRow(NamedTuple):
    """An era with what its parts add up to, and the totals that sources state for it."""

    span: Span
    total: int | None
    formula: str
    parts: list[Part]
    stated: list[Stated]
    current: bool


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule with its record, and what sources disagree about in it.

    `kinds` names the kinds of territory that it counts.
    """

    rule: facts.SeatRule
    record: SeatRule
    kinds: list[str]
    disputes: list[Dispute]
    in_force: bool


class GroupRow(NamedTuple):
    """The rules of one seat group, those of the day before the others, the latest first."""

    group: facts.SeatGroup
    rules: list[RuleRow]


@dated
def detail(request: HttpRequest, slug: str, *, on: date) -> HttpResponse:
    institution = get_object_or_404(Institution.objects.select_related("parent"), slug=slug)
    composition = composition_of(institution, on=on)
    snapshot = composition.snapshot
    language = get_language() or "en"
    law = renewing.law_of(snapshot)
    eras = seats.eras(snapshot)
    disputed = list(about_institution(institution))
    near = related(institution)
    chambers = consists_of_chambers(institution, composition)
    context = {
        "institution": institution,
        "crumbs": [institution.parent, institution],
        "composition": composition,
        "state": composition.state.value,
        "alive": composition.state.exists,
        "law_since": law_since(composition),
        "band": timeline.band_of(composition, today=request.shown.today),
        "eras": [_era_row(era, composition, language) for era in reversed(eras)],
        "of_convocations": [
            stated_data(each, snapshot, eras)
            for each in snapshot.stated_totals
            if each.convocation_id is not None
        ],
        "groups": _groups(composition, disputed, request.shown, language),
        "renewals": renewing.renewals_of(law, on),
        "first_terms": renewing.first_terms_of(law),
        "disputes": disputes(disputed, request.shown, institution),
        "tables": [
            (suffix.upper(), reverse("rules_table", args=[slug, suffix]), request.shown.carry[1:])
            for suffix in ("csv", "xlsx")
        ],
        **near,
        **neighbours(composition),
        "chambers": near["counted_parts"] if chambers else [],
    }
    return render(request, "registry/rules.html", context)


def _era_row(era: seats.Era, composition: Composition, language: str) -> EraRow:
    snapshot = composition.snapshot
    begun = era.span.start or date.min
    parts = [
        Part(
            part.rule,
            part.seats,
            timeline.part_formula(part),
            sorted(
                (
                    (each.slug, best_text(each.names_on(begun), language)[0])
                    for each in seats.entitled(part.rule, snapshot.territories, begun)
                ),
                key=lambda place: place[1],
            )
            if part.rule.territorial
            else [],
        )
        for part in era.parts
    ]
    by_total: dict[int, list[facts.StatedTotal]] = defaultdict(list)
    for each in snapshot.stated_totals:
        if each.convocation_id is None and each.span.overlaps(era.span):
            by_total[each.total].append(each)
    stated = [
        Stated(total, None if era.total is None else total == era.total, by_total[total])
        for total in by_total
    ]
    formula = timeline.era_formula(era)
    return EraRow(era.span, era.total, formula, parts, stated, era.span.covers(composition.day))


def _groups(
    composition: Composition, disputed: Iterable[Any], shown: ShownDay, language: str
) -> list[GroupRow]:
    snapshot = composition.snapshot
    records = records_of(snapshot.rules)
    kinds = {
        slug: best_text(name, language)[0]
        for slug, name in TerritoryKind.objects.values_list("slug", "name")
    }
    of_rule: dict[int | None, list[Dispute]] = defaultdict(list)
    for each in disputed:
        of_rule[each.seat_rule_id].append(dispute(each, shown))
    of_day = {rule.id for rule in seats.rules_of_day(snapshot.rules, composition.day)}
    by_group: dict[int, list[RuleRow]] = defaultdict(list)
    for rule in snapshot.rules:
        row = RuleRow(
            rule,
            records[rule.id],
            sorted(kinds[kind] for kind in rule.kinds),
            of_rule[rule.id],
            rule.id in of_day,
        )
        by_group[rule.group.id].append(row)
    return [
        GroupRow(group, sorted(rows, key=_latest_first))
        for group in snapshot.groups
        if (rows := by_group[group.id])
    ]


def _latest_first(row: RuleRow) -> tuple[bool, int]:
    """Those of the day before the others."""
    return not row.in_force, -(row.rule.force.start or date.min).toordinal()
