"""People, parties, territories, convocations and Popolo as programs get them."""

from datetime import date

import pytest

from registry.domain.dates import PartialDate
from tests.api.asking import get, queries_for
from tests.factories import (
    AppointmentFactory,
    ConvocationFactory,
    PersonFactory,
    TerritoryFactory,
)

pytestmark = pytest.mark.django_db
ON = "2014-06-01"


def test_a_person_has_every_mandate_with_whether_it_covers_the_day(client, mazhilis):
    person = PersonFactory(name={"en": "Abenov, Dinara", "kk": "Әбенов, Динара"})
    over = AppointmentFactory(
        person=person,
        institution=mazhilis,
        start=PartialDate.parse("2007"),
        end=PartialDate.parse("2012-01-20"),
    )

    answer = get(client, f"people/{person.pk}", on=ON)
    assert (answer["person_id"], answer["on"]) == (str(person.uid), ON)
    (mandate,) = answer["mandates"]
    assert mandate["appointment"] == over.pk
    assert (mandate["start"], mandate["start_precision"]) == ("2007", "year")
    assert (mandate["end"], mandate["in_office"]) == ("2012-01-20", "no")
    assert get(client, f"people/{person.pk}", on="2007-06-01")["mandates"][0]["in_office"] == (
        "possibly"
    )


def test_people_are_found_in_either_script_and_by_institution(client, mazhilis):
    abenov = PersonFactory(name={"en": "Abenov, Dinara", "kk": "Әбенов, Динара"})

    for typed in ("Әбенов", "Абенов", "abenov"):
        assert [each["person"] for each in get(client, "people", name=typed)["people"]] == [
            abenov.pk
        ]
    of_mazhilis = get(client, "people", institution="mazhilis")
    assert abenov.pk not in {each["person"] for each in of_mazhilis["people"]}
    assert of_mazhilis["count"] == 2


@pytest.mark.parametrize("page", ["0", "-1", "2", "first", "9" * 500])
def test_a_page_that_does_not_exist_is_refused(client, mazhilis, page):
    assert get(client, "people", 400, page=page)["detail"].startswith("page: ")


@pytest.mark.parametrize("number", ["0", "999999999", "9" * 40])
def test_a_number_that_nobody_has_is_not_found(client, number):
    assert client.get(f"/api/v1/people/{number}").status_code in (400, 404)


def test_more_people_cost_no_more_queries(client, mazhilis):
    before = queries_for(client, "people")
    PersonFactory.create_batch(20)

    assert queries_for(client, "people") == before


def test_territories_have_the_name_and_kind_of_the_day(client):
    TerritoryFactory(slug="almaty-region", name={"en": "Almaty Region"})

    (found,) = get(client, "territories", on=ON)
    assert (found["slug"], found["exists"]) == ("almaty-region", True)


def test_convocations_and_parties_are_listed(client, mazhilis):
    convocation = ConvocationFactory(institution=mazhilis, number=5)

    (found,) = get(client, "institutions/mazhilis/convocations")
    assert (found["number"], found["start"]) == (5, str(convocation.start))
    assert [each["slug"] for each in get(client, "parties")] == ["nur-otan"]


def test_popolo_holds_everybody_of_the_day_whatever_the_body(client, mazhilis):
    elsewhere = AppointmentFactory(start=PartialDate.parse("2010-01-01"))
    gone = AppointmentFactory(
        institution=mazhilis, end=PartialDate.parse("2013-01-01"), start=PartialDate.parse("2012")
    )

    everybody = get(client, "popolo.json", on=ON)
    people = {each["id"] for each in everybody["persons"]}
    assert str(elsewhere.person.uid) in people
    assert str(gone.person.uid) not in people
    ids = {each["id"] for kind in ("posts", "organizations") for each in everybody[kind]}
    for membership in everybody["memberships"]:
        assert membership["person_id"] in people
        assert membership["organization_id"] in ids
        assert {membership.get("post_id"), membership.get("on_behalf_of_id")} <= {None, *ids}
    of_one = get(client, "popolo.json", on=ON, institution="mazhilis")
    assert {each["organization_id"] for each in of_one["memberships"]} == {"mazhilis"}


def test_popolo_of_more_people_costs_no_more_queries(client, mazhilis):
    before = queries_for(client, "popolo.json", on=ON)
    convocation = ConvocationFactory(institution=mazhilis)
    AppointmentFactory.create_batch(
        10,
        institution=mazhilis,
        convocation=convocation,
        start=PartialDate(date(2012, 1, 20), date(2012, 1, 20)),
    )

    assert queries_for(client, "popolo.json", on=ON) == before
