"""Lists as offices keep them, and answers of Wikidata, become rows as well."""

import json
from io import BytesIO

import pytest
from openpyxl import Workbook

from registry.domain.dates import UNKNOWN, PartialDate
from registry.rosters.faults import Code, Refused
from registry.rosters.reading.glance import glance, sightings
from registry.rosters.reading.options import Limits, Reading
from registry.rosters.reading.reader import read_roster
from registry.rosters.rows import Identifier
from tests.factories import InstitutionFactory

CHAMBER = InstitutionFactory.build(slug="chamber", name={"en": "Chamber"})
LIST = """Список депутатов
;;;;;;;
№;Фамилия;Имя;Отчество;Дата рождения;Фракция;Дата избрания;Дата прекращения полномочий
1;Абенов;Данияр;Сергеевич;12.06.1965;«Ак жол»;15.01.2012;—
2;Сеитова;Айгуль;;1970;-;01.2012;по настоящее время
"""
ANSWER = """item,itemLabel,start,end,groupLabel,group,image
{item}Q101,Dinara Abenova,2012-01-15T00:00:00Z,2016-01-20T00:00:00Z,Steppe,{item}Q201,x.jpg
{item}Q102,Q102,2012-01-01T00:00:00Z,,Q201,{item}Q201,
{item}Q103,Marat,t1234,,,,
""".replace("{item}", "http://www.wikidata.org/entity/")


def read(text, name="x.csv", **about):
    data = text if isinstance(text, bytes) else text.encode()
    return read_roster(data, name, CHAMBER, Reading(**about))


def test_a_plain_list_says_who_sat_without_any_identifier():
    first, second = read(LIST).rows

    assert (first.line, first.person.names) == (4, {"und": "Данияр Сергеевич Абенов"})
    assert first.person.sort_names == {"und": "Абенов, Данияр Сергеевич"}
    assert (first.person.identifiers, first.person.key) == ((), "")
    assert (str(first.person.birth), str(second.person.birth)) == ("1965-06-12", "1970")
    assert (first.party.names, second.party) == ({"und": "Ак жол"}, None)
    assert (str(first.start), str(second.start)) == ("2012-01-15", "2012-01")
    # A dash leaves the end to the convocation; “to this day” states that there is none.
    assert [(row.end, row.end_inherited) for row in (first, second)] == [
        (None, True),
        (None, False),
    ]


@pytest.mark.parametrize(
    "header",
    [
        "Name;Date of birth;Party;Constituency",
        "ФИО;Дата рождения;Партия;Избирательный округ",
        "Тегі, аты, әкесінің аты;Туған күні;Партиясы;Сайлау округі",
        "Vollständiger Name;Geburtsdatum;Fraktion;Wahlkreis",
    ],
)
def test_headers_are_known_in_four_languages(header):
    (row,) = read(f"{header}\nX Y;1965;P;T\n").rows

    assert (row.person.names, str(row.person.birth)) == ({"und": "X Y"}, "1965")
    assert (row.party.names, row.area.names) == ({"und": "P"}, {"und": "T"})


def test_somebody_says_what_a_column_means_and_the_others_are_reported():
    roster = read(
        "Кто;Команда;Тел\nАбенов;Ак жол;7\n",
        layout="list",
        header=1,
        columns={"кто": "name", "команда": "party"},
    )

    assert roster.rows[0].party.names == {"und": "Ак жол"}
    assert "тел" not in roster.at.values()


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("Итого: 98 депутатов", ""),
        ("Всего", ""),
        ("Всего 98", ""),
        ("98", ""),
        ("Фракция «Аманат»", ""),
        ("ФИО", ""),
        ("* сложил полномочия", ""),
        ("Абенов Данияр*", "Абенов Данияр"),
        ("Абенов Данияр [2]", "Абенов Данияр"),
        ("<b>Абенов Данияр</b>", ""),
    ],
)
def test_what_is_not_the_name_of_a_person_makes_nobody(cell, meant):
    text = f"ФИО;Партия\nСеитова Айгуль;беспартийная\n{cell};\nВакансия;\n0тарбек Марат 2;\n"
    with pytest.raises(Refused) as refusal:
        read(text)

    (fault,) = refusal.value.faults
    assert (fault.code, fault.line, fault.suggestion) == (Code.NOT_A_NAME, 3, meant)


def test_a_vacant_seat_is_of_nobody_and_a_name_in_two_languages_of_one():
    text = "Аты-жөні;ФИО;Партия\nБос орын;Вакансия;\nСейітова Айгүл;Сеитова Айгуль;б/п\n"
    roster = read(text)

    (row,) = roster.rows
    assert row.person.names == {"kk": "Сейітова Айгүл", "ru": "Сеитова Айгуль"}
    assert (row.party, roster.skipped) == (None, {"vacant": 1})


def test_rows_that_a_filter_hides_are_read_and_pointed_out():
    book, data = Workbook(), BytesIO()
    for row in (["ФИО", "Партия"], ["Абенов Данияр", "Ак жол"], ["Сеитова Айгуль", "Ауыл"]):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    book.save(data)

    roster = read(data.getvalue(), "roster.xlsx")

    assert len(roster.rows) == 2
    assert roster.warnings[0].reason.startswith("1 row of the sheet is hidden, perhaps by a filter")
    assert "line 3." in roster.warnings[0].reason


