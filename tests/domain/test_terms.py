"""How mandates are given, how long they last, and when they are to end."""

from datetime import date

import pytest

from registry.domain import facts
from registry.domain.checks import judge
from registry.domain.composing import compose
from registry.domain.dates import UNKNOWN, PartialDate
from registry.domain.facts import StepKind
from registry.domain.findings import Demand, Problem
from registry.domain.terms import Basis, Terms, ending_between
from tests.domain.drawing import (
    annual,
    body,
    convocation,
    election,
    group,
    record,
    rule,
    sits,
    snapshot,
    year,
)

SEATS = group()
SIX_YEARS = [rule(SEATS, 1, term_years=6, article="50")]
LONG_LIFE = annual("====================")


def found(*sittings, on, rules=SIX_YEARS, **kwargs):
    return judge(compose(snapshot(*sittings, rules=rules, on=on, life=LONG_LIFE, **kwargs)))


def problems(*sittings, on, **kwargs):
    return [finding.problem for finding in found(*sittings, on=on, **kwargs)]


def step(kind, day=UNKNOWN, by=""):
    return facts.Step(StepKind(kind), PartialDate.of(day) if isinstance(day, date) else day, by)


# A mandate of seven years


@pytest.mark.parametrize(
    ("drawn", "too_long"),
    [
        (" ======= ", True),  # seven years
        (" ======  ", False),  # six
        (" =====   ", False),
        (" =======>", False),  # nobody recorded an end
        (" ????====", False),  # six years are possible
        (" =======?", True),  # seven at least
        (" =====??", False),  # five to seven
    ],
)
def test_a_mandate_is_no_longer_than_its_rule(drawn, too_long):
    expected = [Problem.TERM_TOO_LONG] if too_long else []

    assert problems(sits(annual(drawn)), on=year(5)) == expected


@pytest.mark.parametrize(("on", "expected"), [(0, []), (1, [Problem.TERM_TOO_LONG]), (8, [])])
def test_a_mandate_of_seven_years_is_one_finding_while_it_lasts(on, expected):
    rules = [rule(SEATS, unlimited=True, term_years=6)]

    assert problems(sits(annual(" =======")), on=year(on), rules=rules) == expected


def test_the_article_is_that_of_the_era_in_which_the_term_began():
    four = rule(SEATS, 1, annual("===          "), term_years=4, article="50")
    six = rule(SEATS, 1, annual("   ==========>"), term_years=6, article="50, 51")
    of_four_years = sits(annual("  ======"))

    (finding,) = found(of_four_years, on=year(5), rules=[four, six])

    assert (finding.rule, finding.due) == (four, year(6))


def test_a_re_election_begins_the_term_anew():
    twice = sits(annual(" ==========="), steps=(step("elected", year(6)),))

    assert problems(twice, on=year(3)) == []
    assert problems(twice, on=year(8)) == []


def test_a_re_election_after_the_term_had_run_out_does_not_mend_it():
    late = sits(annual(" ==========="), steps=(step("elected", year(9)),))

    assert problems(late, on=year(3)) == [Problem.TERM_TOO_LONG]
    assert problems(late, on=year(10)) == []


# A term that ran out


@pytest.mark.parametrize(("on", "expired"), [(3, False), (6, False), (7, True), (9, True)])
def test_nobody_stays_on_after_the_term(on, expired):
    expected = [Problem.TERM_EXPIRED] if expired else []

    assert problems(sits(annual(" ==>")), on=year(on)) == expected


def test_a_term_that_ran_out_is_a_finding_of_its_own():
    rules = [rule(SEATS, 2, term_years=6)]

    findings = found(sits(annual("==>")), sits(annual("==>")), on=year(7), rules=rules)

    assert [(len(f.sittings), f.due) for f in findings] == [(1, year(6)), (1, year(6))]


def test_the_members_of_a_convocation_that_ran_out_are_one_finding():
    fifth = convocation(5, annual("==>"), year(0))
    deputies = [sits(annual("==>"), convocation=fifth) for _ in range(2)]
    rules = [rule(SEATS, 2, term_years=6)]

    (finding,) = found(*deputies, on=year(7), rules=rules, convocations=(fifth,))

    assert (len(finding.sittings), finding.due) == (2, year(6))


