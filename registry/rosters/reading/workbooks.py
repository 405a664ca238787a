"""From an XLSX workbook to lines of cells; what it would take to unpack it is looked at first."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any
from xml.parsers import expat

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from registry.rosters.faults import Code, Fault, Refused
from registry.rosters.reading.options import Limits, Reading
from registry.rosters.reading.tables import (
    CELL,
    CELLS_IN_A_ROW,
    COLUMNS,
    PREAMBLE,
    SHEET,
    Recogniser,
    Record,
    Table,
    folded_header,
    table_of_records,
)

WORKBOOK = b"PK\x03\x04"
EMPTY_ARCHIVE = b"PK\x05\x06"
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"

LAST_ROW = 1_048_576  # that Excel has
MEMBERS = 500
# Sheets of a roster pack to a tenth or a thirtieth of their size; a bomb to a thousandth.
RATIO = 100
SMALL = 1_000_000  # bytes that may be packed however tightly
STYLES = 3_000_000  # bytes of the members that describe how cells look
# Other formats that are archives as well, by a member that only they have.
OTHER_ARCHIVES = {"ODS": "content.xml", "DOCX": "word/document.xml", "XLSB": "xl/workbook.bin"}
_MERGED = re.compile(
    rb'<(?:\w{1,20}:)?mergeCell [^<>]{0,99}ref="(?P<range>[A-Z]+[0-9]+:[A-Z]+(?P<last>[0-9]{1,9}))"'
)
_HIDDEN = re.compile(rb'<(?:\w{1,20}:)?row [^<>]{0,300}?hidden="(?:1|true)"[^<>]{0,300}')
_NUMBER = re.compile(rb' r="([0-9]{1,9})"')
HIDDEN_SHOWN = 20
_STRING = re.compile(rb"<(?:\w{1,20}:)?si[ >/]")


def table_of_workbook(
    data: bytes,
    how: Reading | None = None,
    *,
    knows: Recogniser = bool,
    limits: Limits | None = None,
) -> Table:
    """Read the sheet that is chosen, else “Roster”, else the only one. Raises `Refused`."""
    how, limits = how or Reading(), limits or Limits.command()
    try:
        _look_into(data, limits)
        book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        sheet = _sheet_of(book, how.sheet)
        sheet.reset_dimensions()
        records = _from_the_header(_records(sheet, limits), how, knows)
        table = table_of_records(records, limits=limits, short=True, sheet=sheet.title)
        hidden = _hidden_below(book, sheet, table.header_line)
        if not hidden:
            return table
        details = {"lines": hidden[:HIDDEN_SHOWN], "count": len(hidden)}
        return replace(table, warnings=(Fault(Code.HIDDEN_ROWS, details=details),))
    except Refused:
        raise
    except Exception as problem:
        # The library answers a damaged workbook with whatever its parsers happen to raise.
        raise Refused([Fault(Code.BAD_WORKBOOK)]) from problem


def sheets_of(data: bytes, limits: Limits) -> list[str]:
    """The names of the sheets; none if it is no workbook that could be read."""
    try:
        _look_into(data, limits)
        return list(load_workbook(io.BytesIO(data), read_only=True, keep_links=False).sheetnames)
    except Exception:  # as above
        return []


def _look_into(data: bytes, limits: Limits) -> None:
    """Refuse, by the directory of the archive and the heads of its members, what would fill the
    memory or never end."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        if any(member.flag_bits & 1 for member in members):
            raise Refused([Fault(Code.LOCKED_WORKBOOK)])
        if len(members) > MEMBERS:
            raise Refused([Fault(Code.UNPACKED_TOO_LARGE)])
        for name, telling in OTHER_ARCHIVES.items():
            if any(member.filename == telling for member in members):
                raise Refused([Fault(Code.OTHER_FORMAT, details={"format": name})])
        if any("vbaproject" in member.filename.casefold() for member in members):
            raise Refused([Fault(Code.MACROS)])
        if len({member.filename for member in members}) < len(members):
            raise Refused([Fault(Code.BAD_WORKBOOK)])
        # A sheet takes some fifty bytes for a cell.
        if sum(member.file_size for member in members) > SMALL + 3_000 * limits.rows:
            raise Refused([Fault(Code.UNPACKED_TOO_LARGE)])
        for member in members:
            plain = member.file_size
            if plain > SMALL and plain > RATIO * member.compress_size:
                raise Refused([Fault(Code.UNPACKED_TOO_LARGE)])
            name = member.filename.casefold()
            if not name.endswith((".xml", ".rels", ".vml")):
                continue
            if plain > STYLES and "worksheets/" not in name and "sharedstrings" not in name:
                raise Refused([Fault(Code.UNPACKED_TOO_LARGE)])
            with archive.open(member) as held:
                _refuse_declarations(held)
            if "sharedstrings" in name:
                with archive.open(member) as held:
                    _refuse_many_strings(held, limits)


