"""One truth for each check, and the days on which it holds."""

import pytest

from registry.domain.checks import CHECKS, judge
from registry.domain.composing import compose
from registry.domain.facts import Convocation, StatedTotal
from registry.domain.findings import Doubt, Problem, Severity
from registry.templatetags.wording import CURES, SENTENCES, TITLES
from tests.domain.drawing import day, group, rule, sits, snapshot, term, territory

SEATS = group("seats")
ONE, TWO, THREE = ([rule(SEATS, number)] for number in (1, 2, 3))
EAST, WEST = territory("east"), territory("west")
BY_TERRITORY = [rule(SEATS, seats_per_territory=1, kinds=frozenset({"region"}))]


def found(*sittings, **kwargs):
    return judge(compose(snapshot(*sittings, **kwargs)))


def problems(*sittings, **kwargs):
    return [finding.problem for finding in found(*sittings, **kwargs)]


def test_a_full_house_is_in_order():
    assert problems(sits(), sits(), rules=TWO) == []


def test_every_check_is_named_after_its_problem_and_every_problem_has_words():
    assert {check.__name__ for check in CHECKS} == {problem.value for problem in Problem}
    assert set(TITLES) == set(Problem)
    for words in (SENTENCES, CURES):
        assert set(words) == {*Problem, *Doubt} - {Problem.UNDECIDED_COUNT}


def test_the_gravest_come_first():
    findings = found(sits("???????==="), sits(person=1), sits(person=1), rules=ONE)

    assert [finding.severity for finding in findings] == sorted(
        (finding.severity for finding in findings), key=list(Severity).index
    )


def test_a_vacancy_names_since_when_and_who_left():
    left = sits("==        ")

    (finding,) = found(sits(), left, sits("===       "), sits("   =======>"), rules=THREE)

    assert finding.problem is Problem.VACANT_SEATS
    assert (finding.expected, finding.found) == (3, 2)
    assert (finding.since, finding.predecessors) == (day(2), (left,))


def test_whoever_sits_again_or_was_followed_left_no_seat_empty():
    again = sits("====      ", person=7), sits("    =====>", person=7)
    vacated = sits("==        ")

    (finding,) = found(*again, vacated, sits(), rules=THREE, on=6)

    assert (finding.since, finding.predecessors) == (day(2), (vacated,))


def test_a_seat_that_was_filled_is_not_the_one_that_is_vacant():
    first, later = sits("==        "), sits("====      ")
    filled = sits("     ====>", serves_rest_of=later.appointment_id)

    (finding,) = found(first, later, filled, sits(), rules=THREE, on=7)

    assert (finding.since, finding.predecessors) == (day(2), (first,))


def test_an_office_is_vacant_after_its_holder_and_not_after_who_acted():
    holder, acting = sits("==        "), sits("  ==      ", acting=True)

    (finding,) = found(holder, acting, rules=ONE, on=6)

    assert (finding.since, finding.predecessors) == (day(2), (holder,))


def test_members_of_a_group_without_a_rule_are_not_vacancies_as_well():
    older = group("older")
    rules = [rule(older, 2, "====      "), rule(SEATS, 3)]

    findings = found(sits(group=older), sits(group=older), sits(group=SEATS), rules=rules, on=6)

    assert [(f.problem, f.found) for f in findings] == [(Problem.NO_RULE, 2)]


def test_a_seat_that_nobody_ever_held_is_vacant_since_the_rule_began():
    (finding,) = found(sits(), rules=[rule(SEATS, 2, "  ========>")])

    assert (finding.since, finding.predecessors) == (day(2), ())


def test_a_vacancy_belongs_to_its_territory():
    gone = sits("===       ", territory=WEST)

    (finding,) = found(sits(territory=EAST), gone, rules=BY_TERRITORY, territories=(EAST, WEST))

    assert (finding.territory, finding.predecessors) == (WEST, (gone,))


@pytest.mark.parametrize("on", [0, 4, 9])
def test_outside_coverage_nothing_is_vacant(on):
    assert problems(sits(), rules=THREE, covered=False, on=on) == []


def test_members_without_a_group_still_leave_the_whole_short():
    rules = [rule(SEATS, 2), rule(group("quota"), 1)]

    assert problems(sits(), sits(), rules=rules) == [Problem.VACANT_SEATS, Problem.UNDECIDED_COUNT]


@pytest.mark.parametrize(("on", "expected"), [(2, []), (3, ["too_many_members"]), (6, [])])
def test_too_many_only_while_they_overlap(on, expected):
    drawn = [sits("==========>"), sits("======"), sits("   =======>")]

    assert problems(*drawn, rules=TWO, on=on) == expected


