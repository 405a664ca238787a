"""The form of a convocation, and of the convocations in the form of their institution."""

from __future__ import annotations

from itertools import combinations

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from registry.forms.partial_dates import TermForm
from registry.models import Appointment, Convocation

NAMED = 5


class ConvocationForm(TermForm):
    """Refuses days that a member who takes only one of the two from it could not have."""

    def _post_clean(self) -> None:
        super()._post_clean()
        moved = [name for name in ("start", "end", "end_unrecorded") if name in self.changed_data]
        if self.errors or self.instance.pk is None or not moved:
            return
        torn = [str(row.person) for row in _taking_one(self.instance) if _torn(row, self.instance)]
        if torn:
            message = ngettext_lazy(
                "%(number)s member who takes this day from it would leave before it: %(names)s.",
                "%(number)s members who take this day from it would leave before it: %(names)s.",
                "number",
            )
            names = ", ".join(torn[:NAMED]) + ("…" if len(torn) > NAMED else "")
            params = {"number": len(torn), "names": names}
            self.add_error(moved[0], ValidationError(message, params=params))


class ConvocationFormSet(BaseInlineFormSet):
    """Holds the rows of one form against each other; each holds itself against the recorded."""

    def clean(self) -> None:
        super().clean()
        forms = [
            form
            for form in self.forms
            if form.is_valid() and form.has_changed() and not self._should_delete_form(form)
        ]
        for form, other in combinations(forms, 2):
            if form.instance.term.overlaps(other.instance.term):
                message = _("Convocation %(number)s sits on some of these days already.")
                params = {"number": form.instance.number}
                other.add_error("start", ValidationError(message, params=params))


def _taking_one(convocation: Convocation) -> list[Appointment]:
    one = Q(start_inherited=True, end_inherited=False) | Q(
        start_inherited=False, end_inherited=True
    )
    return list(convocation.appointments.filter(one).select_related("person"))


def _torn(appointment: Appointment, convocation: Convocation) -> bool:
    appointment.inherit_dates(convocation)
    start, end = appointment.start, appointment.end
    return bool(end and end.latest and start.earliest and end.latest <= start.earliest)
