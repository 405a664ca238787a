"""Seats that are filled anew, and terms that end."""

from datetime import date

import pytest

from registry.domain.dates import PartialDate
from tests.api.asking import get, queries_for
from tests.factories import (
    AppointmentFactory,
    ConvocationFactory,
    ElectionFactory,
    InstitutionFactory,
    PersonFactory,
    RenewalClassFactory,
    SeatGroupFactory,
    SeatRuleFactory,
    TerritoryFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def senate():
    """Two seats for each of three regions, half of them renewed in 2011 and half in 2014."""
    body = InstitutionFactory(slug="senate")
    group = SeatGroupFactory(institution=body, slug="elected")
    SeatRuleFactory(
        group=group,
        seats=None,
        seats_per_territory=2,
        kinds=["region"],
        term_years=6,
        renewal_years=3,
        election_months=2,
    )
    TerritoryFactory.create_batch(3)
    for slug, day in (("one", date(2011, 8, 19)), ("two", date(2014, 10, 1))):
        of_class = RenewalClassFactory(group=group, slug=slug)
        ElectionFactory(institution=body, group=group, renewal_class=of_class, day=day)
    return body


def renewals(client, **query):
    answer = get(client, "institutions/senate/renewals", **query)
    return [
        (each["day"], each["renewal_class"], each["known"], each["seats"])
        for each in answer["renewals"]
    ]


def test_known_elections_come_first_and_forecasts_follow_for_ten_years(client, senate):
    assert renewals(client, on="2014-06-01") == [
        ("2014-10-01", "two", True, 3),
        ("2017-08-19", "one", False, 3),
        ("2020-10-01", "two", False, 3),
        ("2023-08-19", "one", False, 3),
    ]


def test_the_period_can_be_chosen_and_is_half_open(client, senate):
    assert renewals(client, from_="2011-08-19", until="2014-10-01") == [
        ("2011-08-19", "one", True, 3)
    ]
    assert renewals(client, on="2011-08-20", until="2014-10-02") == [("2014-10-01", "two", True, 3)]
    assert renewals(client, on="2030-01-01", from_="2014-10-01")[0] == (
        "2014-10-01",
        "two",
        True,
        3,
    )


def test_a_renewal_says_by_when_the_law_wants_the_election(client, senate):
    answer = get(client, "institutions/senate/renewals", on="2015-01-01", until="2018-01-01")

    (renewal,) = answer["renewals"]
    assert answer["days"] == {"start": "2015-01-01", "end": "2018-01-01"}
    assert (renewal["before"], renewal["terms_end"]) == ("2011-08-19", "2017-08-19")
    assert (renewal["due"], renewal["article"]) == ("2017-06-19", "Art. 50")


def test_a_new_territory_has_a_seat_in_each_class(client, senate):
    TerritoryFactory(status__start=date(2018, 6, 19))

    assert [seats for *_, seats in renewals(client, on="2017-01-01", until="2024-01-01")] == [
        3,
        4,
        4,
    ]


def test_nothing_is_forecast_beyond_the_end_of_the_body(client, senate):
    senate.end = PartialDate.parse("2018-01-01")
    senate.save()

    assert [day for day, *_ in renewals(client, on="2014-10-02")] == ["2017-08-19"]


def test_a_period_of_no_days_is_refused(client, senate):
    answer = get(client, "institutions/senate/renewals", 400, on="2014-06-01", until="2014-06-01")

    assert answer["detail"].startswith("until: ")


def test_more_elections_cost_no_more_queries(client, senate):
    before = queries_for(client, "institutions/senate/renewals", on="2014-06-01")

    for year in range(1997, 2008):
        ElectionFactory(institution=senate, day=date(year, 1, 15))
    TerritoryFactory.create_batch(5)

    assert queries_for(client, "institutions/senate/renewals", on="2014-06-01") == before


@pytest.fixture
def court():
    """A body of terms of six years."""
    return SeatRuleFactory(
        group__slug="judges", group__institution__slug="court", term_years=6, article="71"
    ).group.institution


def judge(court, start="2012-01-20", end=None, **facts):
    return AppointmentFactory(
        institution=court,
        start=PartialDate.parse(start),
        end=PartialDate.parse(end) if end else None,
        **facts,
    )


def ends(client, **query):
    return [(each["person"], each["day"]) for each in get(client, "terms", **query)]


def test_a_term_ends_so_many_years_after_it_began_by_its_rule(client, court):
    seat = judge(court)

    (term,) = get(client, "terms", from_="2018-01-01", to="2019-01-01")

    said = {
        "institution": "court",
        "appointment": seat.pk,
        "person": seat.person_id,
        "start": "2012-01-20",
        "end": None,
        "day": "2018-01-20",
        "basis": "rule",
        "begun": "2012-01-20",
        "article": "Art. 71",
        "convocation": None,
        "predecessor": None,
    }
    assert {key: term[key] for key in said} == said
    assert term["message"] == "The term that began on 20 January 2012 runs out on 20 January 2018."


@pytest.mark.parametrize(
    ("first", "last", "number"),
    [
        ("2017-01-01", "2018-01-20", 0),
        ("2017-01-01", "2018-01-21", 1),
        ("2018-01-20", "2018-06-01", 1),
        ("2018-01-21", "2018-06-01", 0),
    ],
)
def test_the_period_of_terms_is_half_open(client, court, first, last, number):
    judge(court)

    assert len(get(client, "terms", from_=first, to=last)) == number


def test_a_term_may_end_with_the_convocation(client):
    period = ConvocationFactory(institution__slug="mazhilis", number=5)
    SeatRuleFactory(group__institution=period.institution, term_years=5)
    AppointmentFactory(institution=period.institution, convocation=period)

    (term,) = get(client, "terms", from_="2016-01-01", to="2017-01-01")

    assert (term["basis"], term["convocation"], term["day"]) == ("convocation", 5, "2016-01-20")


def test_a_term_may_be_the_rest_of_that_of_a_predecessor(client, court):
    former = judge(court, end="2014-05-12")
    judge(court, start="2014-09-01", serves_rest_of=former)

    (term,) = get(client, "terms", from_="2018-01-01", to="2019-01-01")

    assert (term["basis"], term["day"]) == ("predecessor", "2018-01-20")
    assert term["predecessor"]["person"] == former.person_id


def test_terms_are_in_the_order_of_their_ends(client, court):
    later, sooner = judge(court, start="2012-03-01"), judge(court, start="2012-02-01")

    assert ends(client, from_="2018-01-01", to="2019-01-01") == [
        (sooner.person_id, "2018-02-01"),
        (later.person_id, "2018-03-01"),
    ]


def test_a_term_that_was_cut_short_does_not_end_again(client, court):
    judge(court, end="2014-05-12")

    assert ends(client, from_="2018-01-01", to="2019-01-01") == []


def test_terms_of_one_institution_or_of_all(client, court):
    other = SeatRuleFactory(group__institution__slug="council", term_years=6).group.institution
    for body in (court, other):
        AppointmentFactory(institution=body, person=PersonFactory())
    year = {"from_": "2018-01-01", "to": "2019-01-01"}

    assert {each["institution"] for each in get(client, "terms", **year)} == {"court", "council"}
    assert [each["institution"] for each in get(client, "terms", institution="court", **year)] == [
        "court"
    ]


def test_more_terms_cost_no_more_queries(client, court):
    judge(court)
    year = {"from_": "2018-01-01", "to": "2019-01-01"}
    before = queries_for(client, "terms", **year)

    AppointmentFactory.create_batch(10, institution=court)
    for _ in range(5):
        AppointmentFactory(institution=SeatRuleFactory(term_years=6).group.institution)

    assert len(get(client, "terms", **year)) == 16
    assert queries_for(client, "terms", **year) == before
