"""The forms of seat rules and of stated totals."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from registry.forms.parts import refuse_parts_of_others

# The most of each number that a law could mean. A term of no years would never let the forecast
# of renewals get on, and one of ten thousand has no end that a calendar knows.
MOST = {
    "term_years": 99,
    "renewal_years": 99,
    "minimum_age": 120,
    "election_months": 120,
    "vacancy_months": 120,
}


class SeatRuleForm(forms.ModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, most in MOST.items():
            if field := self.fields.get(name):
                message = _("Enter a number from 1 to %(most)s.") % {"most": most}
                field.validators = [
                    MinValueValidator(1, message),
                    MaxValueValidator(most, message),
                ]
                field.widget.attrs |= {"min": 1, "max": most}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        each = cleaned.get("seats_per_territory")
        kinds = cleaned.get("territory_kinds")
        if each is not None and kinds is not None and not kinds:
            self.add_error(
                "territory_kinds", _("Name the kinds of territory that have these seats.")
            )
        self._refuse_renewal_as_long_as_the_term(cleaned)
        self._refuse_resigning_before_oneself(cleaned)
        return cleaned

    def _refuse_renewal_as_long_as_the_term(self, cleaned: dict[str, Any]) -> None:
        term, renewal = cleaned.get("term_years"), cleaned.get("renewal_years")
        if term is not None and renewal is not None and renewal >= term:
            message = _(
                "A part of the seats is filled anew before the others: the years between two "
                "renewals are fewer than those of the term (%(term)s). Leave it empty where all "
                "seats are filled together."
            )
            self.add_error("renewal_years", ValidationError(message, params={"term": term}))

    def _refuse_resigning_before_oneself(self, cleaned: dict[str, Any]) -> None:
        group, awaited = cleaned.get("group"), cleaned.get("resigns_before")
        if group and awaited and group.institution_id == awaited.pk:
            message = _(
                "The institution whose new election ends the term is another one. Where an "
                "election of its own does, give the term in years."
            )
            self.add_error("resigns_before", message)


class StatedTotalForm(forms.ModelForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        refuse_parts_of_others(self, "convocation")
        return cleaned