def _refuse_declarations(held: io.BufferedIOBase) -> None:
    """Refuse a member that declares a document type: with one come entities that grow."""
    parser = expat.ParserCreate()
    state = []

    def begun(*_about: object) -> None:
        state.append("begun")

    def declared(*_about: object) -> None:
        raise Refused([Fault(Code.BAD_WORKBOOK)])

    parser.StartElementHandler = begun
    parser.StartDoctypeDeclHandler = declared
    while not state and (piece := held.read(4_096)):
        parser.Parse(piece)


def _refuse_many_strings(held: io.BufferedIOBase, limits: Limits) -> None:
    most, found, rest = CELLS_IN_A_ROW * limits.rows, 0, b""
    while piece := held.read(1 << 20):
        found += len(_STRING.findall(rest + piece))
        rest = piece[-4:] if not _STRING.search(piece[-4:]) else b""
        if found > most:
            raise Refused([Fault(Code.TOO_MANY_VALUES, details={"limit": most})])


def _sheet_of(book: Workbook, wanted: str) -> ReadOnlyWorksheet:
    names = [sheet.title for sheet in book.worksheets]
    known = {"known": ", ".join(names)}
    if wanted:
        if wanted not in names:
            raise Refused([Fault(Code.NO_SUCH_SHEET, value=wanted, details=known)])
        return book[wanted]
    if SHEET in names:
        return book[SHEET]
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    filled = [sheet for sheet in visible if _has_cells(sheet)] if len(visible) > 1 else visible
    if len(filled) > 1:
        raise Refused([Fault(Code.WHICH_SHEET, details=known)])
    if not filled:
        raise Refused([Fault(Code.EMPTY_FILE)])
    return filled[0]


def _has_cells(sheet: ReadOnlyWorksheet) -> bool:
    """Whether anything stands in its first rows: a new workbook of Excel has three sheets."""
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(values_only=True)):
        if any(value is not None for value in row):
            return True
        if number > 1_000:
            break
    return False


def _hidden_below(book: Workbook, sheet: ReadOnlyWorksheet, header_line: int) -> list[int]:
    """The rows below the header that nobody sees, for a filter leaves them out or the like.

    Refuses merged cells in the table: a party written over three rows is in the first alone.
    A title above it may well be merged.
    """
    merged: dict[str, None] = {}
    hidden: dict[int, None] = {}
    with book._archive.open(sheet._worksheet_path) as held:
        rest = b""
        while (piece := held.read(1 << 20)) and len(merged) < 5:
            for found in _MERGED.finditer(rest + piece):
                if int(found["last"]) >= header_line:
                    merged[found["range"].decode()] = None
            for row in _HIDDEN.findall(rest + piece):
                if (number := _NUMBER.search(row)) and int(number[1]) > header_line:
                    hidden[int(number[1])] = None
            rest = piece[-700:]
    if merged:
        raise Refused([Fault(Code.MERGED_CELLS, value=", ".join(merged))])
    return list(hidden)


def _records(sheet: ReadOnlyWorksheet, limits: Limits) -> Iterator[Record]:
    most = CELLS_IN_A_ROW * limits.rows + SMALL
    seen = 0
    for number, row in enumerate(sheet.iter_rows(), start=1):
        seen += len(row) + 1
        if number > min(10 * limits.rows + PREAMBLE, LAST_ROW):
            raise Refused([Fault(Code.TOO_MANY_ROWS, details={"limit": limits.rows})])
        if seen > most:
            raise Refused([Fault(Code.TOO_MANY_VALUES, number, details={"limit": most})])
        if any(cell.value is not None for cell in row[COLUMNS:]):
            raise Refused([Fault(Code.TOO_MANY_COLUMNS, number, details={"limit": COLUMNS})])
        cells = [_cell(cell) for cell in row[:COLUMNS]]
        while cells and not cells[-1]:
            cells.pop()
        if any(len(cell) > CELL for cell in cells):
            raise Refused([Fault(Code.LONG_CELL, number, details={"limit": CELL})])
        yield number, cells


def _from_the_header(
    records: Iterator[Record], how: Reading, knows: Recogniser
) -> Iterator[Record]:
    first = []
    for record in records:
        first.append(record)
        if len(first) >= max(PREAMBLE, how.header):
            break
    header = next((number for number, cells in first if _is_header(number, cells, how, knows)), 0)
    yield from (record for record in first if record[0] >= header)
    yield from records


def _is_header(number: int, cells: list[str], how: Reading, knows: Recogniser) -> bool:
    if how.header:
        return number == how.header
    filled = any(cell.strip() for cell in cells[:COLUMNS])
    return filled and bool(knows([folded_header(cell) for cell in cells[:COLUMNS]]))


def _cell(cell: Any) -> str:
    value = cell.value
    if cell.data_type == "e":
        # What a formula yields that fails: #REF!, #N/A.
        return f"={value}"
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
