"""The roster of an institution leaves by a page, and by no other for those who may not take it."""

from __future__ import annotations

import csv
import io
import json
from io import BytesIO

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command, get_commands
from django.core.management.base import CommandError
from django.urls import get_resolver, reverse
from openpyxl import load_workbook

from registry.domain.dates import PartialDate
from registry.models import Appointment, Person
from tests import factories

EXPORT = "admin:registry_institution_export"
AGAIN = "admin:registry_institution_export_roster"


@pytest.fixture
def mazhilis(chamber):
    """Dinara sat for two parties in the fifth convocation, Askar for one and in none."""
    fifth = factories.ConvocationFactory(institution=chamber, number=5)
    steppe, river = factories.PartyFactory(slug="steppe"), factories.PartyFactory(slug="river")
    turn = PartialDate.parse("2014-03")
    dinara = factories.AppointmentFactory(
        institution=chamber,
        convocation=fifth,
        group=chamber.seat_groups.get(slug="lists"),
        start=PartialDate.parse("2012-01-20"),
        end=PartialDate.parse("2016-01-20"),
        person=factories.PersonFactory(name={"en": "Dinara Abenova"}, sort_name={}),
        note="=1+1",
    )
    factories.AffiliationFactory(appointment=dinara, party=steppe, end=turn)
    factories.AffiliationFactory(appointment=dinara, party=river, start=turn)
    askar = factories.AppointmentFactory(
        institution=chamber,
        territory=factories.TerritoryFactory(slug="north"),
        start=PartialDate.parse("2010"),
        end=PartialDate.parse("2013-05-01"),
        person=factories.PersonFactory(name={"en": "Askar Nurlanov"}, sort_name={}),
    )
    factories.AffiliationFactory(appointment=askar, party=steppe)
    return chamber


def exported(client, institution, **wishes):
    return client.get(reverse(EXPORT, args=[institution.pk]), {"format": "csv"} | wishes)


