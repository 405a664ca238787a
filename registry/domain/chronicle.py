"""The findings of an institution over time: on which days each holds."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace
from datetime import date, timedelta

from registry.domain.checks import judge
from registry.domain.composing import compose
from registry.domain.composition import Composition
from registry.domain.dates import Span
from registry.domain.facts import Record, Sitting
from registry.domain.findings import Finding
from registry.domain.terms import Terms

Key = tuple[object, ...]


def turning_days(record: Record) -> list[date]:
    """The days on which a finding may come or go: recorded changes, and terms that run out."""
    terms = Terms(record)
    turns = set(record.change_days())
    for sitting in record.sittings:
        for begun in terms.beginnings(sitting):
            if end := terms.scheduled_end(sitting, begun):
                turns.add(end.day)
    return sorted(turns)


class Chronicle:
    """The life of one institution as stretches of days on which nothing changes.

    Stretches are composed and judged when they are asked for, once each. Stretch `n` runs from
    turning day `n - 1` up to turning day `n`; the first and the last are open.
    """

    def __init__(self, record: Record) -> None:
        self.record = record
        self.turns = turning_days(record)
        gone = (s for s in record.sittings if s.end_latest is not None)
        self._leavers = sorted(gone, key=_left, reverse=True)
        self._judged: dict[int, dict[Key, Finding]] = {}

    def composition(self, day: date) -> Composition:
        left = (s for s in self._leavers if _left(s) <= day)
        return compose(self.record.on(day, departures=left))

    def with_days(self, composition: Composition) -> tuple[Finding, ...]:
        """The findings of a composition of this institution, each with the days it holds on."""
        here = bisect_right(self.turns, composition.day)
        judged = judge(composition)
        self._judged[here] = {finding.key: finding for finding in judged}
        return tuple(replace(each, days=self._span(each.key, here)) for each in judged)

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
                    found.append(replace(finding, days=self._span(key, stretch)))
            before = present
        return tuple(found)

    def _span(self, key: Key, stretch: int) -> Span:
        """The days around a stretch on which a finding goes on without a break."""
        first = last = stretch
        while first > 0 and key in self._stretch(first - 1):
            first -= 1
        while last < len(self.turns) and key in self._stretch(last + 1):
            last += 1
        return Span(
            self.turns[first - 1] if first > 0 else None,
            self.turns[last] if last < len(self.turns) else None,
        )

    def _stretch(self, stretch: int) -> dict[Key, Finding]:
        if stretch not in self._judged:
            findings = judge(self.composition(self._day_of(stretch)))
            self._judged[stretch] = {finding.key: finding for finding in findings}
        return self._judged[stretch]

    def _day_of(self, stretch: int) -> date:
        if stretch > 0:
            return self.turns[stretch - 1]
        return self.turns[0] - timedelta(days=1) if self.turns else date.max


def _left(sitting: Sitting) -> date:
    return sitting.end_latest or date.min
