"""End an appointment."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry.forms.guided.base import Guided
from registry.forms.guided.days import refuse_day_outside, refuse_end_before_start, refuse_far_day
from registry.forms.guided.mandates import ReasonForm, WhatMandate
from registry.forms.partial_dates import PartialDateField, quoted
from registry.models import Appointment


class Ending(ReasonForm, Guided):
    slug = "end"
    title = _("End an appointment")
    intro = _("Somebody leaves an office or a seat. The seat is vacant from that day.")
    permissions = ("registry.change_appointment", "registry.add_citation")
    What = WhatMandate

    end = PartialDateField(
        label=_("First day out of office"),
        error_messages={"required": _("Enter the first day out of office.")},
        help_text=_(
            "The day the mandate ended: 2014-07-03 or 03.07.2014; 2014-07 or 2014 if the source "
            "says no more."
        ),
    )
    field_order = ("end", "end_reason", "other_reason")

    @property
    def appointment(self) -> Appointment:
        return self.what["appointment"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("end") and cleaned["end"].latest is None:
            self.add_error("end", _("Enter a day, a month or a year by which it has ended."))
        refuse_far_day(self, "end", today=self.on)
        refuse_end_before_start(self, "end", self.appointment.start)
        refuse_day_outside(self, "end", self.institution, leaving=True)
        return cleaned

    @property
    def last_possible(self) -> date:
        """The day on which the holder is out of office for certain."""
        return self.cleaned_data["end"].latest

    def days(self) -> list[date]:
        return [self.last_possible]

    def touched(self) -> list[Model]:
        return [self.appointment]

    def perform(self) -> Model:
        mandate = self.appointment
        mandate.end = self.cleaned_data["end"]
        mandate.end_inherited = False
        mandate.end_reason = self.why_ended
        return self.keep(mandate)

    def next_step(self) -> tuple[str, dict[str, str]]:
        day = self.last_possible.isoformat()
        return "fill", {"institution": str(self.institution.pk), "start": day}

    def said(self) -> str:
        return gettext("The appointment of %(person)s ends on %(day)s.") % {
            "person": self.appointment.person,
            "day": quoted(self.cleaned_data["end"]),
        }
