"""Dates with the name of a month, as offices write them in four languages."""

from __future__ import annotations

import re
from datetime import date

from registry.domain.dates import PartialDate

_NAMES = """
    january jan januar jänner январь января янв қаңтар
    february feb februar февраль февраля фев ақпан
    march mar märz март марта мар наурыз
    april apr апрель апреля апр сәуір
    may mai май мая мамыр
    june jun juni июнь июня маусым
    july jul juli июль июля шілде
    august aug август августа авг тамыз
    september sep sept сентябрь сентября сен сент қыркүйек
    october oct oktober okt октябрь октября окт қазан
    november nov ноябрь ноября ноя нояб қараша
    december dec dezember dez декабрь декабря дек желтоқсан
"""
_MONTHS = {
    name: number
    for number, names in enumerate(_NAMES.strip().splitlines(), start=1)
    for name in names.split()
}
# What stands beside a date and says no more than it does: “с 12 марта 2014 г.”, “1981 г.р.”.
_BESIDE = frozenset(
    (
        *("с", "со", "from", "since", "seit", "of", "th", "st", "nd", "rd"),
        *("г", "гг", "год", "года", "году", "р", "ж", "жыл", "жылы", "жылғы"),
    )
)
_WORDED = re.compile(r"(?:[^\W_]|[\s.,])+")
_PART = re.compile(r"\d+|[^\W\d_]+")


def read_worded(text: str) -> PartialDate | None:
    """The date that numbers and the name of a month make; `None` if they make none.

    Raises `ValueError` for a day that does not exist.

    >>> str(read_worded("с 12 марта 2014 г.")), str(read_worded("March 2014"))
    ('2014-03-12', '2014-03')
    """
    if not _WORDED.fullmatch(text):
        return None
    parts = [part for part in _PART.findall(text.casefold()) if part not in _BESIDE]
    if not 1 <= len(parts) <= 3:
        return None
    years = [int(part) for part in parts if part.isascii() and part.isdigit() and len(part) == 4]
    days = [int(part) for part in parts if part.isascii() and part.isdigit() and len(part) < 3]
    months = [_MONTHS[part] for part in parts if part in _MONTHS]
    match years, months, days:
        case [year], [], [] if len(parts) == 1:
            return PartialDate.parse(f"{year:04}")
        case [year], [month], [] if len(parts) == 2:
            return PartialDate.parse(f"{year:04}-{month:02}")
        case [year], [month], [day] if len(parts) == 3:
            return PartialDate.of(date(year, month, day))
    return None