def test_a_name_beside_a_first_name_is_that_of_the_family():
    (row,) = read("Name;Vorname;Fraktion\nMüller;Hans;SPD\n").rows

    assert row.person.names == {"und": "Hans Müller"}


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"<!DOCTYPE html><table><tr><td>x", "HTML"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><a/>", "XML"),
        (b"%PDF-1.4\n1 0 obj", "PDF"),
        (b"{\\rtf1 Marat}", "RTF"),
    ],
)
def test_what_is_no_table_is_told_by_how_it_begins(data, kind):
    with pytest.raises(Refused) as refusal:
        read(data, "deputies.xls")

    assert f"in the format {kind}," in refusal.value.faults[0].reason


def test_a_list_without_names_or_with_two_meanings_is_refused():
    with pytest.raises(Refused) as refusal:
        read("A;B\n1;2\n", layout="list", header=1, columns={"a": "party", "b": "party"})

    assert {fault.code for fault in refusal.value.faults} == {
        Code.MISSING_COLUMN,
        Code.DOUBLED_MEANING,
    }


def test_an_export_of_wikidata_identifies_person_and_party():
    first, second, third = read(ANSWER).rows

    assert first.person.identifiers == (Identifier("wikidata", "Q101"),)
    assert first.party.identifiers == (Identifier("wikidata", "Q201"),)
    assert (str(first.start), str(first.end)) == ("2012-01-15", "2016-01-20")
    # An item without a label is written with its number for a name.
    assert (second.person.names, second.party.names) == ({}, {})
    assert (third.start, third.start_inherited) == (UNKNOWN, False)


def test_the_first_of_january_of_wikidata_may_be_a_year_and_says_so():
    (warning,) = read(ANSWER).warnings

    assert (warning.code, warning.line, warning.column) == (Code.YEAR_PERHAPS, 3, "start")


def test_both_kinds_of_json_of_the_query_service_are_read():
    flat = {"item": "http://www.wikidata.org/entity/Q5", "itemLabel": "A", "start": "2012"}
    answer = {key: {"type": "literal", "value": value} for key, value in flat.items()}
    full = {"head": {"vars": list(flat)}, "results": {"bindings": [answer]}}

    for data in ([flat], full):
        (row,) = read(json.dumps(data), "x.json").rows
        assert (row.line, row.person.key, str(row.start)) == (1, "Q5", "2012")


def workbook(**sheets):
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def test_of_several_sheets_the_one_is_read_that_is_called_roster_or_chosen():
    rows = [["id", "name", "term"], ["a1", "Dinara", 5]]
    others = [["id", "name", "term"], ["a2", "Marat", 5]]

    assert read(workbook(Other=others, Roster=rows)).rows[0].person.key == "a1"
    assert read(workbook(One=others, Two=rows), sheet="Two").rows[0].person.key == "a1"
    assert read(workbook(Notes=[[]], Deputies=rows)).sheet == "Deputies"
    with pytest.raises(Refused) as refusal:
        read(workbook(One=others, Two=rows))
    assert "One, Two" in refusal.value.faults[0].reason


def test_rows_that_cannot_be_come_along_when_they_are_asked_for():
    text = "id,name,term,start_date\na1,Dinara,5,2014-02-30\na2,Marat,5\na3,Aigul,5,\n"

    roster = read_roster(text.encode(), "x.csv", CHAMBER, keep_faulty=True)

    assert roster.faulty_lines == {2, 3}
    assert [row.line for row in roster.rows] == [2, 3, 4]
    assert roster.rows[0].raw["start_date"] == "2014-02-30"
    assert roster.rows[1].raw == {"id": "a2", "name": "Marat", "term": "5"}


def test_a_glance_says_how_a_file_is_understood_or_what_it_may_be():
    seen = glance(LIST.encode(), "list.csv")

    assert (seen.layout, seen.header_line, seen.delimiter, seen.rows) == ("list", 3, ";", 2)
    assert seen.fields["фракция"] == "party"
    assert (seen.first[0][0], seen.first[0][1][1]) == (4, "Абенов")
    assert sightings(LIST.encode()) == []
    unseen = glance(LIST.replace("—", "-").encode("windows-1251"), "list.csv", limits=Limits(5, 50))
    assert unseen.faults[0].code == Code.ENCODING_NOT_STATED
    assert "Сеитова" in unseen.sightings[0].lines[-1]


def test_an_encoding_is_called_what_people_call_it_by_whichever_name_it_was_chosen():
    data = LIST.replace("—", "-").encode("windows-1251")

    names = ("windows-1251", "cp1251")
    labels = {glance(data, "list.csv", Reading(encoding=name)).label for name in names}

    assert labels == {"Windows-1251"}


def test_a_date_is_read_in_the_order_that_is_told():
    text = "ФИО;Партия;Дата избрания\nАбенов;Ак жол;06/07/2014\n"

    assert read(text, day_order="dmy").rows[0].start == PartialDate.parse("2014-07-06")


def test_a_file_of_faulty_rows_comes_back_without_the_apostrophes_that_we_put_there():
    header = "id,name,term"

    (ours,) = read(f"{header},error_line\na1,'-Abenov,5,2\n").rows
    (theirs,) = read(f"{header}\na1,'-Abenov,5\n").rows

    assert (ours.person.names, theirs.person.names) == ({"und": "-Abenov"}, {"und": "'-Abenov"})