def test_a_body_with_unplaced_members_can_be_over_as_a_whole():
    rules = [rule(SEATS, 1), rule(group("quota"), 1)]

    (finding, _) = found(sits(), sits(), sits(), rules=rules)

    assert (finding.problem, finding.expected, finding.found) == (Problem.TOO_MANY_MEMBERS, 2, 3)


def test_two_holders_of_one_office_are_reported_and_whoever_acts_is_not():
    assert problems(sits(), sits(), rules=ONE) == [Problem.TWO_HOLDERS]
    assert problems(sits(), sits(acting=True), rules=ONE) == []


def test_two_chairs_are_two_holders_of_an_inner_office():
    chair = group("chair", inner=True)
    rules = [*ONE, rule(chair, 1)]

    member = sits(group=SEATS, person=7)
    chairs = sits(group=chair, person=7), sits(group=chair, person=7)

    assert problems(member, *chairs, rules=rules) == [Problem.TWO_HOLDERS]


def test_nobody_sits_twice():
    (finding,) = [
        each
        for each in found(sits(person=7), sits(person=7), rules=TWO)
        if each.problem is Problem.SEATED_TWICE
    ]

    assert [each.person_id for each in finding.sittings] == [7, 7]


def test_a_seat_handed_to_oneself_is_not_held_twice():
    assert problems(sits("====      ", person=7), sits("    ======", person=7), rules=ONE) == []


def test_a_territorial_seat_needs_a_territory_that_has_it():
    town = territory("town", kind="town")
    land = (EAST, WEST, town)

    assert problems(sits(territory=EAST), sits(), rules=BY_TERRITORY, territories=land) == [
        Problem.UNKNOWN_TERRITORY
    ]
    assert problems(
        sits(territory=EAST), sits(territory=town), rules=BY_TERRITORY, territories=land
    ) == [Problem.NOT_ENTITLED]


def test_a_territory_that_came_later_is_not_entitled_yet():
    north = territory("north", "      ====>")
    seats = [sits(territory=EAST), sits(territory=north)]

    def on(column):
        return problems(*seats, rules=BY_TERRITORY, territories=(EAST, north), on=column)

    assert on(5) == [Problem.NOT_ENTITLED]
    assert on(6) == []


@pytest.mark.parametrize(
    ("life", "expected"), [("      ====>", 1), ("==        ", 1), ("=====", 0)]
)
def test_nobody_sits_before_the_body_began_or_after_it_ended(life, expected):
    assert problems(sits(), rules=ONE, life=life) == [Problem.OUTSIDE_INSTITUTION] * expected


FIRST, SECOND = Convocation(1, 1, term("===       ")), Convocation(2, 2, term("   =======>"))


def test_a_mandate_that_outlives_its_convocation_is_reported():
    assert problems(
        sits("==========", convocation=FIRST), rules=ONE, convocations=(FIRST, SECOND)
    ) == [Problem.OUTSIDE_CONVOCATION]


def test_a_chair_is_not_measured_by_the_convocations():
    chair = group("chair", inner=True)
    later = Convocation(2, 2, term("       ===>"))

    assert (
        problems(sits(group=chair), rules=[*ONE, rule(chair, 1)], convocations=(FIRST, later)) == []
    )


def test_somebody_who_sits_between_convocations_is_reported():
    later = Convocation(2, 2, term("       ===>"))

    assert problems(sits(), rules=ONE, convocations=(FIRST, later)) == [Problem.OUTSIDE_CONVOCATION]


def test_members_without_a_rule_are_reported_together():
    (finding,) = found(sits(), sits())

    assert (finding.problem, finding.found) == (Problem.NO_RULE, 2)


def test_a_stated_total_that_differs_is_reported_with_its_source():
    (finding,) = found(
        sits(), rules=ONE, stated_totals=(StatedTotal(1, "right"), StatedTotal(2, "wrong"))
    )

    assert (finding.problem, finding.stated.source) == (Problem.TOTAL_MISMATCH, "wrong")
    assert (finding.expected, finding.found) == (2, 1)


def test_an_uncertain_date_is_information_and_not_a_vacancy():
    (finding,) = found(sits("??????===="), sits(), rules=TWO)

    assert (finding.problem, finding.doubt) == (Problem.UNDECIDED_COUNT, Doubt.DATES)
    assert (finding.found, finding.doubtful) == (1, 1)


def test_invented_people_never_accuse_a_recorded_one():
    recorded, invented = sits(), sits(sample=True)

    (finding,) = found(recorded, invented, rules=ONE)

    assert finding.sittings == (invented,)
    assert finding.sample
