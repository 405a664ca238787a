"""The votes that decisions take, and the seat rules by era."""

from datetime import date

import pytest

from registry.domain.dates import PartialDate
from registry.models import StatedTotal
from tests.api.asking import get, queries_for
from tests.factories import (
    AppointmentFactory,
    ConvocationFactory,
    CoverageFactory,
    InstitutionFactory,
    SeatGroupFactory,
    SeatRuleFactory,
    SourceFactory,
    TerritoryFactory,
    VotingRuleFactory,
)

pytestmark = pytest.mark.django_db

JUNE = {"on": "2014-06-01"}


def chamber(slug, seats, parent=None):
    """A chamber of so many seats."""
    institution = InstitutionFactory(slug=slug, parent=parent)
    SeatRuleFactory(group__institution=institution, seats=seats)
    return institution


@pytest.fixture
def parliament():
    """Two chambers of 107 and 47, as from 2007 to 2018."""
    both = InstitutionFactory(slug="parliament")
    chamber("mazhilis", 107, both)
    chamber("senate", 47, both)
    return both


def thresholds(answer):
    return {each["name"]: each["votes"] for each in answer}


def test_a_joint_sitting_of_107_and_47_takes_78_and_103(client, parliament):
    answer = get(client, "institutions/parliament/majorities", **JUNE)

    assert thresholds(answer["joint"]) == {"majority": 78, "two_thirds": 103}
    assert {each["of"] for each in answer["joint"]} == {154}
    assert [(each["slug"], each["required"]) for each in answer["chambers"]] == [
        ("mazhilis", 107),
        ("senate", 47),
    ]
    assert [thresholds(each["majorities"]) for each in answer["chambers"]] == [
        {"majority": 54, "two_thirds": 72},
        {"majority": 24, "two_thirds": 32},
    ]
    assert (answer["required"], answer["majorities"]) == (None, [])


def test_a_chamber_alone_has_no_joint_sitting(client, parliament):
    answer = get(client, "institutions/senate/majorities", **JUNE)

    assert thresholds(answer["majorities"]) == {"majority": 24, "two_thirds": 32}
    assert (answer["chambers"], answer["joint"]) == ([], [])


@pytest.mark.parametrize(
    ("each_part", "counts"),
    [(True, [(["mazhilis"], 107, 72), (["senate"], 47, 32)]),
     (False, [(["mazhilis", "senate"], 154, 103)])],
)  # fmt: skip
def test_a_decision_is_counted_in_each_chamber_or_in_both_together(
    client, parliament, each_part, counts
):
    VotingRuleFactory(
        institution=parliament,
        slug="veto-override",
        each_part=each_part,
        numerator=2,
        denominator=3,
        comparison="at_least",
        within_months=1,
        article="54",
    )

    (decision,) = get(client, "institutions/parliament/majorities", **JUNE)["decisions"]

    said = {
        "slug": "veto-override",
        "body": "parliament",
        "article": "54",
        "is_vote": True,
        "share": "2/3",
        "comparison": "at_least",
        "base": "all_seats",
        "within_months": 1,
    }
    assert {key: decision[key] for key in said} == said
    assert [(c["chambers"], c["of"], c["votes"]) for c in decision["counts"]] == counts


@pytest.mark.parametrize(("comparison", "votes"), [("at_least", 32), ("more_than", 33)])
def test_two_thirds_of_48_are_32_and_more_than_two_thirds_33(client, comparison, votes):
    VotingRuleFactory(
        institution=chamber("senate", 48), numerator=2, denominator=3, comparison=comparison
    )

    (decision,) = get(client, "institutions/senate/majorities", **JUNE)["decisions"]

    assert [count["votes"] for count in decision["counts"]] == [votes]


def test_filled_seats_are_a_range_where_dates_leave_them_open(client):
    senate = chamber("senate", 4)
    AppointmentFactory.create_batch(3, institution=senate)
    AppointmentFactory(institution=senate, start=PartialDate.parse("[2014-05-01..2014-06-30]"))
    CoverageFactory(institution=senate)
    VotingRuleFactory(institution=senate, base="filled")

    ((count,),) = (
        each["counts"]
        for each in get(client, "institutions/senate/majorities", **JUNE)["decisions"]
    )

    assert (count["of"], count["votes"]) == (3, 2)
    assert (count["of_most"], count["votes_most"]) == (4, 3)


def test_a_decision_without_a_vote_has_no_counts(client):
    president = chamber("president", 1)
    VotingRuleFactory(
        institution=president, is_vote=False, numerator=None, denominator=None, comparison=""
    )

    (decision,) = get(client, "institutions/president/majorities", **JUNE)["decisions"]

    assert (decision["is_vote"], decision["share"], decision["comparison"]) == (False, None, None)
    assert decision["counts"] == []


def test_a_decision_of_other_days_is_not_listed(client):
    VotingRuleFactory(institution=chamber("senate", 47), end=date(2014, 6, 1))

    assert get(client, "institutions/senate/majorities", **JUNE)["decisions"] == []


def test_more_decisions_cost_no_more_queries(client, parliament):
    VotingRuleFactory(institution=parliament)
    before = queries_for(client, "institutions/parliament/majorities", **JUNE)

    VotingRuleFactory.create_batch(10, institution=parliament)
    chamber("third-chamber", 10, parliament)

    assert queries_for(client, "institutions/parliament/majorities", **JUNE) == before


