"""A record of an institution names only groups, classes and convocations of that institution."""

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


def refuse_class_of_another_group(form: forms.ModelForm) -> None:
    """Add an error to `renewal_class` unless it is a class of the form's seat group."""
    chosen = form.cleaned_data.get("renewal_class")
    group = form.cleaned_data.get("group")
    if not chosen or "group" in form.errors:
        return
    if group is None:
        message = _("Choose the seat group of this class too: %(group)s.")
    elif chosen.group_id != group.pk:
        message = _("This class belongs to another seat group: %(group)s.")
    else:
        return
    form.add_error("renewal_class", ValidationError(message, params={"group": chosen.group}))
