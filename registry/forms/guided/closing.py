"""End an institution: its mandates, its convocation, its rules and its coverage end with it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, Q
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from registry.domain.dates import UNKNOWN, PartialDate
from registry.forms.guided.base import Guided, WhatBody
from registry.forms.guided.days import day_field, refuse_end_before_start, refuse_far_day
from registry.forms.guided.mandates import ReasonForm
from registry.forms.partial_dates import quoted
from registry.models import (
    Appointment,
    Convocation,
    Coverage,
    Institution,
    SeatRule,
    Succession,
)
from registry.templatetags.days import long_day

NAMED = 30


class WhatInstitution(WhatBody):
    def clean_institution(self) -> Institution:
        chosen = self.cleaned_data["institution"]
        if chosen.end is not None and chosen.end != UNKNOWN:
            message = _("This institution ended on %(day)s.")
            raise ValidationError(message, params={"day": quoted(chosen.end)})
        return chosen


class Closing(ReasonForm, Guided):
    slug = "close"
    title = _("End an institution")
    intro = _("An institution ends, and with it all that is open in it. Its page lives on.")
    permissions = (
        "registry.change_institution",
        "registry.change_appointment",
        "registry.change_convocation",
        "registry.change_seatrule",
        "registry.change_coverage",
        "registry.add_succession",
        "registry.add_citation",
    )
    What = WhatInstitution
    autocompletes: ClassVar[dict[str, tuple[type[Model], str]]] = {
        "successor": (Succession, "successor")
    }

    end = day_field(
        _("First day on which it exists no more"),
        _("Enter the day on which it ends."),
        help_text=_("The successor may begin on the same day."),
    )
    successor = forms.ModelChoiceField(
        Institution.objects.all(), required=False, label=_("Successor")
    )
    field_order = ("end", "successor", "end_reason", "other_reason")

    def prepare(self) -> None:
        self.fields["end_reason"].label = _("Why the mandates end")
        self.fields["end_reason"].initial = "Institution ended"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        end = cleaned.get("end")
        refuse_far_day(self, "end", today=self.on)
        refuse_end_before_start(self, "end", self.institution.start)
        if cleaned.get("successor") == self.institution:
            self.add_error("successor", _("An institution cannot follow itself."))
        if end and "end" not in self.errors:
            self._refuse_what_begins_later(end)
        return cleaned

    def _refuse_what_begins_later(self, end: date) -> None:
        later = self.institution.appointments.filter(start_earliest__gte=end)
        number = later.count()
        if number:
            message = ngettext(
                "%(number)s appointment begins on that day or later: %(names)s. Correct it first, "
                "or choose a later day.",
                "%(number)s appointments begin on that day or later: %(names)s. Correct them "
                "first, or choose a later day.",
                number,
            )
            names = "; ".join(str(each.person) for each in later.select_related("person")[:NAMED])
            params = {"number": number, "names": names}
            self.add_error("end", ValidationError(message, params=params))

    def days(self) -> list[date]:
        return [self.cleaned_data["end"]]

    def touched(self) -> list[Model]:
        return [self.institution, *self._open(Appointment), *self._open(Convocation)]

    def _open(self, model: type[Model]) -> list[Any]:
        """The rows with a term of their own that would go on beyond the end."""
        after = Q(has_ended=False) | Q(end_latest__gt=self.cleaned_data["end"])
        return list(model.objects.filter(after, institution=self.institution))

    def perform(self) -> Model:
        day = PartialDate.of(self.cleaned_data["end"])
        institution = Institution.objects.get(pk=self.institution.pk)
        institution.end = day
        self.keep(institution)
        if (successor := self.cleaned_data["successor"]) is not None:
            both = {"predecessor": institution, "successor": successor}
            if not Succession.objects.filter(**both).exists():
                self.keep(Succession(**both))
        self.ended = self._open(Appointment)
        for convocation in self._open(Convocation):
            convocation.end = day
            self.keep(convocation)
        for mandate in self.ended:
            mandate.refresh_from_db()
            mandate.end = day
            mandate.end_inherited = False
            mandate.end_reason = self.why_ended
            self.keep(mandate)
        self.closed = 0
        beyond = Q(end__isnull=True) | Q(end__gt=day.latest)
        begun = Q(start__isnull=True) | Q(start__lt=day.latest)
        for rule in SeatRule.objects.filter(beyond, begun, group__institution=institution):
            rule.end = day.latest
            self.keep(rule)
            self.closed += 1
        for coverage in Coverage.objects.filter(beyond, begun, institution=institution):
            coverage.end = day.latest
            self.keep(coverage)
        return institution

    def notes(self) -> Iterable[str]:
        names = [str(each.person) for each in self.ended]
        listed = "; ".join(names[:NAMED]) + ("; …" if len(names) > NAMED else "")
        if names:
            yield ngettext(
                "%(number)s open mandate ends: %(names)s.",
                "%(number)s open mandates end: %(names)s.",
                len(names),
            ) % {"number": len(names), "names": listed}
        else:
            yield gettext("No mandate is open.")
        yield ngettext(
            "%(number)s seat rule ends on that day.",
            "%(number)s seat rules end on that day.",
            self.closed,
        ) % {"number": self.closed}

    def said(self) -> str:
        return gettext("%(institution)s ends on %(day)s.") % {
            "institution": self.institution,
            "day": long_day(self.cleaned_data["end"]),
        }