@pytest.fixture
def senate():
    """Two seats for each region, of which there are two and a third from 2018; 7, then 15 more."""
    body = InstitutionFactory(slug="senate")
    elected = SeatGroupFactory(institution=body, slug="elected", order=1)
    SeatRuleFactory(
        group=elected,
        seats=None,
        seats_per_territory=2,
        kinds=["region"],
        term_years=6,
        renewal_years=3,
        election_months=2,
        minimum_age=30,
        designation="elected",
    )
    appointed = SeatGroupFactory(institution=body, slug="appointed", order=2)
    SeatRuleFactory(
        group=appointed,
        seats=7,
        end=date(2007, 5, 21),
        designation="appointed",
        chosen_by=InstitutionFactory(slug="president"),
    )
    SeatRuleFactory(group=appointed, seats=15, start=date(2007, 5, 21))
    TerritoryFactory.create_batch(2)
    TerritoryFactory(status__start=date(2018, 6, 19))
    return body


def test_eras_follow_from_rules_and_territories(client, senate):
    eras = get(client, "institutions/senate/rules", **JUNE)["eras"]

    assert [(era["start"], era["end"], era["total"]) for era in eras] == [
        ("1996-01-30", "2007-05-21", 11),
        ("2007-05-21", "2018-06-19", 19),
        ("2018-06-19", None, 21),
    ]
    assert [
        (part["group"], part["seats"], part["territories"], part["article"])
        for part in eras[-1]["parts"]
    ] == [("elected", 6, 3, "50"), ("appointed", 15, None, "50")]


def test_each_rule_is_given_with_what_it_demands(client, senate):
    answer = get(client, "institutions/senate/rules", **JUNE)

    elected, seven, fifteen = answer["rules"]
    demanded = {
        "group": "elected",
        "seats": None,
        "seats_per_territory": 2,
        "territory_kinds": ["region"],
        "designation": "elected",
        "term_years": 6,
        "renewal_years": 3,
        "election_months": 2,
        "minimum_age": 30,
        "article": "50",
    }
    assert {key: elected[key] for key in demanded} == demanded
    assert elected["sources"] == [{"source": "Official gazette", "source_url": "", "place": ""}]
    assert (seven["seats"], seven["chosen_by"], seven["end"]) == (7, "president", "2007-05-21")
    assert answer["in_force"] == answer["sitting_under"] == [elected["rule"], fifteen["rule"]]


def test_a_convocation_sits_under_the_rules_of_its_election(client):
    group = SeatGroupFactory(institution__slug="mazhilis")
    ConvocationFactory(institution=group.institution, number=5)  # elected in January 2012
    old = SeatRuleFactory(group=group, seats=107, end=date(2014, 1, 1))
    new = SeatRuleFactory(group=group, seats=98, start=date(2014, 1, 1))

    answer = get(client, "institutions/mazhilis/rules", **JUNE)

    assert (answer["convocation"], answer["required"], answer["sitting_under"]) == (
        5,
        107,
        [old.pk],
    )
    assert (answer["required_by_law"], answer["in_force"]) == (98, [new.pk])


@pytest.mark.parametrize(
    ("span", "total", "computed", "agrees"),
    [
        ({"start": date(2007, 5, 21), "end": date(2018, 6, 19)}, 19, [19], True),
        ({"start": date(2007, 5, 21), "end": date(2018, 6, 19)}, 20, [19], False),
        ({"start": date(2018, 1, 1)}, 19, [19, 21], False),  # beyond the days of 19
        ({"end": date(1990, 1, 1)}, 19, [], None),  # of days before the body began
    ],
)
def test_a_stated_total_stands_beside_what_the_rules_add_up_to(
    client, senate, span, total, computed, agrees
):
    StatedTotal.objects.create(institution=senate, total=total, source=SourceFactory(), **span)

    (stated,) = get(client, "institutions/senate/rules", **JUNE)["stated_totals"]

    assert (stated["total"], stated["source"]) == (total, "Official gazette")
    assert (stated["computed"], stated["agrees"]) == (computed, agrees)


def test_a_total_of_a_convocation_is_held_against_the_rules_of_its_election(client):
    group = SeatGroupFactory(institution__slug="mazhilis")
    convocation = ConvocationFactory(institution=group.institution, number=5)
    SeatRuleFactory(group=group, seats=107, end=date(2014, 1, 1))
    SeatRuleFactory(group=group, seats=98, start=date(2014, 1, 1))
    StatedTotal.objects.create(
        institution=group.institution, convocation=convocation, total=107, source=SourceFactory()
    )

    (stated,) = get(client, "institutions/mazhilis/rules", **JUNE)["stated_totals"]

    assert (stated["convocation"], stated["computed"], stated["agrees"]) == (5, [107], True)


def test_seats_that_grow_within_a_convocation_are_all_computed(client):
    group = SeatGroupFactory(institution__slug="bundestag")
    convocation = ConvocationFactory(institution=group.institution)  # 2012 to 2016
    SeatRuleFactory(group=group, seats=519, end=date(2013, 10, 3))
    SeatRuleFactory(
        group=group, seats=663, start=date(2013, 10, 3), first_applied=date(2013, 10, 3)
    )
    StatedTotal.objects.create(
        institution=group.institution, convocation=convocation, total=519, source=SourceFactory()
    )

    (stated,) = get(client, "institutions/bundestag/rules", **JUNE)["stated_totals"]

    assert (stated["computed"], stated["agrees"]) == ([519, 663], False)


def test_more_rules_cost_no_more_queries(client, senate):
    before = queries_for(client, "institutions/senate/rules", **JUNE)

    for _ in range(10):
        SeatRuleFactory(group__institution=senate)
    TerritoryFactory.create_batch(5)

    assert queries_for(client, "institutions/senate/rules", **JUNE) == before
