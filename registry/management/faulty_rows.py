"""The rows that an import left out, as a file to correct and import again."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from registry.rosters.columns import RAW
from registry.rosters.faults import WrongUsage
from registry.rosters.planning.report import fault_sentence
from registry.rosters.planning.verdicts import PlannedRow
from registry.rosters.reading.guard import guarded
from registry.rosters.reading.headers import ERROR_COLUMNS
from registry.rosters.rows import Roster


def room_for(name: str | None) -> Path | None:
    """The file to write to, if one is named: tried before anything is imported.

    Raises `WrongUsage` if it cannot be written.
    """
    if not name:
        return None
    path = Path(name)
    try:
        path.open("a").close()
    except OSError as problem:
        raise WrongUsage(
            _("The file %(path)s cannot be written: %(reason)s.")
            % {"path": path, "reason": problem.strerror}
        ) from problem
    return path


def write_faulty(path: Path, rows: Sequence[PlannedRow], roster: Roster) -> None:
    """Write the rows as CSV, with what is wrong in each."""
    columns = dict.fromkeys(column for row in rows for column in row.cells)
    # The cells are guarded, as those of a raw file are not.
    columns.pop(RAW, None)
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(_lines(list(columns), rows, roster))


def _lines(
    columns: Sequence[str], rows: Iterable[PlannedRow], roster: Roster
) -> Iterator[list[str | int]]:
    yield [*map(roster.written, columns), *ERROR_COLUMNS]
    for row in rows:
        cells = (guarded(row.cells.get(column, "")) for column in columns)
        faults = row.remarks
        yield [
            *cells,
            row.line,
            "; ".join(dict.fromkeys(each.header or each.column for each in faults if each.column)),
            "; ".join(dict.fromkeys(each.code.value for each in faults)),
            " ".join(fault_sentence(each, roster.unit) for each in faults),
            "; ".join(each.suggestion for each in faults if each.suggestion),
        ]
