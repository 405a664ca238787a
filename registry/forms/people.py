"""The form of a person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from registry.forms.partial_dates import PartialDateField
from registry.models import Person
from registry.models.naming import latin
from registry.models.typed import Typed

SIMILAR_SHOWN = 10


class PersonForm(forms.ModelForm):
    """One date of birth of any precision instead of the two columns behind it.

    Adding somebody whose name is recorded already asks whether it is the same person: `similar`
    then says who they are.
    """

    birth = PartialDateField(
        required=False,
        label=_("Born"),
        help_text=_("1970-03-12, 12.03.1970, 1970-03 or 1970; empty if nobody recorded it."),
    )

    new_person = forms.BooleanField(required=False, label=_("This is somebody else, a new person"))

    class Meta:
        model = Person
        fields = ("name", "sort_name", "other_names", "gender", "sample", "confidence", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"birth": self.instance.birth} | self.initial
        self.similar: tuple[Person, ...] = ()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "birth" not in self.errors:
            self.instance.birth = cleaned.get("birth")
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.errors or self.instance.pk:
            return
        self.similar = similar_to([*self.instance.name.values(), *self.instance.sort_name.values()])
        if self.similar and not self.cleaned_data.get("new_person"):
            message = ngettext_lazy(
                "Not saved yet: %(number)s person has a similar name.",
                "Not saved yet: %(number)s persons have a similar name.",
                "number",
            )
            self.add_error(None, ValidationError(message, params={"number": len(self.similar)}))


def similar_to(names: Iterable[str]) -> tuple[Person, ...]:
    """Recorded persons whose names hold all words of one of `names`, in any order and spelling."""
    found = Q(pk__in=())
    for name in names:
        words = "".join(c if c.isalnum() else " " for c in latin(name)).split()
        if words:
            found |= Q(*(Q(search_key__contains=word) for word in words))
            found |= Typed(name).exactly(Person)
    return tuple(Person.objects.filter(found)[:SIMILAR_SHOWN])
