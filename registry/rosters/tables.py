"""From text, or from a workbook, to lines of cells."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NamedTuple

from openpyxl import load_workbook

from registry.rosters.faults import Code, Fault, Refused

ROWS = 20_000
CELL = 131_072  # Python's csv module reads no longer cell unless told to, and no name needs one.
UNPACKED = 300_000_000  # A small archive can hold a sheet that fills the memory.
SHEET = "Roster"

WORKBOOK = b"PK\x03\x04"
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_FORMULA_GUARD = re.compile(r"'+[=+\-@\t\r]")


class Line(NamedTuple):
    """A line of a table: where it begins in the file, and its cells by column."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[str, ...]
    lines: tuple[Line, ...]


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula; `unguarded` undoes it."""
    return (
        f"'{text}"
        if text.startswith(("=", "+", "-", "@", "\t", "\r")) or (_FORMULA_GUARD.match(text))
        else text
    )


def unguarded(text: str) -> str:
    return text[1:] if _FORMULA_GUARD.match(text) else text


def table_of_text(text: str) -> Table:
    """Read separated values; the separator is the one that the header uses most."""
    header = text.lstrip("\r\n").partition("\n")[0]
    bare = re.sub(r'"[^"]*"', "", header)
    delimiter = max(",;\t", key=bare.count)
    return _table(_records(text, delimiter), short=False)


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    try:
        for cells in reader:
            yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as problem:
        if "field limit" in str(problem):
            fault = Fault(Code.LONG_CELL, begins, details={"limit": CELL})
        else:
            fault = Fault(Code.BAD_QUOTES, begins)
        raise Refused([fault]) from problem


def table_of_workbook(data: bytes) -> Table:
    """Read the sheet “Roster”, else the first one."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if any("vbaProject" in name for name in archive.namelist()):
                raise Refused([Fault(Code.MACROS)])
            if sum(entry.file_size for entry in archive.infolist()) > UNPACKED:
                raise Refused([Fault(Code.TOO_LARGE, details={"limit": UNPACKED // 1_000_000})])
        book = load_workbook(io.BytesIO(data), read_only=True)
        sheet = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
        sheet.reset_dimensions()
        return _table(_sheet_records(sheet.iter_rows()), short=True)
    except Refused:
        raise
    except Exception as problem:
        # The library answers a damaged workbook with whatever its parsers happen to raise.
        raise Refused([Fault(Code.BAD_WORKBOOK)]) from problem


def _sheet_records(rows: Iterable) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(rows, start=1):
        if number > 10 * ROWS:
            raise Refused([Fault(Code.TOO_MANY_ROWS, details={"limit": ROWS})])
        cells = [_cell(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        yield number, cells


def _cell(cell: object) -> str:
    value = getattr(cell, "value", None)
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case datetime():
            return str(value.date() if value.time() == time() else value)
        case date():
            return str(value)
        case float() if value.is_integer():
            return str(int(value))
    return str(value)


def _table(records: Iterator[tuple[int, list[str]]], *, short: bool) -> Table:
    """Hold lines against the header. Raises `Refused` with every line that does not fit it.

    `short` lines, which leave out their last cells, are right in a sheet; in a text they are
    the trace of a lost separator.
    """
    columns: list[str] = []
    lines: list[Line] = []
    faults: list[Fault] = []
    for number, cells in records:
        if not any(cell.strip() for cell in cells):
            continue
        if not columns:
            columns = [" ".join(cell.split()).casefold() for cell in cells]
            _refuse_duplicates(columns, number)
            continue
        if len(lines) >= ROWS:
            raise Refused([Fault(Code.TOO_MANY_ROWS, details={"limit": ROWS})])
        surplus = any(cell.strip() for cell in cells[len(columns) :])
        if surplus or (len(cells) < len(columns) and not short):
            details = {"found": len(cells), "expected": len(columns)}
            faults.append(Fault(Code.RAGGED, number, value=cells[0], details=details))
            continue
        padded = [*cells, *[""] * (len(columns) - len(cells))]
        lines.append(Line(number, dict(zip(columns, padded, strict=False))))
    if not columns:
        raise Refused([Fault(Code.EMPTY_FILE)])
    if faults:
        raise Refused(faults)
    return Table(tuple(columns), tuple(lines))


def _refuse_duplicates(columns: list[str], number: int) -> None:
    doubled = [name for name, count in Counter(columns).items() if name and count > 1]
    if doubled:
        raise Refused([Fault(Code.DUPLICATE_COLUMN, number, name, name) for name in doubled])
