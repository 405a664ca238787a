"""Inner offices, mandates elsewhere, and where facts come from."""

import pytest

from registry.domain import facts
from registry.domain.checks import judge
from registry.domain.composing import compose
from registry.domain.dates import Span
from registry.domain.findings import Problem
from tests.domain.drawing import body, day, group, rule, sits, snapshot, span, term

SEATS, CHAIR = group(), group("chair", inner=True)
RULES = [rule(SEATS, unlimited=True), rule(CHAIR, 1, article="58")]


def problems(*sittings, **kwargs):
    return [
        finding.problem for finding in judge(compose(snapshot(*sittings, rules=RULES, **kwargs)))
    ]


ALWAYS = Span()

# Two mandates that an article forbids together


def elsewhere(sitting, drawn, force=ALWAYS):
    return facts.Elsewhere(
        sitting.appointment_id, 99, body("senate"), term(drawn), force, "50", {"en": "Constitution"}
    )


@pytest.mark.parametrize(
    ("here", "there", "on", "forbidden"),
    [
        ("  ====  ", "    ====", 3, False),
        ("  ====  ", "    ====", 4, True),
        ("  ====  ", "    ====", 5, True),
        ("  ====  ", "    ====", 6, False),
        ("  ====  ", "    ??==", 4, False),  # it may have begun later
    ],
)
def test_two_forbidden_mandates_are_one_finding_while_both_last(here, there, on, forbidden):
    sitting = sits(here, SEATS)
    expected = [Problem.INCOMPATIBLE_MANDATES] if forbidden else []

    assert problems(sitting, elsewhere=(elsewhere(sitting, there),), on=on) == expected


def test_an_article_forbids_nothing_before_it_is_in_force():
    sitting = sits("========", SEATS)
    later = elsewhere(sitting, "========", force=span("     ==="))

    assert problems(sitting, elsewhere=(later,), on=4) == []
    assert problems(sitting, elsewhere=(later,), on=5) == [Problem.INCOMPATIBLE_MANDATES]


# A chair without a seat


def test_the_holder_of_an_inner_office_sits_in_the_body():
    chair, seat = sits("====", CHAIR, person=7), sits("==  ", SEATS, person=7)

    assert problems(chair, seat, on=1) == []
    assert problems(chair, seat, on=2) == [Problem.NOT_A_MEMBER]
    assert problems(chair, on=2, covered=False) == []


def test_whoever_may_hold_a_seat_is_not_said_to_have_none():
    chair, seat = sits("====", CHAIR, person=7), sits("??==", SEATS, person=7)

    assert Problem.NOT_A_MEMBER not in problems(chair, seat, on=1)


def test_invented_deputies_do_not_make_a_recorded_chair_a_stranger():
    chair = sits("====", CHAIR, person=7)
    invented = sits("====", SEATS, sample=True)

    assert problems(chair, invented, on=1, sample_coverage=True) == []


# Sources


def test_a_mandate_without_a_source_is_reported_once_for_all():
    sourced, one, two = sits(), sits(source=None), sits(source=None)

    (finding,) = judge(compose(snapshot(sourced, one, two, rules=RULES[:1])))

    assert (finding.problem, finding.found) == (Problem.NO_SOURCE, 2)
    assert finding.sittings == (one, two)


def test_invented_people_need_no_source():
    assert problems(sits(source=None, sample=True)) == []


def test_a_rule_without_a_source_is_named():
    bare = rule(SEATS, unlimited=True, sourced=False)

    (finding,) = judge(compose(snapshot(rules=[bare])))

    assert (finding.problem, finding.rule) == (Problem.NO_SOURCE, bare)


def test_an_open_contradiction_is_reported_on_the_days_it_bears_on():
    dispute = facts.Dispute("x52", {"en": "day of the mergers"}, span("  ==  "))

    for on, expected in [(1, []), (2, ["x52"]), (3, ["x52"]), (4, [])]:
        record = facts.Record(
            snapshot(life="======>").institution, rules=tuple(RULES), disputes=(dispute,)
        )
        findings = judge(compose(record.on(day(on))))
        assert [finding.subject_slug for finding in findings] == expected


def test_a_list_that_is_announced_and_not_given_is_reported():
    announced = facts.Announced("duties", {"en": "Responsibilities"}, Span())

    assert problems(announced=(announced,)) == [Problem.MISSING_LIST]
    assert problems(announced=(announced,), life="       ===", on=2) == []
