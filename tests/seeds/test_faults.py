"""Every wrong thing in a folder is named with its file, row, column and value, and a way out."""

from __future__ import annotations

import pytest

from registry import models
from registry.seeds.faults import SeedsRefused
from registry.seeds.loading import load
from tests.seeds.conftest import REPUBLIC

pytestmark = pytest.mark.django_db


def faults_of(folder):
    with pytest.raises(SeedsRefused) as refused:
        load(folder)
    return refused.value.faults


def only_fault_of(folder):
    faults = faults_of(folder)
    assert len(faults) == 1, [str(fault) for fault in faults]
    return faults[0]


def with_change(write, file, old, new):
    assert old in REPUBLIC[file]
    return write(**REPUBLIC | {file: REPUBLIC[file].replace(old, new)})


WRONG_CELLS = [
    # file, what stands there, what is written instead, column, value, what the reason says
    ("sources", ",official,", ",paper,", "kind", "paper", "Write one of: law-text, "),
    ("sources", "https://gazette.example/", "gazette", "url", "gazette", "valid URL"),
    ("institutions", "1996-01-30", "30.01.1996", "start", "30.01.1996", "2014-06-12"),
    ("institutions", "1996-01-30", "1996-02-30", "start", "1996-02-30", "2014-06-12"),
    ("seat_rules", "1996-01-30,,", "1996-02-30,,", "start", "1996-02-30", "no such day"),
    ("seat_rules", "1996-01-30,,", "1996-01,,", "start", "1996-01", "2014-06-12"),
    ("seat_rules", ",3,elected", ",three,elected", "seats", "three", "whole number"),
    ("seat_rules", ",3,elected", ",-3,elected", "seats", "-3", "whole number"),
    ("seat_rules", ",3,elected", ",99999,elected", "seats", "99999", "32767"),
    ("appointments", "2014-06,,", "2014-06,2014-05,", "end", "2014-05", "not after the start"),
    ("appointments", ",high", ",sure", "confidence", "sure", "high, medium, low"),
    ("appointments", "2014-06,,", "[2014-08-01..2014-06-01],,", "start", "[2014", "2014-06-12"),
    ("persons", "Dinara Abenova,", ",", "name_en", "", "at least one language"),
]


@pytest.mark.parametrize(("file", "old", "new", "column", "value", "reason"), WRONG_CELLS)
def test_a_wrong_cell_is_named(write, file, old, new, column, value, reason):
    fault = only_fault_of(with_change(write, file, old, new))

    assert (fault.file, fault.column) == (f"{file}.csv", column)
    assert fault.row in (2, 3)
    assert fault.value.startswith(value)
    assert reason in fault.reason


@pytest.mark.parametrize(
    ("file", "old", "new", "column", "near"),
    [
        ("appointments", "dinara-abenova,", "dinara-abenov,", "person", "dinara-abenova"),
        ("appointments", ",council,", ",counsil,", "institution", "council"),
        ("appointments", ",elected,", ",electd,", "group", "elected"),
        ("appointments", ",gazette,", ",gazete,", "source", "gazette"),
        ("seat_rules", "council,elected", "councl,elected", "institution", "council"),
    ],
)
def test_an_unknown_name_is_named_once_with_the_nearest_known_one(
    write, file, old, new, column, near
):
    fault = only_fault_of(with_change(write, file, old, new))

    assert fault.column == column
    assert f"Did you mean {near}?" in fault.reason


def test_a_slug_has_no_spaces(write):
    fault = only_fault_of(write(sources="slug,title,kind\nthe gazette,Gazette,official\n"))

    assert (fault.row, fault.column, fault.value) == (2, "slug", "the gazette")


def test_a_name_unlike_all_others_gets_no_suggestion(write):
    fault = only_fault_of(with_change(write, "appointments", ",gazette,", ",zzz,"))

    assert "Did you mean" not in fault.reason


def test_an_unknown_column_is_named_with_the_nearest(write):
    fault = only_fault_of(with_change(write, "appointments", ",confidence", ",confidense"))

    assert (fault.row, fault.column) == (1, "confidense")
    assert "Did you mean confidence?" in fault.reason


def test_a_missing_column_is_named(write):
    fault = only_fault_of(write(sources="slug,title\ngazette,Gazette\n"))

    assert (fault.file, fault.column) == ("sources.csv", "kind")


def test_a_column_that_is_there_twice_is_named(write):
    fault = only_fault_of(write(sources="slug,title,kind,title\ng,Gazette,official,Gazette\n"))

    assert (fault.column, fault.reason) == ("title", "The column is there twice.")


