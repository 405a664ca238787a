"""The form of a person."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.forms.partial_dates import PartialDateField
from registry.models import Person


class PersonForm(forms.ModelForm):
    """One date of birth of any precision instead of the two columns behind it."""

    birth = PartialDateField(
        required=False,
        label=_("Born"),
        help_text=_("1970-03-12, 12.03.1970, 1970-03 or 1970; empty if nobody recorded it."),
    )

    class Meta:
        model = Person
        fields = ("name", "sort_name", "other_names", "gender", "sample", "confidence", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"birth": self.instance.birth} | self.initial

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "birth" not in self.errors:
            self.instance.birth = cleaned.get("birth")
        return cleaned
