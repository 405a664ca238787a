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
from enum import Enum
from typing import NamedTuple

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from registry.rosters.faults import Code, Fault, Refused

ROWS = 20_000
CELL = 131_072  # Python's csv module reads no longer cell unless told to, and no name needs one.
UNPACKED = 300_000_000  # A small archive can hold a sheet that fills the memory.
SHEET = "Roster"

WORKBOOK = b"PK\x03\x04"
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_FORMULA_GUARD = re.compile(r"'+[=+\-@\t\r]")
_NAMED_SEPARATOR = re.compile(r'"?sep=(?P<separator>[,;\t|])"?\r?\n', re.IGNORECASE)
_MERGED = re.compile(rb'<mergeCell [^>]*ref="([A-Z]+[0-9]+:[A-Z]+[0-9]+)"')


class Letters(Enum):
    ASCII = "ascii"
    CODE_PAGE = "code page"
    ALL = "all"


class Line(NamedTuple):
    """A line of a table: where it begins in the file, and its cells by column."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A header and its lines. `ragged` are the lines that do not fit it: they may as well show
    that it is no header. `letters` are those of the text: plain English ones, those of one code
    page, or all; what was saved in the first two may have lost some."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    ragged: tuple[Fault, ...] = ()
    letters: Letters = Letters.ALL


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula; `unguarded` undoes it."""
    return (
        f"'{text}"
        if text.startswith(("=", "+", "-", "@", "\t", "\r")) or (_FORMULA_GUARD.match(text))
        else text
    )


def unguarded(text: str) -> str:
    return text[1:] if _FORMULA_GUARD.match(text) else text


def table_of_text(text: str, letters: Letters = Letters.ALL) -> Table:
    """Read separated values; the separator is the one that the header uses most, or the one
    that a first line such as `sep=;` names, as Excel writes and reads it."""
    if named := _NAMED_SEPARATOR.match(text):
        records = _records(text, named["separator"])
        next(records)
        return _table(records, short=False, letters=letters)
    header = text.lstrip("\r\n").partition("\n")[0]
    bare = re.sub(r'"[^"]*"', "", header)
    delimiter = max(",;\t", key=bare.count)
    return _table(_records(text, delimiter), short=False, letters=letters)


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
        _refuse_merged(book, sheet)
        sheet.reset_dimensions()
        return _table(_sheet_records(sheet.iter_rows()), short=True)
    except Refused:
        raise
    except Exception as problem:
        # The library answers a damaged workbook with whatever its parsers happen to raise.
        raise Refused([Fault(Code.BAD_WORKBOOK)]) from problem


def _refuse_merged(book: Workbook, sheet: ReadOnlyWorksheet) -> None:
    """Refuse a sheet with merged cells: a party written over three rows is in the first alone."""
    merged = _MERGED.findall(book._archive.read(sheet._worksheet_path))
    if merged:
        shown = ", ".join(each.decode() for each in merged[:5])
        raise Refused([Fault(Code.MERGED_CELLS, value=shown)])


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


def _table(
    records: Iterator[tuple[int, list[str]]], *, short: bool, letters: Letters = Letters.ALL
) -> Table:
    """Hold lines against the header.

    `short` lines, which leave out their last cells, are right in a sheet; in a text they are
    the trace of a lost separator.
    """
    columns: list[str] = []
    kept: list[tuple[int, list[str]]] = []
    width = 0
    for number, cells in records:
        if not any(cell.strip() for cell in cells):
            continue
        if not columns:
            columns = [" ".join(cell.split()).casefold() for cell in cells]
            width = len(columns)
            while not columns[-1]:
                columns.pop()
            _refuse_duplicates(columns, number)
            continue
        if len(kept) >= ROWS:
            raise Refused([Fault(Code.TOO_MANY_ROWS, details={"limit": ROWS})])
        kept.append((number, cells))
    if not columns:
        raise Refused([Fault(Code.EMPTY_FILE)])
    if 2 * sum(len(cells) > width for _number, cells in kept) > len(kept):
        # Some programs end every line with a separator. In one line alone, what stands too far
        # right stands there because a cell before it fell apart.
        width = max(len(cells) for _number, cells in kept)
    lines: list[Line] = []
    ragged: list[Fault] = []
    for number, cells in kept:
        surplus = any(cell.strip() for cell in cells[len(columns) :])
        if surplus or len(cells) > width or (len(cells) < len(columns) and not short):
            details = {"found": len(cells), "expected": len(columns)}
            ragged.append(Fault(Code.RAGGED, number, value=cells[0], details=details))
            continue
        padded = [*cells, *[""] * (len(columns) - len(cells))]
        lines.append(Line(number, dict(zip(columns, padded, strict=False))))
    return Table(tuple(columns), tuple(lines), tuple(ragged), letters)


def _refuse_duplicates(columns: list[str], number: int) -> None:
    doubled = [name for name, count in Counter(columns).items() if name and count > 1]
    if doubled:
        raise Refused([Fault(Code.DUPLICATE_COLUMN, number, name, name) for name in doubled])
