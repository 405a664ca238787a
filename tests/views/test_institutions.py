"""The page of an institution."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    AppointmentFactory,
    InstitutionFactory,
    SeatGroupFactory,
    SeatRuleFactory,
)
from tests.views.conftest import day, named

ON = "2014-06-01"


def test_it_says_what_the_body_is_and_what_followed(get, mazhilis):
    page = get("/en/institutions/mazhilis/", on=ON).words

    assert "30 Jan 1996 – ended on 1 Jul 2026" in page
    assert "4 by rule · 3 filled · 1 vacant" in page
    assert f'/en/institutions/kurultai/?on={ON}">Kurultai</a>' in page
    assert "Мәжіліс" in page
    assert f'{mazhilis.composition}?on=2012-01-20" aria-label="Convocation 5"' not in page
    assert '<b aria-current="true">5' in page  # the convocation of the day needs no link
    assert f'{mazhilis.composition}?on=2016-03-25" aria-label="Convocation 6"' in page


def test_leaders_of_the_day_are_named(get, senate):
    page = get("/en/institutions/senate/", on=ON).words

    assert "Chair of the Senate:" in page
    assert "Galymov, Kairat" in page


def test_a_body_without_a_source_says_so(get, mazhilis):
    assert "No source" in get("/en/institutions/mazhilis/").words


def test_a_parliament_adds_up_its_chambers(get, mazhilis, senate):
    parliament = InstitutionFactory(slug="parliament")
    for chamber in (mazhilis.institution, senate.institution):
        chamber.parent = parliament
        chamber.save()

    page = get("/en/institutions/parliament/", on=ON).words

    assert "Mazhilis</a>: 3 of 4 seats filled" in page
    assert "Senate</a>: 2–3 of 4 seats filled" in page  # nobody recorded when one of them left
    assert "Together 5–6 of 8 seats filled" in page


def test_a_parliament_of_which_nobody_is_recorded_adds_up_seats_and_no_members(
    get, mazhilis, senate
):
    parliament = InstitutionFactory(slug="parliament")
    for chamber in (mazhilis.institution, senate.institution):
        chamber.parent = parliament
        chamber.save()

    page = get("/en/institutions/parliament/", on="2017-03-01").words

    assert "Mazhilis</a>: 4 seats by rule, not recorded who sits" in page
    assert "Together 8 seats by rule" in page
    assert " 0 of" not in page


def test_the_parts_of_a_body_that_is_no_parliament_have_no_sum(get, mazhilis):
    president = InstitutionFactory(slug="president", branch="head_of_state")
    mazhilis.institution.parent = president
    mazhilis.institution.save()

    page = get("/en/institutions/president/", on=ON).words

    assert f'<dt>Parts</dt><dd><a href="/en/institutions/mazhilis/?on={ON}">Mazhilis</a>' in page
    assert "Together" not in page


def test_a_body_of_which_nobody_is_recorded_has_no_number_of_filled_seats(get, mazhilis):
    page = get("/en/institutions/mazhilis/", on="2017-03-01").words

    assert "4 by rule · not recorded who sits" in page
    assert "0 filled" not in page


def test_a_single_office_lists_all_its_holders_the_latest_first(get, db):
    office = InstitutionFactory(slug="president", branch="head_of_state")
    group = SeatGroupFactory(institution=office)
    SeatRuleFactory(group=group, seats=1)
    first, second = named("Nazarbayev, Nursultan"), named("Tokayev, Kassym-Jomart")
    handover = day("2019-03-20")
    AppointmentFactory(
        institution=office, group=group, person=first, start=day("1990-04-24"), end=handover
    )
    AppointmentFactory(institution=office, group=group, person=second, start=handover)

    response = get("/en/institutions/president/", on="2019-03-20")

    assert [row.name for row in response.context["in_office"]] == ["Tokayev, Kassym-Jomart"]
    assert [row.name for row in response.context["holders"]] == [
        "Tokayev, Kassym-Jomart",
        "Nazarbayev, Nursultan",
    ]
    assert "24 Apr 1990 – left office on 20 Mar 2019" in response.words


def test_more_holders_cost_no_more_queries(client, senate):
    def queries():
        with CaptureQueriesContext(connection) as counted:
            client.get("/en/institutions/senate/", {"on": ON})
        return len(counted)

    before = queries()
    AppointmentFactory.create_batch(10, institution=senate.institution, group=senate.group)

    assert queries() == before
    assert before <= 25
