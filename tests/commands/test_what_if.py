"""The command that holds a draft against the roster of a day."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.domain.dates import PartialDate
from registry.models import StatedTotal
from tests.factories import (
    AppointmentFactory,
    ConvocationFactory,
    CoverageFactory,
    InstitutionFactory,
    SeatGroupFactory,
    SeatRuleFactory,
    SourceFactory,
    TerritoryFactory,
    TerritoryKindFactory,
)

pytestmark = pytest.mark.django_db

SENATE = ("--institution", "senate", "--on", "2020-01-01")


@pytest.fixture
def senate():
    """The Senate of 49: two for each of seventeen regions and fifteen appointed, all seated."""
    body = InstitutionFactory(slug="senate")
    elected = SeatGroupFactory(institution=body, slug="elected", order=1)
    SeatRuleFactory(
        group=elected,
        seats=None,
        seats_per_territory=2,
        kinds=["region"],
        start=date(1996, 1, 30),
    )
    for number in range(1, 18):
        region = TerritoryFactory(slug=f"region-{number}")
        AppointmentFactory.create_batch(2, institution=body, group=elected, territory=region)
    appointed = SeatGroupFactory(institution=body, slug="appointed", order=2)
    SeatRuleFactory(group=appointed, seats=15, start=date(2007, 5, 21))
    AppointmentFactory.create_batch(15, institution=body, group=appointed)
    CoverageFactory(institution=body)
    return body


def test_an_eighteenth_territory_makes_51_seats_two_of_them_unfilled(run, senate):
    code, said = run("what_if", *SENATE, "--found", "Zhem:region")

    headline, new, vacancy, stays = said.splitlines()
    assert code == 0
    assert headline == (
        "Senate on 1 January 2020: 49 → 51 seats; 2 unfilled; majority 25 → 26; two thirds 33 → 34."
    )
    assert new == "New under the draft:"
    assert vacancy.strip().startswith("warning: 2 seats are vacant. Certainly filled: 0 of 2.")
    assert "Territory: Zhem. Vacant since 1 January 2020." in vacancy
    assert stays == "0 findings stay as they are."


def test_the_same_as_data(run, senate):
    _, said = run("what_if", *SENATE, "--found", "Zhem:region", "--format", "json")

    answer = json.loads(said)
    before, after = answer["before"], answer["after"]
    assert answer["draft"] == {
        "founded": [{"name": "Zhem", "kind": "region"}],
        "dissolved": [],
        "seats": {},
    }
    assert (before["required"], before["filled"], before["vacant"]) == (49, 49, 0)
    assert (after["required"], after["filled"], after["vacant"]) == (51, 49, 2)
    assert [each["votes"] for each in before["majorities"]] == [25, 33]
    assert [each["votes"] for each in after["majorities"]] == [26, 34]
    assert before["findings"] == answer["findings_gone"] == []
    assert [each["code"] for each in after["findings"]] == ["vacant_seats"]
    assert answer["findings_new"] == after["findings"]


def test_members_of_a_dissolved_territory_lose_their_seats(run, senate):
    _, said = run("what_if", *SENATE, "--dissolve", "region-17")

    assert "49 → 47 seats;" in said
    assert said.count("error: This territory fills no such seat on this day.") == 2


@pytest.mark.parametrize(
    ("draft", "seats", "unfilled"),
    [
        (["elected=3"], "49 → 66", 17),
        (["appointed=16"], "49 → 50", 1),
        (["elected=3", "appointed=16"], "49 → 67", 18),
    ],
)
def test_other_numbers_of_seats(run, senate, draft, seats, unfilled):
    _, said = run("what_if", *SENATE, "--seats", *draft)

    assert f"{seats} seats; {unfilled} unfilled;" in said


def test_fewer_seats_than_members_is_one_too_many(run, senate):
    _, said = run("what_if", *SENATE, "--seats", "appointed=14")

    assert "error: 1 member more than the rule allows: 15 for 14 seats." in said


def test_a_finding_that_the_draft_cures_is_gone(run, senate):
    StatedTotal.objects.create(institution=senate, total=51, source=SourceFactory())

    _, said = run("what_if", *SENATE, "--found", "Zhem:region")

    gone = said[said.index("Gone under the draft:") :]
    assert "The rules add up to 49 seats, but a source states 51" in gone


def test_a_vacancy_that_the_draft_does_not_touch_stays(run, senate):
    group = senate.seat_groups.get(slug="appointed")
    group.appointments.first().delete()  # nobody held it, ever since the rule of 2007

    _, said = run("what_if", *SENATE, "--found", "Zhem:region")

    assert "3 unfilled" in said
    assert "Gone under the draft:" not in said
    assert said.endswith("1 finding stays as it is.\n")


def test_a_sitting_convocation_comes_under_the_draft(run):
    period = ConvocationFactory(institution__slug="mazhilis")
    SeatRuleFactory(group__institution=period.institution, group__slug="lists", seats=107)

    _, said = run(
        "what_if", "--institution", "mazhilis", "--on", "2014-06-01", "--seats", "lists=98"
    )

    assert "107 → 98 seats;" in said


def test_where_the_roster_is_not_complete_nothing_is_called_unfilled(run, senate):
    senate.coverages.all().delete()

    _, said = run("what_if", *SENATE, "--found", "Zhem:region")

    assert "49 → 51 seats; 2 without a recorded holder;" in said


def test_nothing_is_written(run, senate):
    with CaptureQueriesContext(connection) as queries:
        run("what_if", *SENATE, "--found", "Zhem:region", "--dissolve", "region-1")

    assert {query["sql"].strip("(").split()[0] for query in queries} == {"SELECT"}


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ([], "Say what is to change, with --found, --dissolve or --seats."),
        (["--found", "Zhem"], "--found: 'Zhem' is not a name and a kind such as Jetisu:region."),
        (["--found", ":region"], "--found: ':region' is not a name and a kind"),
        (["--found", "Zhem:county"], "--found: 'county' is not known here. Known: region, town."),
        (["--dissolve", "atlantis"], "--dissolve: 'atlantis' is not known here. Known: region-1, "),
        (["--seats", "lists=98"], "--seats: 'lists' is not known here. Known: elected, appointed."),
        (["--seats", "elected"], "--seats: 'elected' is not a group with a number"),
        (["--seats", "elected=-1"], "--seats: 'elected=-1' is not a group with a number"),
        (
            ["--seats", "elected=1", "elected=2"],
            "--seats: elected is given twice",
        ),
        (["--on", "2020"], "--on: '2020' is not a day such as 2014-06-01."),
        (["--institution", "nowhere"], "--institution: nowhere is not known here. Known: senate."),
    ],
)
def test_a_draft_that_makes_no_sense_is_refused_with_a_sentence(run, senate, words, named):
    TerritoryKindFactory(slug="town", order=200)

    code, said = run("what_if", *SENATE, *words)

    assert (code, said[: len(named)]) == (2, named)


def test_a_territory_that_ended_before_the_day_cannot_be_dissolved(run, senate):
    TerritoryFactory(slug="old-region", status__end=date(2019, 1, 1))

    code, said = run("what_if", *SENATE, "--dissolve", "old-region")

    assert (code, "'old-region' is not known here" in said) == (2, True)


def test_a_body_that_has_ended_has_nothing_to_change(run, senate):
    senate.end = PartialDate.parse("2019-12-01")
    senate.save()

    code, said = run("what_if", *SENATE, "--found", "Zhem:region")

    assert (code, said) == (2, "--on: no seat rule of senate holds on 2020-01-01.")