def test_an_unknown_file_is_named_with_the_nearest(write):
    fault = only_fault_of(write(**REPUBLIC, institution="slug\n"))

    assert fault.file == "institution.csv"
    assert "institutions.csv" in fault.reason


def test_a_folder_without_any_file_says_what_there_may_be(tmp_path):
    assert "sources.csv" in only_fault_of(tmp_path).reason


def test_a_doubled_key_names_both_rows(write):
    text = REPUBLIC["persons"] + "        dinara-abenova,D. Abenova,,gazette\n"

    fault = only_fault_of(write(**REPUBLIC | {"persons": text}))

    assert fault.row == 3
    assert "same record as row 2: dinara-abenova" in fault.reason


def test_a_day_written_in_two_ways_is_still_one_key(write):
    text = REPUBLIC["appointments"] + (
        "        dinara-abenova,council,elected,[2014-06-01..2014-06-30],,gazette,high\n"
    )

    assert (
        "same record as row 2" in only_fault_of(write(**REPUBLIC | {"appointments": text})).reason
    )


def test_a_row_with_a_cell_too_many_is_named(write):
    fault = only_fault_of(with_change(write, "sources", "almanac,", "almanac,,"))

    assert fault.row == 3
    assert "5 cells" in fault.reason
    assert "4 columns" in fault.reason


def test_a_file_that_is_not_utf_8_is_named_with_the_row(write):
    folder = write(**REPUBLIC)
    (folder / "institutions.csv").write_bytes(REPUBLIC["institutions"].encode("cp1251"))

    fault = only_fault_of(folder)

    assert fault.file == "institutions.csv"
    assert "UTF-8" in fault.reason


def test_a_byte_order_mark_is_no_fault(write):
    folder = write(**REPUBLIC)
    path = folder / "sources.csv"
    path.write_text("\ufeff" + path.read_text(encoding="utf-8"), encoding="utf-8")

    load(folder)


def test_a_nul_is_named(write):
    fault = only_fault_of(with_change(write, "sources", "Official gazette", "Official\0gazette"))

    assert (fault.file, fault.row) == ("sources.csv", 2)


@pytest.mark.parametrize("title", ['"Official gazette', '"Official" gazette'])
def test_a_broken_quotation_mark_is_named_with_its_row(write, title):
    fault = only_fault_of(with_change(write, "sources", "Official gazette", title))

    assert (fault.file, fault.row) == ("sources.csv", 2)
    assert "quotation mark" in fault.reason


def test_an_empty_file_is_named(write):
    assert "empty" in only_fault_of(write(**REPUBLIC, acts="")).reason


def test_places_that_do_not_match_the_sources_are_counted(write):
    fault = only_fault_of(with_change(write, "institutions", "No. 7; p. 12", "No. 7; p. 12; p. 13"))

    assert fault.column == "place"
    assert "3 places for 2 sources" in fault.reason


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ("3,2,,region", "seats_per_territory"),  # both numbers
        ("3,,1,", "unlimited"),  # a number of seats without limit
        (",2,,", "territory_kinds"),  # seats for each territory of no kind
    ],
)
def test_a_rule_has_one_number_of_seats(write, cells, column):
    rules = f"""
        institution,group,designation,seats,seats_per_territory,unlimited,territory_kinds
        council,elected,elected,{cells}
    """
    kinds = "slug,name_en\nregion,Region\n"

    fault = only_fault_of(write(**REPUBLIC | {"seat_rules": rules, "territory_kinds": kinds}))

    assert fault.column == column


def test_rows_that_lead_to_each_other_in_a_circle_are_named(write):
    institutions = """
        slug,name_en,branch,parent
        one,One,legislative,two
        two,Two,legislative,one
    """

    sources = REPUBLIC["sources"]

    assert "circle" in only_fault_of(write(sources=sources, institutions=institutions)).reason
    assert not models.Source.objects.exists()  # although its file was written by then


def test_all_faults_of_a_run_are_listed(write):
    files = REPUBLIC | {
        "sources": REPUBLIC["sources"].replace(",official,", ",paper,"),
        "seat_rules": REPUBLIC["seat_rules"].replace(",3,elected", ",three,chosen"),
        "appointments": REPUBLIC["appointments"].replace("2014-06,", "2014-13,"),
    }

    named = [(fault.file, fault.column) for fault in faults_of(write(**files))]

    assert named == [
        ("sources.csv", "kind"),
        ("seat_rules.csv", "seats"),
        ("seat_rules.csv", "designation"),
        ("appointments.csv", "start"),
    ]


