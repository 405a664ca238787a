"""Institutions, what they followed, and the periods they sit in."""

from __future__ import annotations

from registry import models as registry
from registry.seeds.columns import Cell, End, Known, Names, Spellings
from registry.seeds.references import To
from registry.seeds.table import Table
from registry.seeds.tables.checks import term_in_order, two_institutions

TABLES = (
    Table(
        "institutions",
        registry.Institution,
        key=("slug",),
        known_as=("slug",),
        columns=(
            Cell("slug", required=True),
            Names("name", required=True),
            Spellings("other_names"),
            Cell("branch", required=True),
            To("parent", table="institutions"),
            To("territory", table="territories"),
            Known("start"),
            End("end"),
            Cell("order"),
            Names("description"),
        ),
        cited="institution",
        check=term_in_order,
    ),
    Table(
        "successions",
        registry.Succession,
        key=("predecessor", "successor"),
        known_as=("predecessor.slug", "successor.slug"),
        columns=(
            To("predecessor", required=True, table="institutions"),
            To("successor", required=True, table="institutions"),
        ),
        cited="succession",
        check=two_institutions,
    ),
    Table(
        "convocations",
        registry.Convocation,
        key=("institution", "number"),
        known_as=("institution.slug", "number"),
        columns=(
            To("institution", required=True, table="institutions"),
            Cell("number", required=True),
            Cell("elected"),
            Known("start"),
            End("end"),
        ),
        cited="convocation",
        check=term_in_order,
    ),
)