def test_whoever_acts_has_no_term():
    assert problems(sits(annual("==>"), acting=True), on=year(9)) == []


BEFORE_PRESIDENT = rule(
    SEATS, 1, annual("=====         "), resigns_before=body("president"), article="44, 53"
)
BEFORE_CHAMBER = rule(
    SEATS, 1, annual("     =========>"), resigns_before=body("mazhilis"), article="70"
)


@pytest.mark.parametrize(
    ("drawn", "on", "article"),
    [
        ("=========", 3, None),  # the President is elected in year 4
        ("=========", 4, "44, 53"),
        ("     ====", 6, None),  # the chamber in year 7
        ("     ====", 7, "70"),
        ("    =====", 6, None),  # came in with the President's election
        ("    =====", 7, "70"),  # under the older law, which asked nothing of the chamber
    ],
)
def test_a_government_resigns_before_whom_the_law_of_the_election_names(drawn, on, article):
    elections = (election(year(4), "president"), election(year(7), "mazhilis"))

    expired = [
        finding.rule.article
        for finding in found(
            sits(annual(drawn)),
            on=year(on),
            rules=[BEFORE_PRESIDENT, BEFORE_CHAMBER],
            elections=elections,
        )
    ]

    assert expired == ([article] if article else [])


def test_a_new_appointment_after_the_election_answers_it():
    again = sits(annual("========="), steps=(step("appointed", year(4)),))

    assert (
        problems(
            again, on=year(4), rules=[BEFORE_PRESIDENT], elections=(election(year(4), "president"),)
        )
        == []
    )


def test_an_election_counts_from_the_day_on_which_the_elected_took_office():
    elections = (election(year(4), "president", in_office=year(5)),)

    assert (
        problems(sits(annual("==>")), on=year(4), rules=[BEFORE_PRESIDENT], elections=elections)
        == []
    )


# Scheduled ends


def scheduled(sitting, on, *, rules=SIX_YEARS, others=(), **kwargs):
    terms = Terms(record(sitting, *others, rules=rules, life=LONG_LIFE, **kwargs))
    return terms.scheduled_end(sitting, on)


def test_a_term_ends_by_its_rule():
    end = scheduled(sits(annual(" ==>")), year(2))

    assert (end.day, end.basis, end.begun) == (year(7), Basis.RULE, year(1))


@pytest.mark.parametrize(("drawn", "at_latest"), [(" ==>", False), ("?==>", True)])
def test_a_term_whose_first_day_is_not_known_ends_on_a_day_at_the_latest(drawn, at_latest):
    end = scheduled(sits(annual(drawn)), year(2))

    assert (end.day, end.at_latest) == (year(7), at_latest)


def test_a_term_ends_with_its_convocation():
    fifth = convocation(5, annual(" ===="), year(1))

    end = scheduled(sits(annual(" ==>"), convocation=fifth), year(2), convocations=(fifth,))

    assert (end.day, end.basis, end.convocation) == (year(5), Basis.CONVOCATION, fifth)


def test_the_end_of_a_convocation_in_session_follows_from_its_rule():
    fifth = convocation(5, annual(" ==>"), year(1))

    end = scheduled(sits(annual(" ==>"), convocation=fifth), year(2), convocations=(fifth,))

    assert (end.day, end.basis) == (year(7), Basis.CONVOCATION)


def test_whoever_fills_a_vacancy_serves_the_rest_of_the_term():
    former = sits(annual(" ==="))
    successor = sits(annual("    ==>"), serves_rest_of=former.appointment_id)

    end = scheduled(successor, year(5), others=[former])

    assert (end.day, end.basis) == (year(7), Basis.PREDECESSOR)
    assert scheduled(successor._replace(serves_rest_of=None), year(5)).day == year(10)


def test_an_election_of_ones_own_ends_the_rest_of_the_predecessors_term():
    former = sits(annual(" ==="))
    own = sits(
        annual("    ==>"),
        serves_rest_of=former.appointment_id,
        steps=(step("elected", year(5)),),
    )

    assert scheduled(own, year(4), others=[former]).basis is Basis.PREDECESSOR
    end = scheduled(own, year(6), others=[former])
    assert (end.day, end.basis) == (year(11), Basis.RULE)


