"""When a mandate is to end: by its rule, by its convocation, or with its predecessor's term."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from registry.domain.dates import years_after
from registry.domain.facts import Body, Convocation, Record, SeatRule, Sitting, Snapshot
from registry.domain.seats import rules_of_convocation, rules_of_day


class Basis(StrEnum):
    """What a scheduled end follows from."""

    RULE = "rule"
    CONVOCATION = "convocation"
    PREDECESSOR = "predecessor"


@dataclass(frozen=True, slots=True)
class ScheduledEnd:
    """The day on which a mandate is to end, and why.

    `rule` gives the years, counted from `begun`, or it ended the term with the new election of
    `elected`. Where the days are not known exactly, `day` and `begun` are the latest possible
    ones, and `at_latest` says so.
    """

    day: date
    basis: Basis
    rule: SeatRule | None = None
    begun: date | None = None
    convocation: Convocation | None = None
    elected: Body | None = None
    at_latest: bool = False


class Terms:
    """The terms of one institution's mandates; rules are looked up once for each start.

    A term begins anew with every election or appointment that is recorded for a mandate.
    """

    def __init__(self, facts: Snapshot | Record) -> None:
        self.facts = facts
        self.convocations = {each.id: each for each in facts.convocations}
        counted = {rule.group.id for rule in facts.rules if not rule.group.inner}
        self.only_group = next(iter(counted)) if len(counted) == 1 else None
        bounds = {
            day
            for rule in facts.rules
            for day in (rule.force.start, rule.force.end, rule.first_applied)
            if day is not None
        }
        self._turns = sorted(bounds)
        self._rules: dict[tuple[int | None, int], dict[int, SeatRule]] = {}
        self._sittings: dict[int, Sitting] = {}
        self._elections = sorted(facts.elections, key=lambda each: each.day)
        self._resigning = {rule.group.id for rule in facts.rules if rule.resigns_before is not None}
        self._ends: dict[int, ScheduledEnd | None] = {}

    def rule_of(self, sitting: Sitting, day: date) -> SeatRule | None:
        """The rule that a mandate was given under, as it stood when its term began.

        Members of a convocation hold theirs under the rules of its election, all others under
        the law of the day on which the term began that is running on `day`.
        """
        group = self.only_group if sitting.group_id is None else sitting.group_id
        convocation = self.convocations.get(sitting.convocation_id or 0)
        begun = self.begun(sitting, day)
        if begun is None and convocation is not None:
            begun = convocation.rules_day
        if group is None or begun is None:
            return None
        return self._rule(group, convocation, begun)

    def _rule(self, group: int, convocation: Convocation | None, day: date) -> SeatRule | None:
        """The rule of a group on a day: of a convocation, else the law of the day."""
        # From one turn of the rules to the next the law is the same.
        key = (convocation.id if convocation else None, bisect_right(self._turns, day))
        if key not in self._rules:
            rules = self.facts.rules
            if convocation is None:
                found = rules_of_day(rules, day)
            else:
                found = rules_of_convocation(rules, convocation, self.facts.convocations, day)
            self._rules[key] = {rule.group.id: rule for rule in found}
        return self._rules[key].get(group)

    def begun(self, sitting: Sitting, day: date) -> date | None:
        """The first day of the term that runs on `day`, `None` when nobody recorded it."""
        if not sitting.steps:
            return sitting.start_latest
        return max(
            (start for start in self.beginnings(sitting) if start <= day),
            default=sitting.start_latest,
        )

    def beginnings(self, sitting: Sitting) -> list[date]:
        """The days on which a term of the mandate certainly began: its start, then the anew."""
        start = sitting.start_latest
        if start is None:
            return []
        if not sitting.steps:
            return [start]
        anew = (
            step.day.latest
            for step in sitting.steps
            if step.kind.begins_a_term and step.day.latest is not None
        )
        return sorted({start, *(day for day in anew if day > start)})

    def scheduled_end(self, sitting: Sitting, day: date) -> ScheduledEnd | None:
        """When the term that runs on `day` is to end; `None` when nothing says so."""
        if sitting.steps:
            return self._scheduled_end(sitting, day)
        # One term, whatever the day.
        if sitting.appointment_id not in self._ends:
            self._ends[sitting.appointment_id] = self._scheduled_end(sitting, day)
        return self._ends[sitting.appointment_id]

    def _scheduled_end(self, sitting: Sitting, day: date) -> ScheduledEnd | None:
        begun = self.begun(sitting, day)
        if begun is None or sitting.acting:
            return None
        rule = self.rule_of(sitting, day)
        convocation = self.convocations.get(sitting.convocation_id or 0)
        if convocation is not None:
            return self._end_of_convocation(convocation, rule)
        former = self._predecessor(sitting)
        if former is not None and begun == sitting.start_latest:
            rest = self.scheduled_end(former, former.end_latest or begun)
            return rest and replace(rest, basis=Basis.PREDECESSOR)
        if rule is None:
            return None
        if resigned := self._resignation(rule, begun):
            return resigned
        if rule.term_years is not None:
            return ScheduledEnd(
                day=years_after(begun, rule.term_years),
                basis=Basis.RULE,
                rule=rule,
                begun=begun,
                at_latest=not self._begun_exactly(sitting, begun),
            )
        return None

    def _begun_exactly(self, sitting: Sitting, begun: date) -> bool:
        """Whether the first day of a term is known to the day."""
        exact = [step.day.latest for step in sitting.steps if step.day.earliest == step.day.latest]
        return begun in exact or begun == sitting.start_latest == sitting.start_earliest

    def _end_of_convocation(
        self, convocation: Convocation, rule: SeatRule | None
    ) -> ScheduledEnd | None:
        term = convocation.term
        begun = term.start.latest
        if term.end is not None and term.end.latest is not None:
            end, exact = term.end.latest, term.end.earliest == term.end.latest
        elif begun is not None and rule is not None and rule.term_years is not None:
            end, exact = years_after(begun, rule.term_years), term.start.earliest == begun
        else:
            return None
        return ScheduledEnd(
            end, Basis.CONVOCATION, rule, begun, convocation=convocation, at_latest=not exact
        )

    def _predecessor(self, sitting: Sitting) -> Sitting | None:
        if sitting.serves_rest_of is None:
            return None
        if not self._sittings:
            known: Iterable[Sitting] = self.facts.sittings
            if isinstance(self.facts, Snapshot):
                known = (*known, *self.facts.departures)
            self._sittings = {each.appointment_id: each for each in known}
        former = self._sittings.get(sitting.serves_rest_of)
        if former is None or former.start_latest is None or sitting.start_latest is None:
            return None
        # Nobody completes the term of somebody who came later, nor of himself.
        return former if former.start_latest < sitting.start_latest else None

    def _resignation(self, rule: SeatRule, begun: date) -> ScheduledEnd | None:
        """The first new election after `begun` before which the law of its day has one resign."""
        if rule.group.id not in self._resigning:
            return None
        for election in self._elections:
            if election.day <= begun or election.partial:
                continue
            law = self._rule(rule.group.id, None, election.day)
            awaited = law.resigns_before if law else None
            if awaited is not None and awaited.slug == election.institution:
                day = election.in_office or election.day
                return ScheduledEnd(day, Basis.RULE, law, begun, elected=awaited)
        return None


@dataclass(frozen=True, slots=True)
class Ending:
    """A mandate that is to end on a day."""

    sitting: Sitting
    end: ScheduledEnd


def ending_between(record: Record, first: date, last: date) -> Iterator[Ending]:
    """The mandates whose running terms are to end from `first` up to, not on, `last`.

    A mandate that had ended before, or began only after the end that was meant for it, is none;
    nor is a term in whose course a new one began.
    """
    terms = Terms(record)
    for sitting in record.sittings:
        for begun in terms.beginnings(sitting):
            end = terms.scheduled_end(sitting, begun)
            if end is None or not first <= end.day < last:
                continue
            eve = end.day - timedelta(days=1)
            if begun > eve or terms.begun(sitting, eve) != begun:
                continue
            if sitting.end_latest is None or sitting.end_latest >= end.day:
                yield Ending(sitting, end)
