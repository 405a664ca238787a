"""Findings of a day, of a period, and of a kind."""

from datetime import date

import pytest

from registry.domain.dates import PartialDate
from registry.models import Appointment, SeatRule
from tests.api.asking import get, queries_for
from tests.factories import (
    AppointmentFactory,
    CoverageFactory,
    ExplanationFactory,
    IncompatibilityFactory,
    InstitutionFactory,
    PersonFactory,
    SeatRuleFactory,
)

pytestmark = pytest.mark.django_db

JUNE = {"on": "2014-06-01"}


@pytest.fixture
def office():
    """An office of one seat, complete: Dinara left on 12 May 2014, Bolat followed in 2015."""
    seats = SeatRuleFactory(group__institution__slug="office", seats=1, vacancy_months=2)
    body = seats.group.institution
    CoverageFactory(institution=body, start=date(2012, 1, 20))
    AppointmentFactory(institution=body, end=PartialDate.parse("2014-05-12"))
    AppointmentFactory(institution=body, start=PartialDate.parse("2015-03-01"))
    return body


def codes(answer):
    return [each["code"] for each in answer]


def test_findings_of_one_institution_or_of_all(client, mazhilis, office):
    everything = get(client, "findings", **JUNE)
    one = get(client, "findings", institution="office", **JUNE)

    assert [each["institution"] for each in everything] == ["mazhilis", "office"]
    assert [each["institution"] for each in one] == ["office"]
    assert one[0]["message"].startswith("1 seat is vacant")


def test_a_finding_says_on_which_days_it_holds_and_when_it_is_due(client, office):
    (vacancy,) = get(client, "findings", on="2014-08-01")

    assert vacancy["days"] == {"start": "2014-05-12", "end": "2015-03-01"}
    assert (vacancy["since"], vacancy["due"]) == ("2014-05-12", "2014-07-12")
    assert vacancy["overdue"] is True


def test_a_vacancy_says_after_whom_why_and_who_is_to_fill_it(client, office):
    Appointment.objects.filter(has_ended=True).update(end_reason="Resigned")
    SeatRule.objects.update(designation="appointed", chosen_by=office, method={"en": "By decree."})

    (vacancy,) = get(client, "findings", on="2014-08-01")

    (predecessor,) = vacancy["predecessors"]
    assert (predecessor["left"], predecessor["reason"]) == ("2014-05-12", "Resigned")
    assert vacancy["filling"] == {
        "designation": "appointed",
        "method": "By decree.",
        "chosen_by": "office",
        "proposed_by": None,
        "consented_by": None,
        "within_months": 2,
    }


def test_findings_of_a_period_are_those_that_held_on_one_of_its_days(client, office):
    (vacancy,) = get(client, "findings", from_="2014-01-01", to="2014-06-01")

    assert vacancy["code"] == "vacant_seats"
    assert vacancy["on"] == "2014-05-12"
    assert vacancy["days"] == {"start": "2014-05-12", "end": "2015-03-01"}


@pytest.mark.parametrize(
    ("first", "last", "number"),
    [
        ("2014-01-01", "2014-05-12", 0),  # ends before the seat was left
        ("2014-01-01", "2014-05-13", 1),
        ("2015-02-28", "2015-06-01", 1),
        ("2015-03-01", "2015-06-01", 0),  # begins with the successor
    ],
)
def test_a_period_is_half_open(client, office, first, last, number):
    assert len(get(client, "findings", from_=first, to=last)) == number


def test_a_period_without_an_end_goes_up_to_today(client, mazhilis, office):
    assert codes(get(client, "findings", from_="2014-01-01")) == ["vacant_seats", "vacant_seats"]


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ({"on": "2014-06-01", "from_": "2014-01-01"}, "on: "),
        ({"on": "2014-06-01", "to": "2014-07-01"}, "on: "),
        ({"to": "2014-07-01"}, "from: "),
        ({"from_": "2014-01-01", "to": "2014-01-01"}, "to: "),
        ({"code": "vacant"}, "code: 'vacant' is not known. Known are vacant_seats, "),
        ({"severity": "grave"}, "severity: 'grave' is not known. Known are error, warning, "),
        ({"severity": ""}, "severity: '' is not known."),
        ({"explained": "maybe"}, "explained: 'maybe' is neither true nor false."),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(client, office, query, named):
    assert get(client, "findings", 400, **query)["detail"].startswith(named)


def test_findings_are_chosen_by_code_and_by_severity(client, office):
    AppointmentFactory(
        institution=office, person=PersonFactory(), start=PartialDate.parse("2015-03-01")
    )
    day = {"on": "2015-06-01"}

    assert codes(get(client, "findings", **day)) == ["two_holders"]
    assert codes(get(client, "findings", code="two_holders", **day)) == ["two_holders"]
    assert codes(get(client, "findings", severity="error", **day)) == ["two_holders"]
    assert codes(get(client, "findings", code="vacant_seats", **day)) == []
    assert codes(get(client, "findings", severity="warning", **day)) == []


def test_an_explained_finding_stays_listed_and_says_why(client, mazhilis, office):
    ExplanationFactory(institution=office, reason="The law waits.", end=date(2014, 7, 1))

    explained = get(client, "findings", explained="true", **JUNE)
    others = get(client, "findings", explained="false", **JUNE)

    assert [each["institution"] for each in explained] == ["office"]
    assert explained[0]["explanation"] == {
        "reason": "The law waits.",
        "source": "Official gazette",
        "source_url": "",
        "expires": "2014-07-01",
    }
    assert [each["institution"] for each in others] == ["mazhilis"]
    assert len(get(client, "findings", **JUNE)) == 2
    assert get(client, "findings", explained="true", on="2014-07-01") == []


@pytest.mark.parametrize("when", [JUNE, {"from_": "2014-01-01", "to": "2015-01-01"}])
def test_two_mandates_that_exclude_each_other_are_listed_once(client, when):
    one, two = (SeatRuleFactory(seats=None).group.institution for _ in range(2))
    IncompatibilityFactory(institution=one, other=two)
    person = PersonFactory()
    for body in (one, two):
        AppointmentFactory(institution=body, person=person)

    listed = get(client, "findings", code="incompatible_mandates", **when)

    assert len(listed) == 1
    assert {listed[0]["institution"], listed[0]["elsewhere"]} == {one.slug, two.slug}


@pytest.mark.parametrize("when", [JUNE, {"from_": "2014-01-01", "to": "2015-01-01"}])
def test_findings_of_many_institutions_cost_no_more_queries(client, mazhilis, when):
    AppointmentFactory(institution=SeatRuleFactory(seats=1).group.institution)
    before = queries_for(client, "findings", **when)

    for _ in range(10):
        AppointmentFactory(institution=SeatRuleFactory(seats=1).group.institution)
    InstitutionFactory.create_batch(5)

    assert queries_for(client, "findings", **when) == before <= 9
