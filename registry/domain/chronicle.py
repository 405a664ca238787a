"""The findings of an institution over time: on which days each holds."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property

from registry.domain.checks import findings_on, judge
from registry.domain.composing import compose
from registry.domain.composition import Composition
from registry.domain.dates import Span
from registry.domain.facts import Record, Sitting
from registry.domain.findings import Finding, Problem
from registry.domain.terms import Terms

Key = tuple[object, ...]


def turning_days(record: Record, terms: Terms) -> list[date]:
    """The days on which a finding may come or go: recorded changes, and terms that run out."""
    turns = set(record.change_days())
    for sitting in record.sittings:
        for begun in terms.beginnings(sitting):
            if end := terms.scheduled_end(sitting, begun):
                turns.add(end.day)
    return sorted(turns)


class Chronicle:
    """The life of one institution as stretches of days on which nothing changes.

    Stretches are composed when they are asked for, once each, and judged for the problems that
    are asked for. Stretch `n` runs from turning day `n - 1` up to turning day `n`; the first and
    the last are open.
    """

    def __init__(self, record: Record) -> None:
        self.record = record
        self.terms = Terms(record)
        self.turns = turning_days(record, self.terms)
        gone = (s for s in record.sittings if s.end_latest is not None)
        self._leavers = sorted(gone, key=_left, reverse=True)
        self._composed: dict[int, Composition] = {}
        self._found: dict[tuple[int, Problem], dict[Key, Finding]] = {}

    def composition(self, day: date) -> Composition:
        return self._composition(bisect_right(self.turns, day), day)

    def with_days(self, composition: Composition) -> tuple[Finding, ...]:
        """The findings of a composition of this institution, each with the days it holds on."""
        here = bisect_right(self.turns, composition.day)
        judged = judge(composition)
        for problem in Problem:
            found = {finding.key: finding for finding in judged if finding.problem is problem}
            self._found[here, problem] = found
        return tuple(replace(each, days=self._span(each, here)) for each in judged)

    def findings_between(self, first: date, last: date) -> tuple[Finding, ...]:
        """Every finding that holds on a day from `first` up to, not on, `last`, with its days.

        The days are cut at neither end. One that went and came back is listed twice.
        """
        found: list[Finding] = []
        stretches = range(bisect_right(self.turns, first), bisect_left(self.turns, last) + 1)
        before: dict[Key, Finding] = {}
        for stretch in stretches:
            present = self._stretch(stretch)
            for key, finding in present.items():
                if key not in before:
                    found.append(replace(finding, days=self._span(finding, stretch)))
            before = present
        return tuple(found)

    def _span(self, finding: Finding, stretch: int) -> Span:
        """The days around a stretch on which a finding goes on without a break."""
        key, problem = finding.key, finding.problem
        first = last = stretch
        while first > 0 and key in self._findings(first - 1, problem):
            first -= 1
        while last < len(self.turns) and key in self._findings(last + 1, problem):
            last += 1
        return Span(
            self.turns[first - 1] if first > 0 else None,
            self.turns[last] if last < len(self.turns) else None,
        )

    def _stretch(self, stretch: int) -> dict[Key, Finding]:
        judged = judge(self._composition(stretch))
        return {finding.key: finding for finding in judged}

    def _findings(self, stretch: int, problem: Problem) -> dict[Key, Finding]:
        if (stretch, problem) not in self._found:
            findings = findings_on(self._composition(stretch), problem)
            self._found[stretch, problem] = {finding.key: finding for finding in findings}
        return self._found[stretch, problem]

    def _composition(self, stretch: int, day: date | None = None) -> Composition:
        if day is not None:
            return self._compose(stretch, day)
        if stretch not in self._composed:
            self._composed[stretch] = self._compose(stretch, self._day_of(stretch))
        return self._composed[stretch]

    def _compose(self, stretch: int, day: date) -> Composition:
        left = bisect_left(self._leavers, -day.toordinal(), key=lambda s: -_left(s).toordinal())
        snapshot = self.record.on(day, self._rosters[stretch], self._leavers[left:])
        return compose(snapshot, self.terms)

    @cached_property
    def _rosters(self) -> list[list[Sitting]]:
        """For each stretch, who sits in it certainly or possibly, in roster order."""
        rosters: list[list[Sitting]] = [[] for _ in range(len(self.turns) + 1)]
        for sitting in self.record.sittings:
            first = sitting.start_earliest
            begun = 0 if first is None else bisect_right(self.turns, first)
            gone = sitting.end_latest
            over = len(self.turns) + 1 if gone is None else bisect_right(self.turns, gone)
            for stretch in range(begun, over):
                rosters[stretch].append(sitting)
        return rosters

    def _day_of(self, stretch: int) -> date:
        if stretch > 0:
            return self.turns[stretch - 1]
        return self.turns[0] - timedelta(days=1) if self.turns else date.max


def _left(sitting: Sitting) -> date:
    return sitting.end_latest or date.min
