"""Replace a holder: one leaves, and another takes the seat on the same day or later."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from registry.domain.dates import PartialDate
from registry.forms.guided.days import (
    mandate_day_field,
    refuse_day_outside,
    refuse_end_before_start,
    refuse_far_day,
)
from registry.forms.guided.mandates import ReasonForm, WhatMandate
from registry.forms.guided.successors import Successor
from registry.forms.partial_dates import quoted
from registry.models import Appointment


class Replacing(ReasonForm, Successor):
    slug = "replace"
    title = _("Replace a holder")
    intro = _("One holder leaves and another takes the same seat, for good or acting.")
    permissions = (
        "registry.change_appointment",
        "registry.add_appointment",
        "registry.add_citation",
    )
    What = WhatMandate

    end = mandate_day_field(
        _("First day out of office of the holder"),
        _("Enter the first day out of office."),
        help_text=_("The successor starts on the same day, unless another one is given below."),
    )
    start = mandate_day_field(
        _("First day in office of the successor"),
        required=False,
        help_text=_("Leave it empty if it is the same day."),
    )
    acting = forms.BooleanField(
        required=False,
        label=_("The successor is acting"),
        help_text=_("Stands in until somebody takes the office."),
    )
    field_order = (
        *("end", "end_reason", "other_reason"),
        *("person", "new_name", "new_listed", "new_language", "new_person"),
        *("start", "acting", "designation", "party"),
    )

    def prepare(self) -> None:
        self.fields["designation"].initial = self.former.designation

    @property
    def former(self) -> Appointment:
        return self.what["appointment"]

    @property
    def first_day(self) -> date:
        return self.cleaned_data["start"] or self.cleaned_data["end"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        end, start = cleaned.get("end"), cleaned.get("start")
        for name in ("end", "start"):
            refuse_far_day(self, name, today=self.on)
            refuse_day_outside(self, name, self.institution)
        refuse_end_before_start(self, "end", self.former.start)
        if end and start and start < end:
            message = _("The successor cannot start before the holder has left. Change the day.")
            self.add_error("start", message)
        # Somebody acting may take the office for good.
        same = cleaned.get("person") == self.former.person
        if cleaned.get("person") and same and self.former.acting == cleaned.get("acting"):
            message = _("This person holds the seat already. Choose who takes it next.")
            self.add_error("person", message)
        return cleaned

    def days(self) -> list[date]:
        return sorted({self.cleaned_data["end"], self.first_day})

    def touched(self) -> list[Model]:
        return [self.former]

    def notes(self) -> Iterable[str]:
        gap = (self.first_day - self.cleaned_data["end"]).days
        if gap:
            yield ngettext(
                "Nobody holds the seat for %(number)s day.",
                "Nobody holds the seat for %(number)s days.",
                gap,
            ) % {"number": gap}
        else:
            yield gettext("One leaves and the other starts on the same day: no day is lost.")

    def perform(self) -> Model:
        former = self.former
        former.end = PartialDate.of(self.cleaned_data["end"])
        former.end_inherited = False
        former.end_reason = self.why_ended
        self.keep(former)
        follower = Appointment(
            institution=former.institution,
            person=self.the_person(),
            group=former.group,
            convocation=former.convocation,
            territory=former.territory,
            renewal_class=former.renewal_class,
            acting=self.cleaned_data["acting"],
            designation=self.cleaned_data["designation"],
        )
        follower.start = PartialDate.of(self.first_day)
        return self.seat_one(follower)

    def said(self) -> str:
        days = {
            "former": self.former.person,
            "person": self.named(),
            "end": quoted(PartialDate.of(self.cleaned_data["end"])),
            "start": quoted(PartialDate.of(self.first_day)),
        }
        if self.cleaned_data["acting"]:
            text = gettext("%(former)s leaves on %(end)s; %(person)s is acting from %(start)s.")
        else:
            text = gettext("%(former)s leaves on %(end)s; %(person)s takes the seat on %(start)s.")
        return text % days
