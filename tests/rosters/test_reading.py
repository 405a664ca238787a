"""Files in many shapes become the same neutral rows."""

import pytest

from registry.domain.dates import PartialDate
from registry.rosters.faults import Code, Refused, WrongUsage
from registry.rosters.reading.cells import Cells, written
from registry.rosters.reading.dates import NotRead, read_date
from registry.rosters.reading.guard import guarded, unguarded
from registry.rosters.reading.reader import read_roster
from registry.rosters.reading.spool import Spool
from registry.rosters.reading.tables import table_of_text
from registry.rosters.reading.texts import text_of
from registry.rosters.rows import Identifier
from tests.factories import InstitutionFactory
from tests.rosters.conftest import FILES

CHAMBER = InstitutionFactory.build(slug="chamber", name={"en": "Chamber"})
KAZAKH = "id,name,term\na1,Қабылова Әсел Ғалымқызы,5\n"
RUSSIAN = "id,name,term\na1,Абенов Данияр Сергеевич,5\na2,Сеитова Айгуль Маратовна,5\n"
FRENCH = "id,name,term\na1,François Lefèvre,5\na2,Hélène Châtelet,5\na3,Jérôme Müller,5\n"


def roster(name, **options):
    return read_roster((FILES / name).read_bytes(), name, CHAMBER, **options)


@pytest.mark.parametrize("width", [13, 16, 19])
def test_each_width_of_everypolitician_is_known_by_its_columns(width):
    first = roster(f"everypolitician-{width}.csv").rows[0]

    assert first.person.names == {"und": "Dinara Abenova"}
    assert first.party.names == {"und": "Steppe Party"}
    assert (first.convocation, first.person.gender, first.start_inherited) == ("5", "female", True)


def test_columns_may_come_in_any_order_and_with_others_between():
    text = "term,colour,NAME,start_date, id\n5,red,Dinara,2014-03,a1\n"

    (row,) = read_roster(text.encode(), "x.csv", CHAMBER).rows

    assert row.person.identifiers == (Identifier("everypolitician-chamber", "a1"),)
    assert row.start == PartialDate.parse("2014-03")


def test_the_widest_layout_brings_wikidata_for_person_and_group():
    first = roster("everypolitician-19.csv").rows[0]

    assert Identifier("wikidata", "Q101") in first.person.identifiers
    assert first.party.identifiers == (Identifier("wikidata", "Q201"),)
    assert first.area.identifiers == (Identifier("wikidata", "Q301"),)


def test_an_unknown_group_is_no_party():
    assert roster("everypolitician-13.csv").rows[2].party is None


def test_a_group_id_that_is_a_bare_number_identifies_nothing():
    assert roster("everypolitician-16.csv").rows[0].party.weak is None
    assert roster("everypolitician-13.csv").rows[0].party.weak == Identifier(
        "everypolitician", "steppe"
    )


@pytest.mark.parametrize(
    "data",
    [
        KAZAKH.encode(),
        KAZAKH.encode("utf-8-sig"),
        b"\xef\xbb\xbf" + KAZAKH.encode("utf-8-sig"),
        KAZAKH.encode("utf-16"),
        b"\xfe\xff" + KAZAKH.encode("utf-16-be"),
    ],
)
def test_utf_8_and_marked_utf_16_are_read_unasked(data):
    assert text_of(data).whole() == KAZAKH


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "windows-1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "cp866"),
        (RUSSIAN, "mac-cyrillic"),
        (KAZAKH, "kz1048"),
        (FRENCH, "windows-1252"),
        (KAZAKH, "utf-16-le"),
        (KAZAKH, "utf-16-be"),
    ],
)
def test_no_other_encoding_is_guessed_but_the_likeliest_is_shown_first(text, encoding):
    data = text.encode(encoding)

    with pytest.raises(Refused) as refusal:
        text_of(data)

    (fault,) = refusal.value.faults
    assert (fault.code, fault.details["likeliest"]) == (Code.ENCODING_NOT_STATED, encoding)
    assert any(line in fault.reason for line in text.splitlines())
    assert text_of(data, encoding).whole() == text


