"""The form of an appointment: it asks for a reason before it creates a new irregularity."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from registry.domain.dates import Term
from registry.domain.facts import Territory
from registry.domain.findings import Finding, Severity
from registry.forms.partial_dates import TermForm, quoted
from registry.forms.parts import refuse_parts_of_others
from registry.models import Appointment, Institution, SeatRule
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
        return f"{finding.problem}:{rule}:{territory}:{_surplus(finding)}"


def _surplus(finding: Finding) -> int:
    return (finding.found or 0) - (finding.expected or 0)


class AppointmentForm(TermForm):
    """Saves an appointment. Give `on`, the day that counts as today, as a class attribute.

    A form whose saving would create a new error finding is invalid until a reason is given;
    `objections` then says which. It takes a lock on the institution, so it must be validated
    and saved in one transaction.
    """

    on: date

    reason = forms.CharField(
        required=False,
        max_length=Appointment.history.model._meta.get_field("history_change_reason").max_length,
        label=_("Reason for saving it all the same"),
        help_text=_("It is kept in the history of the record."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    accepted = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Appointment
        fields = (
            "institution",
            "person",
            "group",
            "convocation",
            "territory",
            "start_inherited",
            "end_inherited",
            "acting",
            "designation",
            "end_reason",
            "confidence",
            "note",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.objections: tuple[Objection, ...] = ()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        refuse_parts_of_others(self, "group", "convocation")
        for bound in ("start", "end"):
            self._state_corrected_date(bound)
        self._refuse_inherited_disorder()
        return cleaned

    def _state_corrected_date(self, bound: str) -> None:
        """Whoever writes another date into the form states it; it is inherited no longer."""
        flag = f"{bound}_inherited"
        written = {bound, "end_unrecorded"} if bound == "end" else {bound}
        if written & set(self.changed_data) and flag not in self.changed_data:
            self.cleaned_data[flag] = False

    def _refuse_inherited_disorder(self) -> None:
        """A date that is stated goes with the one taken from the convocation."""
        cleaned, convocation = self.cleaned_data, self.cleaned_data.get("convocation")
        if convocation is None or self.errors.keys() & {"start", "end", "end_unrecorded"}:
            return
        start_taken, end_taken = cleaned.get("start_inherited"), cleaned.get("end_inherited")
        start = convocation.start if start_taken else self.instance.start
        end = convocation.end if end_taken else self.instance.end
        try:
            Term(start, end)
        except ValueError:
            days = {"start": quoted(start), "end": quoted(end) if end else ""}
            if end_taken:
                message = _("The convocation ends on %(end)s, not after this start (%(start)s).")
                self.add_error("start", ValidationError(message, params=days))
            else:
                message = _("The convocation starts on %(start)s, not before this end (%(end)s).")
                self.add_error("end", ValidationError(message, params=days))

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.errors:
            return
        self.objections = tuple(self._new_objections())
        if not self.objections:
            return
        accepted = set((self.cleaned_data.get("accepted") or "").split())
        keys = {objection.key for objection in self.objections}
        if keys <= accepted and self.cleaned_data.get("reason"):
            return
        # What is shown now is what the next submission accepts.
        self.data = self.data.copy()
        self.data[self.add_prefix("accepted")] = " ".join(sorted(keys))
        self.add_error(None, _("Not saved yet: this breaks a rule. Correct it or give a reason."))

    def _new_objections(self) -> Iterator[Objection]:
        """Error findings that the institution has with this appointment and not without it."""
        rehearsal = copy.copy(self.instance)
        rehearsal.skip_history_when_saving = True
        institution = Institution.objects.select_for_update().get(pk=rehearsal.institution_id)
        days = _days_to_compare(rehearsal, today=self.on)
        before = {day: _errors(institution, day) for day in days}
        with transaction.atomic():
            rehearsal.save()
            after = {day: _errors(institution, day) for day in days}
            transaction.set_rollback(True)
        seen = set()
        for day in days:
            known = Counter(objection.key for objection in before[day])
            for objection in after[day]:
                known[objection.key] -= 1
                if known[objection.key] < 0 and objection.key not in seen:
                    seen.add(objection.key)
                    yield objection


def _errors(institution: Institution, day: date) -> list[Objection]:
    return [
        Objection(day, finding)
        for finding in findings_of(institution, on=day)
        if finding.severity is Severity.ERROR
    ]


def _days_to_compare(appointment: Appointment, *, today: date) -> list[date]:
    """The days of the mandate on which a finding can begin, the earliest first.

    They are its own first day, those of others that begin while it lasts, and the days on which
    the body, its convocations or its rules turn.
    """
    if appointment.convocation is not None:
        appointment.inherit_dates(appointment.convocation)
    first = appointment.start_latest or appointment.start_earliest
    if first is None:
        return [today]
    last = appointment.end_earliest if appointment.has_ended else None
    if appointment.has_ended and last is None:
        return [first]
    institution = appointment.institution
    others = institution.appointments.exclude(pk=appointment.pk)
    turns = {first, today, institution.end_latest, appointment.start_earliest}
    turns |= set(others.values_list("start_latest", flat=True).distinct())
    for start, end in institution.convocations.values_list("start_latest", "end_latest"):
        turns |= {start, end}
    rules = SeatRule.objects.filter(group__institution=institution)
    turns |= set(rules.values_list("start", flat=True))
    if last:
        turns.add(last - timedelta(days=1))
    days = sorted(day for day in turns if day and day >= first and (not last or day < last))
    return [day for place, day in enumerate(days) if place < DAYS_COMPARED or day == today]
