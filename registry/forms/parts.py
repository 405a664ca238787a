"""A record of an institution names only groups and convocations of that institution."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def refuse_parts_of_others(form: forms.ModelForm, *names: str) -> None:
    """Add an error to each field of `names` whose record belongs to another institution."""
    institution = form.cleaned_data.get("institution")
    for name in names:
        part = form.cleaned_data.get(name)
        if part and institution and part.institution_id != institution.pk:
            message = _("This belongs to another institution: %(institution)s.")
            params = {"institution": part.institution}
            form.add_error(name, ValidationError(message, params=params))
