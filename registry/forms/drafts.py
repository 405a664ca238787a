"""A draft of other seats or territories, asked of a day; nothing of it is ever saved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from registry.domain.composition import Composition
from registry.domain.drafts import Draft, NewNumber, NewTerritory
from registry.domain.facts import SeatRule, Territory
from registry.domain.seats import entitled
from registry.models import TerritoryKind
from registry.models.seats import MOST_SEATS
from registry.templatetags.wording import text

# Stands in the address of a form that was sent.
ASKED = "ask"
FOUNDED = "found"
NUMBER = "seats_"
MOST_FOUNDED = 20


class DraftForm(forms.Form):
    """What is to change: other numbers of seats, and territories that fill none any more.

    The choices are those of the day of the composition.
    """

    dissolved = forms.MultipleChoiceField(
        required=False,
        label=_("Dissolve"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("“%(value)s” fills no seats on this day.")},
    )

    def __init__(self, composition: Composition, data: MultiValueDict | None = None) -> None:
        super().__init__(data)
        self.rules = [rule for rule in composition.rules if not rule.unlimited]
        counted = _counted(composition)
        for rule in self.rules:
            self.fields[NUMBER + rule.group.slug] = forms.IntegerField(
                required=False,
                min_value=0,
                max_value=MOST_SEATS.limit_value,
                label=text(rule.group.names),
                help_text=_as_it_is(rule, composition),
            )
        if counted:
            choices = [(each.slug, text(each.names_on(composition.day))) for each in counted]
            self.fields["dissolved"].choices = choices
        else:
            del self.fields["dissolved"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, value in self.data.items():
            if name.startswith(NUMBER) and value and name not in self.fields:
                message = _("On this day no rule gives seats to “%(group)s”.")
                params = {"group": name.removeprefix(NUMBER)[:40]}
                self.add_error(None, ValidationError(message, params=params))
        return cleaned

    def draft(self, founded: Iterator[NewTerritory]) -> Draft:
        """The draft as a fact; a number that the group has already changes nothing."""
        numbers = (
            NewNumber(rule.group.slug, number)
            for rule in self.rules
            if (number := self.cleaned_data[NUMBER + rule.group.slug]) is not None
            and number != (rule.seats_per_territory if rule.territorial else rule.seats)
        )
        dissolved = frozenset(self.cleaned_data.get("dissolved", ()))
        return Draft(tuple(founded), dissolved, tuple(numbers))


class NewTerritoryForm(forms.Form):
    name = forms.CharField(required=False, max_length=100, label=_("Name of a new territory"))
    kind = forms.ChoiceField(required=False, label=_("Kind"))

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("name") and not cleaned.get("kind") and "kind" not in self.errors:
            self.add_error("kind", _("Choose what kind of territory it is."))
        return cleaned


class NewTerritories(forms.BaseFormSet):
    """The territories to found. A row without a name founds none."""

    def founded(self) -> Iterator[NewTerritory]:
        for row in self._named():
            yield NewTerritory({"und": row["name"]}, row["kind"])

    def with_room(self) -> Self:
        """The rows that were filled in, and empty ones for more."""
        return type(self)(
            initial=list(self._named()), prefix=self.prefix, form_kwargs=self.form_kwargs
        )

    def _named(self) -> Iterator[dict[str, Any]]:
        return (form.cleaned_data for form in self.forms if form.cleaned_data.get("name"))


def new_territories(
    composition: Composition, data: MultiValueDict | None = None
) -> NewTerritories | None:
    """The rows for territories to found; `None` where no seats are counted by territory."""
    counted = {kind for rule in composition.rules if rule.territorial for kind in rule.kinds}
    if not counted:
        return None
    kinds = [
        (each.slug, text(each.name)) for each in TerritoryKind.objects.filter(slug__in=counted)
    ]
    rows = forms.formset_factory(
        NewTerritoryForm, NewTerritories, extra=2, max_num=MOST_FOUNDED, absolute_max=MOST_FOUNDED
    )
    return rows(
        data,
        prefix=FOUNDED,
        form_kwargs={"kinds": kinds},
        error_messages={
            "missing_management_form": _("The address is incomplete. Fill in the form anew.")
        },
    )


def _counted(composition: Composition) -> list[Territory]:
    """The territories that fill seats on the day."""
    territories, day = composition.snapshot.territories, composition.day
    found = {
        territory.id: territory
        for rule in composition.rules
        if rule.territorial
        for territory in entitled(rule, territories, day)
    }
    return list(found.values())


def _as_it_is(rule: SeatRule, composition: Composition) -> str:
    if not rule.territorial:
        if rule.seats is None:
            return gettext("The number is not recorded.")
        return gettext("Now %(number)s.") % {"number": rule.seats}
    number = len(entitled(rule, composition.snapshot.territories, composition.day))
    return ngettext(
        "For each territory; now %(each)s for %(number)s territory.",
        "For each territory; now %(each)s for each of %(number)s territories.",
        number,
    ) % {"each": rule.seats_per_territory, "number": number}
