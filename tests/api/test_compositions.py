"""Institutions, and who sat in one on a day."""

import pytest

from registry.domain.dates import PartialDate
from tests.api.asking import get
from tests.factories import AppointmentFactory, InstitutionFactory

pytestmark = pytest.mark.django_db


def test_a_composition_says_what_was_required_and_who_sat(client, mazhilis):
    answer = get(client, "institutions/mazhilis/composition", on="2014-06-01")

    promised = {
        "institution": "mazhilis",
        "on": "2014-06-01",
        "state": "in_office",
        "coverage": True,
        "required": 3,
        "filled": 2,
        "possible": 0,
        "vacant": 1,
        "over": 0,
        "unassigned": 0,
        "stated_totals": [],
    }
    assert {key: answer[key] for key in promised} == promised
    assert answer["parties"] == [
        {"slug": "nur-otan", "name": "Nur otan", "seats": 1},
        {"slug": None, "name": "No party recorded", "seats": 1},
    ]
    assert [each["votes"] for each in answer["majorities"]] == [2, 2]
    assert [each["sample"] for each in answer["members"]] == [False, True]
    assert [each["code"] for each in answer["findings"]] == ["vacant_seats"]


def test_days_are_written_as_precisely_as_they_are_known(client):
    seat = AppointmentFactory(start=PartialDate.parse("2012-01"), end=PartialDate.parse("2015"))

    (member,) = get(client, f"institutions/{seat.institution.slug}/composition", on="2015-06-01")[
        "members"
    ]

    assert (member["start"], member["start_precision"]) == ("2012-01", "month")
    assert (member["end"], member["end_precision"], member["ended"]) == ("2015", "year", True)
    assert member["certain"] is False


def test_an_ended_institution_says_so(client):
    InstitutionFactory(slug="senate", end=PartialDate.parse("2026-07-01"))

    answer = get(client, "institutions/senate/composition", on="2026-11-22")

    assert (answer["state"], answer["required"]) == ("ended", None)


def test_institutions_of_a_day_are_those_that_existed(client, mazhilis):
    InstitutionFactory(slug="kurultai", start=PartialDate.parse("2026-07-01"))

    assert {each["slug"] for each in get(client, "institutions")} == {"mazhilis", "kurultai"}
    assert [each["slug"] for each in get(client, "institutions", on="2014-06-01")] == ["mazhilis"]


def test_members_are_narrowed_as_those_of_the_page_and_the_numbers_stay(client, mazhilis):
    whole = get(client, "institutions/mazhilis/composition", on="2014-06-01")
    of_party = get(client, "institutions/mazhilis/composition", on="2014-06-01", party="nur-otan")
    without = get(client, "institutions/mazhilis/composition", on="2014-06-01", party="none")

    assert [each["party"] for each in of_party["members"]] == ["nur-otan"]
    assert [each["party"] for each in without["members"]] == [None]
    assert of_party["filled"] == whole["filled"] == 2
