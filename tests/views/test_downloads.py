"""Tables as files: what a program, a spreadsheet and a person find in them."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime

import pytest
from django.test import RequestFactory
from openpyxl import load_workbook

from registry.domain.dates import PartialDate
from registry.rosters.tables import table_of_text, unguarded
from registry.serialise.sheets import Column, Sheet
from registry.views.download import download
from tests.factories import PartyFactory

COLUMNS = (
    Column("name", "Who it is."),
    Column("start", "The first day in office.", days=True),
    Column("seats", "How many seats."),
)
ROWS = [
    {"name": "=HYPERLINK(1)", "start": date(2014, 6, 1), "seats": 107},
    {"name": "Әбенов, Дінмұхамед", "start": PartialDate.parse("2014-06"), "seats": None},
    {"name": "'+7 Galymov\nKairat", "start": "1836-01-01"},
]


def file(suffix, rows=ROWS):
    sheet = Sheet("deputies", "Deputies", COLUMNS, rows, date(2014, 6, 1))
    request = RequestFactory().get(f"/en/deputies.{suffix}", {"party": "ak-zhol"})
    return download(request, sheet, suffix)


@pytest.fixture
def record(db):
    """A registry in which something is recorded, so that it has a revision."""
    return PartyFactory()


def test_a_file_says_whose_it_is_of_which_day_and_how_new(record):
    moment = record.history.get().history_date
    response = file("csv")

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="deputies-2014-06-01.csv"'
    assert response["Access-Control-Allow-Origin"] == "*"
    assert 'rel="license"' in response["Link"]
    assert response["Registry-Day"] == "2014-06-01"
    (revision, licence) = {
        (row["revision"], row["licence"])
        for row in csv.DictReader(io.StringIO(response.content.decode()))
    }.pop()
    assert response["Registry-Revision"] == revision
    assert datetime.fromisoformat(revision) == moment.replace(microsecond=0)
    assert licence == "CC0-1.0"


def test_no_cell_of_a_csv_file_is_a_formula_and_none_is_lost(record):
    text = file("csv").content.decode()
    found = [line.cells for line in table_of_text(text).lines]

    assert not any(cell.startswith(("=", "+", "-", "@")) for row in found for cell in row.values())
    assert [unguarded(row["name"]) for row in found] == [row["name"] for row in ROWS]
    assert [row["start"] for row in found] == ["2014-06-01", "2014-06", "1836-01-01"]
    assert [row["seats"] for row in found] == ["107", "", ""]


def test_a_workbook_has_real_dates_under_a_frozen_header_and_a_sheet_about_itself(record):
    book = load_workbook(io.BytesIO(file("xlsx").content))
    data, about = book.worksheets

    assert data.freeze_panes == "A2"
    header, *rows = data.iter_rows(values_only=True)
    assert header == ("name", "start", "seats")
    first, *others = [row[1] for row in rows]
    assert first.date() == date(2014, 6, 1)
    assert others == ["2014-06", "1836-01-01"]
    assert [row[2] for row in rows] == [107, None, None]
    assert not any(cell.data_type == "f" for row in data.iter_rows() for cell in row)
    assert [unguarded(row[0]) for row in rows] == [row["name"] for row in ROWS]
    said = dict(about.iter_rows(values_only=True))
    assert said["As of"] == "2014-06-01"
    assert "CC0-1.0" in said["Licence"]
    assert said["Address"] == "http://testserver/en/deputies.xlsx?party=ak-zhol"
    assert [said[column.name] for column in COLUMNS] == [column.guide for column in COLUMNS]


def test_a_file_of_an_empty_registry_is_a_header(db):
    response = file("csv", rows=[])

    assert response.content.decode() == "name,start,seats,revision,licence\r\n"
    assert "Registry-Revision" not in response
