"""Tables as files: what each column holds, and the rows, as CSV or as a workbook.

A file tells where it comes from when nobody remembers any more. A CSV file has no place beside its
table, so each row ends with the licence and the revision; a workbook has a second sheet.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from registry.domain.dates import PartialDate, Precision
from registry.rosters.reading.tables import guarded
from registry.serialise.imprint import Imprint

Cell = str | int | float | bool | date | PartialDate | None
NARROWEST, WIDEST = 8, 48  # characters of a column; longer texts are cut on screen only
FIRST_YEAR = 1900  # a workbook knows no earlier date


@dataclass(frozen=True, slots=True)
class Column:
    """`name` is for programs and the same in all languages; `guide` says what the column holds.

    With `days` its texts are days, as `PartialDate` reads them.
    """

    name: str
    guide: str | Promise
    days: bool = False


ON = Column("on", gettext_lazy("The day that the file is about."), days=True)
NAMES = (
    Column("name_en", gettext_lazy("Its name in English.")),
    Column("name_kk", gettext_lazy("Its name in Kazakh.")),
    Column("name_ru", gettext_lazy("Its name in Russian.")),
    Column("name_de", gettext_lazy("Its name in German.")),
)
REVISION = Column(
    "revision", gettext_lazy("The moment of the newest change of the record, in UTC.")
)
LICENCE = Column("licence", gettext_lazy("Under which licence the data may be used."))


def name_cells(texts: Mapping[str, str]) -> dict[str, Cell]:
    """What stands in the columns `NAMES`."""
    return {column.name: texts.get(column.name.removeprefix("name_"), "") for column in NAMES}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: `name` is for the file, `title` for readers, `day` the one it is about.

    Rows give a value for each column by its name; what a row does not have is empty.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Mapping[str, Cell]]
    day: date | None = None

    @property
    def file_name(self) -> str:
        return f"{self.name}-{self.day.isoformat()}" if self.day else self.name


def csv_text(sheet: Sheet, said: Imprint) -> str:
    """UTF-8 when encoded, commas, a header, ISO dates, no byte order mark.

    No cell begins in a way that a spreadsheet takes for a formula.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    origin = (said.revision, said.licence)
    writer.writerow([column.name for column in (*sheet.columns, REVISION, LICENCE)])
    for row in sheet.rows:
        cells = [_plain(row.get(column.name)) for column in sheet.columns]
        writer.writerow([*cells, *origin])
    return buffer.getvalue()


def _plain(value: Cell) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case int() | float():
            return str(value)
    return guarded(str(value))


def workbook(sheet: Sheet, said: Imprint, address: str) -> bytes:
    """A workbook: real dates and numbers under a frozen header, and a sheet about them."""
    book = Workbook(write_only=True)
    page = book.create_sheet(_("Data"))
    page.freeze_panes = "A2"
    rows = list(sheet.rows)
    for number, column in enumerate(sheet.columns, start=1):
        longest = max((len(_plain(row.get(column.name))) for row in rows), default=0)
        width = max(NARROWEST, min(WIDEST, max(len(column.name), longest) + 2))
        page.column_dimensions[get_column_letter(number)].width = width
    page.append([_bold(page, column.name) for column in sheet.columns])
    for row in rows:
        page.append([_cell(page, column, row.get(column.name)) for column in sheet.columns])
    about = book.create_sheet(pgettext("sheet of a workbook", "About"))
    about.column_dimensions["A"].width = 28
    about.column_dimensions["B"].width = 100
    for label, text in _about(sheet, said, address):
        about.append([_bold(about, label), _text(about, text)])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _cell(page, column: Column, value: Cell) -> WriteOnlyCell:
    if isinstance(value, bool):
        value = int(value)
    if isinstance(value, (int, float)):
        return WriteOnlyCell(page, value=value)
    day = _day(value) if column.days else None
    if day is None:
        return _text(page, _plain(value))
    cell = WriteOnlyCell(page, value=day)
    cell.number_format = "yyyy-mm-dd"
    return cell


def _day(value: Cell) -> date | None:
    """The day that a cell names, if it is known in full and a workbook can hold it."""
    if isinstance(value, str) and value:
        value = PartialDate.parse(value)
    if isinstance(value, PartialDate):
        value = value.earliest if value.precision is Precision.DAY else None
    return value if isinstance(value, date) and value.year >= FIRST_YEAR else None


def _text(page, text: str) -> WriteOnlyCell:
    # A workbook has one line ending; what it makes of another, the guard would not know again.
    text = ILLEGAL_CHARACTERS_RE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return WriteOnlyCell(page, value=text or None)


def _bold(page, text: str) -> WriteOnlyCell:
    cell = _text(page, text)
    cell.font = Font(bold=True)
    return cell


def _about(sheet: Sheet, said: Imprint, address: str) -> Iterable[tuple[str, str]]:
    """What a reader of the workbook needs to know, label and text."""
    yield _("Title"), sheet.title
    if sheet.day:
        yield _("As of"), sheet.day.isoformat()
    yield _("Licence"), f"{said.licence}, {said.licence_url}"
    if said.publisher:
        yield _("Publisher"), said.publisher
    yield _("Revision of the record"), said.revision
    yield _("Address"), address
    yield "", ""
    yield _("Column"), _("What it holds")
    for column in sheet.columns:
        yield column.name, str(column.guide)
