"""Popolo JSON: memberships of one organization, and what they point to."""

import json

import pytest

from registry.models import Appointment, Convocation, Person, PersonIdentifier
from tests.factories import InstitutionFactory, SeatGroupFactory

pytestmark = pytest.mark.django_db

UID = "0a1b2c3d-1111-4222-8333-abcdefabcde{}"


def person(n, **more):
    return {
        "id": UID.format(n),
        "name": f"Deputy {n}",
        "identifiers": [{"scheme": "wikidata", "identifier": f"Q{n}"}],
        **more,
    }


def membership(n, **more):
    return {
        "person_id": UID.format(n),
        "organization_id": "legislature",
        "legislative_period_id": "term/7",
        "on_behalf_of_id": "party/steppe",
        "role": "member",
        **more,
    }


def document(memberships, persons=None, organizations=()):
    numbers = {each["person_id"][-1] for each in memberships}
    return {
        "persons": persons or [person(n) for n in sorted(numbers)],
        "organizations": [
            {"id": "legislature", "name": "Chamber of Deputies", "classification": "legislature"},
            {"id": "party/steppe", "name": "Steppe Party", "classification": "party"},
            {"id": "party/unknown", "name": "unknown", "classification": "party"},
            *organizations,
        ],
        "memberships": memberships,
        "events": [{"id": "term/7", "name": "Seventh", "start_date": "2014"}],
        "areas": [{"id": "area/north", "name": "North"}],
    }


@pytest.fixture
def imported(chamber, run_import, write):
    def run(data, **options):
        return run_import(write(json.dumps(data), "roster.json"), **options)

    return run


def test_memberships_become_appointments_of_the_period_the_file_describes(imported):
    result = imported(document([membership(1), membership(2, area_id="area/north")]))

    assert result.new == {"persons": 2, "parties": 1, "territories": 1, "appointments": 2}
    assert str(Convocation.objects.get(number=7).start) == "2014"
    assert Appointment.objects.first().start_inherited


def test_a_term_that_begins_in_a_bare_year_leaves_its_first_days_open(imported, chamber):
    result = imported(document([membership(1), membership(2, start_date="2014-07-22")]))

    assert result.status == 0
    starts = {str(each.start) for each in chamber.appointments.all()}
    assert starts == {"2014", "2014-07-22"}


def test_importing_it_again_writes_nothing(imported):
    data = document([membership(1, end_date="2015-05-28"), membership(2)])
    imported(data)

    assert imported(data).nothing_to_do


def test_the_id_of_a_person_is_their_permanent_id_and_others_are_identifiers(imported):
    imported(document([membership(1)]))

    assert str(Person.objects.get().uid) == UID.format(1)
    assert list(PersonIdentifier.objects.values_list("scheme", "value")) == [("wikidata", "Q1")]


def test_a_term_file_of_the_same_people_finds_them(imported, run_import, write):
    imported(document([membership(1)]))
    file = write(f"id,name,group,term\n{UID.format(1)},Deputy 1,Steppe Party,7\n")

    assert run_import(file).new["persons"] == 0


def test_names_dates_and_spellings_of_a_person_are_kept(imported):
    data = document([membership(1)])
    data["persons"] = [
        person(
            1,
            sort_name="One, Deputy",
            birth_date="1970-03",
            gender="female",
            other_names=[
                {"lang": "ru", "name": "Депутат"},
                {"lang": "fr", "name": "Député"},
                {"lang": "it", "name": "Deputy 1"},
            ],
        )
    ]
    imported(data)

    found = Person.objects.get()

    assert found.name == {"und": "Deputy 1"}
    assert found.listed_name == "One, Deputy"
    assert found.other_names == ["Депутат", "Député"]
    assert str(found.birth) == "1970-03"


def test_an_unknown_party_is_none(imported, chamber):
    imported(document([membership(1, on_behalf_of_id="party/unknown")]))

    assert chamber.appointments.get().affiliations.count() == 0


