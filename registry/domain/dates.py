"""The one place that says what a date of unknown precision and a span of days mean."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from enum import Enum


class Presence(Enum):
    """The answer to "on that day?" when dates may be known to the month only."""

    NO = "no"
    POSSIBLY = "possibly"
    YES = "yes"


class Precision(Enum):
    """How much of a date is known; the values are those of the CSV columns."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    SPAN = "span"
    NONE = "none"


_PARTS = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_SPAN = re.compile(r"\[(\d{4}-\d{2}-\d{2})?\.\.(\d{4}-\d{2}-\d{2})?\]", re.ASCII)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day known to lie between `earliest` and `latest`, both included.

    `None` on a side means that no bound is known there; equal bounds are a known day.

    >>> str(PartialDate.parse("2014-06"))
    '2014-06'
    >>> PartialDate.parse("2014-06").latest
    datetime.date(2014, 6, 30)
    """

    earliest: date | None
    latest: date | None

    def __post_init__(self) -> None:
        if self.earliest and self.latest and self.latest < self.earliest:
            raise ValueError(f"latest day {self.latest} is before earliest day {self.earliest}")

    @classmethod
    def of(cls, day: date) -> PartialDate:
        return cls(day, day)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read `2014`, `2014-06`, `2014-06-12` or a span `[2014-06-12..2014-08-01]`.

        Either end of a span may be left out. The notation is that of EDTF (ISO 8601-2).
        Raises `ValueError` for anything else, a day that does not exist included.
        """
        if span := _SPAN.fullmatch(text):
            earliest, latest = (date.fromisoformat(day) if day else None for day in span.groups())
            return cls(earliest, latest)
        if not (parts := _PARTS.fullmatch(text)):
            raise ValueError(f"{text!r} is not a date such as 2014, 2014-06 or 2014-06-12")
        year, month, day = parts.groups()
        first = date(int(year), int(month or 1), int(day or 1))
        if day:
            return cls.of(first)
        if month:
            return cls(first, first.replace(day=monthrange(first.year, first.month)[1]))
        return cls(first, first.replace(month=12, day=31))

    @property
    def precision(self) -> Precision:
        first, last = self.earliest, self.latest
        if first is None and last is None:
            return Precision.NONE
        if first is None or last is None:
            return Precision.SPAN
        if first == last:
            return Precision.DAY
        if first.day == 1 and last == first.replace(day=monthrange(first.year, first.month)[1]):
            return Precision.MONTH
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
            return Precision.YEAR if first.year == last.year else Precision.SPAN
        return Precision.SPAN

    def __str__(self) -> str:
        """The text that `parse` reads back; empty when nothing is known."""
        match self.precision:
            case Precision.NONE:
                return ""
            case Precision.DAY:
                return str(self.earliest)
            case Precision.MONTH:
                return str(self.earliest)[:7]
            case Precision.YEAR:
                return str(self.earliest)[:4]
            case Precision.SPAN:
                return f"[{self.earliest or ''}..{self.latest or ''}]"

    def reached_by(self, day: date) -> Presence:
        """Whether this date has come when `day` begins."""
        if self.latest is not None and self.latest <= day:
            return Presence.YES
        if self.earliest is not None and self.earliest > day:
            return Presence.NO
        return Presence.POSSIBLY

    def next_day(self) -> PartialDate:
        """The day after: turns a last day in office into the first day out of it."""
        one = timedelta(days=1)
        return PartialDate(
            self.earliest + one if self.earliest else None,
            self.latest + one if self.latest else None,
        )


UNKNOWN = PartialDate(None, None)


@dataclass(frozen=True, slots=True)
class Term:
    """Days in office: `start` is the first, `end` the first day out of office.

    `end` is `None` while the office is held. Ended on a day that nobody recorded is a state
    of its own: `end=UNKNOWN`.
    """

    start: PartialDate
    end: PartialDate | None = None

    def __post_init__(self) -> None:
        first = self.start.earliest
        if self.end and self.end.latest and first and self.end.latest <= first:
            raise ValueError(f"end {self.end} is not after start {self.start}")

    def covers(self, day: date) -> Presence:
        begun = self.start.reached_by(day)
        over = self.end.reached_by(day) if self.end else Presence.NO
        if begun is Presence.NO or over is Presence.YES:
            return Presence.NO
        if begun is Presence.YES and over is Presence.NO:
            return Presence.YES
        return Presence.POSSIBLY

    def overlaps(self, other: Term) -> bool:
        """Whether the two certainly share a day."""

        def ends_before(one: Term, two: Term) -> bool:
            """Whether `one` may be over when `two` begins."""
            if one.end is None or two.start.latest is None:
                return two.start.latest is None
            return one.end.earliest is None or one.end.earliest <= two.start.latest

        return not ends_before(self, other) and not ends_before(other, self)


@dataclass(frozen=True, slots=True)
class Span:
    """Days on which a rule or a status holds, half-open; `None` is open on that side."""

    start: date | None = None
    end: date | None = None

    def covers(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a day: then one holds on the first day of the other."""
        return self.covers(other.start or date.min) or other.covers(self.start or date.min)


def years_after(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes 1 March where there is none.

    >>> years_after(date(2016, 2, 29), 1)
    datetime.date(2017, 3, 1)

    The calendar ends with the year 9999: what would lie beyond it falls on its last day.
    """
    if day.year + years > MAXYEAR:
        return date.max
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or before; the last of the month where there is none.

    >>> months_after(date(2026, 12, 31), 2)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
