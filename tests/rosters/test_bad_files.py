"""Whatever is wrong with a file: a sentence with its place, and nothing is written."""

from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from registry.rosters.export.tables import roster_csv
from registry.rosters.faults import SENTENCES, Code, Refused
from registry.rosters.reading.options import Limits
from registry.rosters.reading.reader import read_roster
from tests.factories import AppointmentFactory, InstitutionFactory, PartyFactory, PersonFactory
from tests.rosters.conftest import FILES, everything

pytestmark = pytest.mark.django_db

BAD = {
    "a-list.json": Code.NOT_AN_OBJECT,
    "american-date.csv": Code.EITHER_DAY,
    "blank-lines.csv": Code.EMPTY_FILE,
    "cut-off.csv": Code.RAGGED,
    "damaged-utf-8.csv": Code.DAMAGED_UTF8,
    "damaged-workbook.xlsx": Code.BAD_WORKBOOK,
    "doubled-column.csv": Code.DUPLICATE_COLUMN,
    "empty.csv": Code.EMPTY_FILE,
    "end-before-start.csv": Code.END_NOT_AFTER_START,
    "end-on-start.csv": Code.END_NOT_AFTER_START,
    "formula-in-a-cell.xlsx": Code.FORMULA,
    "formula.csv": Code.FORMULA,
    "header-only.csv": Code.HEADER_ONLY,
    "impossible-date.csv": Code.NO_SUCH_DAY,
    "inherited-but-different.csv": Code.INHERITED_DIFFERS,
    "lost-kazakh-letters.csv": Code.LOST_LETTERS,
    "malformed-identifier.csv": Code.NOT_AN_IDENTIFIER,
    "missing-name-column.csv": Code.UNKNOWN_LAYOUT,
    "nested-too-deep.json": Code.NOT_JSON,
    "no-identifier.csv": Code.NO_IDENTIFIER,
    "no-memberships.json": Code.NO_MEMBERSHIPS,
    "no-name.csv": Code.NO_NAME,
    "not-a-permanent-id.csv": Code.NOT_A_UID,
    "not-a-workbook.xlsx": Code.BAD_WORKBOOK,
    "not-json.json": Code.NOT_JSON,
    "not-popolo.json": Code.NOT_POPOLO,
    "nothing-to-inherit.csv": Code.NOTHING_TO_INHERIT,
    "nul-byte.csv": Code.NUL,
    "old-workbook.xls": Code.LOCKED_WORKBOOK,
    "one-identifier-two-persons.csv": Code.DOUBLED_IDENTIFIER,
    "open-quote.csv": Code.BAD_QUOTES,
    "other-institution.csv": Code.OTHER_INSTITUTION,
    "ragged-row.csv": Code.RAGGED,
    "same-row-twice.csv": Code.SAME_SEAT,
    "surrogate.json": Code.BAD_CHARACTERS,
    "terms-for-a-roster.csv": Code.UNKNOWN_LAYOUT,
    "two-legislatures.json": Code.WHICH_ORGANIZATION,
    "two-parties-one-seat.csv": Code.SAME_SEAT_TWO_PARTIES,
    "two-other-chambers.csv": Code.WHICH_CHAMBER,
    "unknown-columns.csv": Code.UNKNOWN_LAYOUT,
    "unknown-convocation.csv": Code.UNKNOWN_CONVOCATION,
    "unknown-group.csv": Code.UNKNOWN_GROUP,
    "unknown-party.csv": Code.UNKNOWN_PARTY,
    "unknown-person.json": Code.NO_SUCH_RECORD,
    "unknown-territory.csv": Code.UNKNOWN_TERRITORY,
}


def test_every_bad_sample_is_tried():
    assert set(BAD) == {path.name for path in (FILES / "bad").iterdir()}


@pytest.mark.parametrize("name", sorted(BAD))
def test_a_bad_file_is_refused_by_name_and_writes_nothing(name, chamber, run_import):
    before = everything()

    result = run_import(FILES / "bad" / name)

    assert (result.status, result.refused) == (1, True)
    assert BAD[name].value in {error["code"] for error in result.errors}
    assert all(error["reason"] for error in result.errors)
    assert everything() == before


@pytest.mark.parametrize("code", Code)
def test_every_kind_of_fault_has_a_sentence(code):
    assert SENTENCES[code]


def test_every_faulty_row_is_named_at_once(chamber, run_import, write):
    rows = "a1,Dinara,5,2014-13\na2,Marat,5,\n,Aigul,5,\na4,=1+1,5,soon\n"

    result = run_import(write("id,name,term,start_date\n" + rows))

    assert {(each["line"], each["column"], each["value"]) for each in result.errors} == {
        (2, "start_date", "2014-13"),
        (4, "id", ""),
        (5, "name", "=1+1"),
        (5, "start_date", "soon"),
    }


def test_lines_are_counted_as_an_editor_does(chamber, run_import, write):
    text = 'id,name,term,start_date,note\na1,Dinara,5,,"two\nlines"\n\na2,Marat,5,soon,\n'

    assert [error["line"] for error in run_import(write(text)).errors] == [5]


