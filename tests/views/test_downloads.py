"""Tables as files: what a program, a spreadsheet and a person find in them."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import RequestFactory
from openpyxl import load_workbook

from registry.domain.dates import UNKNOWN, PartialDate
from registry.models import Citation, Source
from registry.rosters.reading.guard import unguarded
from registry.rosters.reading.tables import table_of_text
from registry.serialise.sheets import Column, Sheet
from registry.templatetags.half_circle import FILLS, INK, MUTED, PAPER
from registry.views.download import download
from tests.factories import AppointmentFactory, ClaimFactory, PartyFactory

SVG = "{http://www.w3.org/2000/svg}"

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
    assert [row.get("seats", "") for row in found] == ["107", "", ""]


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


def test_a_text_that_no_workbook_holds_whole_goes_out_as_csv(db):
    response = file("xlsx", rows=[{"name": "a" * 40_000}])

    assert response.status_code == 302
    assert response["Location"] == "/en/deputies.csv?party=ak-zhol"


def test_a_file_of_an_empty_registry_is_a_header(db):
    response = file("csv", rows=[])

    assert response.content.decode() == "name,start,seats,revision,licence\r\n"
    assert "Registry-Revision" not in response


ON = "2014-06-01"


def lines_of(response):
    return list(csv.DictReader(io.StringIO(response.content.decode())))


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"territory": "akmola-region"},
        {"status": "vacant"},
        {"status": "possible"},
        {"name": "sarybai"},
        {"name": "nobody"},
        {"sort": "end"},
    ],
)
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_the_file_has_a_row_for_each_seat_that_the_page_lists(get, client, senate, query, suffix):
    AppointmentFactory(institution=senate.institution, start=UNKNOWN)
    page = get(senate.composition, on=ON, **query)
    listing = page.context["listing"]
    response = client.get(page.context[f"{suffix}_url"])

    if suffix == "csv":
        found = [row["status"] for row in lines_of(response)]
    else:
        header, *rows = load_workbook(io.BytesIO(response.content)).worksheets[0].values
        found = [row[header.index("status")] for row in rows]
    vacant, sure, perhaps = listing.vacant_seats, len(listing.rows), len(listing.possible)
    assert found == ["vacant"] * vacant + ["filled"] * sure + ["possible"] * perhaps
    said = [f"{vacant} vacant seat"] * bool(vacant) + [f"{perhaps} perhaps"] * bool(perhaps)
    assert all(words in page.words for words in said)
    assert ON in response["Content-Disposition"]


def test_the_file_is_sorted_as_the_page_is(get, client, senate):
    page = get(senate.composition, on=ON, sort="end")
    rows = lines_of(client.get(page.context["csv_url"]))

    names = [row["sort_name_en"] for row in rows if row["status"] == "filled"]
    assert names == [row.name for row in page.context["rows"]]


def test_an_imported_file_of_a_day_changes_nothing(client, senate, tmp_path):
    content = client.get("/en/institutions/senate/composition.csv", {"on": ON}).content
    file = tmp_path / "senate.csv"
    file.write_bytes(content)
    out = io.StringIO()

    call_command(
        "import_roster", str(file), institution="senate", json=True, dry_run=True, stdout=out
    )
    assert json.loads(out.getvalue())["nothing_to_do"]


def test_the_drawing_stands_alone_with_title_day_source_and_licence(client, mazhilis):
    response = client.get("/en/institutions/mazhilis/composition.svg", {"on": ON})
    picture = ElementTree.fromstring(response.content)
    texts = [text.text for text in picture.iter(f"{SVG}text")]

    assert response["Content-Type"] == "image/svg+xml"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert picture.find(f"{SVG}title").text == "Mazhilis on 1 June 2014: 3 of 4 seats filled"
    assert {"Mazhilis", "Composition on 1 June 2014", "3", "of 4 seats filled"} <= set(texts)
    assert any("/en/institutions/mazhilis/composition/?on=2014-06-01" in text for text in texts)
    assert any("CC0-1.0" in text for text in texts)
    assert b'cc:license rdf:resource="https://creativecommons.org' in response.content
    assert b"class=" not in response.content
    assert b"style" not in response.content


@pytest.mark.parametrize("colour", ["party", "rule", "term"])
def test_the_drawing_and_the_page_are_coloured_alike(get, client, mazhilis, colour):
    page = get(mazhilis.composition, on=ON, colour=colour)
    response = client.get(page.context["svg_url"])
    texts = [text.text for text in ElementTree.fromstring(response.content).iter(f"{SVG}text")]

    for share, _percent in page.context["shares"]:
        at = texts.index(share.name)
        assert texts[at + 1] == str(share.seats)


def test_a_body_without_anything_to_draw_has_no_picture(client, mazhilis):
    address = "/en/institutions/mazhilis/composition.svg"

    assert client.get(address, {"on": "2030-01-01"}).status_code == 404
    assert client.get(address, {"on": ON, "colour": "blue"}).status_code == 400


def test_a_file_is_inked_as_the_light_stylesheet_is():
    css = Path(finders.find("registry/site.css")).read_text(encoding="utf-8")
    light = css.split("prefers-color-scheme")[0]
    tokens = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", light))

    assert [tokens[f"p{place}"] for place in range(8)] == list(FILLS)
    assert (tokens["ink"], tokens["muted"], tokens["bg"]) == (INK, MUTED, PAPER)


def test_a_comparison_leaves_with_a_row_for_each_change(get, client, mazhilis):
    address = "/en/institutions/mazhilis/compare"
    page = get(f"{address}/", **{"from": "2014-04-01", "to": ON})
    rows = lines_of(client.get(f"{address}.csv", {"from": "2014-04-01", "to": ON}))

    assert [(row["change"], row["name"], row["end"]) for row in rows] == [
        ("left", "Dosanov, Asel", "2014-04-22")
    ]
    assert len(page.context["left"]) == 1
    assert f"{address}.xlsx?from=2014-04-01&amp;to=2014-06-01" in page.words


def test_the_rules_leave_with_what_each_gave_on_the_day(client, mazhilis):
    rows = lines_of(client.get("/en/institutions/mazhilis/rules.csv", {"on": ON}))

    found = [(row["group"], row["seats"], row["required"], row["in_force"]) for row in rows]
    assert sorted(found) == [
        ("assembly", "1", "1", "1"),
        ("lists", "2", "", "0"),
        ("lists", "3", "3", "1"),
    ]


@pytest.mark.parametrize("query", [{}, {"severity": "warning"}, {"code": "no_source"}])
def test_the_findings_leave_as_the_page_lists_them(get, client, mazhilis, query):
    page = get("/en/checks/", on=ON, **query)
    rows = lines_of(client.get("/en/checks.csv", {"on": ON, **query}))

    assert len(rows) == page.context["kept"]
    assert all(row["message"] for row in rows)


def test_sources_and_contradictions_leave_as_files(client, mazhilis):
    (source,) = lines_of(client.get("/en/sources.csv"))

    assert source["title"] == Source.objects.get().title
    assert int(source["facts"]) == Citation.objects.count()
    claim = ClaimFactory()
    (row,) = lines_of(client.get("/en/sources/conflicts.csv"))
    assert row["contradiction"] == claim.contradiction.slug
    assert client.get("/en/sources/conflicts.csv", {"state": "unheard"}).status_code == 400
