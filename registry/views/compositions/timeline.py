"""The band of eras: how the law's seats changed, where the day lies in it, and what is beside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.domain import seats
from registry.domain.composition import Composition
from registry.domain.dates import Presence, Span
from registry.domain.events import Event
from registry.domain.facts import Record
from registry.snapshots.changes import next_to
from registry.templatetags.days import day_before, long_day, years

# The stylesheet has so many steps of width, and of places for the pin.
STEPS = 40
PIN_STEPS = 50


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the band. `day` is where its link leads; `pin` where the day lies, or None."""

    label: str
    years: str
    formula: str
    width: int
    day: date
    current: bool = False
    pin: int | None = None
    look: str = ""  # or gap, end


@dataclass(frozen=True, slots=True)
class Period:
    """A convocation below the band; its link leads to its first day.

    `seats` says of the one in session how many it has, which may not be what the law asks for.
    """

    number: int
    day: date | None
    current: bool
    title: str
    seats: str


@dataclass(frozen=True, slots=True)
class Band:
    blocks: tuple[Block, ...]
    periods: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """The nearest day before or after on which something changed: the event, and how many more."""

    day: date
    event: Event
    more: int


def changes_beside(record: Record, day: date) -> dict[str, Beside | None]:
    """The previous change and the next; a link to its day shows what it names."""
    past, coming = next_to(day, record)
    return {"previous_change": _beside(past), "next_change": _beside(coming)}


def _beside(events: list[Event]) -> Beside | None:
    return Beside(events[0].day, events[0], len(events) - 1) if events else None


def band_of(composition: Composition, *, today: date) -> Band:
    """The eras of the law of one institution, with a block for each gap and for its end."""
    snapshot, day = composition.snapshot, composition.day
    life = snapshot.institution.term
    eras = seats.eras(snapshot)
    over = life.end.earliest if life.end else None
    stretches: list[tuple[date, date | None, seats.Era | None]] = []
    for era in eras:
        begun = era.span.start or date.min
        if stretches and (before := stretches[-1][1]) and before < begun:
            stretches.append((before, begun, None))
        stretches.append((begun, era.span.end, era))
    if not stretches:
        return Band((), _periods(composition))
    last = stretches[-1][1]
    if last is None:
        stretches[-1] = (stretches[-1][0], over, stretches[-1][2])
    horizon = over or max(today, last or today) + timedelta(days=1)
    longest = max(((end or horizon) - begun).days for begun, end, _era in stretches) or 1
    blocks = []
    for begun, end, era in stretches:
        days = max(1, ((end or horizon) - begun).days)
        inside = begun <= day and (end is None or day < end)
        blocks.append(
            Block(
                label=_label(era),
                years=_years(begun, end),
                formula=era_formula(era),
                width=max(1, round(STEPS * days / longest)),
                day=day_before(end) if end else max(begun, min(today, date.max)),
                current=inside,
                pin=min(PIN_STEPS, PIN_STEPS * (day - begun).days // days) if inside else None,
                look="" if era else "gap",
            )
        )
    if over and life.covers(over) is Presence.NO:
        gone = over <= day
        blocks.append(
            Block(
                label=_("Ended"),
                years=long_day(over),
                formula="",
                width=max(2, STEPS // 8),
                day=over,
                current=gone,
                pin=0 if gone else None,
                look="end",
            )
        )
    return Band(tuple(blocks), _periods(composition))


def _label(era: seats.Era | None) -> str:
    if era is None:
        return _("No rule recorded")
    if era.total is None:
        return _("Number not recorded")
    return ngettext("%(n)s seat", "%(n)s seats", era.total) % {"n": era.total}


def _years(begun: date, end: date | None) -> str:
    return years(Span(begun if begun > date.min else None, end))


def part_formula(part: seats.Part) -> str:
    """2 × 16, or 15."""
    if part.territories is not None:
        return f"{part.rule.seats_per_territory} × {part.territories}"
    return str(part.seats)


def era_formula(era: seats.Era | None) -> str:
    """2 × 16 + 15, or nothing for a single number."""
    if era is None:
        return ""
    parts = [
        part_formula(part)
        for part in era.parts
        if part.seats is not None and not part.rule.unlimited
    ]
    if len(parts) == 1 and "×" not in parts[0]:
        return ""
    return " + ".join(parts)


def formula_of(composition: Composition) -> str:
    """The seats of the sitting body as a sum: 2 × 16 + 15 = 47, or nothing for one number."""
    by_group = composition.lines_by_group
    parts = [
        f"{lines[0].rule.seats_per_territory} × {len(lines)}"
        if lines[0].rule.territorial
        else str(lines[0].required)
        for lines in by_group
        if lines[0].required is not None
    ]
    if composition.required is None or (len(parts) == 1 and "×" not in parts[0]):
        return ""
    return f"{' + '.join(parts)} = {composition.required}"


def _periods(composition: Composition) -> tuple[Period, ...]:
    return tuple(
        Period(
            convocation.number,
            convocation.term.start.latest or convocation.term.start.earliest,
            convocation == composition.convocation,
            _("Convocation %(n)s") % {"n": convocation.number},
            _in_session(composition.required),
        )
        for convocation in composition.snapshot.convocations
    )


def _in_session(seats: int | None) -> str:
    if seats is None:
        return _("in session")
    return ngettext("in session, with %(n)s seat", "in session, with %(n)s seats", seats) % {
        "n": seats
    }
