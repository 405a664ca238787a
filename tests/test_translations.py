"""Findings in Kazakh, Russian and German: one of every kind, found by the checks."""

from datetime import date

import pytest
from django.utils import translation
from django.utils.formats import date_format

from registry.domain import facts
from registry.domain.checks import judge
from registry.domain.composing import compose
from registry.domain.dates import Span
from registry.domain.facts import StatedTotal
from registry.domain.findings import Doubt, Finding, Problem
from registry.domain.terms import Basis
from registry.templatetags.wording import (
    NAMED,
    STEPS,
    cure,
    details,
    sentence,
    severity,
    statement,
    title,
)
from tests.domain.drawing import (
    annual,
    body,
    convocation,
    election,
    group,
    renewal_class,
    rule,
    sits,
    snapshot,
    term,
    territory,
    year,
)

LANGUAGES = ["kk", "ru", "de"]

SEATS, QUOTA, CHAIR = group("seats"), group("quota"), group("chair", inner=True)
ANYBODY = rule(SEATS, unlimited=True)
NORTH, TOWN = territory("north"), territory("town", kind="town")
SPRING, AUTUMN = renewal_class("spring"), renewal_class("autumn")
HALVES = group("halves", SPRING, AUTUMN)
REGION = frozenset({"region"})
IN_PRESIDENTS_TIME = rule(SEATS, 1, resigns_before=body("president"), article="70")
FIFTH = convocation(5, annual("==>"), year(0))
FORMER = sits(annual("=="), SEATS)
DEPUTY = sits(group=SEATS)
LAW = {"article": "50", "act": {"en": "Constitution"}}


def in_years(*sittings, rules, **kwargs):
    life = annual("====================")
    return snapshot(*sittings, rules=rules, on=year(8), life=life, **kwargs)


DRAWN = [
    snapshot(  # a seat that somebody left, to be filled again, by an article
        sits("==    ", SEATS, end_reason="resigned"),
        rules=[rule(SEATS, 1, vacancy_months=2, **LAW)],
    ),
    snapshot(*(sits() for _ in range(8)), rules=[rule(SEATS, 2, article="50")]),
    snapshot(sits(), sits(), rules=[rule(SEATS, 1, act={"en": "Decree"})]),
    snapshot(sits(person=7), sits(person=7), rules=[ANYBODY]),
    snapshot(sits(), rules=[ANYBODY, rule(QUOTA, 1)]),
    snapshot(sits("???????==="), rules=[ANYBODY]),
    snapshot(sits(group=QUOTA), rules=[ANYBODY], groups=(QUOTA,)),
    snapshot(sits(), rules=[rule(SEATS, 1)], stated_totals=(StatedTotal(49, "Gazette"),)),
    snapshot(  # one without a territory, one of a territory that fills no seat
        sits(),
        sits(territory=TOWN),
        rules=[rule(SEATS, seats_per_territory=1, kinds=REGION)],
        territories=(NORTH, TOWN),
    ),
    snapshot(sits(), rules=[ANYBODY], life="       ==="),
    snapshot(
        sits(convocation=facts.Convocation(1, 1, term("=="))),
        rules=[ANYBODY],
        convocations=(
            facts.Convocation(1, 1, term("==")),
            facts.Convocation(2, 2, term("  =====")),
        ),
    ),
    snapshot(
        DEPUTY,
        rules=[ANYBODY],
        elsewhere=(
            facts.Elsewhere(
                DEPUTY.appointment_id, 99, body("senate"), term("======"), Span(), "52(3)"
            ),
        ),
    ),
    snapshot(sits(group=CHAIR), rules=[ANYBODY, rule(CHAIR, 1)]),
    snapshot(
        sits(birth_earliest=date(1990, 1, 1), birth_latest=date(1990, 1, 1)),
        rules=[rule(SEATS, 1, minimum_age=25)],
    ),
    in_years(sits(annual("    =======")), rules=[rule(SEATS, 1, term_years=5)]),
    in_years(sits(annual("==>")), rules=[rule(SEATS, 1, term_years=5)]),
    in_years(
        sits(annual("==>"), convocation=FIFTH),
        rules=[rule(SEATS, 1, term_years=5)],
        convocations=(FIFTH,),
    ),
    in_years(
        sits(annual("==>")), rules=[IN_PRESIDENTS_TIME], elections=(election(year(4), "president"),)
    ),
    in_years(
        FORMER,
        sits(annual("  ==>"), serves_rest_of=FORMER.appointment_id),
        rules=[rule(SEATS, 1, term_years=5)],
    ),
    snapshot(
        sits(group=HALVES, territory=NORTH, class_id=SPRING.id),
        sits(group=HALVES, territory=NORTH, class_id=SPRING.id),
        rules=[rule(HALVES, seats_per_territory=2, kinds=REGION)],
        territories=(NORTH,),
    ),
    snapshot(
        rules=[rule(group("thirds", renewal_class("a", 9), renewal_class("b", 3)), 12)],
        covered=False,
    ),
    snapshot(
        sits(),
        rules=[
            rule(
                SEATS,
                1,
                proposed_by=body("party"),
                consented_by=body("senate"),
                chosen_by=body("president"),
                by_act=True,
            )
        ],
    ),
    snapshot(sits(source=None), rules=[ANYBODY]),
    snapshot(
        rules=[ANYBODY],
        disputes=(facts.Dispute("x52", {"en": "day of the mergers"}, Span()),),
        announced=(facts.Announced("duties", {"en": "Responsibilities"}, Span()),),
    ),
]
FOUND = [finding for drawn in DRAWN for finding in judge(compose(drawn))]


