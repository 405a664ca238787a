"""Who comes in: a person that is recorded, or a new one once nobody of that name is meant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from registry.forms.guided.base import Guided
from registry.forms.people import similar_to
from registry.forms.texts import UNSTATED
from registry.models import Affiliation, Appointment, Party, Person
from registry.models.seats import Designation

NEW = ("new_name", "new_listed", "new_language", "new_person")


class Successor(Guided):
    """The part of an action that asks who takes a seat, and for which party."""

    autocompletes: ClassVar[dict[str, tuple[type[Model], str]]] = {
        "person": (Appointment, "person"),
        "party": (Affiliation, "party"),
    }

    person = forms.ModelChoiceField(
        Person.objects.all(), required=False, label=_("Who takes the seat")
    )
    new_name = forms.CharField(
        required=False,
        max_length=200,
        label=_("Name of a new person"),
        help_text=_("In full, if the person is not recorded yet."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    new_listed = forms.CharField(
        required=False,
        max_length=200,
        label=_("The new name in lists"),
        help_text=_("Family name first: “Abenov, Dinara”."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    new_language = forms.ChoiceField(
        required=False,
        choices=[(UNSTATED, _("Language not stated")), *settings.LANGUAGES],
        label=_("Language of the new name"),
    )
    new_person = forms.BooleanField(
        required=False, label=_("Nobody of a similar name is meant: this is a new person")
    )
    party = forms.ModelChoiceField(Party.objects.all(), required=False, label=_("Party"))
    designation = forms.ChoiceField(
        required=False, choices=[("", "—"), *Designation.choices], label=_("Came in by being")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        person, name = cleaned.get("person"), cleaned.get("new_name")
        if person and name:
            message = _("Choose a person or enter a new name, one of the two.")
            self.add_error("new_name", message)
        elif not person and not name and "person" not in self.errors:
            self.add_error("person", _("Choose who takes the seat, or enter a new name below."))
        elif name and not cleaned.get("new_person"):
            refuse_similar(self, "new_name", name)
        return cleaned

    def needs(self) -> Iterator[str]:
        yield from super().needs()
        if self.cleaned_data.get("new_name"):
            yield "registry.add_person"
        if self.cleaned_data.get("party"):
            yield "registry.add_affiliation"

    def the_person(self) -> Person:
        """Who was chosen; somebody new is saved first."""
        cleaned = self.cleaned_data
        if cleaned["person"] is not None:
            return cleaned["person"]
        return new_person(self, cleaned["new_name"], cleaned["new_listed"], cleaned["new_language"])

    def seat_one(self, mandate: Appointment) -> Appointment:
        """Save a new mandate, and the party that the person sits for."""
        self.keep(mandate)
        if self.cleaned_data["party"]:
            self.keep(Affiliation(appointment=mandate, party=self.cleaned_data["party"]))
        return mandate

    def named(self) -> str:
        """The name of whoever was chosen."""
        return str(self.cleaned_data["person"] or self.cleaned_data["new_name"])


def new_person(form: Guided, name: str, listed: str = "", language: str = "") -> Person:
    code = language or UNSTATED
    person = Person(name={code: name}, sort_name={code: listed} if listed else {})
    return form.keep(person)


def refuse_similar(form: forms.Form, field: str, name: str) -> None:
    """Ask whether somebody of a similar name is meant."""
    similar = similar_to([name])
    if similar:
        message = ngettext_lazy(
            "%(number)s person has a similar name: %(names)s. Choose that person, or confirm that "
            "this is a new one.",
            "%(number)s persons have a similar name: %(names)s. Choose one of them, or confirm "
            "that this is a new person.",
            "number",
        )
        names = "; ".join(f"{each} #{each.pk}" for each in similar)
        params = {"number": len(similar), "names": names}
        form.add_error(field, ValidationError(message, params=params))
