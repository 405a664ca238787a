"""On which days a finding holds."""

import pytest

from registry.domain.chronicle import Chronicle
from registry.domain.dates import Span
from registry.domain.explanations import explain
from registry.domain.findings import Explained, Problem
from tests.domain.drawing import annual, day, group, record, rule, sits, span, territory, year

SEATS = group()
ONE, TWO = [rule(SEATS, 1)], [rule(SEATS, 2)]


def days_of(problem, made, on):
    chronicle = Chronicle(made)
    findings = chronicle.with_days(chronicle.composition(day(on)))
    return [finding.days for finding in findings if finding.problem is problem]


@pytest.mark.parametrize(
    ("drawn", "on", "vacant"),
    [
        ("===      ", 5, "   ======>"),
        ("===   ===", 5, "   ===   "),
        ("===   ===", 3, "   ===   "),
        ("===   ===", 1, None),
    ],
)
def test_a_vacancy_holds_from_the_last_change_to_the_next(drawn, on, vacant):
    made = record(*(sits(line) for line in terms(drawn)), rules=ONE)

    assert days_of(Problem.VACANT_SEATS, made, on) == ([span(vacant)] if vacant else [])


def terms(line):
    """Each unbroken run of days as a line of its own."""
    runs = [run for run in line.split(" ") if run]
    place = 0
    for run in runs:
        place = line.index(run, place)
        yield " " * place + run
        place += len(run)


def test_a_vacancy_goes_on_while_others_leave_or_may_have_left():
    made = record(
        sits("==        "), sits("====??    "), sits("==========>"), rules=[rule(SEATS, 3)]
    )

    assert days_of(Problem.VACANT_SEATS, made, 3) == [span("  ======>")]
    assert days_of(Problem.VACANT_SEATS, made, 5) == [span("  ======>")]


def test_changes_that_do_not_bear_on_a_finding_do_not_cut_its_days():
    made = record(
        sits("==========>", person=1),
        sits("  =====    ", person=1),
        sits("   ==      ", person=2),
        rules=[rule(SEATS, unlimited=True)],
    )

    assert days_of(Problem.SEATED_TWICE, made, 3) == [span("  =====")]
    assert days_of(Problem.SEATED_TWICE, made, 6) == [span("  =====")]


def test_a_finding_that_comes_back_is_another_one():
    made = record(
        sits("==========>", person=1),
        sits(" ==        ", person=1),
        sits("     ==    ", person=1),
        rules=[rule(SEATS, unlimited=True)],
    )

    findings = Chronicle(made).findings_between(day(0), day(9))

    assert [(f.problem, f.days) for f in findings] == [
        (Problem.SEATED_TWICE, span(" ==")),
        (Problem.SEATED_TWICE, span("     ==")),
    ]


def test_a_period_cuts_no_finding():
    made = record(sits("==       "), rules=ONE)

    (finding,) = Chronicle(made).findings_between(day(4), day(5))

    assert finding.days == span("  ======>")


@pytest.mark.parametrize(("first", "last", "listed"), [(0, 2, 0), (0, 3, 1), (5, 6, 0), (4, 6, 1)])
def test_the_last_day_of_a_period_is_the_first_day_after_it(first, last, listed):
    made = record(*(sits(line) for line in terms("==   ==>")), rules=ONE)

    assert len(Chronicle(made).findings_between(day(first), day(last))) == listed


def test_a_term_that_runs_out_is_a_change_although_nobody_recorded_one():
    made = record(
        sits(annual("==>")),
        rules=[rule(SEATS, 1, term_years=6)],
        life=annual("==>"),
    )
    chronicle = Chronicle(made)

    (finding,) = chronicle.with_days(chronicle.composition(year(9)))

    assert (finding.problem, finding.days) == (Problem.TERM_EXPIRED, Span(year(6)))


def test_a_new_territory_begins_a_vacancy():
    north, south = territory("north"), territory("south", "   =====>")
    rules = [rule(SEATS, seats_per_territory=1, kinds=frozenset({"region"}))]
    made = record(sits("==========>", SEATS, north), rules=rules, territories=(north, south))

    assert days_of(Problem.VACANT_SEATS, made, 5) == [span("   =====>")]


# Explanations


def explanation(drawn, problem="vacant_seats", **narrowed):
    return Explained(1, problem, "Elections are due.", "Gazette", "", span(drawn), **narrowed)


def vacancy(on):
    chronicle = Chronicle(record(sits("==       "), rules=TWO))
    return chronicle.with_days(chronicle.composition(day(on)))


@pytest.mark.parametrize(
    ("on", "explained"), [(2, False), (3, True), (5, True), (6, False), (8, False)]
)
def test_an_explained_finding_stays_and_alarms_again_when_the_explanation_expires(on, explained):
    (finding,) = explain(vacancy(on), [explanation("   ===")], day(on))

    assert (finding.explained is not None) is explained


@pytest.mark.parametrize(
    ("narrowed", "explained"),
    [
        ({}, True),
        ({"group_id": SEATS.id}, True),
        ({"group_id": -1}, False),
        ({"territory_id": 5}, False),
        ({"person_id": 7}, False),
    ],
)
def test_an_explanation_covers_what_it_names(narrowed, explained):
    (finding,) = explain(vacancy(4), [explanation("==========", **narrowed)], day(4))

    assert (finding.explained is not None) is explained


def test_an_explanation_of_another_problem_explains_nothing():
    (finding,) = explain(vacancy(4), [explanation("==========", "two_holders")], day(4))

    assert finding.explained is None
