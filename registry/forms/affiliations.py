"""The parties a person sits for, one after the other within an appointment."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from registry.domain.dates import UNKNOWN, PartialDate, Precision, Term
from registry.forms.partial_dates import PartialDateField, TermForm, quoted
from registry.models import Affiliation, Appointment


class Refusal(NamedTuple):
    """What cannot be, told at one field of one of the `rows` that it concerns."""

    row: Affiliation
    field: str
    error: ValidationError
    rows: tuple[Affiliation, ...]


class AffiliationForm(TermForm):
    start = PartialDateField(
        required=False,
        label=_("Start"),
        help_text=_("Leave it empty if the person sat for the party from the beginning."),
    )
    end = PartialDateField(
        required=False,
        label=_("End (first day out of the party)"),
        help_text=_("Leave it empty if that lasted as long as the appointment."),
    )


class AffiliationFormSet(BaseInlineFormSet):
    """Refuses two parties that certainly overlap, and days certainly outside the appointment.

    What was recorded before and is not touched now is left alone.
    """

    def clean(self) -> None:
        super().clean()
        forms = [
            form
            for form in self.forms
            if form.is_valid()
            and form.cleaned_data.get("party")
            and not self._should_delete_form(form)
        ]
        appointment = _with_its_dates(self.instance)
        try:
            term = appointment.term
        except ValueError:
            return  # the form above the rows says what is wrong with its days
        before = Appointment.objects.filter(pk=self.instance.pk).first()
        moved = before is not None and before.term != term
        touched = [form.instance for form in forms if moved or form.has_changed()]
        for refusal in refusals([form.instance for form in forms], appointment):
            if any(row is each for row in refusal.rows for each in touched):
                form = next(form for form in forms if form.instance is refusal.row)
                form.add_error(refusal.field, refusal.error)


class LoneAffiliationForm(AffiliationForm):
    """The form of one affiliation, held against the others of its appointment."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.errors or not self.has_changed():
            return
        appointment = self.instance.appointment
        others = appointment.affiliations.exclude(pk=self.instance.pk).select_related("party")
        for refusal in refusals([self.instance, *others], appointment):
            if any(row is self.instance for row in refusal.rows):
                field = refusal.field if refusal.row is self.instance else "start"
                self.add_error(field, refusal.error)


def refusals(rows: Sequence[Affiliation], appointment: Appointment) -> Iterator[Refusal]:
    """What certainly cannot be of these affiliations of one appointment."""
    inside = []
    for row in rows:
        if outside := _outside(row, appointment):
            yield outside
        else:
            inside.append(row)
    terms = [(row, _term(row, appointment)) for row in inside]
    terms.sort(
        key=lambda each: (each[1].start.earliest or date.min, each[1].start.latest or date.max)
    )
    for (row, term), (later, later_term) in combinations(terms, 2):
        if term.overlaps(later_term):
            yield _overlap(row, term, later, later_term)


def _with_its_dates(appointment: Appointment) -> Appointment:
    """The appointment as it will be saved: inherited dates are taken over only then."""
    saved = copy.copy(appointment)
    if saved.convocation is not None:
        saved.inherit_dates(saved.convocation)
    return saved


def _term(row: Affiliation, appointment: Appointment) -> Term:
    """The days of an affiliation, those that it takes from its appointment included."""
    begun = appointment.start
    if begun.latest is None:
        # Nobody knows since when; but no other affiliation began earlier.
        begun = PartialDate.of(date.min)
    start = row.start if row.start != UNKNOWN else begun
    return Term(start, row.end if row.end is not None else appointment.end)


def _outside(row: Affiliation, appointment: Appointment) -> Refusal | None:
    start, end = row.start, row.end
    first, over = appointment.start, appointment.end
    if start.latest and first.earliest and start.latest < first.earliest:
        message = _("The appointment begins only on %(day)s. Leave the start empty or correct it.")
        return _refusal(row, "start", message, first)
    if end and end.latest and first.earliest and end.latest <= first.earliest:
        message = _("The appointment begins only on %(day)s. Correct the end or delete the row.")
        return _refusal(row, "end", message, first)
    if over is None or over.latest is None:
        return None
    if start.earliest and start.earliest >= over.latest:
        message = _("The appointment has ended by then: %(day)s. Correct the start.")
        return _refusal(row, "start", message, over)
    if end and end.earliest and end.earliest > over.latest:
        message = _("The appointment ends on %(day)s. Leave the end empty or correct it.")
        return _refusal(row, "end", message, over)
    return None


def _refusal(row: Affiliation, field: str, message: str, day: PartialDate) -> Refusal:
    return Refusal(row, field, ValidationError(message, params={"day": quoted(day)}), (row,))


def _overlap(row: Affiliation, term: Term, later: Affiliation, later_term: Term) -> Refusal:
    """Told where the earlier of the two should end."""
    params = {
        "party": row.party,
        "later": later.party,
        "day": quoted(later_term.start),
    }
    if later_term.start == term.start:
        message = _(
            "%(later)s begins on the same day as %(party)s. Enter the day of the change, or "
            "delete one of the two."
        )
        return Refusal(later, "start", ValidationError(message, params=params), (row, later))
    if later_term.start.precision is not Precision.DAY:
        message = _("%(party)s still runs when %(later)s begins (%(day)s). Enter when it ended.")
    elif row.end is None:
        message = _("%(party)s still runs: end it on %(day)s.")
    else:
        message = _("%(party)s ends after %(later)s begins: end it on %(day)s.")
    return Refusal(row, "end", ValidationError(message, params=params), (row, later))
