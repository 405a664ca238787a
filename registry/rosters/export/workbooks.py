"""Workbooks, written line by line: real days and numbers under a frozen header, and a sheet that
says what they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from typing import BinaryIO

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES, ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from registry.domain.dates import PartialDate, Precision
from registry.rosters.reading.guard import guarded

Cell = str | int | float | bool | date | PartialDate | None
NARROWEST, WIDEST = 8, 48  # characters of a column; longer texts are cut on screen only
FIRST_YEAR = 1900  # a workbook knows no earlier date
LONGEST = 32_767  # characters of a cell; the library would drop the others and say nothing
ROWS = 1_048_575  # below the header
SAMPLE = 500  # rows that the widths of the columns are taken from


class DoesNotFit(Exception):
    """A workbook cannot hold this; the text says what, and what can."""


@dataclass(frozen=True, slots=True)
class Column:
    """`name` is for programs and the same in all languages; `guide` says what the column holds.

    With `days` its texts are days, as `PartialDate` reads them.
    """

    name: str
    guide: str | Promise
    days: bool = False


def write_workbook(
    stream: BinaryIO,
    name: str,
    columns: Sequence[Column],
    rows: Iterable[Mapping[str, Cell]],
    about: Iterable[tuple[str, str]],
) -> None:
    """Write a sheet called `name`, and one with the lines `about` it, label and text, if any.

    Rows are taken one by one and none is kept. Raises `DoesNotFit`.
    """
    # A workbook that only grows keeps its sheets in temporary files, and no text twice.
    book = Workbook(write_only=True)
    page = book.create_sheet(name)
    page.freeze_panes = "A2"
    coming = iter(rows)
    sample = list(islice(coming, SAMPLE))
    for number, column in enumerate(columns, start=1):
        longest = max((len(plain(row.get(column.name))) for row in sample), default=0)
        width = max(NARROWEST, min(WIDEST, max(len(column.name), longest) + 2))
        page.column_dimensions[get_column_letter(number)].width = width
    page.append([_bold(page, column.name) for column in columns])
    try:
        for number, row in enumerate(chain(sample, coming), start=1):
            if number > ROWS:
                raise DoesNotFit(
                    _("A workbook holds %(limit)s rows, and these are more. Take the CSV file.")
                    % {"limit": ROWS}
                )
            page.append([_value(page, column, row.get(column.name)) for column in columns])
    except BaseException:
        # The library leaves the file of a sheet behind that was not written to its end.
        page.close()
        page._writer.cleanup()
        raise
    if lines := list(about):
        _write_about(book, lines)
    book.save(stream)


def _write_about(book: Workbook, about: Iterable[tuple[str, str]]) -> None:
    page = book.create_sheet(pgettext("sheet of a workbook", "About"))
    page.column_dimensions["A"].width = 28
    page.column_dimensions["B"].width = 100
    for label, text in about:
        page.append([_bold(page, label), _text("", text)])


def guide_lines(columns: Iterable[Column]) -> Iterable[tuple[str, str]]:
    """What each column holds, with a heading, as lines about a sheet."""
    yield _("Column"), _("What it holds")
    for column in columns:
        yield column.name, str(column.guide)


def plain(value: Cell) -> str:
    """A value as text that no spreadsheet takes for a formula."""
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case int() | float():
            return str(value)
    return guarded(str(value))


def _value(page, column: Column, value: Cell) -> int | float | date | str | WriteOnlyCell | None:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, (int, float)):
        return value
    if column.days and (day := _day(value)):
        return day
    text = _text(column.name, str(value or ""))
    if text in ERROR_CODES:
        # “#N/A” is what somebody wrote here, and no error.
        cell = WriteOnlyCell(page, value=text)
        cell.data_type = "s"
        return cell
    return text


def _day(value: Cell) -> date | None:
    """The day that a cell names, if it is known in full and a workbook can hold it."""
    if isinstance(value, str) and value:
        value = PartialDate.parse(value)
    if isinstance(value, PartialDate):
        value = value.earliest if value.precision is Precision.DAY else None
    return value if isinstance(value, date) and value.year >= FIRST_YEAR else None


def _text(column: str, text: str) -> str | None:
    # A workbook has one line ending; what it makes of another, the guard would not know again.
    text = ILLEGAL_CHARACTERS_RE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) >= LONGEST:
        raise DoesNotFit(
            _(
                "A cell of a workbook holds %(limit)s characters, and a text in the column "
                "“%(column)s” has %(length)s: “%(begin)s…”. Take the CSV file."
            )
            % {"limit": LONGEST, "column": column, "length": len(text), "begin": text[:40]}
        )
    return guarded(text) or None


def _bold(page, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, value=_text("", text))
    cell.font = Font(bold=True)
    return cell
