"""Two days of an institution compared."""

from datetime import date

import pytest

from registry.domain.dates import PartialDate
from tests.api.asking import get, queries_for
from tests.factories import (
    AffiliationFactory,
    AppointmentFactory,
    CoverageFactory,
    InstitutionFactory,
    PartyFactory,
    SeatGroupFactory,
    SeatRuleFactory,
)

pytestmark = pytest.mark.django_db

PATH = "institutions/mazhilis/compare"
YEAR = {"from_": "2014-06-01", "to": "2015-06-01"}
AUTUMN = PartialDate.parse("2014-09-01")


@pytest.fixture
def mazhilis():
    """Two groups, of three seats and of one."""
    chamber = InstitutionFactory(slug="mazhilis")
    for slug, seats in (("lists", 3), ("assembly", 1)):
        SeatRuleFactory(group=SeatGroupFactory(institution=chamber, slug=slug), seats=seats)
    return chamber


def deputy(chamber, group="lists", **facts):
    return AppointmentFactory(
        institution=chamber, group=chamber.seat_groups.get(slug=group), **facts
    )


def people(listed):
    return [each["person"] for each in listed]


def test_who_came_and_who_left_with_the_reason(client, mazhilis):
    leaver = deputy(mazhilis, end=AUTUMN, end_reason="Resigned")
    comer = deputy(mazhilis, start=AUTUMN)
    deputy(mazhilis)

    answer = get(client, PATH, **YEAR)

    assert people(answer["came"]) == [comer.person_id]
    assert people(answer["left"]) == [leaver.person_id]
    assert (answer["left"][0]["end"], answer["left"][0]["end_reason"]) == ("2014-09-01", "Resigned")
    assert answer["stayed"] == 1
    assert (answer["before"]["on"], answer["before"]["filled"]) == ("2014-06-01", 2)
    assert (answer["after"]["on"], answer["after"]["filled"]) == ("2015-06-01", 2)


def test_who_changed_party_and_who_changed_seat(client, mazhilis):
    switcher = deputy(mazhilis)
    for party, days in (("akzhol", {"end": AUTUMN}), ("nur-otan", {"start": AUTUMN})):
        AffiliationFactory(appointment=switcher, party=PartyFactory(slug=party), **days)
    mover = deputy(mazhilis, end=AUTUMN)
    deputy(mazhilis, "assembly", start=AUTUMN, person=mover.person)

    answer = get(client, PATH, **YEAR)

    assert [(p["person"], p["before"], p["after"]) for p in answer["changed_party"]] == [
        (switcher.person_id, "akzhol", "nur-otan")
    ]
    (moved,) = answer["changed_seat"]
    assert moved["person"] == mover.person_id
    assert moved["before"] == {"group": "lists", "territory": None}
    assert moved["after"] == {"group": "assembly", "territory": None}
    assert (answer["came"], answer["left"], answer["stayed"]) == ([], [], 2)


def test_of_whom_the_dates_leave_it_open_neither_is_said(client, mazhilis):
    maybe = deputy(mazhilis, start=PartialDate.parse("2015"))

    answer = get(client, PATH, **YEAR)

    assert people(answer["unsure"]) == [maybe.person_id]
    assert answer["came"] == []


def test_which_rules_changed(client, mazhilis):
    lists = mazhilis.seat_groups.get(slug="lists")
    lists.rules.update(end=date(2015, 1, 1))
    SeatRuleFactory(group=lists, seats=2, start=date(2015, 1, 1))
    mazhilis.seat_groups.get(slug="assembly").rules.update(end=date(2015, 1, 1))

    changes = {each["group"]: each for each in get(client, PATH, **YEAR)["rules"]}

    assert changes["lists"]["before"]["seats"] == 3
    assert changes["lists"]["after"]["seats"] == 2
    assert changes["assembly"]["before"]["seats"] == 1
    assert changes["assembly"]["after"] is None


def test_which_findings_went_and_which_came(client, mazhilis):
    deputy(mazhilis)
    deputy(mazhilis)
    deputy(mazhilis, end=AUTUMN)
    deputy(mazhilis, "assembly", start=AUTUMN)
    CoverageFactory(institution=mazhilis)

    answer = get(client, PATH, **YEAR)

    assert [(f["code"], f["group"]) for f in answer["findings_gone"]] == [
        ("vacant_seats", "assembly")
    ]
    assert [(f["code"], f["group"]) for f in answer["findings_new"]] == [("vacant_seats", "lists")]


def test_a_day_compared_with_itself_differs_in_nothing(client, mazhilis):
    deputy(mazhilis)

    answer = get(client, PATH, from_="2014-06-01", to="2014-06-01")

    assert answer["stayed"] == 1
    assert answer["before"] == answer["after"]
    assert not any(answer[part] for part in ("came", "left", "unsure", "rules", "findings_new"))


def test_without_an_earlier_day_there_is_nothing_to_compare(client, mazhilis):
    assert get(client, PATH, 400)["detail"] == "from: it is missing."


def test_a_longer_roster_costs_no_more_queries(client, mazhilis):
    deputy(mazhilis, end=AUTUMN)
    before = queries_for(client, PATH, **YEAR)

    for _ in range(10):
        deputy(mazhilis, end=AUTUMN)
        deputy(mazhilis, "assembly", start=AUTUMN)

    assert queries_for(client, PATH, **YEAR) == before
