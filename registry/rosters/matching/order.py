"""What an import is asked to do, and what the convocations of its file are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from registry.domain.dates import UNKNOWN, PartialDate
from registry.models import Convocation, Institution
from registry.rosters.faults import Code, Fault, Refused, WrongUsage
from registry.rosters.reading.cells import NUMBERS
from registry.rosters.rows import Period, Roster


@dataclass(frozen=True, slots=True)
class Order:
    """How to import. `periods` is a table of terms; `on` the day the import is made on.

    With `differences` of `keep` what is recorded stays, and the file fills gaps alone. Those in
    the register whom the file does not have stay as well, or end (`end_absent`): on `absent_day`,
    if the day is known, with a reason, and not more of them than `absent_limit`, if it is given.
    `place` says where in a document what the file holds stands; it is cited before the line.
    """

    on: date
    convocation: int | None = None
    periods: Mapping[str, Period] = field(default_factory=dict)
    last_day_in: bool = False
    complete: bool = False
    leave_out_faulty: bool = False
    differences: str = "take"
    end_absent: bool = False
    absent_day: PartialDate | None = None
    absent_reason: str = ""
    absent_limit: int | None = None
    place: str = ""


def order_data(order: Order) -> dict[str, Any]:
    """An order as plain data, to be kept with the run that it is for."""
    asked = {each.name: getattr(order, each.name) for each in fields(order)}
    periods = [
        {
            "key": period.key,
            "name": period.name,
            "start": _bounds(period.start),
            "end": _bounds(period.end),
            "line": period.line,
        }
        for period in order.periods.values()
    ]
    plain = {"on": order.on.isoformat(), "absent_day": _bounds(order.absent_day)}
    return {**asked, **plain, "periods": periods}


def order_from(data: Mapping[str, Any]) -> Order:
    """The order that `order_data` made this data of."""
    periods = {
        each["key"]: Period(
            each["key"],
            each["name"],
            _between(each["start"]),
            _between(each["end"]),
            each["line"],
        )
        for each in data["periods"]
    }
    told = {"on": date.fromisoformat(data["on"]), "absent_day": _between(data.get("absent_day"))}
    return Order(**{**data, **told, "periods": periods})


def _bounds(value: PartialDate | None) -> list[str | None] | None:
    if value is None:
        return None
    return [each.isoformat() if each else None for each in (value.earliest, value.latest)]


def _between(bounds: list[str | None] | None) -> PartialDate | None:
    if bounds is None:
        return None
    return PartialDate(*(date.fromisoformat(each) if each else None for each in bounds))


@dataclass(slots=True)
class Sitting:
    """A convocation as the import will leave it.

    `record` is not saved yet when `new`; `filled` names the dates that the file adds, and
    `differs` those it states otherwise than the registry: (name, registry's, file's).
    """

    record: Convocation
    new: bool = False
    line: int | None = None
    filled: tuple[str, ...] = ()
    differs: tuple[tuple[str, str, str], ...] = ()
    start: PartialDate = UNKNOWN
    end: PartialDate | None = None

    @property
    def number(self) -> int:
        return self.record.number


def number_in(*texts: str) -> int | None:
    """The number of a convocation in the first text that has one: 54 in `term/54`, 8 in “VIII”.

    A text with several, such as `1979-05-01` or `2011-2015`, says when and not which.
    """
    for text in texts:
        text = text.rpartition("/")[2]
        numbers = re.findall(r"[0-9]+", text) or [str(n) for n in _romans(text)]
        if len(numbers) == 1 and len(numbers[0]) < 6 and int(numbers[0]) in NUMBERS:
            return int(numbers[0])
    return None


# As they are written in Latin letters, or in the Cyrillic ones that look like them.
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "І": 1, "Х": 10}


def _romans(text: str) -> Iterator[int]:
    for word in re.findall(rf"\b[{''.join(_ROMAN)}]+\b", text):
        values = [_ROMAN[letter] for letter in word]
        pairs = zip(values, [*values[1:], 0], strict=True)
        yield sum(-one if one < other else one for one, other in pairs)


def first_day_out(value: PartialDate | None, order: Order) -> PartialDate | None:
    """The end as this registry means it; the last day that there is has no day after it."""
    if value is None or not order.last_day_in:
        return value
    try:
        return value.next_day()
    except OverflowError:
        return value


@dataclass(frozen=True, slots=True)
class Sittings:
    """The convocations of a file, by its own words for them.

    Rows of words that are not `asked` are about other convocations; those of `unknown` words are
    about one that nobody recorded. `recorded` are the numbers there are.
    """

    by_word: Mapping[str, Sitting]
    asked: frozenset[str]
    unknown: frozenset[str] = frozenset()
    recorded: tuple[int, ...] = ()

    @property
    def all(self) -> list[Sitting]:
        return list({id(each): each for each in self.by_word.values()}.values())

    @property
    def known(self) -> str:
        return _known(self.recorded)


def convocations_of(
    words: Iterable[str], roster: Roster, institution: Institution, order: Order
) -> Sittings:
    """What the `words` of a file for its convocations mean.

    Raises `WrongUsage` if a convocation is neither recorded nor described, `Refused` if no row
    is about the one that is asked for.
    """
    words = list(words)
    recorded = {each.number: each for each in institution.convocations.all()}
    periods = {**roster.periods, **order.periods}
    if order.convocation is not None:
        asked = _words_asked_for(words, roster, order.convocation, periods)
        number = order.convocation
        word = next((word for word in asked if word), "")
        sitting = _sitting(institution, number, recorded, _period(periods, word, number), order)
        return Sittings(dict.fromkeys(asked, sitting), frozenset(asked), recorded=(*recorded,))
    found, unknown = {}, set()
    by_number: dict[int, Sitting] = {}
    for word in words:
        if not word:
            continue
        described = periods.get(word)
        number = number_in(word, described.name if described else "")
        if number is None:
            if not recorded and not periods:
                continue
            raise WrongUsage(
                _(
                    "The file speaks of “%(word)s”, which has no number. Choose the convocation "
                    "that it is about; the command takes it by --convocation."
                )
                % {"word": word}
            )
        period = _period(periods, word, number)
        if number not in recorded and period is None and not recorded and not roster.own:
            continue
        if number not in recorded and period is None and roster.own:
            unknown.add(word)
            continue
        if number not in by_number:
            by_number[number] = _sitting(institution, number, recorded, period, order)
        found[word] = by_number[number]
    return Sittings(found, frozenset(words), frozenset(unknown), tuple(recorded))


def _known(numbers: Iterable[int]) -> str:
    return ", ".join(str(number) for number in sorted(numbers)) or _("none")


def _words_asked_for(
    words: list[str], roster: Roster, number: int, periods: Mapping[str, Period]
) -> list[str]:
    """Leave out words for other convocations. A file that names one only may name it otherwise."""

    def number_of(word: str) -> int | None:
        return number_in(word, periods[word].name if word in periods else "")

    one_of_others = not roster.own and len(words) == 1
    if one_of_others or not any(words):
        return words
    asked = [word for word in words if number_of(word) == number]
    if not asked:
        details = {
            "wanted": _("convocation %(number)s") % {"number": number},
            "known": ", ".join(word or _("no convocation") for word in words),
        }
        raise Refused([Fault(Code.NO_ROWS_FOR_IT, None, "convocation", str(number), details)])
    return asked


def _period(periods: Mapping[str, Period], word: str, number: int) -> Period | None:
    if word in periods:
        return periods[word]
    numbered = (each for key, each in periods.items() if number_in(key, each.name) == number)
    return next(numbered, None)


def _sitting(
    institution: Institution,
    number: int,
    recorded: Mapping[int, Convocation],
    period: Period | None,
    order: Order,
) -> Sitting:
    end = first_day_out(period.end, order) if period else None
    start = period.start if period else None
    record = recorded.get(number)
    if record is None:
        if period is None:
            raise WrongUsage(
                _(
                    "%(institution)s has no convocation %(number)s. Recorded are: %(known)s. "
                    "Choose one of them, or record it first; the command takes a table of "
                    "convocations by --terms."
                )
                % {"institution": institution, "number": number, "known": _known(recorded)}
            )
        _refuse_disorder(period, start, end)
        record = Convocation(institution=institution, number=number)
        record.start, record.end = start or UNKNOWN, end
        return Sitting(record, True, period.line, start=record.start, end=record.end)
    sitting = Sitting(record, line=period.line if period else None)
    for name, stated in (("start", start), ("end", end)):
        known = getattr(record, name)
        if stated is None or known == stated:
            continue
        if known is None or known == UNKNOWN:
            setattr(record, name, stated)
            sitting.filled += (name,)
        else:
            sitting.differs += ((name, str(known), str(stated)),)
    if sitting.filled and period:
        _refuse_disorder(period, record.start, record.end)
    sitting.start, sitting.end = record.start, record.end
    return sitting


def _refuse_disorder(period: Period, start: PartialDate | None, end: PartialDate | None) -> None:
    if start and end and start.earliest and end.latest and end.latest <= start.earliest:
        details = {"start": str(start)}
        raise Refused([Fault(Code.END_NOT_AFTER_START, period.line, "end_date", str(end), details)])
