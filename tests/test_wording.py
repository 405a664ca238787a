"""Findings as sentences."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from registry.domain.checks import CHECKS
from registry.domain.facts import StatedTotal
from registry.domain.findings import Doubt, Finding, Problem
from registry.templatetags.wording import cure, sentence
from tests.domain.drawing import day, group, rule, sits, territory

README = Path(__file__).parent.parent / "README.md"


def test_a_vacancy_says_how_many_where_since_when_and_by_which_article():
    seats = rule(group("elected"), 2, article="50", act={"en": "Constitution of 1995"})
    finding = Finding(
        Problem.VACANT_SEATS,
        rule=seats,
        territory=territory("Almaty region"),
        expected=2,
        found=1,
        since=day(0),
        predecessors=(sits()._replace(name={"en": "Abenov, Dinara"}),),
    )

    assert sentence(finding) == (
        "1 seat is vacant. Certainly filled: 1 of 2. Seats: Elected. Territory: Almaty region. "
        "Vacant since 1 June 2014. Last held by: Abenov, Dinara. "
        "Rule: Constitution of 1995, Art. 50."
    )


def test_a_long_list_of_people_is_cut_and_counted():
    finding = Finding(
        Problem.TOO_MANY_MEMBERS, expected=6, found=8, sittings=tuple(sits() for _ in range(8))
    )

    assert sentence(finding).startswith("2 members more than the rule allows: 8 for 6 seats.")
    assert sentence(finding).endswith("; and 3 more.")


def test_uncertain_dates_give_a_range():
    finding = Finding(Problem.UNDECIDED_COUNT, found=46, doubtful=1, doubt=Doubt.DATES)

    assert "between 46 and 47 seats were filled" in sentence(finding)


def test_a_seat_that_may_be_held_is_not_called_vacant():
    finding = Finding(Problem.VACANT_SEATS, expected=145, found=143, doubtful=1)

    assert sentence(finding).startswith("1 seat is vacant. Certainly filled: 143 of 145.")


@pytest.mark.parametrize("problem", [*Problem])
def test_every_finding_has_a_sentence_and_a_cure_whatever_it_lacks(problem):
    doubts = [*Doubt] if problem is Problem.UNDECIDED_COUNT else [None]
    for doubt in doubts:
        bare = Finding(problem, doubt=doubt, stated=StatedTotal(1, "Gazette"))
        assert sentence(bare).endswith(".")
        assert "%(" not in sentence(bare)
        assert cure(bare).endswith(".")


def test_the_readme_lists_every_check_with_its_severity():
    listed = dict(re.findall(r"^\| `(\w+)` \|.*\| (\w+) \|$", README.read_text(), re.MULTILINE))

    assert listed == {problem.value: problem.severity.value for problem in Problem}
    assert len(listed) == len(CHECKS)


def test_a_finding_is_plain_data():
    assert "message" not in {field.name for field in fields(Finding)}
