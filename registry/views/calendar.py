"""What is to come, and what came: elections, seats filled anew, and terms that end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from registry.domain.checks import judge
from registry.domain.composing import compose
from registry.domain.dates import months_after, years_after
from registry.domain.facts import Record, SeatGroup, Sitting
from registry.domain.findings import Finding, Problem
from registry.domain.renewals import Renewal, renewals
from registry.domain.terms import ScheduledEnd, Terms, ending_between
from registry.forms.questions import BadQuestion
from registry.models import Institution
from registry.snapshots import records_on
from registry.templatetags.days import day_before, long_day, partial
from registry.views.checks import chosen_of
from registry.views.frame import dated, days_of, moved_to_days

MONTHS = 12
LOOK_AHEAD = 12 * 12  # months after the period in which to look for what comes next
MOST_YEARS = 30
FORESEEN_YEARS = 50  # forecasts end there


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
    def carry(self) -> str:
        """Leads to the last day on which they were in office."""
        return f"?on={day_before(self.day).isoformat()}" if self.ended else ""


class Entry(NamedTuple):
    """One of three: seats that are filled anew, terms that end, or a vacancy to be filled."""

    day: date
    institution: Institution
    renewal: Renewal | None = None
    terms: EndingTerms | None = None
    vacancy: Finding | None = None

    @property
    def sample(self) -> bool:
        """Whether it rests on invented people."""
        people = self.terms.people if self.terms else ()
        return any(each.sample for each in people) or bool(self.vacancy and self.vacancy.sample)


class Next(NamedTuple):
    """The first day after the period on which something is to come; the link leads there."""

    day: date
    url: str


@dated
def calendar(request: HttpRequest, *, on: date) -> HttpResponse:
    institutions = list(Institution.objects.order_by("order", "slug"))
    chosen = chosen_of(request.GET, institutions)
    days = days_of(request, on, _moved(on, MONTHS), period=True)
    if days.form.submitted:
        return HttpResponseRedirect(moved_to_days(request, days))
    if (days.last - days.first).days > 366 * MOST_YEARS:
        raise BadQuestion(
            _("A calendar has at most %(years)s years. Choose a shorter period.")
            % {"years": MOST_YEARS}
        )
    horizon = years_after(request.shown.today, FORESEEN_YEARS)
    records = records_on(days.first, [chosen] if chosen else institutions)
    if days.first >= horizon:
        records = []
    last = min(days.last, horizon)
    entries = sorted(_entries(records, days.first, last), key=lambda entry: entry.day)
    context = {
        "chosen": chosen,
        "institutions": institutions,
        "months": [
            (date_format(month, "YEAR_MONTH_FORMAT"), list(group))
            for month, group in groupby(entries, key=lambda entry: entry.day.replace(day=1))
        ],
        "entries": len(entries),
        "next": _first_after(records, last, horizon, chosen),
        "earlier": _address(_moved(days.first, -MONTHS), days.first, chosen),
        "later": _address(days.last, _moved(days.last, MONTHS), chosen),
        "sample": any(entry.sample for entry in entries),
    }
    return render(request, "registry/calendar.html", context)


def _entries(
    records: Iterable[tuple[Institution, Record]], first: date, last: date
) -> Iterator[Entry]:
    for institution, record in records:
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
            add(sitting, end.latest, label, scheduled, reason=sitting.end_reason, ended=True)
    for each in ending_between(record, first, last):
        sitting, day = each.sitting, each.end.day
        if sitting.end_latest is None or sitting.end_latest >= last:
            renewed = min((new for new in terms.beginnings(sitting) if new >= day), default=None)
            add(sitting, day, long_day(day), each.end, renewed=renewed)
    return found.values()


def _first_after(
    records: Iterable[tuple[Institution, Record]],
    last: date,
    horizon: date,
    chosen: Institution | None,
) -> Next | None:
    """The next day after a period for which something is known or can be forecast."""
    until = min(_moved(last, LOOK_AHEAD), horizon)
    day = min((entry.day for entry in _entries(records, last, until)), default=None)
    return Next(day, _address(day, _moved(day, MONTHS), chosen)) if day else None


def _moved(day: date, months: int) -> date:
    """So many months later or before, as far as there are days."""
    try:
        return months_after(day, months)
    except ValueError:
        return date.max if months > 0 else date.min


def _address(first: date, last: date, chosen: Institution | None) -> str:
    body = {"institution": chosen.slug} if chosen else {}
    return "?" + urlencode(body | {"from": first.isoformat(), "to": last.isoformat()})
