"""Rosters out: the registry's own table, which imports back unchanged, as CSV or as a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from registry.models import Institution
from registry.rosters.columns import COLUMNS, RAW
from registry.rosters.export.guides import ROSTER
from registry.rosters.export.rows import EVERYBODY, Row, Wanted, roster_rows
from registry.rosters.export.workbooks import write_workbook
from registry.rosters.reading.guard import guarded
from registry.rosters.reading.tables import SHEET


def roster_csv(
    institution: Institution, wanted: Wanted = EVERYBODY, *, raw: bool = False
) -> Iterator[str]:
    """The roster as CSV, line by line: UTF-8 when encoded, commas, a header, no byte order mark.

    For people no cell begins in a way that a spreadsheet takes for a formula. A `raw` file is
    for programs: its cells are as recorded, and a last column says so to whoever reads it back.
    """
    rows = roster_rows(institution, wanted)
    return raw_lines(rows) if raw else csv_lines(rows)


def csv_lines(rows: Iterable[Row], columns: Sequence[str] = COLUMNS) -> Iterator[str]:
    yield _line(columns)
    for row in rows:
        yield _line(guarded(row.get(column, "")) for column in columns)


def raw_lines(rows: Iterable[Row]) -> Iterator[str]:
    yield _line([*COLUMNS, RAW])
    for row in rows:
        yield _line([*(row.get(column, "") for column in COLUMNS), "1"])


def _line(cells: Iterable[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue()


def write_xlsx(
    stream: BinaryIO,
    institution: Institution,
    wanted: Wanted = EVERYBODY,
    *,
    about: Iterable[tuple[str, str]] = (),
) -> None:
    """The roster as a workbook, with a second sheet of lines `about` it. Raises `DoesNotFit`."""
    write_workbook(stream, SHEET, ROSTER, roster_rows(institution, wanted), about)
