"""The command that holds compositions against the rules."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from registry.domain.dates import PartialDate
from tests.factories import (
    AppointmentFactory,
    CoverageFactory,
    ExplanationFactory,
    SeatRuleFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def mazhilis():
    """Two seats, complete from 20 January 2012: one is empty from 12 May 2014 to 1 March 2015."""
    chamber = SeatRuleFactory(group__institution__slug="mazhilis", seats=2).group.institution
    CoverageFactory(institution=chamber, start=date(2012, 1, 20))
    AppointmentFactory(institution=chamber)
    AppointmentFactory(institution=chamber, end=PartialDate.parse("2014-05-12"))
    AppointmentFactory(institution=chamber, start=PartialDate.parse("2015-03-01"))
    return chamber


@pytest.fixture
def court():
    """One seat, empty ever since 20 January 2012."""
    body = SeatRuleFactory(group__institution__slug="court", seats=1).group.institution
    CoverageFactory(institution=body, start=date(2012, 1, 20))
    return body


@pytest.mark.parametrize(("fail_on", "code"), [("error", 0), ("warning", 1), ("never", 0)])
def test_it_exits_by_severity(run, mazhilis, fail_on, code):
    exited, said = run("check_compositions", "--on", "2014-06-01", "--fail-on", fail_on)

    assert exited == code
    assert "mazhilis: warning: 1 seat is vacant. Certainly filled: 1 of 2." in said
    assert said.endswith("1 finding on 2014-06-01. Institutions checked: 1.\n")


def test_each_line_names_the_days_on_which_the_finding_holds(run, mazhilis, court):
    _, said = run("check_compositions", "--on", "2014-06-01")

    line_of = {line.partition(":")[0]: line for line in said.splitlines()}
    assert line_of["mazhilis"].endswith("(from 12 May 2014 until, not on, 1 March 2015)")
    assert line_of["court"].endswith("(since 20 January 2012)")


def test_it_checks_today_when_no_day_is_given(run, court):
    _, said = run("check_compositions")

    assert said.endswith(f"1 finding on {localdate()}. Institutions checked: 1.\n")


def test_it_checks_the_institutions_it_is_given(run, mazhilis, court):
    day = ("--on", "2014-06-01")

    _, both = run("check_compositions", *day, "--institution", "mazhilis", "--institution", "court")
    _, one = run("check_compositions", *day, "--institution", "court")

    assert "Institutions checked: 2." in both
    assert "Institutions checked: 1." in one
    assert "mazhilis" not in one


@pytest.mark.parametrize(
    ("first", "last", "number"),
    [
        ("2013-01-01", "2014-05-12", 0),
        ("2013-01-01", "2014-05-13", 1),
        ("2015-02-28", "2016-01-01", 1),
        ("2015-03-01", "2016-01-01", 0),
    ],
)
def test_a_period_holds_every_finding_of_its_days(run, mazhilis, first, last, number):
    _, said = run("check_compositions", "--from", first, "--to", last)

    assert f"{number} finding" in said
    assert ("from 12 May 2014" in said) is bool(number)
    assert f"from {first} until, not on, {last}." in said


def test_a_period_without_an_end_goes_up_to_today(run, mazhilis):
    code, said = run("check_compositions", "--from", "2012-01-20", "--fail-on", "warning")

    assert code == 1
    assert f"1 finding from 2012-01-20 until, not on, {localdate() + timedelta(days=1)}." in said


def test_it_speaks_json_of_a_day_and_of_a_period(run, mazhilis):
    _, day = run("check_compositions", "--on", "2014-06-01", "--format", "json")
    _, period = run("check_compositions", "--from", "2014-01-01", "--format", "json")

    (on_the_day,), (in_the_period,) = json.loads(day), json.loads(period)
    assert (on_the_day["code"], on_the_day["on"]) == ("vacant_seats", "2014-06-01")
    assert in_the_period["on"] == "2014-05-12"
    assert in_the_period["days"] == {"start": "2014-05-12", "end": "2015-03-01"}


def test_an_explained_finding_is_listed_and_does_not_alarm(run, mazhilis):
    ExplanationFactory(institution=mazhilis, reason="The law waits.", end=date(2014, 7, 1))
    strict = ("--fail-on", "warning")

    code, said = run("check_compositions", "--on", "2014-06-01", *strict)

    assert code == 0
    assert "mazhilis: warning, explained: 1 seat is vacant." in said
    assert "Explained: The law waits. (Official gazette). It alarms again from 1 July 2014." in said
    assert said.endswith("1 is explained and does not alarm.\n")


def test_a_finding_alarms_again_when_its_explanation_expires(run, mazhilis):
    ExplanationFactory(institution=mazhilis, end=date(2014, 7, 1))

    code, said = run("check_compositions", "--on", "2014-07-01", "--fail-on", "warning")

    assert code == 1
    assert "explained" not in said


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--on", "2014"], "--on: '2014' is not a day such as 2014-06-01."),
        (["--on", "20140601"], "--on: '20140601' is not a day"),
        (["--on", "2014-02-30"], "--on: '2014-02-30' is not a day"),
        (["--from", "soon"], "--from: 'soon' is not a day"),
        (["--from", "2014-01-01", "--to", "late"], "--to: 'late' is not a day"),
        (["--from", "2014-01-01", "--to", "2014-01-01"], "--to: the period ends on 2014-01-01"),
        (["--to", "2014-01-01"], "--from: it is missing"),
        (["--on", "2014-01-01", "--from", "2014-01-01"], "--on: give one day, or a period"),
        (
            ["--institution", "nowhere"],
            "--institution: nowhere is not known here. Known: ",
        ),
    ],
)
def test_a_call_that_makes_no_sense_is_refused_with_a_sentence(run, mazhilis, words, named):
    code, said = run("check_compositions", *words)

    assert (code, said[: len(named)]) == (2, named)


@pytest.mark.parametrize("when", [("--on", "2014-06-01"), ("--from", "2012-01-01")])
def test_more_institutions_cost_no_more_queries(run, mazhilis, court, when):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            run("check_compositions", *when)
        return len(captured)

    before = queries()
    for _ in range(10):
        AppointmentFactory(institution=SeatRuleFactory(seats=1).group.institution)

    assert queries() == before
