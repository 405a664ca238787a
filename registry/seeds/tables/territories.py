"""Territories, what they were called, and of which kind they were."""

from __future__ import annotations

from registry import models as registry
from registry.seeds.columns import Cell, Names
from registry.seeds.references import To
from registry.seeds.table import Table
from registry.seeds.tables.checks import span_in_order

TABLES = (
    Table(
        "territory_kinds",
        registry.TerritoryKind,
        key=("slug",),
        known_as=("slug",),
        columns=(Cell("slug", required=True), Names("name", required=True), Cell("order")),
    ),
    Table(
        "territories",
        registry.Territory,
        key=("slug",),
        known_as=("slug",),
        columns=(
            Cell("slug", required=True),
            Names("name", required=True),
            To("continued_by", table="territories"),
            To("part_of", table="territories"),
        ),
        cited="territory",
    ),
    Table(
        "territory_statuses",
        registry.TerritoryStatus,
        key=("territory", "start"),
        known_as=("territory.slug", "start"),
        columns=(
            To("territory", required=True, table="territories"),
            To("kind", required=True, table="territory_kinds"),
            Names("name", required=True),
            Cell("start"),
            Cell("end"),
            Cell("event"),
        ),
        cited="territory_status",
        check=span_in_order,
    ),
    Table(
        "territory_identifiers",
        registry.TerritoryIdentifier,
        key=("territory", "scheme", "value"),
        known_as=("territory.slug", "scheme", "value"),
        columns=(
            To("territory", required=True, table="territories"),
            Cell("scheme", required=True),
            Cell("value", required=True),
        ),
    ),
)
