"""The form of an appointment: it asks for a reason before it creates a new irregularity."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from registry.domain.dates import Term
from registry.forms.guided.days import refuse_far_day
from registry.forms.objections import Objection, new_objections
from registry.forms.partial_dates import TermForm, quoted
from registry.forms.parts import refuse_class_of_another_group, refuse_parts_of_others
from registry.models import Appointment
from registry.models.circles import refuse_circle


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
            "renewal_class",
            "serves_rest_of",
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
        refuse_parts_of_others(self, "group", "convocation", "serves_rest_of")
        refuse_class_of_another_group(self)
        self._refuse_rest_of_another_seat()
        if "start" in self.changed_data:
            refuse_far_day(self, "start", today=self.on)
        for bound in ("start", "end"):
            self._state_corrected_date(bound)
        self._refuse_inherited_disorder()
        return cleaned

    def _refuse_rest_of_another_seat(self) -> None:
        """Who completes a term sits in the group of whoever began it."""
        former = self.cleaned_data.get("serves_rest_of")
        group = self.cleaned_data.get("group")
        if former is None:
            return
        if former.pk == self.instance.pk:
            message = _("Nobody serves the rest of the own term. Choose who held the seat before.")
            self.add_error("serves_rest_of", message)
        elif group and former.group and former.group != group:
            message = _("This appointment is in another seat group: %(group)s.")
            params = {"group": former.group}
            self.add_error("serves_rest_of", ValidationError(message, params=params))

    def _refuse_rest_of_who_came_later(self) -> None:
        former, start = self.instance.serves_rest_of, self.instance.start
        if former is None:
            return
        if start.latest and former.start_earliest and former.start_earliest > start.latest:
            message = _("This appointment began later (%(day)s). Choose who held the seat before.")
            error = ValidationError(message, params={"day": quoted(former.start)})
            self.add_error("serves_rest_of", error)
            return
        try:
            refuse_circle(self.instance, "serves_rest_of")
        except ValidationError as error:
            self.add_error(None, error)

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
        if not self.errors:
            self._refuse_rest_of_who_came_later()
        if self.errors:
            return
        self.objections = new_objections(self.instance, today=self.on)
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
