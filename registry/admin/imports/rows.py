"""The rows of a run as its pages and its files to download show them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from registry.admin.imports.faults import FaultShown, faults_shown
from registry.models.imports import ImportRow, ImportRun, Verdict
from registry.rosters.values import field_name, shown

# In the order in which a curator looks at them.
TABS = (
    Verdict.IMPOSSIBLE,
    Verdict.AMBIGUOUS,
    Verdict.CONFLICT,
    Verdict.CHANGED,
    Verdict.FILLS,
    Verdict.NEW,
    Verdict.SAME,
    Verdict.LEFT_OUT,
)
READY = (Verdict.NEW, Verdict.SAME, Verdict.CHANGED, Verdict.FILLS, Verdict.CONFLICT)


class Cell(NamedTuple):
    column: str
    value: str
    remarked: bool


class RowShown(NamedTuple):
    """A row of the file: what becomes of it and why, and as it stands there."""

    line: int
    verdict: str
    label: str
    name: str
    remarks: list[FaultShown]
    changes: list[dict[str, Any]]
    cells: list[Cell]


def row_shown(row: ImportRow, run: ImportRun) -> RowShown:
    remarks = list(faults_shown(row.remarks, run.plan.get("unit", "line")))
    named = {each.header for each in remarks}
    pairs = zip(run.plan.get("columns", []), row.cells, strict=False)
    cells = [Cell(column, value, column in named) for column, value in pairs]
    # Where nothing stands and nobody says anything, there is nothing to show.
    cells = [cell for cell in cells if cell.value or cell.remarked]
    changes = [
        each
        | {"field": field_name(each["field"])}
        | {"old": shown(each["old"]), "new": shown(each["new"])}
        for each in row.changes
    ]
    label = row.get_verdict_display()
    return RowShown(row.line, row.verdict, label, row.name, remarks, changes, cells)


class Tab(NamedTuple):
    key: str
    label: str
    number: int
    current: bool


def tabs(run: ImportRun, current: str | None) -> Iterator[Tab]:
    """All rows, then those of each verdict that there is; none of them is open for `None`."""
    yield Tab("", _("all rows"), sum(run.counts.values()), current == "")
    for verdict in TABS:
        if number := run.counts.get(verdict.value, 0):
            yield Tab(verdict.value, str(verdict.label), number, current == verdict.value)


def summary(run: ImportRun) -> dict[str, int]:
    """How many rows there are, and how many of them can be written as they are."""
    counted = run.counts
    return {
        "rows": sum(counted.values()),
        "ready": sum(counted.get(each.value, 0) for each in READY),
        "undecided": counted.get(Verdict.AMBIGUOUS.value, 0),
        "faulty": counted.get(Verdict.IMPOSSIBLE.value, 0),
        "left_out": counted.get(Verdict.LEFT_OUT.value, 0),
    }


def faulty_rows(run: ImportRun) -> QuerySet[ImportRow]:
    """Rows that a fault keeps out, be the file refused for it or imported without them."""
    return run.rows.filter(verdict=Verdict.IMPOSSIBLE)
