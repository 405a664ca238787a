"""Which rules hold, and how many seats they give."""

from datetime import date

import pytest

from registry.domain import seats
from registry.domain.composing import compose
from registry.domain.facts import Convocation
from tests.domain.drawing import day, group, rule, sits, snapshot, span, term, territory

LIST = group("list")
QUOTA = group("quota")


def total_on(rules, column, territories=()):
    chosen = seats.rules_of_day(rules, day(column))
    return seats.total(chosen, territories, day(column))


def test_the_rule_of_the_day_is_the_one_in_force():
    rules = [
        rule(LIST, 67, "====      "),
        rule(LIST, 98, "    ======>"),
        rule(QUOTA, 9, "    ===="),
    ]

    assert [total_on(rules, column) for column in (3, 4, 8)] == [67, 107, 98]


def test_a_rule_whose_end_nobody_wrote_down_gives_way_to_the_next():
    rules = [rule(LIST, 5, "==========>"), rule(LIST, 2, "    ======>")]
    member = sits(group=LIST)

    assert [total_on(rules, column) for column in (3, 4)] == [5, 2]
    assert compose(snapshot(member, rules=rules, on=4)).filled == 1


def test_seats_by_territory_follow_the_territories_that_exist():
    rules = [rule(LIST, seats_per_territory=2, kinds=frozenset({"region", "capital"}))]
    land = [
        territory("east", "==========>"),
        territory("west", "====      "),
        territory("north", "      ====>"),
        territory("town", "==========>", kind="town"),
        territory("capital", "  ========>", kind="capital"),
    ]

    assert [total_on(rules, column, land) for column in (0, 2, 4, 6)] == [4, 6, 4, 6]


def test_a_number_that_nobody_recorded_leaves_the_total_unknown():
    assert total_on([rule(LIST, 98), rule(QUOTA)], 0) is None


def test_unlimited_seats_come_on_top_of_the_total():
    assert total_on([rule(LIST, 7), rule(QUOTA, unlimited=True)], 0) == 7


def test_inner_offices_are_not_counted():
    assert total_on([rule(LIST, 7), rule(group("chair", inner=True), 1)], 0) == 7


OLD = [rule(LIST, 98, "======    "), rule(QUOTA, 9, "======    ")]
NEW = [rule(LIST, 69, "      ====>"), rule(group("district"), 29, "      ====>")]


@pytest.mark.parametrize(
    ("elected", "sits_from", "expected"),
    [(2, "    ======", 107), (6, "       ===", 98)],
)
def test_a_convocation_keeps_the_rules_of_the_day_it_was_elected(elected, sits_from, expected):
    convocation = Convocation(1, 7, term(sits_from), day(elected))

    composition = compose(snapshot(rules=[*OLD, *NEW], convocations=(convocation,), on=8))

    assert composition.required == expected
    assert composition.law == 98


@pytest.mark.parametrize(("elected", "expected"), [(6, 98), (7, 98), (8, 69)])
def test_the_first_application_that_a_source_states_wins(elected, expected):
    later = rule(LIST, 69, "      ====>", first_applied=day(8))

    applied = seats.rules_of_election([OLD[0], later], day(elected))

    assert [each.seats for each in applied] == [expected]


def test_a_rule_that_ended_without_a_successor_applies_no_more():
    assert seats.rules_of_election(OLD, day(7)) == ()


def test_a_body_without_convocations_follows_the_law_of_the_day():
    first_used_later = rule(LIST, 69, "      ====>", first_applied=day(9))

    assert compose(snapshot(rules=[OLD[0], first_used_later], on=7)).required == 69


def test_eras_begin_with_a_rule_or_a_territory_and_equal_ones_are_one():
    rules = [
        rule(LIST, seats_per_territory=2, kinds=frozenset({"region"}), drawn="====      "),
        rule(LIST, seats_per_territory=2, kinds=frozenset({"region"}), drawn="    ======>"),
        rule(QUOTA, 7, "==========>"),
    ]
    land = (territory("east"), territory("north", "      ====>"))

    eras = seats.eras(snapshot(rules=rules, territories=land, life=" =========>"))

    assert [(era.span, era.total) for era in eras] == [
        (span(" ====="), 9),
        (span("      ====>"), 11),
    ]
    assert [(part.seats, part.territories) for part in eras[1].parts] == [(4, 2), (7, None)]


def test_eras_stop_when_the_body_does():
    eras = seats.eras(snapshot(rules=[rule(LIST, 7, "==========>")], life="======"))

    assert [era.span for era in eras] == [span("======")]


def test_without_rules_there_are_no_eras():
    assert seats.eras(snapshot(sits())) == ()


def test_an_open_life_and_rule_make_one_open_era():
    (era,) = seats.eras(snapshot(rules=[rule(LIST, 145)], life="==========>"))

    assert (era.span.start, era.span.end, era.total) == (date(2014, 6, 1), None, 145)
