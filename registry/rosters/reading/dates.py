"""Dates as people and programs write them, read only where they can mean one thing.

`2014`, `2014-06`, `2014-06-12` and spans of them are the registry's own; `12.06.2014` and
`2014/06/12` are read as well, and so are months by name and the midnight that begins a day.
`06/07/2014` is not, unless somebody says which order the file has.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from registry.domain.dates import PartialDate
from registry.rosters.faults import Code
from registry.rosters.reading.months import read_worded

LONGEST = 60  # letters of a span, with a time behind each day
DAY_ORDERS = ("dmy", "mdy")

# A spreadsheet that was asked for a date and pandas write the midnight that begins it. Another
# hour that comes with a zone may belong to the day before or after.
_TIME = re.compile(
    r"[T ](00:00(:00(\.0+)?)?(Z|[+-]\d\d:?\d\d)?|\d\d:\d\d(:\d\d(\.\d+)?)?)", re.ASCII
)
_YEAR_WORD = re.compile(r"\s*(г|год|года|ж|жыл|жылы)\.?$", re.IGNORECASE)
_SINCE = re.compile(r"(с|со|from|since|seit)\s+(?=\d)", re.IGNORECASE)
_MIDNIGHT = re.compile(r"(?<=\d{4}) 0?0:00(:00)?$", re.ASCII)
_BIG_ENDIAN = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
_DOTTED_MONTH = re.compile(r"(\d{1,2})\.(\d{4})", re.ASCII)
_EITHER = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})", re.ASCII)
_SHORT = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2}", re.ASCII)
# Spreadsheets count days from here; those of the years from 1927 to 2064.
_FIRST = date(1899, 12, 30)
_SERIAL = re.compile(r"[1-5]\d{4}", re.ASCII)
_MARKS = re.compile(r"[\s*†‡¹²³⁴⁵⁶⁷⁸⁹]+$|\s*[\[(][^\])]{1,40}[\])]$")
_NO_DAY = re.compile(r"(\d{4})-(?:00-00|(\d{2})-00)", re.ASCII)


class NotRead(ValueError):
    """Why a text is no date: the `code` of the fault, its details, and what was perhaps meant."""

    def __init__(self, code: Code, suggestion: str = "", **details: Any) -> None:
        super().__init__(code.value)
        self.code = code
        self.suggestion = suggestion
        self.details = details


def read_date(text: str, order: str = "") -> PartialDate:
    """The date that a text means; `order` is `dmy` or `mdy` if 06/07/2014 is to be read.

    Raises `NotRead`.
    """
    if len(text) > LONGEST:
        raise NotRead(Code.NOT_A_DATE)
    return _read(text, order)


@lru_cache(4096)
def _read(text: str, order: str) -> PartialDate:
    text = _MIDNIGHT.sub("", _SINCE.sub("", _YEAR_WORD.sub("", text.removeprefix("+"))))
    with suppress(ValueError):
        return PartialDate.parse(text)
    if text[10:] and _TIME.fullmatch(text[10:]):
        text = text[:10]
    if _SHORT.fullmatch(text):
        raise NotRead(Code.SHORT_YEAR)
    if found := _NO_DAY.fullmatch(text):
        raise NotRead(Code.NOT_A_DATE, "-".join(part for part in found.groups() if part))
    if found := _BIG_ENDIAN.fullmatch(text):
        year, month, day = map(int, found.groups())
        return _day(year, month, day)
    if found := _DOTTED.fullmatch(text):
        day, month, year = map(int, found.groups())
        return _day(year, month, day)
    if found := _DOTTED_MONTH.fullmatch(text):
        with suppress(ValueError):
            return PartialDate.parse(f"{found[2]}-{int(found[1]):02}")
    if found := _EITHER.fullmatch(text):
        return _either(*map(int, found.groups()), order)
    try:
        found = read_worded(text)
    except ValueError as problem:
        raise NotRead(Code.NO_SUCH_DAY) from problem
    if found:
        return found
    raise NotRead(Code.NOT_A_DATE, _meant(text, order))


def _meant(text: str, order: str) -> str:
    """What a text that is no date was perhaps: the number that a spreadsheet has for a day, or a
    date with the mark of a footnote behind it."""
    if _SERIAL.fullmatch(text):
        return str(_FIRST + timedelta(days=int(text)))
    bare = _MARKS.sub("", text)
    with suppress(NotRead):
        return str(_read(bare, order)) if bare != text else ""
    return ""


def _day(year: int, month: int, day: int) -> PartialDate:
    try:
        return PartialDate.of(date(year, month, day))
    except ValueError as problem:
        code = Code.NO_SUCH_DAY if month in range(1, 13) and day in range(1, 32) else None
        raise NotRead(code or Code.NOT_A_DATE) from problem


def _either(first: int, second: int, year: int, order: str) -> PartialDate:
    """A day whose order is told, or makes no difference."""
    if order:
        day, month = (first, second) if order == "dmy" else (second, first)
        return _day(year, month, day)
    readings = set()
    for day, month in ((first, second), (second, first)):
        with suppress(ValueError):
            readings.add(date(year, month, day))
    match sorted(readings):
        case [earlier, later]:
            raise NotRead(Code.EITHER_DAY, first=str(earlier), second=str(later))
        case [only] if first == second:
            return PartialDate.of(only)
        case [only]:
            raise NotRead(Code.NOT_A_DATE, str(only))
    return _day(year, second, first)
