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

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.rosters.export.workbooks import Cell, Column, guide_lines, plain, write_workbook
from registry.serialise.imprint import Imprint

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
        cells = [plain(row.get(column.name)) for column in sheet.columns]
        writer.writerow([*cells, *origin])
    return buffer.getvalue()


def workbook(sheet: Sheet, said: Imprint, address: str) -> bytes:
    """A workbook: real dates and numbers under a frozen header, and a sheet about them."""
    buffer = io.BytesIO()
    about = _about(sheet, said, address)
    write_workbook(buffer, _("Data"), sheet.columns, sheet.rows, about)
    return buffer.getvalue()


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
    yield from guide_lines(sheet.columns)
