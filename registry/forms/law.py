"""The forms of what the law says besides seats: votes, and what excludes what."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from registry.models import Incompatibility


class VotingRuleForm(forms.ModelForm):
    """Says at the field what a vote lacks; a fraction is whole or not there."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        parts = ("numerator", "denominator", "comparison")
        given = [name for name in parts if cleaned.get(name) not in (None, "")]
        if self.errors.keys() & {*parts, "base"}:
            return cleaned
        if given:
            for name in (*parts, "base"):
                if cleaned.get(name) in (None, ""):
                    message = _("A fraction needs this too, such as “at least 2 / 3 of all seats”.")
                    self.add_error(name, message)
            self._refuse_more_than_all(cleaned)
        return cleaned

    def _refuse_more_than_all(self, cleaned: dict[str, Any]) -> None:
        above, below = cleaned.get("numerator"), cleaned.get("denominator")
        if above == 0:
            self.add_error("numerator", _("Enter 1 or more."))
        elif above is not None and below is not None and below < above:
            self.add_error("denominator", _("The denominator is not smaller than the numerator."))


class IncompatibilityForm(forms.ModelForm):
    """It holds in both directions, so the same pair the other way round is the same twice."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        institution, other = cleaned.get("institution"), cleaned.get("other")
        start, end = cleaned.get("start"), cleaned.get("end")
        if not institution or not other or self.errors or (start and end and end <= start):
            return cleaned
        mirrored = Incompatibility.objects.filter(institution=other, other=institution)
        for found in mirrored.exclude(pk=self.instance.pk).overlapping(start, end)[:1]:
            message = _("This is recorded already the other way round: %(record)s. It holds both.")
            self.add_error("other", ValidationError(message, params={"record": found}))
        return cleaned
