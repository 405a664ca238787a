"""What saving an appointment would break, found by a rehearsal that is taken back.

Only errors object. Warnings do not, for the form cannot know yet what they are about: the steps
of the designation, a re-election that begins the term anew, the sources and the party stand in
rows below it that are saved after it, so `missing_step`, `term_too_long`, `term_expired` and
`no_source` would be asked about on nearly every new record and be cured by the same submission.
Nor is one appointment to blame when classes are out of balance while a chamber is being filled.
What of this is left when all is saved, `admin.mandates` says then.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from registry.domain.facts import Territory
from registry.domain.findings import Finding, Severity
from registry.models import Appointment, Incompatibility, Institution, SeatRule
from registry.snapshots import findings_of

# Findings are computed for each of these days, twice and under a lock. A mandate meets more
# turning points only if its dates are wrong, and then the first of them say so.
DAYS_COMPARED = 20


class Objection(NamedTuple):
    """A grave finding that saving would create, and the first day on which it shows."""

    day: date
    finding: Finding

    @property
    def key(self) -> str:
        """What it comes down to; a curator who accepted this has not accepted another."""
        finding = self.finding
        rule = finding.rule.id if finding.rule else ""
        territory = finding.territory.id if isinstance(finding.territory, Territory) else ""
        elsewhere = finding.elsewhere.other_id if finding.elsewhere else ""
        return f"{finding.problem}:{rule}:{territory}:{elsewhere}:{_surplus(finding)}"


def _surplus(finding: Finding) -> int:
    return (finding.found or 0) - (finding.expected or 0)


def new_objections(appointment: Appointment, *, today: date) -> tuple[Objection, ...]:
    """Error findings that the institution has with this appointment and not without it.

    It takes a lock on the institution, so it must be asked in the transaction that saves.
    """
    rehearsal = copy.copy(appointment)
    rehearsal.skip_history_when_saving = True
    institution = Institution.objects.select_for_update().get(pk=rehearsal.institution_id)
    days = _days_to_compare(rehearsal, today=today)
    before = {day: _errors(institution, day) for day in days}
    with transaction.atomic():
        rehearsal.save()
        after = {day: _errors(institution, day) for day in days}
        transaction.set_rollback(True)
    found: dict[str, Objection] = {}
    for day in days:
        known = Counter(objection.key for objection in before[day])
        for objection in after[day]:
            known[objection.key] -= 1
            if known[objection.key] < 0:
                found.setdefault(objection.key, objection)
    return tuple(found.values())


def _errors(institution: Institution, day: date) -> list[Objection]:
    return [
        Objection(day, finding)
        for finding in findings_of(institution, on=day)
        if finding.severity is Severity.ERROR
    ]


def _days_to_compare(appointment: Appointment, *, today: date) -> list[date]:
    """The days on which saving can begin a finding, the earliest first.

    They are the first day of the mandate and the turning points in it. The first day out of it
    counts as well: whoever leaves the seat and not the chair is no member from then on. So does
    the first day that was recorded before, should the mandate begin later now.
    """
    if appointment.convocation is not None:
        appointment.inherit_dates(appointment.convocation)
    recorded = Appointment.objects.filter(pk=appointment.pk).first()
    beyond = {appointment.end_latest, recorded.start_latest if recorded else None}
    first = appointment.start_latest or appointment.start_earliest
    if first is None:
        return [today]
    last = appointment.end_earliest if appointment.has_ended else None
    if appointment.has_ended and last is None:
        return [first]
    turns = {first, today, appointment.start_earliest, *_turns_of(appointment.institution)}
    if last:
        turns.add(last - timedelta(days=1))
    own = {today, *_turns_of_the_person(appointment)}
    inside = sorted(d for d in turns | own if d and d >= first and (not last or d < last))
    compared = {d for place, d in enumerate(inside) if place < DAYS_COMPARED or d in own}
    return sorted(compared | {day for day in beyond if day})


def _turns_of(institution: Institution) -> Iterator[date | None]:
    """The days on which somebody begins in a body, or it turns: its end, periods and rules."""
    yield institution.end_latest
    yield from institution.appointments.values_list("start_latest", flat=True).distinct()
    for bounds in institution.convocations.values_list("start_latest", "end_latest"):
        yield from bounds
    rules = SeatRule.objects.filter(group__institution=institution)
    yield from rules.values_list("start", flat=True)


def _turns_of_the_person(appointment: Appointment) -> Iterator[date | None]:
    """The days on which the same person begins elsewhere, or the law comes to forbid that."""
    here = appointment.institution
    forbidden = Incompatibility.objects.filter(Q(institution=here) | Q(other=here))
    if starts := list(forbidden.values_list("start", flat=True).distinct()):
        elsewhere = appointment.person.appointments.exclude(institution=here)
        yield from elsewhere.values_list("start_latest", flat=True)
        yield from starts