def test_a_slip_of_the_pen_gets_the_nearest_party(chamber, run_import, write):
    PartyFactory(slug="steppe-party", name={"en": "Steppe Party"})
    text = "identifiers,name_en,convocation,party\nlocal:1,Dinara,5,stepe-party\n"

    (error,) = run_import(write(text)).errors

    assert (error["line"], error["column"], error["value"]) == (2, "party", "stepe-party")
    assert error["suggestion"] == "Steppe Party"


def test_lost_letters_are_told_in_the_words_of_the_file(chamber, run_import):
    reasons = [
        error["reason"] for error in run_import(FILES / "bad" / "lost-kazakh-letters.csv").errors
    ]

    assert "This file has lost Kazakh letters (“?абылова”). Save it as UTF-8 or XLSX." in reasons


def test_a_question_mark_in_a_link_is_no_lost_letter(chamber, run_import):
    assert run_import(FILES / "everypolitician-16.csv").status == 0


def test_a_very_long_cell_is_refused(chamber, run_import, write):
    long = "x" * 5_000_000

    (error,) = run_import(write(f"id,name,term\na1,{long},5\n")).errors

    assert (error["code"], error["line"]) == ("long_cell", 2)


@pytest.mark.parametrize("limits", [Limits(1, 100), Limits(0, 1_000)])
def test_a_file_beyond_the_limits_is_refused(limits):
    rows = "".join(f"a{n},Dinara,5\n" for n in range(101))

    with pytest.raises(Refused) as refusal:
        read_roster(
            ("id,name,term\n" + rows).encode(), "x.csv", InstitutionFactory.build(), limits=limits
        )

    (fault,) = refusal.value.faults
    assert fault.code in (Code.TOO_MANY_ROWS, Code.TOO_LARGE)
    assert str(limits.rows if fault.code == Code.TOO_MANY_ROWS else 0) in fault.reason


def test_a_workbook_with_macros_is_refused(chamber, run_import, tmp_path):
    path = tmp_path / "roster.xlsm"
    with ZipFile(path, "w") as archive:
        archive.writestr("xl/vbaProject.bin", "macros")

    assert run_import(path).errors[0]["code"] == "macros"


def test_two_identifiers_of_two_persons_name_both(chamber, run_import, write):
    rows = "local:1,Dinara,5\nlocal:2,Marat,5\n"
    run_import(write("identifiers,name_en,convocation\n" + rows))

    (error,) = run_import(
        write("identifiers,name_en,convocation\nlocal:1 local:2,Dinara,5\n")
    ).errors

    assert error["code"] == "two_persons"
    assert "Dinara" in error["reason"]
    assert "Marat" in error["reason"]


def test_a_roster_in_place_of_the_table_of_convocations_is_refused(chamber, run_import):
    good = FILES / "everypolitician-16.csv"

    errors = run_import(good, terms=str(good)).errors

    assert ("not_periods", "group") in {(each["code"], each["column"]) for each in errors}


def test_a_convocation_described_twice_is_refused(chamber, run_import, write):
    terms = write("id,start_date\n5,2012\n5,2013\n", "terms.csv")

    (error,) = run_import(FILES / "everypolitician-16.csv", terms=str(terms)).errors

    assert (error["code"], error["line"], error["file"]) == ("period_twice", 3, "terms.csv")


def test_a_title_above_the_header_is_passed_over_and_lines_are_counted_from_the_top():
    text = "Deputies of the “Chamber”\non 1 June 2014;;\n\nid;name;term\na1;Dinara;5\n"

    roster = read_roster(text.encode(), "x.csv", InstitutionFactory.build())

    assert (roster.header_line, [row.line for row in roster.rows]) == (4, [5])


def test_a_workbook_with_merged_cells_is_refused(chamber, run_import, tmp_path):
    book = Workbook()
    for row in (["id", "name", "group", "term"], ["a1", "A", "Steppe", 5], ["a2", "B", None, 5]):
        book.active.append(row)
    book.active.merge_cells("C2:C3")
    book.save(tmp_path / "merged.xlsx")

    (error,) = run_import(tmp_path / "merged.xlsx").errors

    assert (error["code"], error["value"]) == ("merged_cells", "C2:C3")


@pytest.mark.parametrize("device", ["/dev/null", "/dev/zero"])
def test_a_device_is_no_file(chamber, run_import, device):
    result = run_import(device)

    assert (result.status, result.wrong_usage) == (2, True)


def test_letters_lost_from_an_export_in_a_spreadsheet_are_noticed(chamber, run_import, write):
    AppointmentFactory(institution=chamber, person=PersonFactory(name={"kk": "Әсел Ғалымқызы"}))
    export = "".join(roster_csv(chamber))

    for code_page in ("windows-1251", "windows-1252"):
        file = write(export.encode(code_page, "replace"))
        assert "lost_letters" in {error["code"] for error in run_import(file).errors}
