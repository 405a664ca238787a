"""What is to come and what came, entry by entry: for the calendar and for what subscribes to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from registry.domain.annals import events
from registry.domain.checks import judge
from registry.domain.composing import compose
from registry.domain.dates import months_after, years_after
from registry.domain.events import Event, Recorded
from registry.domain.facts import Record, SeatGroup, Sitting
from registry.domain.findings import Finding, Problem
from registry.domain.renewals import Renewal, renewals
from registry.domain.terms import ScheduledEnd, Terms, ending_between
from registry.forms.questions import BadQuestion
from registry.models import Institution
from registry.snapshots import records_on
from registry.templatetags.days import day_before, long_day, partial
from registry.templatetags.wording import why_ended

LOOK_AHEAD = 12 * 12  # months after the period in which to look for what comes next
MOST_YEARS = 30
FORESEEN_YEARS = 50  # forecasts end there


class Kind(StrEnum):
    """What an entry is about; the values stand in addresses."""

    RENEWAL = "renewal"
    TERM = "term"
    VACANCY = "vacancy"
    LAW = "law"


@dataclass(frozen=True, slots=True)
class EndingTerms:
    """Mandates that end on a day for the same reason; `label` is the day as far as it is known.

    `ended` says that the end is recorded, and `renewed` since when a new term is. With neither
    it is what the rules let one expect.
    """

    day: date
    label: str
    group: SeatGroup | None
    scheduled: ScheduledEnd | None
    reason: str = ""
    ended: bool = False
    renewed: date | None = None
    people: tuple[Sitting, ...] = ()

    @property
    def key(self) -> tuple:
        """What those that are listed together have in common."""
        end = self.scheduled
        why = end and (end.day, end.basis, end.rule.id if end.rule else None, end.begun)
        group = self.group.id if self.group else None
        return (self.day, self.label, group, why, self.reason, self.ended, self.renewed)

    @property
    def last(self) -> Sitting:
        return self.people[-1]

    @property
    def exact(self) -> bool:
        """Whether the day is known, and not the last one of those on which it may have been."""
        return self.label == long_day(self.day)

    @property
    def carry(self) -> str:
        """Leads to the last day on which they were in office."""
        return f"?on={day_before(self.day).isoformat()}" if self.ended else ""


class Entry(NamedTuple):
    """One of four: seats filled anew, terms that end, a vacancy to be filled, another law."""

    day: date
    institution: Institution
    renewal: Renewal | None = None
    terms: EndingTerms | None = None
    vacancy: Finding | None = None
    event: Event | None = None

    @property
    def kind(self) -> Kind:
        if self.renewal:
            return Kind.RENEWAL
        if self.terms:
            return Kind.TERM
        return Kind.VACANCY if self.vacancy else Kind.LAW

    @property
    def certain(self) -> bool:
        """Whether the day is recorded, and not computed from rules."""
        if self.renewal:
            return self.renewal.known is not None
        if self.terms:
            return self.terms.exact and (self.terms.ended or self.terms.renewed is not None)
        return self.event is not None

    @property
    def sample(self) -> bool:
        """Whether it rests on invented people."""
        people = self.terms.people if self.terms else ()
        return any(each.sample for each in people) or bool(self.vacancy and self.vacancy.sample)


class Agenda:
    """What happens to some institutions from `first` up to, not on, `last`, in order.

    Of one `kind` unless it is "". Raises `BadQuestion` for a period that is too long.
    """

    def __init__(
        self,
        institutions: Iterable[Institution],
        first: date,
        last: date,
        *,
        today: date,
        kind: str = "",
    ) -> None:
        if (last - first).days > 366 * MOST_YEARS:
            raise BadQuestion(
                _("A calendar has at most %(years)s years. Choose a shorter period.")
                % {"years": MOST_YEARS}
            )
        self.kind = kind
        self.horizon = years_after(today, FORESEEN_YEARS)
        self.last = min(last, self.horizon)
        self.records = records_on(first, institutions) if first < self.horizon else []
        self.entries = sorted(self._between(first, self.last), key=lambda entry: entry.day)

    def _between(self, first: date, last: date) -> Iterator[Entry]:
        for entry in _entries(self.records, first, last):
            if self.kind in ("", entry.kind):
                yield entry

    def next_day(self) -> date | None:
        """The next day after the period for which something is known or can be forecast."""
        until = min(months_later(self.last, LOOK_AHEAD), self.horizon)
        return min((entry.day for entry in self._between(self.last, until)), default=None)


def months_later(day: date, months: int) -> date:
    """So many months later or before, as far as there are days."""
    try:
        return months_after(day, months)
    except ValueError:
        return date.max if months > 0 else date.min


def _entries(
    records: Iterable[tuple[Institution, Record]], first: date, last: date
) -> Iterator[Entry]:
    for institution, record in records:
        body = record.institution.id
        law = Recorded({body: record.institution}, rules={body: list(record.rules)})
        for event in events(law):
            if first <= event.day < last:
                yield Entry(event.day, institution, event=event)
        for renewal in renewals(record, first, last):
            yield Entry(renewal.day, institution, renewal=renewal)
        for terms in _terms(record, first, last):
            yield Entry(terms.day, institution, terms=terms)
        for finding in _deadlines(record, first):
            if finding.due and first <= finding.due < last:
                yield Entry(finding.due, institution, vacancy=finding)


def _deadlines(record: Record, day: date) -> Iterator[Finding]:
    """The vacancies of a day that the law wants filled by another."""
    if any(rule.vacancy_months is not None for rule in record.rules):
        for finding in judge(compose(record.on(day))):
            if finding.problem is Problem.VACANT_SEATS and finding.due:
                yield finding


def _terms(record: Record, first: date, last: date) -> Iterable[EndingTerms]:
    """Mandates that end in the period, those for the same reason together.

    An end that is recorded takes the place of one that follows from the rules.
    """
    terms = Terms(record)
    groups = {group.id: group for group in record.groups}
    found: dict[tuple, EndingTerms] = {}

    def add(sitting: Sitting, day: date, label: str, end: ScheduledEnd | None, **why: Any) -> None:
        group = groups.get(sitting.group_id or terms.only_group or 0)
        ending = EndingTerms(day, label, group, end, **why)
        known = found.setdefault(ending.key, ending)
        found[ending.key] = replace(known, people=(*known.people, sitting))

    for sitting in record.sittings:
        end = sitting.end
        if end is not None and end.latest is not None and first <= end.latest < last:
            label = long_day(end.latest) if end.earliest == end.latest else partial(end)
            scheduled = terms.scheduled_end(sitting, day_before(end.latest))
            add(
                sitting,
                end.latest,
                label,
                scheduled,
                reason=why_ended(sitting.end_reason),
                ended=True,
            )
    for each in ending_between(record, first, last):
        sitting, day = each.sitting, each.end.day
        if sitting.end_latest is None or sitting.end_latest >= last:
            renewed = min((new for new in terms.beginnings(sitting) if new >= day), default=None)
            add(sitting, day, long_day(day), each.end, renewed=renewed)
    return found.values()