@pytest.mark.parametrize(
    ("text", "encoding", "chosen"),
    [
        (KAZAKH, "kz1048", "windows-1251"),
        (RUSSIAN, "windows-1251", "koi8-r"),
        (RUSSIAN, "koi8-r", "kz1048"),
        (FRENCH, "windows-1252", "windows-1251"),
        ("ФИО\nАндрієнко\nЄременко\nКиїв\n", "windows-1251", "kz1048"),
    ],
)
def test_letters_that_come_out_wrong_refuse_the_encoding_chosen(text, encoding, chosen):
    with pytest.raises(Refused) as refusal:
        text_of(text.encode(encoding), chosen)

    (fault,) = refusal.value.faults
    assert (fault.code, fault.details["likeliest"]) == (Code.WRONG_ENCODING, encoding)
    assert fault.details["better"] in text.splitlines()[fault.line - 1]


def test_kazakh_letters_that_were_misread_long_ago_are_pointed_out():
    text = KAZAKH.encode("kz1048").decode("windows-1251")

    read = read_roster(text.encode(), "x.csv", CHAMBER)

    (warning,) = read.warnings
    assert (warning.line, warning.suggestion) == (2, "Қабылова Әсел Ғалымқызы")


def test_an_encoding_can_be_said():
    with pytest.raises(WrongUsage, match="There is no encoding"):
        text_of(b"x", "base64")
    with pytest.raises(Refused):
        text_of("Ә".encode(), "ascii")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_the_one_of_the_header(separator):
    text = separator.join(["id", "name", "term"]) + "\n" + separator.join(["a1", '"A, B; C"', "5"])

    assert table_of_text(text).lines[0].cells["name"] == "A, B; C"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_endings_of_all_systems_are_read(ending):
    text = ending.join(["id,name", 'a1,"two', 'lines"', "a2,x", ""])

    assert [line.number for line in table_of_text(text).lines] == [2, 4]


@pytest.mark.parametrize("text", ["=1", "+7 701", "-", "@x", "\tx", "'=1", "''+1", "'t Hooft", ""])
def test_a_guarded_cell_comes_back_as_it_was(text):
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize(
    "identifier",
    [("local", "1"), ("wikidata", "Q1"), ("a:b", "c:d"), ("x", "two words"), ("x", "100%;y")],
)
def test_identifiers_come_back_as_they_were(identifier):
    cells = {"identifiers": written([Identifier(*identifier), Identifier("other", "2")])}

    assert Cells(1, cells, []).identifiers("identifiers") == (identifier, ("other", "2"))


@pytest.mark.parametrize(
    ("text", "precision", "read"),
    [
        ("2014-06-12", "day", "2014-06-12"),
        ("2014-06", "", "2014-06"),
        ("2014-06-01", "month", "2014-06"),
        ("2014-01-01", "year", "2014"),
        ("[2014-06-12..2014-08-01]", "span", "[2014-06-12..2014-08-01]"),
    ],
)
def test_a_date_is_as_precise_as_the_column_beside_it_says(text, precision, read):
    cells = Cells(1, {"start": text, "start_precision": precision}, [])

    assert cells.precise_date("start") == PartialDate.parse(read)


def test_an_end_that_nobody_recorded_is_not_an_open_one():
    cells = Cells(1, {"end": "", "end_precision": "none"}, [])

    assert cells.precise_date("end") == PartialDate(None, None)
    assert Cells(1, {"end": ""}, []).precise_date("end") is None


def test_rows_of_vacant_seats_are_passed_over():
    text = "identifiers,name_en,status\n,,vacant\nlocal:1,Dinara,filled\n"

    read = read_roster(text.encode(), "x.csv", CHAMBER)

    assert (len(read.rows), dict(read.skipped)) == (1, {"vacant": 1})


def test_a_separator_may_be_named_in_the_first_line():
    table = table_of_text("sep=;\r\nid;name\r\na1;A, B\r\n")

    assert table.columns == ("id", "name")
    assert table.lines[0][:2] == (3, {"id": "a1", "name": "A, B"})


def test_empty_columns_at_the_right_do_no_harm():
    for text in ("id,name,,\na1,A,,\na2,B\n", "id,name\na1,A,\na2,B,\na3,C\n"):
        table = table_of_text(text)

        assert (table.columns, table.ragged) == (("id", "name"), ())


