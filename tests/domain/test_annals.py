"""What happened, told by day: many at once as one, and a seat that nobody took."""

import pytest

from registry.domain.annals import days_around, events, movers_in, recorded_in
from registry.domain.dates import PartialDate, Span
from registry.domain.events import Happened
from registry.domain.facts import CoveredDays
from tests.domain.drawing import convocation, day, group, record, rule, sits, span, term, territory

LISTS, OTHERS = group("lists"), group("others")


def told(made):
    """Kind and day of everything that happened, but for the body that begins."""
    return [
        (each.kind, (each.day - day(0)).days)
        for each in events(recorded_in(made))
        if each.kind is not Happened.FOUNDED
    ]


def only(made, kind):
    (event,) = [each for each in events(recorded_in(made)) if each.kind is kind]
    return event


def test_a_convocation_that_begins_and_ends_with_everybody_is_told_as_two_events():
    fifth = convocation(5, term(" ======  "))
    members = [sits(" ======  ", LISTS, convocation=fifth) for _ in range(107)]
    made = record(*members, convocations=(fifth,))

    assert told(made) == [(Happened.CONVENED, 1), (Happened.DISSOLVED, 7)]
    assert only(made, Happened.CONVENED).number == 107
    assert only(made, Happened.DISSOLVED).number == 107


def test_whoever_comes_later_than_the_convocation_is_told_alone_and_by_name():
    fifth = convocation(5, term(" ======  "))
    late = sits("   ====  ", LISTS, convocation=fifth)
    made = record(sits(" ======  ", LISTS, convocation=fifth), late, convocations=(fifth,))

    came = only(made, Happened.CAME)

    assert (came.day, came.number) == (day(3), 1)
    assert [mover.person_id for mover in movers_in(made, came)] == [late.person_id]


def test_those_who_leave_on_one_day_are_one_event():
    made = record(sits("====  ", LISTS), sits("====  ", OTHERS), sits("==    ", LISTS))

    left = [each for each in events(recorded_in(made)) if each.kind is Happened.LEFT]

    assert [(each.day, each.number) for each in left] == [(day(2), 1), (day(4), 2)]


EVERYBODY, NOBODY = (CoveredDays(None, Span()),), ()


@pytest.mark.parametrize(
    ("coverages", "others", "unfilled"),
    [
        (EVERYBODY, [], 1),
        (EVERYBODY, [("    ====>", LISTS)], 0),  # a successor on the same day
        (EVERYBODY, [("     ===>", LISTS)], 1),  # a day later the seat had stood empty
        (EVERYBODY, [("    ====>", OTHERS)], 1),  # into another seat
        (NOBODY, [], 0),  # not recorded is not vacant
        ((CoveredDays(OTHERS.id, Span()),), [], 0),
        ((CoveredDays(None, span("==")),), [], 0),  # complete only for days before
    ],
)
def test_a_seat_that_nobody_took_is_told_where_the_roster_is_complete(coverages, others, unfilled):
    leaver = sits("====     ", LISTS)
    made = record(leaver, *(sits(*each) for each in others), coverages=coverages)

    assert only(made, Happened.LEFT).unfilled == unfilled


@pytest.mark.parametrize("kwargs", [{"acting": True}, {"group": group("chair", inner=True)}])
def test_whoever_stands_in_or_leaves_an_inner_office_leaves_no_seat_of_the_roster(kwargs):
    of = kwargs.pop("group", LISTS)
    made = record(sits("====     ", of, **kwargs), rules=[rule(of, 1)])

    assert only(made, Happened.LEFT).unfilled == 0


def test_rules_that_follow_each_other_are_one_change_of_old_to_new():
    old, new = rule(LISTS, 98, "======   "), rule(LISTS, 69, "      ==>")
    kept = rule(OTHERS, 9)
    made = record(rules=[old, new, kept])

    (change,) = [each for each in events(recorded_in(made)) if each.day == day(6)]

    assert change.kind is Happened.RULES
    assert [(each.before, each.after) for each in change.rules] == [(old, new)]


def test_rules_that_end_with_their_body_are_no_event_of_their_own():
    made = record(rules=[rule(LISTS, 98, "======   ")], life="======   ")

    assert told(made) == [(Happened.RULES, 0), (Happened.CLOSED, 6)]


def test_territories_that_change_on_one_day_are_one_event():
    made = record(territories=(territory("abai", "   ==>"), territory("ulytau", "   ==>")))

    event = only(made, Happened.TERRITORY)

    assert event.day == day(3)
    assert [change.status.slug for change in event.statuses] == ["abai", "ulytau"]


def test_a_day_of_which_nothing_is_known_is_no_event():
    unknown = sits("====   ", LISTS)._replace(end_earliest=None, end_latest=None)

    assert told(record(unknown)) == [(Happened.CAME, 0)]


def test_a_date_known_to_the_month_happens_on_the_last_day_it_may_have_been():
    left = only(record(sits("====?? ", LISTS)), Happened.LEFT)

    assert left.day == day(6)
    assert not left.exact
    assert left.when == PartialDate(day(4), day(6))


def test_the_nearest_days_are_those_known_exactly():
    made = record(sits("==      ", LISTS), sits("====?   ", LISTS), sits("       ==>", LISTS))
    listed = events(recorded_in(made))

    past, coming = days_around(listed, day(6))

    assert [each.day for each in past] == [day(2)]
    assert [each.day for each in coming] == [day(7)]
    assert {each.day for each in days_around(listed, day(2))[0]} == {day(0)}


@pytest.mark.parametrize("beside", range(-1, 12))
def test_what_is_told_beside_a_day_is_the_same_as_in_the_whole_life(beside):
    fifth = convocation(5, term("   ====   "))
    made = record(
        *(sits("   ====   ", LISTS, convocation=fifth) for _ in range(3)),
        sits("==        ", LISTS),
        sits("    =?    ", OTHERS),
        sits("        ==", LISTS),
        rules=[rule(LISTS, 3, "     ==>")],
        convocations=(fifth,),
    )
    whole, near = events(recorded_in(made)), events(recorded_in(made, beside=day(beside)))

    assert days_around(near, day(beside)) == days_around(whole, day(beside))
