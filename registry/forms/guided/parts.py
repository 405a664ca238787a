"""The groups of seats that a new rule era asks about, and the fields that ask."""

from __future__ import annotations

from typing import NamedTuple

from django import forms
from django.utils.translation import gettext

from registry.models import SeatGroup, SeatRule
from registry.models.seats import MOST_SEATS, Designation


class Part(NamedTuple):
    """The seats of one group in the new era, and the names of the fields that ask for them.

    Without a `group` it is a new one; `rule` is in force so far, `model` the last one there was.
    """

    prefix: str
    key: str
    group: SeatGroup | None = None
    rule: SeatRule | None = None
    model: SeatRule | None = None

    @property
    def seats(self) -> str:
        return f"{self.prefix}seats_{self.key}"

    @property
    def filled_by(self) -> str:
        return f"{self.prefix}filled_{self.key}"

    @property
    def name(self) -> str:
        return f"{self.prefix}name_{self.key}"


class FreshRow(NamedTuple):
    name: forms.BoundField
    seats: forms.BoundField
    filled_by: forms.BoundField


def seats_field(label: str, rule: SeatRule | None) -> forms.IntegerField:
    return forms.IntegerField(
        required=False,
        min_value=0,
        max_value=MOST_SEATS.limit_value,
        label=label,
        initial=number_of(rule),
        help_text=_as_it_is(rule),
    )


def filled_field(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(required=False, choices=[("", "—"), *Designation.choices], label=label)


def number_of(rule: SeatRule | None) -> int | None:
    if rule is None:
        return None
    return rule.seats_per_territory if rule.seats_per_territory is not None else rule.seats


def _as_it_is(rule: SeatRule | None) -> str:
    if rule is None:
        return gettext("It has no seats so far.")
    words = {"number": "?" if number_of(rule) is None else number_of(rule)}
    words["article"] = rule.article or "–"
    if rule.seats_per_territory is not None:
        return gettext("Now %(number)s for each territory, article %(article)s.") % words
    return gettext("Now %(number)s, article %(article)s.") % words
