"""Rosters out: the registry's own table, which imports back unchanged, as CSV or as a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.db.models import F, Prefetch
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter

from registry.domain.dates import PartialDate, Precision, Presence
from registry.models import Affiliation, Appointment, Institution, PersonIdentifier
from registry.models.appointments import AppointmentQuerySet
from registry.models.fields import best_text
from registry.rosters.columns import BETWEEN_NAMES, COLUMNS, LANGUAGES
from registry.rosters.planning.comparing import bounded_affiliations
from registry.rosters.reading.cells import written
from registry.rosters.reading.tables import SHEET, guarded
from registry.rosters.rows import Identifier

Row = Mapping[str, str]
PORTION = 500
WIDEST = 40  # characters of a column; longer texts wrap or are cut on screen only


def roster_of(institution: Institution, on: date | None = None) -> AppointmentQuerySet:
    """The appointments to export: all there are, or those that cover a day, if only possibly."""
    return rosters_of([institution], on)


def rosters_of(institutions: Iterable[Institution], on: date | None = None) -> AppointmentQuerySet:
    """Those of several institutions, one institution after the other."""
    appointments = Appointment.objects.filter(institution__in=list(institutions))
    if on is not None:
        appointments = appointments.on(on)
    return (
        appointments.select_related(
            "person", "group", "convocation__institution", "territory", "institution"
        )
        .prefetch_related(
            Prefetch(
                "affiliations",
                Affiliation.objects.select_related("party").order_by(
                    F("start_earliest").asc(nulls_first=True), "id"
                ),
            ),
            Prefetch("person__identifiers", PersonIdentifier.objects.order_by("scheme", "value")),
        )
        .order_by(
            "institution__order",
            "institution__slug",
            F("convocation__number").asc(nulls_first=True),
            "person__sort_key",
            "id",
        )
    )


def roster_rows(institution: Institution, on: date | None = None) -> Iterator[Row]:
    """One row for each appointment and party, by column; one query for each 500 appointments."""
    for appointment in roster_of(institution, on).iterator(chunk_size=PORTION):
        shared = appointment_cells(appointment)
        if on is not None:
            presence = appointment.term.covers(on)
            shared["status"] = "filled" if presence is Presence.YES else "possible"
            shared["on"] = str(on)
        for cells in party_cells(appointment, on) or [{}]:
            yield {**shared, **cells}


def csv_lines(rows: Iterable[Row]) -> Iterator[str]:
    """Rows as CSV, line by line: UTF-8 when encoded, commas, a header, no byte order mark.

    No cell begins in a way that a spreadsheet takes for a formula.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    yield _emptied(buffer)
    for row in rows:
        writer.writerow([guarded(row.get(column, "")) for column in COLUMNS])
        yield _emptied(buffer)


def _emptied(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def roster_csv(institution: Institution, on: date | None = None) -> Iterator[str]:
    return csv_lines(roster_rows(institution, on))


def appointment_cells(appointment: Appointment) -> dict[str, str]:
    """The cells of an appointment, its parties apart."""
    person = appointment.person
    identifiers = [Identifier(each.scheme, each.value) for each in person.identifiers.all()]
    cells = {
        "institution": appointment.institution.slug,
        "convocation": str(appointment.convocation.number) if appointment.convocation else "",
        "group": appointment.group.slug if appointment.group else "",
        "territory": appointment.territory.slug if appointment.territory else "",
        "person_id": str(person.uid),
        "identifiers": written(identifiers),
        "other_names": BETWEEN_NAMES.join(person.other_names),
        "birth": str(person.birth or ""),
        "gender": person.gender,
        "acting": "1" if appointment.acting else "0",
        "designation": appointment.designation,
        "end_reason": appointment.end_reason,
        "note": appointment.note,
        "sample": "1" if person.sample else "0",
    }
    for code in LANGUAGES:
        cells[f"name_{code}"] = person.name.get(code, "")
        cells[f"sort_name_{code}"] = person.sort_name.get(code, "")
    for name, value, inherited in (
        ("start", appointment.start, appointment.start_inherited),
        ("end", appointment.end, appointment.end_inherited),
    ):
        cells[name] = str(value or "")
        cells[f"{name}_precision"] = value.precision.value if value else ""
        cells[f"{name}_basis"] = "inherited" if inherited else "stated"
    return cells


def party_cells(appointment: Appointment, on: date | None = None) -> list[dict[str, str]]:
    """The cells of each party that somebody sits for in an appointment, ever or on a day."""
    return [
        {
            "party": affiliation.party.slug,
            "party_name": best_text(affiliation.party.name, "en")[0],
            "party_start": str(start or ""),
            "party_end": day_or_unknown(end),
        }
        for affiliation, start, end in bounded_affiliations(appointment, on)
    ]


def day_or_unknown(value: PartialDate | None) -> str:
    """A date as text, in which over since nobody knows when differs from not over."""
    if value is None:
        return ""
    return str(value) or "[..]"


def roster_xlsx(institution: Institution, on: date | None = None, *, made_on: date) -> bytes:
    """A workbook: the roster with real dates and a frozen header, and a sheet about it."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    sheet.freeze_panes = "A2"
    rows = list(roster_rows(institution, on))
    for number, column in enumerate(COLUMNS, start=1):
        longest = max((len(row.get(column, "")) for row in rows), default=0)
        width = min(WIDEST, max(len(column), longest) + 2)
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append(COLUMNS)
    for row in rows:
        sheet.append([_workbook_cell(sheet, column, row.get(column, "")) for column in COLUMNS])
    about = book.create_sheet(pgettext("sheet of a workbook", "About"))
    about.column_dimensions["A"].width = 24
    about.column_dimensions["B"].width = 90
    for line in about_lines(institution, on, made_on):
        about.append(line)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _workbook_cell(sheet, column: str, text: str):
    if text and column in ("start", "end", "birth", "party_start", "party_end", "on"):
        found = PartialDate.parse(text)
        if found.precision is Precision.DAY and found.earliest and found.earliest.year >= 1900:
            cell = WriteOnlyCell(sheet, value=found.earliest)
            cell.number_format = "yyyy-mm-dd"
            return cell
    # A workbook has one line ending; what it makes of another, the guard would not know again.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", guarded(text)) or None)


def about_lines(
    institution: Institution, on: date | None, made_on: date
) -> Iterator[tuple[str, str]]:
    """What a reader of the workbook needs to know."""
    yield _("Institution"), best_text(institution.name, translation.get_language() or "en")[0]
    yield _("Days"), str(on) if on else _("all that are recorded")
    yield _("Made on"), str(made_on)
    yield (
        _("start, end"),
        _(
            "The first day in office, and the first day out of it. A year or a month alone: "
            "nobody recorded the day."
        ),
    )
    yield "start_basis, end_basis", _("Stated by a source, or inherited from the convocation.")
    yield "person_id, identifiers", _("They tell people apart; a name does not.")
    yield "sample", _("1 marks invented people.")