def test_memberships_of_other_organizations_are_left_out(imported):
    ministry = {"id": "ministry", "name": "Ministry"}
    data = document([membership(1), membership(1, organization_id="ministry")], None, [ministry])

    result = imported(data)

    assert result.new["appointments"] == 1
    assert "Left out: 1 membership of another organization." in result.notes


def test_of_two_legislatures_the_one_with_the_name_of_the_institution_is_taken(imported):
    chamber = {"id": "x/chamber", "name": "Lower House", "classification": "legislature"}
    data = document([membership(1), membership(2, organization_id="x/chamber")], None, [chamber])

    result = imported(data)

    assert result.new["persons"] == 1
    assert Person.objects.get().name == {"und": "Deputy 2"}


def test_an_office_that_is_an_inner_group_is_held_beside_the_seat(imported, chamber):
    SeatGroupFactory(institution=chamber, slug="speaker", inner=True)

    result = imported(document([membership(1), membership(1, role="Speaker")]))

    assert result.new["appointments"] == 2
    assert chamber.appointments.filter(group__slug="speaker").count() == 1


def test_an_office_without_a_group_of_somebody_seated_is_left_out_and_said(imported, chamber):
    result = imported(document([membership(1), membership(1, role="Speaker")]))

    assert chamber.appointments.count() == 1
    assert "Left out, because the office is not a seat group here: rows 2." in result.notes


def test_an_office_without_a_group_of_somebody_else_is_a_seat_with_a_remark(imported, chamber):
    imported(document([membership(1), membership(2, role="Speaker")]))

    notes = set(chamber.appointments.values_list("note", flat=True))
    assert notes == {"", "Role in roster.json: Speaker"}


def test_faults_are_counted_by_membership(imported):
    result = imported(document([membership(1), membership(2, end_date="soon")]))

    assert (result.errors[0]["line"], result.errors[0]["column"]) == (2, "end_date")


def test_an_id_of_the_file_counts_beside_other_identifiers(imported):
    """Or somebody would be a new person as soon as one more register knew them."""
    plain = {"id": "person/1", "name": "Dinara Abenova"}
    known = {**plain, "identifiers": [{"scheme": "wikidata", "identifier": "Q1"}]}
    memberships = [membership(1, person_id="person/1")]
    imported(document(memberships, [plain]))

    assert imported(document(memberships, [known])).new["persons"] == 0
    assert imported(document(memberships, [plain])).nothing_to_do
    assert Person.objects.get().identifiers.count() == 2


def test_the_only_legislature_of_a_file_may_be_another_body(imported):
    data = document([membership(1)])
    data["organizations"][0]["name"] = "Senate"
    assert imported(data, dry_run=True).status == 0
    InstitutionFactory(slug="senate", name={"en": "Senate"})

    assert imported(data).errors[0]["code"] == "which_organization"


def test_a_post_says_of_which_body_and_area_a_membership_is(imported, chamber):
    data = document([membership(1, post_id="post/1"), membership(2, post_id="post/2")])
    for each in data["memberships"]:
        del each["organization_id"]
    data["posts"] = [
        {"id": "post/1", "organization_id": "legislature", "area": {"name": "North"}},
        {"id": "post/2", "organization_id": "legislature", "area_id": "area/north"},
    ]

    assert imported(data).new == {"persons": 2, "parties": 1, "territories": 1, "appointments": 2}
    assert imported(data).nothing_to_do


def test_a_name_may_stand_in_parts(imported):
    main = {"note": "Main", "given_name": "Marat", "family_name": "Otarbek"}
    imported(
        document(
            [membership(1), membership(2)],
            [
                {"id": UID.format(1), "given_name": "Dinara", "family_name": "Abenova"},
                {"id": UID.format(2), "other_names": [main]},
            ],
        )
    )

    names = {person.name["und"] for person in Person.objects.all()}
    assert names == {"Dinara Abenova", "Marat Otarbek"}
