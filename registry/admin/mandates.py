"""What a curator reads after saving an appointment: what changed, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.admin.findings import unexplained
from registry.domain.dates import UNKNOWN, PartialDate, Precision, Presence, Term
from registry.domain.findings import Severity
from registry.models import Appointment
from registry.snapshots import composition_of
from registry.templatetags.days import long_day, partial, term_in_words
from registry.templatetags.wording import cure, sentence


def what_was_added(appointment: Appointment, *, today: date) -> str:
    start, end = appointment.start, appointment.end
    facts = {
        "person": appointment.person,
        "institution": appointment.institution,
        "day": _day(start),
        "term": term_in_words(start, end, today),
    }
    if start.precision is Precision.DAY and end is None:
        said = _("Recorded: %(person)s in %(institution)s from %(day)s.")
    else:
        said = _("Recorded: %(person)s in %(institution)s, %(term)s.")
    return _with_count(said % facts, appointment, start)


def what_was_changed(appointment: Appointment, before: Term, *, today: date) -> str:
    """Empty where the days in office stayed: then nothing follows that a sentence could say."""
    start, end = appointment.start, appointment.end
    if end != before.end:
        if end is None:
            return _("The end is taken back: the appointment goes on.")
        if end == UNKNOWN:
            return _("The appointment has ended; nobody recorded on which day.")
        if end.precision is not Precision.DAY:
            said = _("End of the appointment: %(day)s.")
        elif end.reached_by(today) is Presence.YES:
            said = _("Appointment ended on %(day)s.")
        else:
            said = _("Appointment ends on %(day)s.")
        return _with_count(said % {"day": _day(end)}, appointment, end)
    if start != before.start:
        said = _("First day in office: %(day)s.") % {"day": _day(start)}
        return _with_count(said, appointment, start)
    return ""


def what_is_left(appointment: Appointment, *, today: date) -> Iterator[str]:
    """Warnings about this mandate on its first day and today, now that its steps are saved too.

    They ask for no reason beforehand: `forms.objections` says why.
    """
    first = appointment.start_latest
    in_office = appointment.term.covers(today) is Presence.YES
    said = set()
    for day in sorted({day for day in (first, today if in_office else None) if day}):
        for finding in unexplained(appointment.institution, day):
            own = tuple(s for s in finding.sittings if s.appointment_id == appointment.pk)
            if own and finding.severity is Severity.WARNING:
                words = replace(finding, sittings=own)
                if words.key not in said:
                    said.add(words.key)
                    facts = {"day": long_day(day), "sentence": sentence(words), "cure": cure(words)}
                    yield _("On %(day)s: %(sentence)s %(cure)s") % facts


def _day(when: PartialDate) -> str:
    return long_day(when.latest) if when.precision is Precision.DAY else partial(when)


def _with_count(said: str, appointment: Appointment, when: PartialDate) -> str:
    """The sentence, and how many sit on the day, if it is one day and the seat is counted."""
    inner = appointment.group is not None and appointment.group.inner
    if inner or when.latest is None or when.precision is not Precision.DAY:
        return said
    composition = composition_of(appointment.institution, on=when.latest)
    if not composition.state.exists:
        return said
    numbers = {"filled": composition.filled, "required": composition.required}
    if composition.required is None:
        count = ngettext(
            "%(filled)s member is recorded for that day.",
            "%(filled)s members are recorded for that day.",
            composition.filled,
        )
    elif not composition.covered:
        # An empty seat may be one that nobody looked up.
        count = ngettext(
            "%(filled)s member is recorded for that day, for %(required)s seats.",
            "%(filled)s members are recorded for that day, for %(required)s seats.",
            composition.filled,
        )
    else:
        count = ngettext(
            "On that day %(filled)s of %(required)s seats is filled.",
            "On that day %(filled)s of %(required)s seats are filled.",
            composition.filled,
        )
    return f"{said} {count % numbers}"
