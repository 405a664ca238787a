"""The day or the two days that a reader asks about, read from an address or typed into a form."""

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
# “1 June 2014”, “1. Juni 2014”, “1 июня 2014 г.”, and in Kazakh “2014 ж. 1 маусым”.
_WORDS = re.compile(r"(?P<day>[0-9]{1,2})\.?\s+(?P<month>[^\W\d_]+)\s+(?P<year>[0-9]+)(\s*г\.?)?")
_YEAR_FIRST = re.compile(r"(?P<year>[0-9]+)\s*ж\.?\s+(?P<day>[0-9]{1,2})\s+(?P<month>[^\W\d_]+)")


class DayForm:
    """Reads `on=2014-06-01`, or the three fields `day`, `month` and `year`.

    The day field takes a whole date as well, as `2014-06-01`, `01.06.2014` or `1 June 2014`.
    Under another name, such as `from`, the fields are `from-day`, `from-month` and `from-year`.
    """

    PARTS = ("day", "month", "year")

    def __init__(self, query: QueryDict, name: str = "on") -> None:
        self.query = query
        self.name = name
        self.prefix = "" if name == "on" else f"{name}-"
        self.fields = [f"{self.prefix}{part}" for part in self.PARTS]
        self.typed = {part: query.get(f"{self.prefix}{part}", "") for part in self.PARTS}

    @property
    def submitted(self) -> bool:
        """Whether the three fields were sent, be they filled in or not."""
        return any(field in self.query for field in self.fields)

    @property
    def asked(self) -> bool:
        return self.submitted or self.name in self.query

    def day(self, *, default: date, optional: bool = False) -> date:
        """The day asked about, else `default`; fields may be empty where it is `optional`.

        Raises `BadQuestion`.
        """
        for name in (self.name, *self.fields):
            given_once(self.query, name)
        if self.submitted:
            if self.name in self.query:
                raise BadQuestion(
                    _(
                        "The address gives a date in two ways. "
                        "Keep one, for example %(name)s=2014-06-01."
                    )
                    % {"name": self.name}
                )
            if optional and not self.typed["day"].strip() and not self.typed["year"].strip():
                return default
            return self._from_fields()
        if self.name not in self.query:
            return default
        return read_day(self.query[self.name])

    def _from_fields(self) -> date:
        day, month, year = (self.typed[part].strip() for part in self.PARTS)
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

        Of a value that is no day, its parts, or all of it in the first field.
        """
        if self.submitted:
            return {part: shortened(typed) for part, typed in self.typed.items()}
        if given := self.query.get(self.name, ""):
            parts = _ISO.fullmatch(given.strip())
            if parts is None:
                return {"day": shortened(given), "month": str(day.month), "year": f"{day.year:04}"}
            month = parts["month"].lstrip("0")
            return {"day": parts["day"].lstrip("0"), "month": month, "year": parts["year"]}
        return {"day": str(day.day), "month": str(day.month), "year": f"{day.year:04}"}


class DaysForm:
    """Reads the two days `from=` and `to=`, each as `DayForm` does.

    `faulty` names the one that made no sense, once they were asked for.
    """

    def __init__(self, query: QueryDict) -> None:
        self.forms = {name: DayForm(query, name) for name in ("from", "to")}
        self.faulty = ""

    @property
    def submitted(self) -> bool:
        return any(form.submitted for form in self.forms.values())

    @property
    def asked(self) -> bool:
        return any(form.asked for form in self.forms.values())

    @property
    def fields(self) -> list[str]:
        return [field for form in self.forms.values() for field in form.fields]

    def day(self, name: str, *, default: date, optional: bool = False) -> date:
        """The day `from` or `to`, else `default`. Raises `BadQuestion`."""
        self.faulty = name
        day = self.forms[name].day(default=default, optional=optional)
        self.faulty = ""
        return day


def read_day(text: str) -> date:
    """A day from one text. Raises `BadQuestion` with a sentence that names the text."""
    text = text.strip()
    if not text:
        raise BadQuestion(_("Enter a date, for example 1 June 2014."))
    if parts := _ISO.fullmatch(text) or _DOTTED.fullmatch(text):
        return _existing(parts["year"], parts["month"], parts["day"])
    if parts := _WORDS.fullmatch(text) or _YEAR_FIRST.fullmatch(text):
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
        name = date_format(date(2000, int(month), 1), "E")
        raise BadQuestion(
            _("%(day)s %(month)s %(year)s does not exist.")
            % {"day": int(day), "month": name, "year": year}
        ) from None
