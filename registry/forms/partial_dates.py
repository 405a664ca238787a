"""A date of any precision in one text input, and the form of a record with days in office."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS, MONTHS_ALT
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from registry.domain.dates import UNKNOWN, PartialDate, Precision
from registry.models.dated import TERM_DAYS

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_DOTTED = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})", re.ASCII)
_DOTTED_MONTH = re.compile(r"(\d{1,2})\.(\d{4})", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{1,3}", re.ASCII)
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)


# No state keeps a roster beyond these; 0014 and 20144 are slips of the keyboard, and a term that
# began in 9999 would end on a day that no calendar has.
YEARS = range(1000, 3000)


def read_partial_date(text: str) -> PartialDate:
    """Read what people type: 2014, 2014-06, 2014-06-12, 12.06.2014, 06.2014, [2014-05-01..].

    Raises `ValidationError` that says what is wrong and what would be right.
    """
    when = _read(text.strip())
    for bound in (when.earliest, when.latest):
        if bound is not None and bound.year not in YEARS:
            message = _("The year %(year)s is too far from today. Check it.")
            raise ValidationError(message, code="far", params={"year": f"{bound.year:04}"})
    return when


def _read(text: str) -> PartialDate:
    if found := _ISO.fullmatch(text):
        return PartialDate.of(_day(*(int(part) for part in found.groups())))
    if found := _DOTTED.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
        return PartialDate.of(_day(year, month, day))
    if found := _SLASHED.fullmatch(text):
        return PartialDate.of(_slashed(text, *(int(part) for part in found.groups())))
    if _SHORT_YEAR.fullmatch(text):
        raise ValidationError(_("The year must have 4 digits."), code="year")
    if found := _DOTTED_MONTH.fullmatch(text):
        text = f"{found[2]}-{int(found[1]):02}"
    try:
        return PartialDate.parse(text)
    except ValueError as error:
        raise ValidationError(
            _("Enter a date, for example 2014-06-12, 12.06.2014, 2014-06 or 2014."), code="invalid"
        ) from error


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        if month not in MONTHS or year == 0:
            message = _("Enter a date, for example 2014-06-12, 12.06.2014, 2014-06 or 2014.")
            raise ValidationError(message, code="invalid") from error
        raise ValidationError(
            _("%(day)s %(month)s %(year)s does not exist."),
            code="no_such_day",
            params={"day": day, "month": MONTHS_ALT[month], "year": year},
        ) from error


def _slashed(text: str, first: int, second: int, year: int) -> date:
    """Europe and America read it the other way round: it is a day only where both agree."""
    one, other = _day(year, second, first), _day(year, first, second)
    if one == other:
        return one
    message = _("%(text)s can mean %(one)s or %(other)s. Write %(dotted)s or %(iso)s.")
    days = {"one": date_format(one), "other": date_format(other)}
    written = {"dotted": f"{one:%d.%m}.{year}", "iso": one.isoformat()}
    raise ValidationError(message, code="ambiguous", params={"text": text} | days | written)


def quoted(when: PartialDate) -> str:
    """A date as a sentence about a form quotes it: 20 January 2012, or 2012-01."""
    if when.earliest and when.precision is Precision.DAY:
        return date_format(when.earliest)
    return str(when)


class PartialDateField(forms.CharField):
    """A `PartialDate`, or `None` when the input is empty."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        attrs = {"class": "registry-date", "size": 26}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> PartialDate | None:
        if isinstance(value, PartialDate):
            return value
        text = super().to_python(value)
        return read_partial_date(text) if text else None

    def run_validators(self, value: PartialDate | None) -> None:
        super().run_validators(str(value) if value is not None else "")

    def prepare_value(self, value: Any) -> Any:
        return str(value) if isinstance(value, PartialDate) else value


class DayField(forms.DateField):
    """A whole day, typed in any of the ways above; errors say what would be right."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "no_day": _("Enter a whole date, for example 2014-06-12 or 12.06.2014.")
    }

    def __init__(self, **kwargs: Any) -> None:
        # Always year first, as the CSV and the address have it.
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"class": "registry-date", "size": 12})
        super().__init__(**kwargs | {"widget": widget})

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or isinstance(value, date):
            return super().to_python(value)
        text = str(value).strip()
        if not text:
            return None
        when = read_partial_date(text)
        if when.earliest is None or when.earliest != when.latest:
            raise ValidationError(self.error_messages["no_day"], code="no_day")
        return when.earliest


START_HELP = _(
    "The first day in office. Less is good input too: 2014-06-12, 12.06.2014, 2014-06, 2014. "
    "Leave it empty if nobody recorded it."
)
END_HELP = _("The first day out of office. Leave it empty while it goes on.")


class TermForm(forms.ModelForm):
    """Two dates of any precision instead of the five columns behind them.

    Use it for a `TermModel`; name `start`, `end` and `end_unrecorded` in the fieldsets.
    """

    start = PartialDateField(required=False, label=_("Start"), help_text=START_HELP)
    end = PartialDateField(required=False, label=_("End"), help_text=END_HELP)
    end_unrecorded = forms.BooleanField(
        required=False,
        label=_("Ended, but the day is not recorded"),
        help_text=_("Tick it only if it is over and no source says when."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = self.instance
        recorded = {
            "start": row.start if row.start != UNKNOWN else None,
            "end": row.end if row.end != UNKNOWN else None,
            "end_unrecorded": row.end == UNKNOWN,
        }
        self.initial = recorded | self.initial

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors.keys() & {"start", "end"}:
            return cleaned
        start = cleaned.get("start") or UNKNOWN
        end = cleaned.get("end")
        if end is not None and cleaned.get("end_unrecorded"):
            self.add_error("end_unrecorded", _("Give the day or tick this box, one of the two."))
            return cleaned
        if end and end.latest and start.earliest and end.latest <= start.earliest:
            message = _("The end (%(end)s) is not after the start (%(start)s). Change one of them.")
            days = {"end": quoted(end), "start": quoted(start)}
            self.add_error("end", ValidationError(message, params=days))
            return cleaned
        self.instance.start = start
        self.instance.end = UNKNOWN if cleaned.get("end_unrecorded") else end
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        # The columns are not fields of the form, but their constraints must be checked:
        # otherwise the database refuses in the middle of a save.
        return super()._get_validation_exclusions() - {*TERM_DAYS, "has_ended"}
