"""Rosters out: names that are hard to write down, dates that are not whole, an empty file."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from openpyxl import load_workbook

from registry.domain.dates import UNKNOWN, PartialDate
from registry.models import Affiliation, Appointment, Person, PersonIdentifier
from registry.rosters.columns import EXAMPLE
from registry.rosters.export.rows import Wanted, roster_rows
from registry.rosters.planning.comparing import plain
from registry.rosters.reading.cells import tidy
from registry.rosters.reading.guard import guarded, unguarded
from registry.serialise.rosters import FORMATS as FILES
from registry.serialise.rosters import Asked, spooled
from tests.factories import (
    AffiliationFactory,
    AppointmentFactory,
    PartyFactory,
    PersonFactory,
    SeatGroupFactory,
    TerritoryFactory,
)
from tests.rosters.conftest import everything
from tests.rosters.test_round_trip import FORMATS, exported, import_again

pytestmark = pytest.mark.django_db

AWKWARD = (
    'Said "Aba" Abenov',
    '"Quoted"',
    'One " alone',
    "Abenov, Said",
    "Abenov; Said",
    "Abenov | Said",
    "two\nlines",
    "two\r\nlines",
    "tab\tinside",
    "=1+1",
    '=HYPERLINK("http://example.org","x")',
    "+77011234567",
    "-Abenov",
    "@Said",
    "＝1+1",
    "'t Hooft",
    "''t Hooft",
    "'=1+1",
    "''=1+1",
    "'''@x",
    "O’Neill",
    "Әбдіғаппар Қуанышұлы",
    "Ғабит Һәкімұлы Үңірбаев",
    "ЩЪЫЬЭЮЯ ёжик",
    "يوسف بن علي",
    "יוסף \u200fבן דוד",
    "\u200eLeft \u202eover\u202c ride",
    "No\u00a0break",
    "Zero\u200bwidth",
    "Join\u200ded \U0001f468\u200d\U0001f469\u200d\U0001f467",
    "Said 😀",
    "Jose\u0301 (decomposed)",
    "José (composed)",
    "И\u0306ван (decomposed)",
    "  blanks around  ",
    "double  blanks",
    "Who?",
    "А?жол ??",
    "%s {0} %(name)s",
    "<b>bold</b> &amp;",
    "NULL",
    "00123",
    "1e5",
    "2014-06",
    "TRUE",
    "#N/A",
    "_x0041_",
    "\\N \\",
    "sep=;",
    "Long " + "Абай " * 150,
)


@pytest.fixture
def awkward(chamber):
    """A roster of people whom no file format likes."""
    assert len(AWKWARD) > 40
    for number, name in enumerate(AWKWARD):
        AppointmentFactory(
            institution=chamber,
            person=PersonFactory(
                name={"en": name, "kk": f"{name}ә"},
                sort_name={"en": name, "und": f"{name}, x"},
                other_names=[f"{name} {number}", f"Х {name}"],
            ),
            note=name,
            end_reason=name[:190],
            start=PartialDate.parse("2013-02-01"),
        )
    return chamber


@pytest.mark.parametrize("form", FORMATS)
def test_the_most_awkward_names_come_back_as_they_were(awkward, form):
    data = exported(awkward, form)
    before = everything()

    plan = import_again(awkward, data)

    assert plan.nothing_to_do
    assert everything() == before


@pytest.mark.parametrize("form", FORMATS)
def test_awkward_names_fill_an_empty_registry_with_the_same(awkward, form):
    """But for blanks around and between words, which nobody sees and no two people differ in."""
    data = exported(awkward, form)
    names = {tidy(name) for name in AWKWARD}
    notes = {plain(name) for name in AWKWARD}
    empty()

    import_again(awkward, data)

    assert {person.name["en"] for person in Person.objects.all()} == names
    assert {plain(each.note) for each in Appointment.objects.all()} == notes
    assert import_again(awkward, exported(awkward, form)).nothing_to_do


@pytest.mark.parametrize("text", [*AWKWARD, "\n=1", "\r@", "", "'"])
def test_what_keeps_a_formula_from_running_is_taken_away_and_nothing_else(text):
    shown = guarded(text)

    assert unguarded(shown) == text
    assert not shown.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))
    assert shown in (text, f"'{text}")


def test_a_workbook_of_awkward_names_runs_nothing(awkward):
    book = load_workbook(BytesIO(exported(awkward, "xlsx")))
    kinds = {cell.data_type for row in book["Roster"].iter_rows() for cell in row if cell.value}

    assert kinds == {"s", "d"}  # texts and days, and neither formulas nor errors


DATES = ("2014", "2014-06", "2014-06-12", "[2014-03-05..2014-05-20]", "[2014-03-05..]", "")


@pytest.mark.parametrize("form", FORMATS)
def test_dates_come_in_stay_as_they_are_and_go_out_the_same(chamber, form):
    """Known to the year, the month, the day, or not at all; stated, or the convocation's."""
    fifth = chamber.convocations.get()
    for text in DATES:
        when = PartialDate.parse(text) if text else UNKNOWN
        AppointmentFactory(
            institution=chamber,
            start=PartialDate.parse("2013") if text else UNKNOWN,
            end=when,
            person=PersonFactory(
                name={"en": f"Until {text or 'nobody knows'}"}, birth=PartialDate.parse("1970-02")
            ),
        )
        AppointmentFactory(institution=chamber, start=when)
    inherits = {"start_inherited": True, "end_inherited": True}
    AppointmentFactory(
        institution=chamber, convocation=fifth, start=fifth.start, end=fifth.end, **inherits
    )
    AppointmentFactory(institution=chamber, convocation=fifth, start=fifth.start, end=fifth.end)
    data, rows = exported(chamber, form), sorted(map(str, roster_rows(chamber)))
    empty()

    import_again(chamber, data)

    assert sorted(map(str, roster_rows(chamber))) == rows
    assert import_again(chamber, exported(chamber, form)).nothing_to_do
    # The one that inherits moves with the convocation, the other stays.
    fifth.start = PartialDate.parse("2012-02")
    fifth.save()
    chamber.appointments.filter(convocation=fifth).move_inherited_dates(fifth)
    starts = chamber.appointments.filter(convocation=fifth).order_by("start_latest")
    assert [str(each.start) for each in starts] == ["2012-01-20", "2012-02"]


