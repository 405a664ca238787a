"""Sources, and the acts of law."""

from __future__ import annotations

from registry import models as registry
from registry.seeds.columns import Cell, Names
from registry.seeds.table import Table

TABLES = (
    Table(
        "sources",
        registry.Source,
        key=("slug",),
        known_as=("slug",),
        columns=(
            Cell("slug", required=True),
            Cell("title", required=True),
            Cell("kind", required=True),
            Cell("url"),
        ),
    ),
    Table(
        "acts",
        registry.Act,
        key=("slug",),
        known_as=("slug",),
        columns=(
            Cell("slug", required=True),
            Names("title", required=True),
            Cell("date"),
            Cell("in_force"),
            Cell("effect"),
        ),
        cited="act",
    ),
)
