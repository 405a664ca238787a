"""Where sources disagree."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from registry import models as registry
from registry.seeds.columns import Cell, Names, Say
from registry.seeds.references import Part, To, ToDated
from registry.seeds.table import Table
from registry.seeds.tables.checks import span_in_order, used_or_spurious

# What a contradiction speaks of: exactly one of these.
FACTS = (
    To("act", table="acts"),
    To("institution", table="institutions"),
    To("territory", table="territories"),
    To("party", table="parties"),
    To("person", table="persons"),
    To("convocation", table="convocations", scope=("of_institution",)),
    To("seat_group", table="seat_groups", scope=("of_institution",)),
    ToDated(
        "seat_rule",
        table="seat_rules",
        parts=("of_institution", "of_group"),
        attribute="seat_rule",
    ),
    To("voting_rule", table="voting_rules"),
    To("power", table="powers", scope=("of_institution",)),
    ToDated(
        "appointment",
        table="appointments",
        parts=("of_person", "of_institution", "of_group", ""),
        attribute="appointment",
    ),
)


def of_one_fact(values: dict[str, Any], say: Say) -> None:
    span_in_order(values, say)
    names = [column.header for column in FACTS]
    given = [name for name in names if values.get(name)]
    if len(given) != 1:
        say(
            given[1] if given else "institution",
            _("A contradiction is about exactly one of: %(known)s.") % {"known": ", ".join(names)},
        )


TABLES = (
    Table(
        "contradictions",
        registry.Contradiction,
        key=("slug",),
        known_as=("slug",),
        columns=(
            Cell("slug", required=True),
            Cell("kind", required=True),
            Names("subject", required=True),
            Names("position"),
            Cell("is_open"),
            Cell("start"),
            Cell("end"),
            Part("of_institution", table="institutions"),
            Part("of_group", table="seat_groups", scope=("of_institution",)),
            Part("of_person", table="persons"),
            *FACTS,
        ),
        check=of_one_fact,
    ),
    Table(
        "claims",
        registry.Claim,
        key=("contradiction", "order"),
        known_as=("contradiction.slug", "order"),
        columns=(
            To("contradiction", required=True, table="contradictions"),
            Cell("order", required=True),
            To("source", required=True, table="sources"),
            Cell("place"),
            Names("text", required=True),
            Cell("adopted"),
            Cell("spurious"),
        ),
        check=used_or_spurious,
    ),
)
