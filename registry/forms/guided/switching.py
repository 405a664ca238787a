"""Change party or group: the seat stays, and so does the mandate."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db.models import Model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry.domain.dates import PartialDate
from registry.forms.affiliations import refusals
from registry.forms.guided.base import Guided
from registry.forms.guided.days import (
    mandate_day_field,
    refuse_day_outside,
    refuse_end_before_start,
    refuse_far_day,
)
from registry.forms.guided.mandates import WhatAppointment
from registry.forms.partial_dates import quoted
from registry.models import Affiliation, Appointment, Party


class Switching(Guided):
    slug = "party"
    title = _("Change party or group")
    intro = _("Somebody sits for another party from a day on, or for none. The seat stays.")
    permissions = (
        "registry.view_appointment",
        "registry.change_affiliation",
        "registry.add_affiliation",
        "registry.add_citation",
    )
    What = WhatAppointment
    autocompletes: ClassVar[dict[str, tuple[type[Model], str]]] = {"party": (Affiliation, "party")}

    day = mandate_day_field(_("First day for the new party"), _("Enter the day of the change."))
    party = forms.ModelChoiceField(
        Party.objects.all(),
        required=False,
        label=_("The new party"),
        help_text=_("Leave it empty for nobody's party."),
    )
    field_order = ("day", "party")

    @property
    def mandate(self) -> Appointment:
        return self.what["appointment"]

    def told(self) -> Iterator[str]:
        rows = list(self.mandate.affiliations.select_related("party"))
        if rows:
            names = "; ".join(str(row.party) for row in rows)
            yield gettext("Recorded so far: %(parties)s.") % {"parties": names}
        else:
            yield gettext("No party is recorded for this appointment so far.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        refuse_far_day(self, "day", today=self.on)
        refuse_end_before_start(self, "day", self.mandate.start)
        refuse_day_outside(self, "day", self.institution)
        day, party = cleaned.get("day"), cleaned.get("party")
        if not day or self.errors:
            return cleaned
        self.ended = list(self.mandate.affiliations.on(day).select_related("party"))
        if party and any(row.party_id == party.pk for row in self.ended):
            self.add_error("party", _("The person sits for this party already on that day."))
        elif not party and not self.ended:
            message = _("The person sits for no party on that day. Choose the new party.")
            self.add_error("party", message)
        return cleaned

    def days(self) -> list[date]:
        return [self.cleaned_data["day"]]

    def touched(self) -> list[Model]:
        return [self.mandate, *self.ended]

    def perform(self) -> Model:
        day, party = PartialDate.of(self.cleaned_data["day"]), self.cleaned_data["party"]
        for row in self.ended:
            row.end = day
            self.keep(row)
        if party:
            after = Affiliation(appointment=self.mandate, party=party)
            after.start = day
            self._refuse_what_cannot_be(after)
            self.keep(after)
        # The mandate is the same; that its party changed is known from the source.
        self.cite(self.mandate)
        return self.mandate

    def _refuse_what_cannot_be(self, after: Affiliation) -> None:
        kept = {row.pk: row for row in self.ended}
        others = self.mandate.affiliations.select_related("party")
        rows = [after, *(kept.get(row.pk, row) for row in others)]
        for refusal in refusals(rows, self.mandate):
            raise refusal.error

    def said(self) -> str:
        words = {
            "person": self.mandate.person,
            "party": self.cleaned_data["party"],
            "day": quoted(PartialDate.of(self.cleaned_data["day"])),
        }
        if self.cleaned_data["party"]:
            return gettext("%(person)s sits for %(party)s from %(day)s.") % words
        return gettext("%(person)s sits for no party from %(day)s.") % words
