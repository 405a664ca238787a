"""The roster of a day held against the rules of that day."""

import pytest

from registry.domain.composing import compose
from registry.domain.composition import State
from registry.domain.dates import Span
from registry.domain.facts import Convocation, StatedTotal
from registry.domain.majorities import majorities
from tests.domain.drawing import day, group, rule, sits, snapshot, term, territory

LIST = group("list")
QUOTA = group("quota")
RULES = [rule(LIST, 3), rule(QUOTA, 2)]


def counts(composition):
    return composition.filled, composition.vacant, composition.over


@pytest.mark.parametrize(
    ("life", "state"),
    [
        ("==========>", State.IN_OFFICE),
        ("      ====>", State.NOT_YET),
        ("==        ", State.ENDED),
    ],
)
def test_an_institution_begins_and_ends(life, state):
    composition = compose(snapshot(rules=RULES, life=life))

    assert composition.state is state
    assert composition.required == (5 if state is State.IN_OFFICE else None)


def test_between_two_convocations_the_seats_stand_and_nobody_is_missing():
    apart = (Convocation(1, 1, term("===       ")), Convocation(2, 2, term("      ====>")))

    composition = compose(snapshot(rules=RULES, convocations=apart))

    assert composition.state is State.BETWEEN_CONVOCATIONS
    assert (composition.required, composition.vacant) == (5, None)


def test_members_on_a_day_without_a_rule_are_counted_but_not_measured():
    composition = compose(snapshot(sits(), sits()))

    assert composition.state is State.NO_RULE
    assert (composition.required, composition.filled, len(composition.ruleless)) == (None, 2, 2)


def test_each_group_has_its_own_count():
    composition = compose(
        snapshot(*[sits(group=LIST) for _ in range(4)], sits(group=QUOTA), rules=RULES)
    )

    assert [(line.filled, line.vacant, line.over) for line in composition.lines] == [
        (4, 0, 1),
        (1, 1, 0),
    ]
    assert counts(composition) == (5, 1, 1)


def test_what_is_not_recorded_is_not_vacant():
    composition = compose(snapshot(sits(group=LIST), rules=RULES, covered=False))

    assert composition.vacant is None
    assert [line.vacant for line in composition.lines] == [None, None]


def test_members_without_a_group_fill_the_whole_and_leave_the_parts_open():
    composition = compose(snapshot(*[sits() for _ in range(5)], rules=RULES))

    assert counts(composition) == (5, 0, 0)
    assert len(composition.unassigned) == 5
    assert [line.undecided for line in composition.lines] == [True, True]
    assert [line.vacant for line in composition.lines] == [None, None]


def test_members_without_a_group_belong_to_the_only_one():
    composition = compose(snapshot(sits(), sits(), rules=[rule(LIST, 3)]))

    assert composition.unassigned == ()
    assert counts(composition) == (2, 1, 0)


def test_an_uncertain_date_makes_the_count_a_range():
    composition = compose(
        snapshot(
            sits("??????====", LIST), sits(group=LIST), sits(group=LIST), rules=[rule(LIST, 3)]
        )
    )

    assert (composition.filled, len(composition.possible), composition.vacant) == (2, 1, 0)


EAST, WEST = territory("east"), territory("west")
BY_TERRITORY = [rule(LIST, seats_per_territory=2, kinds=frozenset({"region"}))]


def test_a_vacancy_in_one_territory_and_one_too_many_in_another_do_not_cancel_out():
    seats = [sits(territory=EAST)] + [sits(territory=WEST) for _ in range(3)]

    composition = compose(snapshot(*seats, rules=BY_TERRITORY, territories=(EAST, WEST)))

    assert counts(composition) == (4, 1, 1)
    assert [(line.territory.slug, line.vacant, line.over) for line in composition.lines] == [
        ("east", 1, 0),
        ("west", 0, 1),
    ]


def test_a_territory_that_was_renamed_keeps_its_members():
    turkistan = territory("turkistan", "   =======>")
    south = territory("south", "===       ", continued_by=turkistan.id)

    composition = compose(
        snapshot(
            sits(territory=south),
            sits(territory=turkistan),
            rules=BY_TERRITORY,
            territories=(south, turkistan),
        )
    )

    assert counts(composition) == (2, 0, 0)


def test_whoever_acts_fills_a_seat_that_nobody_else_holds():
    office = [rule(LIST, 1)]

    assert compose(snapshot(sits(acting=True), rules=office)).filled == 1
    assert compose(snapshot(sits(), sits(acting=True), rules=office)).filled == 1


def test_an_inner_office_is_held_beside_a_seat():
    chair = group("chair", inner=True)
    somebody = sits(group=LIST, person=7)

    composition = compose(
        snapshot(somebody, sits(group=chair, person=7), rules=[rule(LIST, 1), rule(chair, 1)])
    )

    assert composition.filled == 1
    assert composition.members == (somebody,)
    assert [each.person_id for each in composition.officers] == [7]


def test_parties_are_ranked_by_seats_and_those_without_one_come_last():
    parties = [None, None, None, "small", "large", "large"]

    composition = compose(snapshot(*[sits(party=each) for each in parties], rules=[rule(LIST, 6)]))

    assert [(each.slug, each.seats) for each in composition.parties] == [
        ("large", 2),
        ("small", 1),
        (None, 3),
    ]


def test_stated_totals_are_those_of_the_rules_that_the_sitting_convocation_is_under():
    convocation = Convocation(1, 7, term("==========>"), day(1))
    totals = (
        StatedTotal(107, "old", span=Span(None, day(3))),
        StatedTotal(98, "new", span=Span(day(3), None)),
        StatedTotal(107, "of the seventh", convocation_id=1),
        StatedTotal(77, "of another", convocation_id=2),
    )

    composition = compose(snapshot(rules=RULES, convocations=(convocation,), stated_totals=totals))

    assert [each.source for each in composition.stated_totals] == ["old", "of the seventh"]


@pytest.mark.parametrize(
    ("seats", "majority", "two_thirds"),
    [(47, 24, 32), (48, 25, 32), (49, 25, 33), (50, 26, 34), (77, 39, 52), (98, 50, 66),
     (107, 54, 72), (145, 73, 97), (154, 78, 103)],
)  # fmt: skip
def test_votes_for_a_majority_and_for_two_thirds(seats, majority, two_thirds):
    assert [each.votes for each in majorities(seats)] == [majority, two_thirds]
