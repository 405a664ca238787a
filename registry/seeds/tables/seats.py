"""Seats, the rules that give their number, and the days on which they are filled."""

from __future__ import annotations

from registry import models as registry
from registry.seeds.columns import Cell, Names
from registry.seeds.references import Part, To, ToMany
from registry.seeds.table import Table
from registry.seeds.tables.checks import one_number_of_seats, span_in_order

TABLES = (
    Table(
        "seat_groups",
        registry.SeatGroup,
        key=("institution", "slug"),
        known_as=("institution.slug", "slug"),
        columns=(
            To("institution", required=True, table="institutions"),
            Cell("slug", required=True),
            Names("name", required=True),
            Cell("inner"),
            Cell("order"),
        ),
        cited="seat_group",
    ),
    Table(
        "seat_rules",
        registry.SeatRule,
        key=("institution", "group", "start"),
        known_as=("group.institution.slug", "group.slug", "start"),
        columns=(
            Part("institution", required=True, table="institutions"),
            To("group", required=True, table="seat_groups", scope=("institution",)),
            Cell("start"),
            Cell("end"),
            Cell("seats"),
            Cell("seats_per_territory"),
            ToMany("territory_kinds", table="territory_kinds"),
            Cell("unlimited"),
            Cell("designation", required=True),
            To("chosen_by", table="institutions"),
            To("proposed_by", table="institutions"),
            To("consented_by", table="institutions"),
            Cell("term_years"),
            Cell("renewal"),
            Cell("eligibility"),
            Cell("minimum_age"),
            Cell("renewal_years"),
            Cell("election_months"),
            Cell("vacancy_months"),
            To("resigns_before", table="institutions"),
            Cell("by_act"),
            Cell("first_applied"),
            To("act", table="acts"),
            Cell("article"),
            Names("method"),
        ),
        cited="seat_rule",
        check=one_number_of_seats,
        records=lambda: registry.SeatRule.objects.prefetch_related("territory_kinds"),
    ),
    Table(
        "renewal_classes",
        registry.RenewalClass,
        key=("institution", "group", "slug"),
        known_as=("group.institution.slug", "group.slug", "slug"),
        columns=(
            Part("institution", required=True, table="institutions"),
            To("group", required=True, table="seat_groups", scope=("institution",)),
            Cell("slug", required=True),
            Names("name", required=True),
            Cell("order"),
            Cell("seats"),
            ToMany("territories", table="territories"),
        ),
        records=lambda: registry.RenewalClass.objects.prefetch_related("territories"),
    ),
    Table(
        "stated_totals",
        registry.StatedTotal,
        key=("institution", "convocation", "start", "source", "place"),
        known_as=("institution.slug", "convocation.number", "start", "source.slug", "place"),
        columns=(
            To("institution", required=True, table="institutions"),
            To("convocation", table="convocations", scope=("institution",)),
            Cell("start"),
            Cell("end"),
            Cell("total", required=True),
            To("source", required=True, table="sources"),
            Cell("place"),
        ),
        check=span_in_order,
    ),
    Table(
        "elections",
        registry.Election,
        key=("institution", "group", "renewal_class", "day"),
        known_as=("institution.slug", "group.slug", "renewal_class.slug", "day"),
        columns=(
            To("institution", required=True, table="institutions"),
            To("group", table="seat_groups", scope=("institution",)),
            To("renewal_class", table="renewal_classes", scope=("institution", "group")),
            To("convocation", table="convocations", scope=("institution",)),
            Cell("day", required=True),
            Cell("called"),
            Cell("took_office"),
            Cell("seats"),
            ToMany("territories", table="territories"),
        ),
        cited="election",
        records=lambda: registry.Election.objects.prefetch_related("territories"),
    ),
)
