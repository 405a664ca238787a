"""The days that an action asks for: a whole one each, within what can be."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.domain.dates import PartialDate, Precision, years_after
from registry.forms.partial_dates import DayField, quoted
from registry.models import Institution

# Later than this is a slip of the keyboard: no term of office is longer.
YEARS_AHEAD = 12


def day_field(label: str | Promise, missing: str | Promise, **kwargs: Any) -> DayField:
    """A whole day that must be given, and says so in its own sentence."""
    return DayField(label=label, error_messages={"required": missing}, **kwargs)


def mandate_day_field(
    label: str | Promise, missing: str | Promise = "", *, required: bool = True, **kwargs: Any
) -> DayField:
    """A whole day of a mandate; of a month or a year it says where to enter it."""
    errors = {
        "no_day": _(
            "Enter a whole day, for example 2014-06-12. If the source gives only a month or a "
            "year, enter it in the form of the appointment instead."
        )
    }
    if required:
        errors["required"] = missing
    return DayField(label=label, required=required, error_messages=errors, **kwargs)


def _entered(form: forms.BaseForm, name: str) -> PartialDate:
    """What was entered, be it a whole day or not."""
    entered = form.cleaned_data.get(name)
    return entered if isinstance(entered, PartialDate) else PartialDate(entered, entered)


def refuse_far_day(form: forms.BaseForm, name: str, *, today: date) -> None:
    if day := _entered(form, name).earliest:
        refuse_far(form, name, day, today=today)


def refuse_far(form: forms.BaseForm, name: str | None, day: date, *, today: date) -> None:
    if day > years_after(today, YEARS_AHEAD):
        message = _("This day is more than %(years)s years in the future. Check the year.")
        form.add_error(name, ValidationError(message, params={"years": YEARS_AHEAD}))


def refuse_day_outside(
    form: forms.BaseForm, name: str, institution: Institution, *, leaving: bool = False
) -> None:
    """Nobody takes office before a body began or once it ended; who leaves may leave with it."""
    entered = _entered(form, name)
    begun, over = institution.start.earliest, institution.end and institution.end.latest
    first, last = entered.earliest, entered.latest
    if begun and last and last < begun:
        message = _("The day is before the institution began (%(day)s).")
        form.add_error(name, ValidationError(message, params={"day": quoted(institution.start)}))
    elif over and first and (first > over or (first == over and not leaving)):
        message = _(
            "The day is after the institution ended (%(day)s). Use that day or an earlier one."
        )
        if not leaving:
            message = _("The institution ended on %(day)s. Use an earlier day.")
        form.add_error(name, ValidationError(message, params={"day": quoted(institution.end)}))


def refuse_end_before_start(form: forms.BaseForm, name: str, start: PartialDate) -> None:
    """Who never sat did not leave."""
    end = _entered(form, name).latest
    if end and start.earliest and end <= start.earliest:
        message = _(
            "The day (%(end)s) is not after the first day in office (%(start)s). Change it."
        )
        if start.precision is not Precision.DAY:
            message = _("The day (%(end)s) is before the first day in office (%(start)s).")
        days = {"end": quoted(PartialDate.of(end)), "start": quoted(start)}
        form.add_error(name, ValidationError(message, params=days))
