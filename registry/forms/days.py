"""The day that a reader asks about, read from an address or typed into a form."""

from __future__ import annotations

import re
from datetime import date

from django.http import QueryDict
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from registry.forms.questions import BadQuestion, given_once, shortened

_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
_DOTTED = re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d+)", re.ASCII)
_SLASHED = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}", re.ASCII)
_WORDS = re.compile(r"(?P<day>[0-9]{1,2})\.?\s+(?P<month>[^\W\d_]+)\s+(?P<year>[0-9]+)")


class DayForm:
    """Reads `on=2014-06-01`, or the three fields `day`, `month` and `year`.

    The day field takes a whole date as well, as `2014-06-01`, `01.06.2014` or `1 June 2014`.
    """

    FIELDS = ("day", "month", "year")

    def __init__(self, query: QueryDict) -> None:
        self.query = query
        self.typed = {name: query.get(name, "") for name in self.FIELDS}

    @property
    def submitted(self) -> bool:
        """Whether the three fields were sent, be they filled in or not."""
        return any(name in self.query for name in self.FIELDS)

    def day(self, *, today: date) -> date:
        """The day asked about, else `today`. Raises `BadQuestion`."""
        for name in ("on", *self.FIELDS):
            given_once(self.query, name)
        if self.submitted:
            if "on" in self.query:
                raise BadQuestion(
                    _("The address gives a date in two ways. Keep one, for example on=2014-06-01.")
                )
            return self._from_fields()
        if "on" not in self.query:
            return today
        return read_day(self.query["on"])

    def _from_fields(self) -> date:
        day, month, year = (self.typed[name].strip() for name in self.FIELDS)
        if day and not re.fullmatch(r"\d{1,2}", day, re.ASCII):
            return read_day(day)
        if not day and not year:
            raise BadQuestion(_("Enter a date, for example 1 June 2014."))
        if not day:
            raise BadQuestion(_("Enter the day of the month, for example 1."))
        if not year:
            raise BadQuestion(_("The date must include a year."))
        if not re.fullmatch(r"\d{1,2}", month, re.ASCII):
            raise BadQuestion(_("Choose a month."))
        return _existing(year, month, day)

    def shows(self, day: date) -> dict[str, str]:
        """What the three fields hold: what was typed, else `day`.

        Of an `on` that is no day, its parts, or all of it in the first field.
        """
        if self.submitted:
            return {name: shortened(typed) for name, typed in self.typed.items()}
        if given := self.query.get("on", ""):
            parts = _ISO.fullmatch(given.strip())
            if parts is None:
                return {"day": shortened(given), "month": str(day.month), "year": f"{day.year:04}"}
            month = parts["month"].lstrip("0")
            return {"day": parts["day"].lstrip("0"), "month": month, "year": parts["year"]}
        return {"day": str(day.day), "month": str(day.month), "year": f"{day.year:04}"}


def read_day(text: str) -> date:
    """A day from one text. Raises `BadQuestion` with a sentence that names the text."""
    text = text.strip()
    if not text:
        raise BadQuestion(_("Enter a date, for example 1 June 2014."))
    if parts := _ISO.fullmatch(text) or _DOTTED.fullmatch(text):
        return _existing(parts["year"], parts["month"], parts["day"])
    if parts := _WORDS.fullmatch(text):
        month = _month(parts["month"])
        if month:
            return _existing(parts["year"], str(month), parts["day"])
    if _SLASHED.fullmatch(text):
        raise BadQuestion(
            _("“%(value)s” can mean two days. Write 01.06.2014 or 2014-06-01.") % {"value": text}
        )
    raise BadQuestion(
        _("“%(value)s” is not a date. Write it as 2014-06-01 or 01.06.2014.")
        % {"value": shortened(text)}
    )


def _month(word: str) -> int | None:
    word = word.casefold()
    return next(
        (
            number
            for number, name in MONTHS.items()
            if str(name).casefold() == word
            # The form that a month takes inside a date, where the language bends it.
            or _named_inside_a_date(number) == word
        ),
        None,
    )


def _named_inside_a_date(month: int) -> str:
    return date_format(date(2000, month, 1), "E").casefold()


def _existing(year: str, month: str, day: str) -> date:
    if len(year) != 4 or not re.fullmatch(r"\d{4}", year, re.ASCII):
        raise BadQuestion(
            _("The year must have 4 digits, not “%(year)s”.") % {"year": shortened(year)}
        )
    if int(year) == 0:
        raise BadQuestion(_("There is no year 0000. Use a year from 0001 to 9999."))
    if not 1 <= int(month) <= 12:
        raise BadQuestion(
            _("There is no month %(month)s. Use a number from 1 to 12.") % {"month": month}
        )
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        name = date_format(date(2000, int(month), 1), "F")
        raise BadQuestion(
            _("%(day)s %(month)s %(year)s does not exist.")
            % {"day": int(day), "month": name, "year": year}
        ) from None