def test_nobody_completes_the_term_of_somebody_who_came_later():
    one, two = sits(annual(" ==>")), sits(annual(" ==>"))
    one = one._replace(serves_rest_of=two.appointment_id)
    two = two._replace(serves_rest_of=one.appointment_id)

    assert scheduled(one, year(2), others=[two]).basis is Basis.RULE


@pytest.mark.parametrize(
    ("drawn", "listed"),
    [
        ("==>", True),  # to end in year 6
        (" ==>", False),  # in year 7
        ("====", False),  # left before
        ("======", True),  # left on the day
    ],
)
def test_the_terms_that_end_within_a_period(drawn, listed):
    endings = list(ending_between(record(sits(annual(drawn)), rules=SIX_YEARS), year(6), year(7)))

    assert [each.end.day for each in endings] == ([year(6)] if listed else [])


# Age


@pytest.mark.parametrize(
    ("born", "young"),
    [
        ("1989-06-01", False),  # 25 on the first day
        ("1989-06-02", True),
        ("1990", True),
        ("1989", False),  # may be 25
    ],
)
def test_nobody_is_younger_than_the_rule_demands_on_the_first_day(born, young):
    birth = PartialDate.parse(born)
    deputy = sits(annual("==>"), birth_earliest=birth.earliest, birth_latest=birth.latest)

    findings = found(deputy, on=year(3), rules=[rule(SEATS, 1, minimum_age=25, article="51")])

    assert [f.problem for f in findings] == ([Problem.TOO_YOUNG] if young else [])
    assert [f.found for f in findings] == ([24] if young else [])


def test_the_age_is_that_of_the_law_of_the_first_day():
    rules = [
        rule(SEATS, 1, annual("==         "), minimum_age=20),
        rule(SEATS, 1, annual("  ========>"), minimum_age=40),
    ]
    deputy = sits(annual("==>"), birth_earliest=date(1989, 1, 1), birth_latest=date(1989, 1, 1))

    assert problems(deputy, on=year(3), rules=rules) == []


# Steps of a designation

CONSENT = rule(
    SEATS,
    1,
    annual("=====      "),
    proposed_by=body("party"),
    consented_by=body("mazhilis"),
    chosen_by=body("president"),
    by_act=True,
    article="44, 56",
)
NO_CONSENT = rule(SEATS, 1, annual("     =====>"), article="69")


def test_a_designation_has_every_step_that_the_law_of_its_day_demands():
    proposed = sits(annual(" ========"), steps=(step("proposed"),))

    (finding,) = found(proposed, on=year(7), rules=[CONSENT, NO_CONSENT])

    assert finding.problem is Problem.MISSING_STEP
    assert finding.rule.article == "44, 56"
    assert finding.missing == (
        Demand(StepKind.CONSENTED, body("mazhilis")),
        Demand(StepKind.APPOINTED, body("president")),
    )


@pytest.mark.parametrize("on", [0, 9])
def test_a_missing_step_is_missed_while_the_office_is_held(on):
    rules = [rule(SEATS, unlimited=True, consented_by=body("mazhilis"))]

    assert problems(sits(annual(" ========")), on=year(on), rules=rules) == []


def test_a_complete_designation_lacks_nothing():
    kinds = ("proposed", "consented", "appointed")
    complete = sits(annual(" ==>"), steps=tuple(step(kind) for kind in kinds))

    assert problems(complete, on=year(2), rules=[CONSENT]) == []


def test_a_consent_of_another_body_is_not_the_one_that_is_missing():
    steps = tuple(step(kind, by=by) for kind, by in (("proposed", ""), ("consented", "senate")))
    named = sits(annual(" ==>"), steps=(*steps, step("appointed", by="president")))

    (finding,) = found(named, on=year(2), rules=[CONSENT])

    assert finding.missing == (Demand(StepKind.CONSENTED, body("mazhilis")),)


def test_nobody_consents_to_whoever_acts():
    assert problems(sits(annual(" ==>"), acting=True), on=year(2), rules=[CONSENT]) == []
