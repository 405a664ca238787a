"""What an import would change, as data, and nothing written yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from registry.domain.dates import PartialDate, Term
from registry.models import Appointment, Coverage, Institution
from registry.rosters.matching.found import Found, SomePerson
from registry.rosters.matching.order import Order, Sitting
from registry.rosters.planning.comparing import Change
from registry.rosters.planning.mandates import Mandate, Sits
from registry.rosters.rows import Identifier, Roster


class Days(NamedTuple):
    """Days that a file speaks of, half-open; `None` is open."""

    start: date | None
    end: date | None

    def meets(self, term: Term) -> bool:
        """Whether a term shares a day with these, certainly or possibly."""
        over = term.end.latest if term.end else None
        begun = term.start.earliest
        return (self.end is None or begun is None or begun < self.end) and (
            self.start is None or over is None or over > self.start
        )


@dataclass(slots=True)
class ChangedPerson:
    person: SomePerson
    changes: list[Change]
    identifiers: list[Identifier]


@dataclass(slots=True)
class ChangedAppointment:
    """A recorded appointment and what the file says otherwise; `parties` if they differ."""

    appointment: Appointment
    mandate: Mandate
    changes: list[Change]
    parties: list[Sits] | None = None


@dataclass(slots=True)
class Plan:
    """What an import would change. Empty when there is nothing to do.

    `absent` are recorded appointments that the file does not have; `ended` those of them that
    the import ends. `replaced` are invented ones that give way, `uncovered` the declarations of
    completeness that were made for them. `covered` are the days to declare complete.
    """

    institution: Institution
    roster: Roster
    order: Order
    sittings: list[Sitting] = field(default_factory=list)
    persons: list[SomePerson] = field(default_factory=list)
    parties: list[Found] = field(default_factory=list)
    territories: list[Found] = field(default_factory=list)
    mandates: list[Mandate] = field(default_factory=list)
    new: list[Mandate] = field(default_factory=list)
    changed: list[ChangedAppointment] = field(default_factory=list)
    changed_persons: list[ChangedPerson] = field(default_factory=list)
    unchanged: int = 0
    absent: list[Appointment] = field(default_factory=list)
    ended: list[tuple[Appointment, PartialDate]] = field(default_factory=list)
    replaced: list[Appointment] = field(default_factory=list)
    uncovered: list[tuple[Coverage, list[Days]]] = field(default_factory=list)
    covered: list[tuple[Days, Sitting]] = field(default_factory=list)
    similar: list[SomePerson] = field(default_factory=list)
    left_out: list[int] = field(default_factory=list)
    other_rows: int = 0

    def portions(self) -> Iterator[Plan]:
        """The plan in pieces that are held in memory one at a time, each whole for its persons."""
        yield self

    @property
    def new_persons(self) -> list[SomePerson]:
        return [person for person in self.persons if person.new]

    @property
    def new_parties(self) -> list[Found]:
        return [party for party in self.parties if party.new]

    @property
    def nothing_to_do(self) -> bool:
        return not (
            any(sitting.new or sitting.filled for sitting in self.sittings)
            or self.new
            or self.changed
            or self.changed_persons
            or self.ended
            or self.replaced
            or self.uncovered
            or self.covered
        )

    @property
    def day_gaps(self) -> int:
        """How often somebody leaves and is back a day later: the trace of last days in office."""
        if self.roster.own or self.order.last_day_in:
            return 0
        starts = {(id(mandate.person), mandate.start) for mandate in self.mandates}
        return sum(
            (id(mandate.person), mandate.end.next_day()) in starts
            for mandate in self.mandates
            if mandate.end and not mandate.end_inherited and mandate.end.latest != date.max
        )

    @property
    def of_a_day(self) -> bool:
        """Whether the file is the composition of a day."""
        return any(mandate.on for mandate in self.mandates)

    @property
    def days(self) -> Days:
        """The days that the imported mandates lie in."""
        return days_of(self.mandates)

    @property
    def telling_day(self) -> date:
        """A day to show the result on: that of the import, or else the last of the file's."""
        start, end = self.days
        if (start is None or start <= self.order.on) and (end is None or self.order.on < end):
            return self.order.on
        if end is not None and end <= self.order.on:
            return end - timedelta(days=1)
        return start or self.order.on


def days_of(mandates: Iterable[Mandate]) -> Days:
    """From the first day of the mandates and their convocations to the last.

    The composition of one day speaks of that day only.
    """
    starts: list[date | None] = []
    ends: list[date | None] = []
    for mandate in mandates:
        bounds = [(mandate.start, mandate.end)]
        if mandate.on:
            bounds = [(PartialDate.of(mandate.on), PartialDate.of(mandate.on).next_day())]
        elif mandate.sitting:
            bounds.append((mandate.sitting.start, mandate.sitting.end))
        for start, end in bounds:
            starts.append(start.earliest)
            ends.append(end.latest if end else None)
    if not starts:
        return Days(None, None)
    known = [day for day in starts if day]
    closed = [day for day in ends if day]
    return Days(min(known) if known else None, max(closed) if len(closed) == len(ends) else None)