@pytest.mark.parametrize("form", FORMATS)
def test_a_part_of_a_roster_changes_nothing_either(awkward, form):
    """The others are not in the file, and stay."""
    north, steppe = TerritoryFactory(slug="north"), PartyFactory(slug="steppe")
    second = SeatGroupFactory(institution=awkward, slug="second")
    some = list(Appointment.objects.order_by("pk")[:6])
    for number, appointment in enumerate(some):
        if number % 2:
            appointment.territory = north
        appointment.group = second
        appointment.save()
        turn = PartialDate.parse("2014-03")
        AffiliationFactory(appointment=appointment, party=steppe, end=turn)
        AffiliationFactory(appointment=appointment, party=PartyFactory(), start=turn)
    before = everything()
    parts = (
        Wanted(group="second"),
        Wanted(party="steppe"),
        Wanted(territory="north"),
        Wanted(on=date(2014, 3, 15), party="steppe"),
    )

    for wanted in parts:
        plan = import_again(awkward, exported(awkward, form, wanted))
        assert plan.nothing_to_do, wanted
    assert everything() == before


def test_a_part_without_the_invented_people_leaves_them_where_they_are(chamber):
    """They give way to a roster that somebody sends, not to one that stood beside them."""
    real, *invented = AppointmentFactory.create_batch(3, institution=chamber)
    AffiliationFactory(appointment=real, party=PartyFactory(slug="steppe"))
    Person.objects.filter(appointments__in=invented).update(sample=True)

    plan = import_again(chamber, exported(chamber, "csv", Wanted(party="steppe")))

    assert plan.nothing_to_do
    assert chamber.appointments.count() == 3


