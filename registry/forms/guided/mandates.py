"""The mandate that an action is about, and why one ends."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from registry.domain.dates import UNKNOWN
from registry.forms.guided.base import WhatForm
from registry.forms.partial_dates import quoted
from registry.models import Appointment, Citation, Institution

OTHER = "other"
# As they are recorded; visitors read them in their own language.
REASONS = [
    ("Term ended", _("Term ended")),
    ("Resigned", _("Resigned")),
    ("Died", _("Died")),
    ("Dismissed", _("Dismissed")),
    ("Elected to another office", _("Elected to another office")),
    ("Institution ended", _("The institution ended")),
    ("Seat abolished", _("The seat was abolished")),
    (OTHER, _("Another reason")),
]


class WhatAppointment(WhatForm):
    """A mandate, be it over or not."""

    autocompletes: ClassVar[dict[str, tuple[type[Model], str]]] = {
        "appointment": (Citation, "appointment")
    }
    appointment = forms.ModelChoiceField(
        Appointment.objects.select_related("institution", "person", "group", "territory"),
        label=_("Whose appointment"),
        error_messages={"required": _("Choose an appointment.")},
    )

    def institution_of(self) -> Institution:
        return self.cleaned_data["appointment"].institution


class WhatMandate(WhatAppointment):
    """A mandate that has not ended."""

    def clean_appointment(self) -> Appointment:
        appointment = self.cleaned_data["appointment"]
        if appointment.end is not None and appointment.end != UNKNOWN:
            message = _("This appointment ended on %(day)s. Choose one that has not ended.")
            raise ValidationError(message, params={"day": quoted(appointment.end)})
        return appointment


class ReasonForm(forms.Form):
    """Why a mandate ended: one of the usual reasons, or another one in words."""

    end_reason = forms.ChoiceField(
        choices=[("", "—"), *REASONS],
        label=_("Why it ended"),
        error_messages={"required": _("Choose why it ended.")},
    )
    other_reason = forms.CharField(
        required=False,
        max_length=200,
        label=_("Another reason, in words"),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("end_reason") == OTHER and not cleaned.get("other_reason"):
            self.add_error("other_reason", _("Say in words why it ended."))
        elif cleaned.get("end_reason") != OTHER and cleaned.get("other_reason"):
            message = _("Choose “Another reason” above, or leave this empty.")
            self.add_error("other_reason", message)
        return cleaned

    @property
    def why_ended(self) -> str:
        """The reason as it is recorded."""
        chosen = self.cleaned_data["end_reason"]
        return self.cleaned_data["other_reason"] if chosen == OTHER else chosen