def pieces(finding):
    """Everything that is said of a finding, one piece for each message."""
    return [
        title(finding),
        severity(finding),
        cure(finding),
        statement(finding),
        *details(finding),
    ]


def test_the_findings_here_are_of_every_kind():
    assert {finding.problem for finding in FOUND} == set(Problem)
    assert {finding.doubt for finding in FOUND} == {None, *Doubt}
    assert {finding.end.basis for finding in FOUND if finding.end} == set(Basis)
    assert any(finding.end and finding.end.elected for finding in FOUND)
    assert {demand.kind for finding in FOUND for demand in finding.missing} == set(STEPS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("finding", FOUND, ids=lambda finding: finding.problem)
def test_nothing_that_is_said_of_a_finding_stays_english(finding, language):
    english = pieces(finding)

    with translation.override(language):
        said = pieces(finding)

    assert len(said) == len(english)
    assert not set(said) & set(english)


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
@pytest.mark.parametrize("finding", FOUND, ids=lambda finding: finding.problem)
def test_a_finding_is_said_in_whole_sentences(finding, language):
    with translation.override(language):
        said = sentence(finding)

    assert said.endswith(".")
    assert ".." not in said  # a Russian date ends with a full stop of its own
    assert "%" not in said
    assert "None" not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_day_is_written_as_the_language_writes_it(language):
    left = next(finding for finding in FOUND if finding.since)

    with translation.override(language):
        assert date_format(left.since) in sentence(left)
        assert date_format(left.due) in sentence(left)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_term_whose_years_nobody_recorded_has_a_sentence(language):
    with translation.override(language):
        assert "?" in sentence(Finding(Problem.TERM_TOO_LONG))


@pytest.mark.parametrize(
    ("number", "vacant", "beyond", "years", "more"),
    [
        (1, "Вакантно 1 место.", "на 1 человека:", "норма: 1 год.", "и ещё 1 человек."),
        (2, "Вакантны 2 места.", "на 2 человека:", "норма: 2 года.", "и ещё 2 человека."),
        (5, "Вакантно 5 мест.", "на 5 человек:", "норма: 5 лет.", "и ещё 5 человек."),
        (11, "Вакантно 11 мест.", "на 11 человек:", "норма: 11 лет.", "и ещё 11 человек."),
        (21, "Вакантно 21 место.", "на 21 человека:", "норма: 21 год.", "и ещё 21 человек."),
    ],
)
def test_russian_bends_what_it_counts(number, vacant, beyond, years, more):
    people = tuple(sits() for _ in range(NAMED + number))

    with translation.override("ru"):
        assert vacant in statement(Finding(Problem.VACANT_SEATS, expected=number, found=0))
        assert beyond in statement(Finding(Problem.TOO_MANY_MEMBERS, expected=9, found=9 + number))
        assert years in statement(Finding(Problem.TERM_TOO_LONG, expected=number))
        assert more in sentence(Finding(Problem.OUTSIDE_CONVOCATION, sittings=people))
