"""End an appointment."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry.domain.dates import PartialDate
from registry.forms.guided.base import (
    Guided,
    day_field,
    refuse_day_outside,
    refuse_end_before_start,
    refuse_far_day,
)
from registry.forms.guided.mandates import ReasonForm, WhatMandate
from registry.forms.partial_dates import quoted
from registry.models import Appointment


class Ending(ReasonForm, Guided):
    slug = "end"
    title = _("End an appointment")
    intro = _("Somebody leaves an office or a seat. The seat is vacant from that day.")
    permissions = ("registry.change_appointment", "registry.add_citation")
    What = WhatMandate

    end = day_field(
        _("First day out of office"),
        _("Enter the first day out of office."),
        help_text=_("The day the mandate ended: 2014-07-03 or 03.07.2014."),
    )
    field_order = ("end", "end_reason", "other_reason")

    @property
    def appointment(self) -> Appointment:
        return self.what["appointment"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        refuse_far_day(self, "end", today=self.on)
        refuse_end_before_start(self, "end", self.appointment.start, cleaned.get("end"))
        refuse_day_outside(self, "end", self.institution, leaving=True)
        return cleaned

    def days(self) -> list[date]:
        return [self.cleaned_data["end"]]

    def touched(self) -> list[Model]:
        return [self.appointment]

    def perform(self) -> Model:
        mandate = self.appointment
        mandate.end = PartialDate.of(self.cleaned_data["end"])
        mandate.end_inherited = False
        mandate.end_reason = self.why_ended
        return self.keep(mandate)

    def next_step(self) -> tuple[str, dict[str, str]]:
        day = self.cleaned_data["end"].isoformat()
        return "fill", {"institution": str(self.institution.pk), "start": day}

    def said(self) -> str:
        return gettext("The appointment of %(person)s ends on %(day)s.") % {
            "person": self.appointment.person,
            "day": quoted(PartialDate.of(self.cleaned_data["end"])),
        }