def rows(answer):
    text = b"".join(answer.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize(
    ("wishes", "names"),
    [
        ({}, ["Askar Nurlanov", "Dinara Abenova", "Dinara Abenova"]),
        ({"on": "2012-06-01"}, ["Askar Nurlanov", "Dinara Abenova"]),
        ({"on": "01.06.2015"}, ["Dinara Abenova"]),
        ({"convocation": "5"}, ["Dinara Abenova"] * 2),
        ({"group": "lists"}, ["Dinara Abenova"] * 2),
        ({"territory": "north"}, ["Askar Nurlanov"]),
        # She goes with both of her parties: a file with one would say that there is no other.
        ({"party": "river"}, ["Dinara Abenova"] * 2),
        ({"party": "river", "on": "2013-01-01"}, []),
    ],
)
def test_those_asked_for_go_into_the_file(as_curator, mazhilis, wishes, names):
    assert [row["name_en"] for row in rows(exported(as_curator, mazhilis, **wishes))] == names


def test_formulas_are_defused_for_people_and_stand_as_they_are_for_programs(as_curator, mazhilis):
    notes = [
        rows(exported(as_curator, mazhilis, convocation="5", **wish))[0]["note"]
        for wish in ({}, {"raw": "1"})
    ]

    assert notes == ["'=1+1", "=1+1"]


def test_a_workbook_says_where_it_comes_from_and_what_its_columns_hold(as_curator, mazhilis):
    answer = exported(as_curator, mazhilis, format="xlsx", on="2012-06-01", group="lists")
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    about = {row[0].value: row[1].value for row in book["About"].rows}

    assert answer["Content-Disposition"].endswith('mazhilis-roster-lists-2012-06-01.xlsx"')
    assert (about["Days"], about["Seat group"]) == ("2012-06-01", "lists")
    assert about["Licence"].startswith("CC")
    assert about["Revision of the record"].endswith("Z")
    assert about["end"] == "The first day out of office; empty while in office."


def test_the_address_of_a_format_gives_the_file_at_once(as_curator, mazhilis):
    answer = as_curator.get(reverse(AGAIN, args=[mazhilis.pk, "popolo"]), {"party": "steppe"})

    assert answer.streaming
    assert len(json.loads(b"".join(answer.streaming_content))["persons"]) == 2


@pytest.mark.parametrize(
    "wishes",
    [
        {"on": "2014-02-30"},
        {"on": "2014"},
        {"convocation": "6"},
        {"group": "nobody"},
        {"party": "=1"},
        {"territory": "\0"},
        {"format": "pdf"},
        {"format": "xlsx", "raw": "1"},
    ],
)
def test_a_question_that_makes_no_sense_is_shown_again_with_its_fault(as_curator, mazhilis, wishes):
    answer = exported(as_curator, mazhilis, **wishes)

    assert answer.status_code == 400
    assert set(answer.context["form"].errors) <= {*wishes}
    assert "errorlist" in answer.text


def test_a_text_that_no_workbook_holds_is_named(as_curator, mazhilis):
    Appointment.objects.update(note="a" * 40_000)

    answer = exported(as_curator, mazhilis, format="xlsx")

    assert answer.status_code == 400
    assert "Take the CSV file" in answer.text


def test_an_empty_file_has_an_example_that_is_not_imported(as_curator, mazhilis):
    for form in ("csv", "xlsx"):
        address = reverse("admin:registry_institution_roster_template", args=[mazhilis.pk, form])
        content = b"".join(as_curator.get(address).streaming_content)
        if form == "csv":
            text = content.decode()
            assert "Example Person" in text
            assert "status" not in text.splitlines()[0].split(",")
    page = as_curator.get(reverse("admin:registry_institution_roster_columns", args=[mazhilis.pk]))

    assert "The first day out of office; empty while in office." in page.text


@pytest.mark.parametrize(
    ("page", "of_a_format"), [("export", ()), ("export_roster", ("csv",))], ids=["form", "file"]
)
def test_only_who_may_take_rosters_takes_one(
    client, reader, clerk, curator, mazhilis, page, of_a_format
):
    """Askar may see every appointment, and still not carry them away."""
    address = reverse(f"admin:registry_institution_{page}", args=[mazhilis.pk, *of_a_format])
    answers = {}
    for user in (clerk, reader, curator):
        client.force_login(user)
        answers[user.username] = {
            client.get(address, {"format": "csv"}).status_code,
            client.post(address, {"format": "csv"}).status_code,
        }

    assert answers == {"berik": {403}, "askar": {403}, "dinara": {200, 405}}


def test_an_institution_that_is_none_has_no_roster(as_curator, mazhilis):
    for key in (0, 99999999999999999999):
        assert (
            as_curator.get(f"/admin/registry/institution/{key}/export-roster/").status_code == 404
        )
    unknown = f"/admin/registry/institution/{mazhilis.pk}/export-roster/pdf/"
    assert as_curator.get(unknown).status_code == 404


# What django-import-export brings along


def test_a_list_goes_out_only_to_who_may_take_rosters(client, reader, clerk, mazhilis):
    """As it comes, the library lets everybody on the staff fetch every list."""
    address = reverse("admin:registry_appointment_export")
    asked = {"format": "0", "resource": "0"}
    answers = []
    for user in (clerk, reader):
        client.force_login(user)
        answers += [client.get(address).status_code, client.post(address, asked).status_code]
    reader.user_permissions.add(Permission.objects.get(codename="export_roster"))
    client.force_login(reader)
    answers.append(client.post(address, asked).status_code)

    assert answers == [403, 403, 403, 403, 200]


def test_no_page_of_the_library_imports(as_curator):
    _address, admin = get_resolver().namespace_dict["admin"]
    names = {str(name) for name in admin.reverse_dict}

    assert "registry_person_export" in names
    assert not [name for name in names if name.endswith(("_import", "_process_import"))]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@A1", "'=1", "\t=1"])
def test_a_list_for_people_runs_no_formula_and_loses_nothing(as_curator, mazhilis, cell):
    Person.objects.update(gender=cell)
    address = reverse("admin:registry_person_export")

    text = as_curator.post(address, {"format": "0", "resource": "0"}).content.decode()
    data = as_curator.post(address, {"format": "2", "resource": "0"}).json()

    cells = {row["gender"] for row in csv.DictReader(io.StringIO(text, newline=""))}
    assert cells == {f"'{cell}"}
    assert {row["gender"] for row in data} == {cell}


@pytest.mark.parametrize(
    ("command", "instead"), [("import", "import_roster"), ("export", "export_roster")]
)
def test_the_commands_of_the_library_do_nothing_and_name_ours(db, command, instead, tmp_path):
    """The library's own drops rows that it cannot read, and reports success."""
    people = tmp_path / "people.csv"
    people.write_text("id,uid,name\n1,not-a-uid,x\n")

    with pytest.raises(CommandError, match=instead) as refusal:
        call_command(command, "registry.Person", str(people))

    assert get_commands()[command] == "registry"
    assert refusal.value.returncode == 2
    assert not Person.objects.exists()