def test_a_fault_reads_as_a_sentence_with_its_place(write):
    fault = only_fault_of(with_change(write, "appointments", "2014-06,,", "2014-13,,"))

    assert str(fault) == (
        "appointments.csv, row 2, column start, “2014-13”: "
        "Write a date such as 2014, 2014-06, 2014-06-12 or [2014-06-12..2014-08-01]."
    )


def test_two_rules_of_a_group_on_one_day_are_named_by_row(write):
    rules = REPUBLIC["seat_rules"].rstrip()
    second = rules.splitlines()[-1].replace("1996-01-30", "1998-01-30")
    folder = write(**REPUBLIC | {"seat_rules": f"{rules}\n{second}\n"})

    faults = faults_of(folder)

    assert {(fault.file, fault.row) for fault in faults} == {
        ("seat_rules.csv", 2),
        ("seat_rules.csv", 3),
    }
    assert "End that one first" in faults[0].reason
    assert not models.SeatRule.objects.exists()


# What a row of the law, of elections or of claims must not say

ELECTIONS = """
    institution,group,day
    council,elected,2014-06-01
"""
SUCCESSOR = """
    person,institution,group,start,serves_rest_of,serves_rest_from
    serik-omarov,council,elected,2016-01-01,dinara-abenova,2014-06
"""
CONTRADICTION = """
    slug,kind,subject_en,of_institution,of_group,seat_rule,institution
    seats,source_vs_source,Seats of the council,council,elected,1996-01-30,
"""
VOTE = """
    slug,procedure,subject_en,institution,is_vote,numerator,denominator,comparison,base
    bill,bill,Bill,council,1,1,2,more_than,all_seats
"""

WRONG_ROWS = [
    # file, its text, what stands there, what is written instead, column, what the reason says
    ("voting_rules", VOTE, ",all_seats", ",", "base", "a comparison and a base"),
    ("voting_rules", VOTE, ",1,2,", ",,2,", "numerator", "a comparison and a base"),
    ("voting_rules", VOTE, ",1,2,", ",3,2,", "numerator", "not more than the whole"),
    ("voting_rules", VOTE, ",more_than,", ",most,", "comparison", "at_least, more_than"),
    ("elections", ELECTIONS, "2014-06-01", "2014-06", "day", "2014-06-12"),
    ("elections", ELECTIONS, ",elected,", ",electd,", "group", "Did you mean elected?"),
    ("appointments", SUCCESSOR, ",2014-06\n", ",\n", "serves_rest_from", "“open”"),
    ("appointments", SUCCESSOR, ",2014-06\n", ",2014-07\n", "serves_rest_from", "2014-06?"),
    ("contradictions", CONTRADICTION, ",1996-01-30,", ",,", "institution", "exactly one of"),
    (
        "contradictions",
        CONTRADICTION,
        "1996-01-30,",
        "1996-01-30,council",
        "seat_rule",
        "exactly one of",
    ),
    ("contradictions", CONTRADICTION, "1996-01-30", "open", "seat_rule", "There is none"),
]


@pytest.mark.parametrize(("file", "text", "old", "new", "column", "reason"), WRONG_ROWS)
def test_a_row_that_does_not_hold_together_is_named(write, file, text, old, new, column, reason):
    assert old in text
    files = REPUBLIC | {
        "persons": REPUBLIC["persons"] + "        serik-omarov,Serik Omarov,,gazette\n"
    }
    load(write(**files))

    fault = only_fault_of(write(**{file: text.replace(old, new)}))

    assert (fault.file, fault.row, fault.column) == (f"{file}.csv", 2, column)
    assert reason in fault.reason


@pytest.mark.parametrize(
    ("file", "text", "column"),
    [
        ("incompatibilities", "institution,other\ncouncil,council\n", "other"),
        (
            "claims",
            "contradiction,order,source,text_en,adopted,spurious\nseats,1,gazette,Three,1,1\n",
            "spurious",
        ),
    ],
)
def test_what_excludes_itself_is_named(write, file, text, column):
    fault = only_fault_of(write(**REPUBLIC, contradictions=CONTRADICTION, **{file: text}))

    assert (fault.file, fault.column) == (f"{file}.csv", column)


def test_a_class_of_another_group_is_named(write):
    """Its slug would be known, but not in this group."""
    files = {
        "seat_groups": REPUBLIC["seat_groups"] + "        council,chair,Chair,gazette\n",
        "renewal_classes": "institution,group,slug,name_en\ncouncil,elected,first,First\n",
        "elections": "institution,group,renewal_class,day\ncouncil,chair,first,2014-06-01\n",
    }

    fault = only_fault_of(write(**REPUBLIC | files))

    assert (fault.file, fault.column) == ("elections.csv", "renewal_class")