def test_a_line_that_is_longer_than_the_others_fell_apart():
    table = table_of_text("id,name,note,end\na1,A,,\na2,B, C,,\na3,D,,\n")

    assert [fault.line for fault in table.ragged] == [3]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2014-06-12 00:00:00", "2014-06-12"),
        ("2014-06-12T00:00", "2014-06-12"),
        ("2014-06-12T00:00:00.000Z", "2014-06-12"),
        ("2014-06-12T00:00:00+06:00", "2014-06-12"),
        ("+2014-06-12T00:00:00Z", "2014-06-12"),
        ("2014-06-12 09:30:00", "2014-06-12"),
        ("12.06.2014", "2014-06-12"),
        ("1.6.2014 г.", "2014-06-01"),
        ("06.2014", "2014-06"),
        ("2014 жылы", "2014"),
        ("2014/06/12", "2014-06-12"),
        ("06/06/2014", "2014-06-06"),
        ("с 12 июня 2014 г.", "2014-06-12"),
        ("с 12.06.2014", "2014-06-12"),
        ("12.06.2014 0:00", "2014-06-12"),
        ("2014 жылғы 12 маусым", "2014-06-12"),
        ("June 12th, 2014", "2014-06-12"),
        ("12. Juni 2014", "2014-06-12"),
        ("июнь 2014", "2014-06"),
        ("1965 г.р.", "1965"),
    ],
)
def test_a_date_that_can_mean_one_thing_is_read(text, read):
    assert read_date(text) == PartialDate.parse(read)


@pytest.mark.parametrize(
    ("text", "code", "suggestion"),
    [
        ("06/07/2014", Code.EITHER_DAY, ""),
        ("25/07/2014", Code.NOT_A_DATE, "2014-07-25"),
        ("2021-02-30", Code.NO_SUCH_DAY, ""),
        ("31.02.2014", Code.NO_SUCH_DAY, ""),
        ("12.06.14", Code.SHORT_YEAR, ""),
        ("2014-06-00", Code.NOT_A_DATE, "2014-06"),
        ("2014-06-12T19:00:00Z", Code.NOT_A_DATE, ""),
        ("41802", Code.NOT_A_DATE, "2014-06-12"),
        ("418020", Code.NOT_A_DATE, ""),
        ("12.06.2014*", Code.NOT_A_DATE, "2014-06-12"),
        ("12 June 1965 (age 58)", Code.NOT_A_DATE, "1965-06-12"),
        ("30 февраля 2014 года", Code.NO_SUCH_DAY, ""),
        ("1 May June 2014", Code.NOT_A_DATE, ""),
        ("Jone 2014", Code.NOT_A_DATE, ""),
    ],
)
def test_any_other_date_is_refused_with_its_reason(text, code, suggestion):
    with pytest.raises(NotRead) as refusal:
        read_date(text)

    assert (refusal.value.code, refusal.value.suggestion) == (code, suggestion)


def test_both_readings_of_an_ambiguous_date_are_named_until_an_order_is_told():
    faults = []
    Cells(1, {"start": "06/07/2014"}, faults).date("start")

    assert "2014-07-06" in faults[0].reason
    assert "2014-06-07" in faults[0].reason
    assert str(read_date("06/07/2014", "dmy")) == "2014-07-06"
    assert str(read_date("06/07/2014", "mdy")) == "2014-06-07"


@pytest.mark.parametrize(
    "name", ["А?жол", "?абылова", "Бексұлт?", "M?ller", "???? ????", "a\ufffd"]
)
def test_letters_that_were_lost_are_noticed(name):
    faults = []
    Cells(1, {"name": name}, faults).name("name")

    assert len(faults) == 1


@pytest.mark.parametrize("name", ["Who is this?", "Qu? No", "?Qui", "A ? B"])
def test_a_question_mark_may_be_meant(name):
    faults = []

    assert (Cells(1, {"name": name}, faults).name("name"), faults) == (name, [])


def test_marks_that_nobody_sees_are_no_part_of_an_id():
    cells = {"id": "\u200bp1", "name": "\u200fمحمد\u200e"}

    assert Cells(1, cells, []).text("id") == "p1"
    assert Cells(1, cells, []).name("name") == "محمد"


def test_a_long_roster_waits_on_the_disk_and_comes_back_as_it_was():
    text = "id,name,term,start_date\n" + "".join(f"a{n},Deputy {n},5,2012\n" for n in range(40))
    rows = list(read_roster(text.encode(), "x.csv", CHAMBER).rows)

    spool = Spool(rows, kept=10)

    assert (len(spool), spool[-1]) == (40, rows[-1])
    assert [row.line for row in spool.only([5, 3])] == [7, 5]
    # Two walks at once do not disturb each other.
    assert all(one == other == row for one, other, row in zip(spool, spool, rows, strict=True))


def test_what_was_put_in_after_a_look_is_found_behind_the_rest():
    spool = Spool(range(11), kept=10)
    assert spool[0] == 0
    spool.append(-1)

    assert list(spool[9:]) == [9, 10, -1]