def test_popolo_stands_as_one_document_however_long_it_is(awkward):
    data = json.loads(exported(awkward, "popolo"))

    assert [person["name"] for person in data["persons"]] == sorted(
        AWKWARD, key=[person["name"] for person in data["persons"]].index
    )
    assert len(data["memberships"]) == len(AWKWARD)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_example_of_an_empty_file_is_never_imported(chamber, run_import, tmp_path, form):
    path = tmp_path / f"empty.{form}"
    call_command(
        "export_roster", institution="chamber", template=True, format=form, output=str(path)
    )

    answer = run_import(path)

    assert answer.status == 0
    assert "Left out: 1 row that is the example of the empty file." in answer.notes
    assert not Person.objects.exists()


def test_who_writes_over_the_example_is_told_of_its_identifier(chamber, run_import, tmp_path):
    path = tmp_path / "empty.csv"
    call_command("export_roster", institution="chamber", template=True, output=str(path))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(EXAMPLE["name_en"], "Dinara Abenova"), encoding="utf-8")

    answer = run_import(path)

    assert answer.status == 1
    assert [(f["code"], f["line"], f["column"]) for f in answer.errors] == [
        ("example_row", 2, "identifiers")
    ]
    assert not Person.objects.exists()


def test_somebody_in_the_filled_in_file_is_new_and_known_by_name_the_next_time(
    chamber, run_import, tmp_path
):
    path = tmp_path / "filled.csv"
    call_command("export_roster", institution="chamber", template=True, output=str(path))
    text = path.read_text(encoding="utf-8").replace(EXAMPLE["identifiers"], "")
    path.write_text(text.replace(EXAMPLE["name_en"], "Dinara Abenova"), encoding="utf-8")

    answers = [run_import(path) for _twice in range(2)]

    assert [answer.status for answer in answers] == [0, 0]
    assert answers[0].new["persons"] == 1
    assert answers[1].nothing_to_do
    assert str(Appointment.objects.get().end) == "2016"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"convocation": "6"}, "--convocation takes one of: 5."),
        ({"group": "nobody"}, "--group takes one of: lists."),
        ({"on": "2014-02-30"}, "--on takes a day"),
        ({"format": "pdf"}, "--format takes one of: csv, xlsx, popolo."),
        ({"format": "popolo", "template": True}, "--format takes one of: csv, xlsx."),
        ({"format": "xlsx", "raw": True}, "--raw is for CSV"),
        ({"output": "/nowhere/at/all.csv"}, "cannot be written"),
    ],
)
def test_the_command_says_what_it_takes(chamber, options, said):
    with pytest.raises(CommandError, match=said) as refusal:
        call_command("export_roster", institution="chamber", stdout=StringIO(), **options)

    assert refusal.value.returncode == 2


def test_a_file_that_cannot_be_finished_leaves_the_old_one_as_it_was(chamber, tmp_path):
    """Half a roster looks like a roster."""
    AppointmentFactory(institution=chamber, note="a" * 40_000)
    path = tmp_path / "roster.xlsx"
    path.write_bytes(b"the old one")

    with pytest.raises(CommandError, match="Take the CSV file"):
        call_command("export_roster", institution="chamber", format="xlsx", output=str(path))

    assert path.read_bytes() == b"the old one"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_a_change_overtook_is_made_anew(chamber):
    """Else it could hold one row from before the change, and another from after it."""
    asked = Asked(chamber, made_on=date(2026, 11, 22))
    overtaking = iter(["Dinara Abenova"])

    def write(stream, asked):
        FILES["csv"].write(stream, asked)
        for name in overtaking:
            AppointmentFactory(institution=chamber, person=PersonFactory(name={"en": name}))

    file = spooled(replace(FILES["csv"], write=write), asked)

    file.seek(0)
    assert "Dinara Abenova" in file.read().decode()


def empty():
    """Take everybody away, and leave the institution."""
    for model in (Affiliation, Appointment, PersonIdentifier, Person):
        model.objects.all().delete()
