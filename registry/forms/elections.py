"""The forms of elections, of renewal classes, and of the steps of a designation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from registry.domain.dates import UNKNOWN
from registry.forms.partial_dates import PartialDateField
from registry.forms.parts import refuse_class_of_another_group, refuse_parts_of_others
from registry.models import DesignationStep


class ElectionForm(forms.ModelForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        refuse_parts_of_others(self, "group", "convocation")
        refuse_class_of_another_group(self)
        day, called = cleaned.get("day"), cleaned.get("called")
        if day and called and called > day:
            self.add_error("called", _("An election is called before its day, or on it."))
        took_office = cleaned.get("took_office")
        if day and took_office and took_office < day:
            self.add_error("took_office", _("Nobody takes office before the election."))
        return cleaned


class RenewalClassForm(forms.ModelForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        territories, seats = cleaned.get("territories"), cleaned.get("seats")
        if seats is not None and territories:
            message = _(
                "Give a number of seats, or the territories that have one seat of the class each, "
                "not both."
            )
            self.add_error("seats", message)
        return cleaned


class StepForm(forms.ModelForm):
    """One day of any precision instead of the two columns behind it."""

    day = PartialDateField(
        required=False,
        label=_("Day"),
        help_text=_(
            "2014-06-12, 12.06.2014, 2014-06 or 2014; empty if nobody recorded it. An election or "
            "appointment after the first day in office begins the term anew."
        ),
    )

    class Meta:
        model = DesignationStep
        fields = ("appointment", "kind", "by", "document", "confidence", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        recorded = self.instance.day
        self.initial = {"day": None if recorded == UNKNOWN else recorded} | self.initial

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "day" not in self.errors:
            self.instance.day = cleaned.get("day") or UNKNOWN
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        # The columns are not fields of the form, but the constraints on them must be checked.
        return super()._get_validation_exclusions() - {"day_earliest", "day_latest"}


class StepsFormSet(forms.BaseInlineFormSet):
    """Refuses two rows that say the same; each holds itself against the recorded ones."""

    def clean(self) -> None:
        super().clean()
        seen: set[tuple[Any, ...]] = set()
        for form in self.forms:
            if not form.is_valid() or not form.has_changed() or self._should_delete_form(form):
                continue
            step = form.instance
            said = (step.kind, step.by_id, step.day)
            if said in seen:
                form.add_error("kind", ValidationError(_("Another row says the same.")))
            seen.add(said)
