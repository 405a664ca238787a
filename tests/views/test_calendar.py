"""The calendar: elections, renewals and terms that end, known and forecast."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.models import Institution, Person, SeatRule
from tests.factories import (
    AppointmentFactory,
    ConvocationFactory,
    CoverageFactory,
    DesignationStepFactory,
    ElectionFactory,
    InstitutionFactory,
    RenewalClassFactory,
    SeatGroupFactory,
    SeatRuleFactory,
    TerritoryFactory,
)
from tests.views.conftest import day, named

CALENDAR = "/en/calendar/"


def period(first, last, **query):
    return {"from": first, "to": last, **query}


def entries(response):
    return [entry for _month, group in response.context["months"] for entry in group]


def days_of(response):
    return [entry.day.isoformat() for entry in entries(response)]


@pytest.fixture
def office(db):
    """An office of one seat for five years, held since 2012."""
    body = InstitutionFactory(slug="office", name={"en": "Office"})
    group = SeatGroupFactory(institution=body, slug="holder", name={"en": "Holder"})
    rule = SeatRuleFactory(group=group, seats=1, term_years=5, article="41")
    holder = AppointmentFactory(
        institution=body, group=group, person=named("Abenov, Dinara"), start=day("2012-01-20")
    )
    return SimpleNamespace(institution=body, group=group, rule=rule, holder=holder)


@pytest.fixture
def chamber(db):
    """One seat of each class for each of two regions, six years; class A elected in 2008."""
    body = InstitutionFactory(slug="chamber", name={"en": "Chamber"})
    group = SeatGroupFactory(institution=body, slug="elected", name={"en": "Elected"})
    SeatRuleFactory(
        group=group,
        seats=None,
        seats_per_territory=2,
        kinds=["region"],
        term_years=6,
        election_months=2,
        article="50",
    )
    TerritoryFactory.create_batch(2)
    first = RenewalClassFactory(group=group, slug="a", name={"en": "Class A"})
    RenewalClassFactory(group=group, slug="b", name={"en": "Class B"})
    ElectionFactory(institution=body, group=group, renewal_class=first, day=date(2008, 10, 1))
    return SimpleNamespace(institution=body, group=group, first=first)


# Terms that end


@pytest.mark.parametrize(
    ("first", "last", "listed"),
    [
        ("2016-01-01", "2017-01-20", False),  # the last day is not in the period
        ("2016-01-01", "2017-01-21", True),
        ("2017-01-20", "2018-01-01", True),
        ("2017-01-21", "2018-01-01", False),
    ],
)
def test_a_term_is_listed_on_the_day_on_which_it_runs_out(get, office, first, last, listed):
    response = get(CALENDAR, **period(first, last))

    assert days_of(response) == (["2017-01-20"] if listed else [])


def test_a_scheduled_end_names_the_rule_that_it_follows_from(get, office):
    page = get(CALENDAR, **period("2017-01-01", "2018-01-01")).words

    assert "1 term runs out" in page
    assert "The term that began on 20 January 2012 runs out on 20 January 2017." in page
    assert "Art. 41" in page
    assert "Abenov, Dinara</a>" in page


def test_the_links_of_a_past_day_keep_it(get, office):
    page = get(CALENDAR, on="2016-06-01").words

    assert f'{office.institution.get_composition_url()}?on=2016-06-01">Office</a>' in page
    assert page.count('/?on=2016-06-01">Abenov, Dinara</a>') == 2  # the entry, and the table
    assert f'/rules/?on=2016-06-01#rule-{office.rule.id}"' in page


def test_a_scheduled_end_names_the_convocation(get, mazhilis):
    SeatRule.objects.filter(group=mazhilis.lists).update(term_years=5)

    page = get(CALENDAR, **period("2016-01-01", "2017-01-01", institution="mazhilis")).words

    assert "The term of the convocation runs out on 20 January 2016." in page


def test_a_scheduled_end_names_the_rest_of_a_predecessors_term(get, office):
    type(office.holder).objects.filter(pk=office.holder.pk).update(
        has_ended=True, end_earliest=date(2014, 3, 1), end_latest=date(2014, 3, 1)
    )
    AppointmentFactory(
        institution=office.institution,
        group=office.group,
        start=day("2014-03-01"),
        serves_rest_of=office.holder,
    )

    page = get(CALENDAR, **period("2017-01-01", "2018-01-01")).words

    assert "The term of the predecessor runs out on 20 January 2017." in page


def test_an_end_that_is_recorded_takes_the_place_of_the_scheduled_one(get, mazhilis):
    SeatRule.objects.filter(group=mazhilis.lists).update(term_years=5)

    response = get(CALENDAR, **period("2014-01-01", "2016-01-20", institution="mazhilis"))

    (entry,) = entries(response)  # Dosanov left; the others stayed up to the end of the convocation
    assert (entry.day, entry.terms.ended, entry.terms.reason) == (
        date(2014, 4, 22),
        True,
        "became a minister",
    )
    assert "The term of the convocation runs out on 20 January 2016." in response.words


def test_a_term_in_whose_course_a_new_one_began_does_not_end(get, office):
    DesignationStepFactory(appointment=office.holder, kind="elected", day=day("2015-05-01"))

    assert days_of(get(CALENDAR, **period("2017-01-01", "2018-01-01"))) == []
    assert days_of(get(CALENDAR, **period("2020-01-01", "2021-01-01"))) == ["2020-05-01"]


def test_a_term_that_was_followed_by_a_new_one_says_so(get, office):
    DesignationStepFactory(appointment=office.holder, kind="elected", day=day("2017-01-25"))

    page = get(CALENDAR, **period("2017-01-01", "2018-01-01")).words

    assert "A new term of the same holder is recorded from 25 January 2017." in page
    assert '<span class="tag ok">Recorded</span>' in page


def test_a_term_that_ran_out_with_nothing_recorded_after_it_says_so(get, office):
    page = get(CALENDAR, **period("2017-01-01", "2018-01-01")).words

    assert "Nothing recorded after it" in page


def test_a_term_that_is_to_run_out_is_a_forecast(get, office):
    SeatRule.objects.filter(pk=office.rule.pk).update(term_years=50)

    response = get(CALENDAR, **period("2062-01-01", "2063-01-01"))

    assert days_of(response) == ["2062-01-20"]
    assert '<span class="tag info">Forecast</span>' in response.words


def test_those_whose_terms_end_together_are_one_entry(get, mazhilis):
    response = get(CALENDAR, **period("2016-01-01", "2017-01-01", institution="mazhilis"))

    by_group = {entry.terms.group.slug: len(entry.terms.people) for entry in entries(response)}
    assert by_group == {"lists": 2, "assembly": 1}


def test_a_day_known_in_part_is_said_as_far_as_it_is_known(get, senate):
    page = get(CALENDAR, **period("2017-01-01", "2018-01-01")).words

    assert "2017, day not recorded" in page


def test_invented_people_are_marked(get, office):
    Person.objects.filter(pk=office.holder.person_id).update(sample=True)

    page = get(CALENDAR, **period("2017-01-01", "2018-01-01")).words

    assert "<b>Sample data.</b>" in page
    assert 'Abenov, Dinara</a><span class="tag sample">sample</span>' in page


# Elections and renewals


def test_a_renewal_is_forecast_from_rule_class_and_territories(get, chamber):
    response = get(CALENDAR, **period("2014-01-01", "2015-01-01"))

    assert days_of(response) == ["2014-10-01"]
    assert "renewal of 2 seats expected" in response.words
    assert "Elected; Class A" in response.words
    assert '<span class="tag info">Forecast</span>' in response.words


def test_a_known_election_takes_the_place_of_the_forecast(get, chamber):
    ElectionFactory(
        institution=chamber.institution,
        group=chamber.group,
        renewal_class=chamber.first,
        day=date(2014, 9, 20),
        called=date(2014, 7, 20),
    )

    response = get(CALENDAR, **period("2014-01-01", "2015-01-01"))

    assert days_of(response) == ["2014-09-20"]
    assert "election for 2 seats" in response.words
    assert '<dt>Called on</dt><dd><time datetime="2014-07-20">20 July 2014</time>' in response.words
    assert "Forecast</span>" not in response.words


def test_a_renewal_says_by_when_the_law_wants_the_election(get, chamber):
    page = get(CALENDAR, **period("2014-01-01", "2015-01-01")).words

    assert (
        "At least 2 months before the terms run out: by 1 August 2014 "
        "if they are counted from the election." in page
    )


def test_terms_that_are_known_to_have_begun_are_not_counted_from_the_election(get, chamber):
    chamber.institution.elections.update(took_office=date(2008, 12, 1))

    page = get(CALENDAR, **period("2014-01-01", "2015-01-01")).words

    assert "They run out on 1 December 2014, counted from the first day in office" in page
    assert "By 1 October 2014: at least 2 months before the terms run out." in page


def test_a_vacancy_that_the_law_wants_filled_by_a_day_is_listed_on_it(get, mazhilis):
    SeatRule.objects.filter(group=mazhilis.lists).update(vacancy_months=2)

    response = get(CALENDAR, **period("2014-06-01", "2015-01-01"))

    assert days_of(response) == ["2014-06-22"]
    assert "1 vacant seat is to be filled by this day" in response.words


# The period


def test_the_period_is_twelve_months_from_the_day(get, office):
    page = get(CALENDAR, on="2016-06-01").words

    assert "from 1 June 2016 on and before 1 June 2017." in page
    assert "20 January 2017" in page


def test_months_stand_in_order_under_their_names(get, office, chamber):
    response = get(CALENDAR, **period("2014-01-01", "2018-01-01"))

    assert [month for month, _group in response.context["months"]] == [
        "October 2014",
        "January 2017",
    ]


def test_an_empty_period_says_so_and_leads_to_the_next_day(get, office):
    page = get(CALENDAR, **period("2014-01-01", "2015-01-01")).words

    assert "No election, renewal or end of a term is recorded in this period" in page
    assert 'href="?from=2017-01-20&amp;to=2018-01-20"' in page


def test_nothing_recorded_leads_nowhere(get, db):
    assert "After this period nothing is known" in get(CALENDAR, on="2014-01-01").words


def test_one_institution_can_be_asked_for(get, office, chamber):
    response = get(CALENDAR, **period("2014-01-01", "2018-01-01", institution="office"))

    assert {entry.institution.slug for entry in entries(response)} == {"office"}


def test_the_fields_lead_to_one_address(get, office):
    typed = {"from-day": "1", "from-month": "6", "from-year": "2014"}
    typed |= {"to-day": "01.06.2015", "to-month": "1", "to-year": ""}

    response = get(CALENDAR, institution="", **typed)

    assert response.url == f"{CALENDAR}?from=2014-06-01&to=2015-06-01"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        (period("2014-02-30", "2015-01-01"), "30 February 2014 does not exist."),
        (period("2014-01-01", "x"), "“x” is not a date."),
        (period("2014-01-01", ""), "Enter a date, for example 1 June 2014."),
        (period("2014-01-01", "2014-01-01"), "which is not after its first day"),
        (period("2014-01-01", "2013-01-01"), "which is not after its first day"),
        (period("2014-01-01", "2050-01-01"), "A calendar has at most 30 years."),
        (period("2014-01-01", "2015-01-01", institution="x"), "There is no institution “x”."),
        ({"on": "2014-02-30"}, "30 February 2014 does not exist."),
        ({"months": "0"}, "“0” is no number of months."),
        ({"months": "a year"}, "“a year” is no number of months."),
        ({"kind": "party"}, "“kind” cannot be “party”."),
    ],
)
def test_a_question_that_makes_no_sense_gets_400_and_a_sentence(get, office, query, sentence):
    response = get(CALENDAR, **query)

    assert response.status_code == 400
    assert sentence in response.words
    assert "<form" in response.words


# Kinds, months and the table


@pytest.mark.parametrize(
    ("kind", "listed"),
    [
        ("renewal", ["2014-10-01"]),
        ("law", ["2016-06-08"]),
        ("term", ["2017-01-20"]),
        ("vacancy", []),
        ("", ["2014-10-01", "2016-06-08", "2017-01-20"]),
    ],
)
def test_a_kind_is_listed_alone(get, office, chamber, kind, listed):
    SeatRule.objects.filter(pk=office.rule.pk).update(end=date(2016, 6, 8))
    SeatRuleFactory(group=office.group, seats=1, start=date(2016, 6, 8), term_years=7)

    response = get(CALENDAR, **period("2013-01-01", "2018-01-01", kind=kind))

    assert days_of(response) == listed
    assert ("Seat rules change." in response.words) == (kind in ("law", ""))


def test_so_many_months_are_shown_as_the_address_asks_for(get, office):
    assert days_of(get(CALENDAR, on="2016-01-20")) == []
    assert days_of(get(CALENDAR, on="2016-01-20", months="13")) == ["2017-01-20"]
    later = get(CALENDAR, on="2016-01-20", months="6").context["later"]
    assert later == "?from=2016-07-20&to=2017-01-20"


def test_a_table_has_every_term_by_its_last_day(get, office, chamber):
    page = get(CALENDAR, **period("2017-01-01", "2018-01-01")).words

    assert "1 term by its last day" in page
    table = page[page.index("<table>") : page.index("</table>")]
    assert "Abenov, Dinara" in table
    assert "20 January 2017" in table


@pytest.mark.parametrize("on", ["0001-01-01", "1950-01-01", "2099-01-01", "9999-12-31"])
def test_every_day_there_is_has_a_calendar(get, office, chamber, on):
    assert get(CALENDAR, on=on).status_code == 200


def test_a_period_may_reach_the_last_day_there_is(get, office, chamber):
    assert get(CALENDAR, **period("9990-01-01", "9999-12-31")).status_code == 200


def test_more_institutions_and_mandates_cost_no_more_queries(client, office, chamber, mazhilis):
    query = period("2012-01-01", "2020-01-01")
    with CaptureQueriesContext(connection) as before:
        client.get(CALENDAR, query)
    for _n in range(3):
        body = InstitutionFactory()
        group = SeatGroupFactory(institution=body)
        SeatRuleFactory(group=group, seats=9, term_years=4, vacancy_months=2)
        ConvocationFactory(institution=body)
        CoverageFactory(institution=body)
        ElectionFactory(institution=body)
        AppointmentFactory.create_batch(3, institution=body, group=group)
        AppointmentFactory(institution=body, group=group, end=day("2013-01-01"))

    with CaptureQueriesContext(connection) as after:
        client.get(CALENDAR, query)

    assert Institution.objects.count() == 7
    assert len(after) == len(before) <= 12
