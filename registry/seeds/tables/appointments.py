"""Who held which seat, how they came into it, and for which days that is complete."""

from __future__ import annotations

from registry import models as registry
from registry.seeds.columns import Cell, End, Known
from registry.seeds.references import Part, To, ToDated
from registry.seeds.table import Table, of_persons
from registry.seeds.tables.checks import rest_of_a_term, span_in_order, term_in_order

# Rows that lie in an appointment name it by its start.
TO_APPOINTED = ToDated(
    "appointed",
    table="appointments",
    parts=("person", "institution", "group", ""),
    attribute="appointment",
    always=True,
)

TABLES = (
    Table(
        "appointments",
        registry.Appointment,
        key=("person", "institution", "group", "acting", "start"),
        known_as=("person_key", "institution.slug", "group.slug", "acting", "start"),
        columns=(
            To("person", required=True, table="persons"),
            To("institution", required=True, table="institutions"),
            To("group", table="seat_groups", scope=("institution",)),
            To("convocation", table="convocations", scope=("institution",)),
            To("territory", table="territories"),
            To("renewal_class", table="renewal_classes", scope=("institution", "group")),
            Part("serves_rest_of", table="persons"),
            ToDated(
                "serves_rest_from",
                table="appointments",
                parts=("serves_rest_of", "institution", "group", ""),
                attribute="serves_rest_of",
            ),
            Cell("acting"),
            Known("start"),
            End("end"),
            Cell("designation"),
            Cell("end_reason"),
        ),
        cited="appointment",
        check=rest_of_a_term,
        records=lambda: of_persons(registry.Appointment.objects.all()),
    ),
    Table(
        "affiliations",
        registry.Affiliation,
        key=("person", "institution", "group", "appointed", "party", "start"),
        known_as=(
            "person_key",
            "appointment.institution.slug",
            "appointment.group.slug",
            "appointment.start",
            "party.slug",
            "start",
        ),
        columns=(
            Part("person", required=True, table="persons"),
            Part("institution", required=True, table="institutions"),
            Part("group", table="seat_groups", scope=("institution",)),
            TO_APPOINTED,
            To("party", required=True, table="parties"),
            Known("start"),
            End("end"),
        ),
        check=term_in_order,
        records=lambda: of_persons(registry.Affiliation.objects.all(), path="appointment__person"),
    ),
    Table(
        "designation_steps",
        registry.DesignationStep,
        key=("person", "institution", "group", "appointed", "kind", "by", "day"),
        known_as=(
            "person_key",
            "appointment.institution.slug",
            "appointment.group.slug",
            "appointment.start",
            "kind",
            "by.slug",
            "day",
        ),
        columns=(
            Part("person", required=True, table="persons"),
            Part("institution", required=True, table="institutions"),
            Part("group", table="seat_groups", scope=("institution",)),
            TO_APPOINTED,
            Cell("kind", required=True),
            To("by", table="institutions"),
            Known("day"),
            Cell("document"),
        ),
        cited="designation_step",
        records=lambda: of_persons(
            registry.DesignationStep.objects.all(), path="appointment__person"
        ),
    ),
    Table(
        "coverages",
        registry.Coverage,
        key=("institution", "group", "start"),
        known_as=("institution.slug", "group.slug", "start"),
        columns=(
            To("institution", required=True, table="institutions"),
            To("group", table="seat_groups", scope=("institution",)),
            Cell("start"),
            Cell("end"),
            Cell("sample"),
        ),
        cited="coverage",
        check=span_in_order,
    ),
)
