"""What an import does to the composition of a day: seats and findings before and after it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils import translation

from registry.domain.checks import judge
from registry.domain.composition import Composition
from registry.domain.findings import Finding
from registry.rosters.planning.plans import Plan
from registry.snapshots import composition_of
from registry.templatetags.wording import sentence, statement


class Effect:
    """The composition before a plan is written and, once `look_again` was called, after it."""

    def __init__(self, plan: Plan) -> None:
        self.institution, self.day = plan.institution, plan.telling_day
        self.before = self.after = self._look()

    def _look(self) -> tuple[Composition, tuple[Finding, ...]]:
        composition = composition_of(self.institution, on=self.day)
        return composition, judge(composition)

    def look_again(self) -> None:
        self.after = self._look()

    @property
    def data(self) -> dict[str, Any]:
        """As plain data, with the findings in words of every language: those that come and go,
        and pairs of those of which only the numbers change."""
        (before, found_before), (after, found_after) = self.before, self.after
        then = {finding.matter: finding for finding in found_before}
        now = {finding.matter: finding for finding in found_after}
        both = [(then[each], now[each]) for each in now if each in then]
        return {
            "day": self.day.isoformat(),
            "before": _numbers(before),
            "after": _numbers(after),
            "come": [_finding(now[each]) for each in now if each not in then],
            "go": [_finding(then[each]) for each in then if each not in now],
            "change": [
                [_finding(one, statement), _finding(other)]
                for one, other in both
                if one.numbers != other.numbers
            ],
        }


def _numbers(composition: Composition) -> dict[str, Any]:
    return {
        "state": composition.state.value,
        "required": composition.required,
        "filled": composition.filled,
        "possible": len(composition.possible),
        "vacant": composition.vacant,
        "over": composition.over,
    }


def _finding(finding: Finding, words: Callable[[Finding], str] = sentence) -> dict[str, Any]:
    texts = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            texts[language] = words(finding)
    return {
        "code": finding.problem.value,
        "severity": finding.problem.severity.value,
        "texts": texts,
    }
