"""What the law says besides seats: votes, powers, and mandates that exclude each other."""

from __future__ import annotations

from registry import models as registry
from registry.seeds.columns import Cell, Names
from registry.seeds.references import To
from registry.seeds.table import Table
from registry.seeds.tables.checks import span_in_order, two_bodies, whole_fraction

TABLES = (
    Table(
        "voting_rules",
        registry.VotingRule,
        key=("slug",),
        known_as=("slug",),
        columns=(
            Cell("slug", required=True),
            Cell("procedure", required=True),
            Cell("step"),
            Names("subject", required=True),
            To("institution", table="institutions"),
            Cell("each_part"),
            Cell("is_vote"),
            Cell("numerator"),
            Cell("denominator"),
            Cell("comparison"),
            Cell("base"),
            Cell("within_days"),
            Cell("within_months"),
            Names("condition"),
            Cell("start"),
            Cell("end"),
            To("act", table="acts"),
            Cell("article"),
        ),
        cited="voting_rule",
        check=whole_fraction,
    ),
    Table(
        "powers",
        registry.Power,
        key=("institution", "slug"),
        known_as=("institution.slug", "slug"),
        columns=(
            To("institution", required=True, table="institutions"),
            Cell("slug", required=True),
            Cell("kind"),
            Names("text", required=True),
            Cell("announced"),
            Cell("order"),
            Cell("start"),
            Cell("end"),
            To("act", table="acts"),
            Cell("article"),
        ),
        cited="power",
        check=span_in_order,
    ),
    Table(
        "incompatibilities",
        registry.Incompatibility,
        key=("institution", "other", "start"),
        known_as=("institution.slug", "other.slug", "start"),
        columns=(
            To("institution", required=True, table="institutions"),
            To("other", required=True, table="institutions"),
            Cell("start"),
            Cell("end"),
            To("act", table="acts"),
            Cell("article"),
        ),
        cited="incompatibility",
        check=two_bodies,
    ),
)
