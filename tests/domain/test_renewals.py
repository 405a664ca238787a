"""Renewal classes: who is out of place, and which seats are filled anew when."""

from datetime import date

import pytest

from registry.domain.checks import judge
from registry.domain.composing import compose
from registry.domain.dates import PartialDate, Term
from registry.domain.findings import Problem
from registry.domain.renewals import first_terms, renewals
from tests.domain.drawing import (
    annual,
    election,
    group,
    record,
    renewal_class,
    rule,
    sits,
    snapshot,
    territory,
    year,
)

ALWAYS = annual("==>")
NORTH, SOUTH = territory("north"), territory("south")
FIRST, SECOND = renewal_class("first"), renewal_class("second")
ELECTED = group("elected", FIRST, SECOND)
TWO_EACH = rule(
    ELECTED,
    seats_per_territory=2,
    kinds=frozenset({"region"}),
    term_years=6,
    renewal_years=3,
    article="50",
)


def found(*sittings, rules=(TWO_EACH,), territories=(NORTH, SOUTH), **kwargs):
    composition = compose(snapshot(*sittings, rules=rules, territories=territories, **kwargs))
    return [f for f in judge(composition) if "class" in f.problem]


def of_class(each, place=None, **kwargs):
    return sits("==========>", ELECTED, place, class_id=each.id, **kwargs)


def test_the_two_seats_of_a_territory_are_in_different_classes():
    assert found(of_class(FIRST, NORTH), of_class(SECOND, NORTH)) == []

    (finding,) = found(
        of_class(FIRST, NORTH),
        of_class(FIRST, NORTH),
        of_class(FIRST, SOUTH),
        of_class(SECOND, SOUTH),
    )

    assert finding.problem is Problem.WRONG_CLASS
    assert (finding.territory, finding.renewal_class) == (NORTH, FIRST)
    assert (finding.found, finding.expected, len(finding.sittings)) == (2, 1, 2)


def test_a_third_member_of_a_territory_is_not_reported_by_class_as_well():
    three = [of_class(FIRST, NORTH), of_class(FIRST, NORTH), of_class(SECOND, NORTH)]

    assert found(*three) == []


def test_a_class_without_a_seat_of_a_territory_has_no_member_there():
    elsewhere = renewal_class("third", None, SOUTH)
    seats = group("elected", FIRST, elsewhere)
    rules = [rule(seats, seats_per_territory=2, kinds=frozenset({"region"}))]

    (finding,) = [
        f
        for f in found(sits("==>", seats, NORTH, class_id=elsewhere.id), rules=rules)
        if f.problem is Problem.WRONG_CLASS
    ]

    assert finding.expected == 0


@pytest.mark.parametrize(
    ("members", "imbalance"), [((2, 2), False), ((3, 1), True), ((2, 1), False)]
)
def test_a_class_has_no_more_members_than_seats(members, imbalance):
    one, two = renewal_class("one", 2), renewal_class("two", 2)
    seats = group("judges", one, two)
    judges = [
        sits("==>", seats, class_id=each.id)
        for each, number in zip((one, two), members, strict=True)
        for _ in range(number)
    ]

    findings = found(*judges, rules=[rule(seats, 4)])

    assert [f.problem for f in findings] == ([Problem.CLASS_IMBALANCE] if imbalance else [])


def test_classes_share_the_seats_evenly():
    halves = group("judges", renewal_class("one", 3), renewal_class("two", 4))
    uneven = group("judges", renewal_class("one", 2), renewal_class("two", 5))

    assert found(rules=[rule(halves, 7)]) == []
    assert [f.found for f in found(rules=[rule(uneven, 7)])] == [5]


# When seats are filled anew


def calendar(first, last, *, elections, territories=(NORTH, SOUTH), life=ALWAYS, **kwargs):
    made = record(
        rules=[TWO_EACH], territories=territories, elections=elections, life=life, **kwargs
    )
    return [
        (each.day, each.renewal_class.slug, each.seats, each.known is not None)
        for each in renewals(made, first, last)
    ]


ELECTIONS = (
    election(year(0), group_id=ELECTED.id),
    election(year(3), group_id=ELECTED.id, class_id=FIRST.id),
)


def test_known_elections_stand_and_the_others_are_forecast():
    assert calendar(year(3), year(10), elections=ELECTIONS) == [
        (year(3), "first", 2, True),
        (year(6), "second", 2, False),
        (year(9), "first", 2, False),
    ]


def test_a_known_election_replaces_the_forecast_and_moves_those_after_it():
    early = election(year(5), group_id=ELECTED.id, class_id=SECOND.id)

    assert calendar(year(4), year(12), elections=(*ELECTIONS, early)) == [
        (year(5), "second", 2, True),
        (year(9), "first", 2, False),
        (year(11), "second", 2, False),
    ]


def test_a_new_territory_adds_a_seat_to_each_class_after_its_first_day():
    west = territory("west", annual("     ==>"))

    assert calendar(year(3), year(7), elections=ELECTIONS, territories=(NORTH, SOUTH, west)) == [
        (year(3), "first", 2, True),
        (year(6), "second", 3, False),
    ]
    terms = first_terms(
        record(
            rules=[TWO_EACH],
            territories=(NORTH, SOUTH, west),
            elections=ELECTIONS,
            life=annual("==>"),
        ),
        west,
        year(5),
    )
    assert [(each.renewal_class.slug, each.until) for each in terms] == [
        ("first", year(9)),
        ("second", year(6)),
    ]


def test_the_seats_of_a_partial_election_renew_no_class():
    partial = election(year(4), group_id=ELECTED.id, partial=True)

    assert calendar(year(4), year(6), elections=(*ELECTIONS, partial)) == []


def test_an_election_of_one_group_does_not_hide_those_of_the_whole_body():
    lists, quota = group("lists"), group("quota")
    rules = [rule(lists, 98, term_years=5), rule(quota, 9, term_years=5)]
    elections = (election(year(0)), election(year(1), group_id=quota.id))
    made = record(rules=rules, elections=elections, life=ALWAYS)

    assert [
        (each.day, each.group and each.group.slug, each.seats)
        for each in renewals(made, year(0), year(7))
    ] == [
        (year(0), None, 107),
        (year(1), "quota", 9),
        (year(5), None, 107),
        (year(6), "quota", 9),
    ]


def test_nothing_is_forecast_beyond_the_end_of_the_institution():
    assert calendar(year(4), year(20), elections=ELECTIONS, life=annual("=======")) == [
        (year(6), "second", 2, False)
    ]


def test_the_law_wants_the_election_before_the_terms_end():
    whole = rule(group("list"), 145, term_years=5, election_months=2)
    made = record(
        rules=[whole],
        elections=(election(date(2026, 8, 23), in_office=date(2026, 9, 1)),),
        life=Term(PartialDate.of(date(2026, 7, 1))),
    )

    _, forecast = renewals(made, date(2026, 1, 1), date(2032, 1, 1))

    assert (forecast.terms_end, forecast.due) == (date(2031, 9, 1), date(2031, 7, 1))
    assert (forecast.seats, forecast.known) == (145, None)
