"""Rows become mandates: who sat in which seat from when to when, and for which party."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from registry.domain.dates import UNKNOWN, PartialDate
from registry.models import SeatGroup
from registry.rosters.faults import Code, Fault
from registry.rosters.matching.found import Found, Seat, SomePerson
from registry.rosters.matching.order import Order, Sitting, first_day_out
from registry.rosters.rows import Roster, Row


class Sits(NamedTuple):
    """The party somebody sits for; `None` is the bound of the mandate itself."""

    party: Found
    start: PartialDate | None
    end: PartialDate | None


@dataclass(slots=True, eq=False)
class Mandate:
    """One appointment that the file speaks of.

    `lines` are its rows. With `on`, the file speaks of that day only.
    """

    person: SomePerson
    sitting: Sitting | None
    group: SeatGroup | None
    territory: Found | None
    start: PartialDate
    end: PartialDate | None
    start_inherited: bool
    end_inherited: bool
    acting: bool
    designation: str
    end_reason: str
    note: str
    role: str
    lines: list[int]
    parties: list[Sits] = field(default_factory=list)
    on: date | None = None

    @property
    def inner(self) -> bool:
        return bool(self.group and self.group.inner)


def mandates_of(
    roster: Roster, seats: Iterable[Seat], order: Order
) -> tuple[list[Mandate], list[Fault]]:
    """Join the rows of each seat. In a file of others, a row that begins when the one before it
    ends goes on with the same mandate; in our own, rows of one appointment repeat its dates."""
    faults: list[Fault] = []
    buckets: dict[tuple, list[Mandate]] = defaultdict(list)
    for seat in seats:
        mandate = _mandate(seat, roster, order, faults)
        if mandate is None:
            continue
        key = (
            id(seat.person),
            seat.sitting.number if seat.sitting else None,
            seat.group.pk if seat.group else None,
            seat.territory.key if seat.territory else None,
            mandate.acting,
        )
        buckets[key].append(mandate)
    joined = []
    for bucket in buckets.values():
        join = _join_repeated if roster.own else _join_contiguous
        joined += join(bucket, faults)
    joined.sort(key=lambda mandate: mandate.lines[0])
    return joined, faults


def days_of(
    row: Row, sitting: Sitting | None, roster: Roster, order: Order, faults: list[Fault]
) -> tuple[PartialDate | None, PartialDate | None]:
    """The first day in office and the first day out of it; what is wrong with them is a fault."""
    start, end = row.start, first_day_out(row.end, order)
    if row.start_inherited:
        start = _inherited("start", row, sitting, row.start, roster, faults)
    if row.end_inherited:
        end = _inherited("end", row, sitting, end, roster, faults)
    if start and end and start.earliest and end.latest and end.latest <= start.earliest:
        details = {"start": str(start)}
        column = roster.column("end") or roster.column("start")
        faults.append(Fault(Code.END_NOT_AFTER_START, row.line, column, str(end), details))
    return start, end


def _mandate(seat: Seat, roster: Roster, order: Order, faults: list[Fault]) -> Mandate | None:
    row = seat.row
    before = len(faults)
    start, end = days_of(row, seat.sitting, roster, order, faults)
    inherits = seat.sitting is not None
    if len(faults) > before:
        return None
    mandate = Mandate(
        person=seat.person,
        sitting=seat.sitting,
        group=seat.group,
        territory=seat.territory,
        start=start or UNKNOWN,
        end=end,
        start_inherited=row.start_inherited and inherits,
        end_inherited=row.end_inherited and inherits,
        acting=row.acting,
        designation=row.designation,
        end_reason=row.end_reason,
        note=row.note,
        role=row.role,
        lines=[row.line],
        on=date.fromisoformat(row.on) if len(row.on) == 10 else None,
    )
    if seat.party:
        mandate.parties = [_sits(seat, mandate, order, faults)]
    return mandate


def _inherited(
    what: str,
    row: Row,
    sitting: Sitting | None,
    stated: PartialDate | None,
    roster: Roster,
    faults: list[Fault],
) -> PartialDate | None:
    """The date of the convocation; a fault if there is none, or if the row says another."""
    begins, column = what == "start", roster.column(what)
    if sitting is None:
        # Whoever has no end and no convocation to take it from is still there.
        if begins:
            code = Code.NOTHING_TO_INHERIT if column else Code.NO_STARTS
            faults.append(Fault(code, row.line, column))
        elif row.raw.get("end_basis", "") == "inherited":
            faults.append(Fault(Code.NOTHING_TO_INHERIT, row.line, "end_basis", "inherited"))
        return None
    passed_on = sitting.start if begins else sitting.end
    if stated not in (None, UNKNOWN, passed_on):
        details = {"expected": str(passed_on or "–")}
        faults.append(Fault(Code.INHERITED_DIFFERS, row.line, column, str(stated), details))
    return passed_on


def _sits(seat: Seat, mandate: Mandate, order: Order, faults: list[Fault]) -> Sits:
    start, end = seat.row.party_start, first_day_out(seat.row.party_end, order)
    if start and end and start.earliest and end.latest and end.latest <= start.earliest:
        details = {"start": str(start)}
        faults.append(Fault(Code.PARTY_DAYS, seat.row.line, "party_end", str(end), details))
    return bounded(Sits(seat.party, start, end), mandate.start, mandate.end)


def bounded(sits: Sits, start: PartialDate, end: PartialDate | None) -> Sits:
    """With the bounds left out that are those of the mandate."""
    return Sits(
        sits.party,
        None if sits.start in (UNKNOWN, start) else sits.start,
        None if sits.end == end else sits.end,
    )


def _order(mandate: Mandate) -> tuple[date, date, int]:
    first = mandate.start.earliest or date.min
    last = (mandate.end.latest if mandate.end else None) or date.max
    return first, last, mandate.lines[0]


def _join_repeated(bucket: list[Mandate], faults: list[Fault]) -> list[Mandate]:
    joined: dict[tuple, Mandate] = {}
    for mandate in bucket:
        key = (mandate.start, mandate.end, mandate.start_inherited, mandate.end_inherited)
        first = joined.setdefault(key, mandate)
        if first is mandate:
            continue
        held = {(s.party.key, s.start, s.end) for s in first.parties}
        sits = mandate.parties[0] if mandate.parties else None
        if sits is None or not first.parties or (sits.party.key, sits.start, sits.end) in held:
            faults.append(_same_seat(Code.SAME_SEAT, first, mandate))
        first.parties += mandate.parties
        first.lines += mandate.lines
    return list(joined.values())


def _join_contiguous(bucket: list[Mandate], faults: list[Fault]) -> list[Mandate]:
    joined: list[Mandate] = []
    for mandate in sorted(bucket, key=_order):
        last = joined[-1] if joined else None
        if last and (last.start, last.end) == (mandate.start, mandate.end):
            same = [s.party.key for s in last.parties] == [s.party.key for s in mandate.parties]
            code = Code.SAME_SEAT if same else Code.SAME_SEAT_TWO_PARTIES
            faults.append(_same_seat(code, last, mandate))
        if last and last.end not in (None, UNKNOWN) and last.end == mandate.start:
            _go_on(last, mandate)
        else:
            joined.append(mandate)
    for mandate in joined:
        # Of dates known to the year, a turn may be the first day or the last one.
        mandate.parties = [bounded(each, mandate.start, mandate.end) for each in mandate.parties]
    return joined


def _go_on(last: Mandate, mandate: Mandate) -> None:
    """Continue a mandate: a switch of party is not a new one."""
    turn = mandate.start
    coming = mandate.parties[0].party if mandate.parties else None
    going = last.parties[-1] if last.parties else None
    if not (coming and going and going.end is None and going.party.key == coming.key):
        if going and going.end is None:
            last.parties[-1] = going._replace(end=turn)
        if coming:
            last.parties.append(Sits(coming, turn, None))
    last.end, last.end_inherited = mandate.end, mandate.end_inherited
    last.lines += mandate.lines


def _same_seat(code: Code, first: Mandate, second: Mandate) -> Fault:
    one, two = sorted((first.lines[-1], second.lines[0]))
    return Fault(code, two, "", "", {"first": one})
