"""What an import would change, as data, and nothing written yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from registry.domain.dates import PartialDate, Term
from registry.models import Appointment, Coverage, Institution
from registry.rosters.faults import Fault
from registry.rosters.matching.found import Found, SomePerson
from registry.rosters.matching.order import Order, Sitting
from registry.rosters.matching.questions import Question, Remembered
from registry.rosters.planning.changes import Change
from registry.rosters.planning.mandates import Mandate, Sits
from registry.rosters.planning.verdicts import PlannedRow
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
    """A recorded person and what the file says otherwise.

    `changes` are to be written; `told` are all that differ, those included that stay.
    """

    person: SomePerson
    changes: list[Change]
    identifiers: list[Identifier]
    told: list[Change] = field(default_factory=list)


@dataclass(slots=True)
class ChangedAppointment:
    """A recorded appointment and what the file says otherwise; `parties` if they change.

    `changes` are to be written; `told` are all that differ, those included that stay.
    """

    appointment: Appointment
    mandate: Mandate
    changes: list[Change]
    parties: list[Sits] | None = None
    told: list[Change] = field(default_factory=list)


@dataclass(slots=True)
class Portion:
    """A piece of a plan, whole for its persons; `rows` are those of the file, with verdicts.

    `parties` and `territories` are new and first needed here. `matched` are the appointments
    that the file has as well, by number.
    """

    rows: list[PlannedRow] = field(default_factory=list)
    persons: list[SomePerson] = field(default_factory=list)
    parties: list[Found] = field(default_factory=list)
    territories: list[Found] = field(default_factory=list)
    mandates: list[Mandate] = field(default_factory=list)
    new: list[Mandate] = field(default_factory=list)
    changed: list[ChangedAppointment] = field(default_factory=list)
    changed_persons: list[ChangedPerson] = field(default_factory=list)
    unchanged: int = 0
    matched: set[int] = field(default_factory=set)
    name_decisions: list[Remembered] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def new_persons(self) -> list[SomePerson]:
        return [person for person in self.persons if person.new]


@dataclass(slots=True)
class Plan:
    """What an import would change. Empty when there is nothing to do.

    `portions` are the pieces that are written one after the other; what is here holds for all of
    them. `counts` says how many records are new and changed, `verdicts` how many rows come to
    what; of what changes, the first are here (`changed`, `changed_persons`, `similar`).

    `absent` are recorded appointments that the file does not have; `ended` those of them that
    the import ends. `replaced` are invented ones that give way, `uncovered` the declarations of
    completeness that were made for them. `covered` are the days to declare complete. `invented`
    are the recorded persons of the file that are invented, by number.

    `faults` are those of rows that stay out, `refusal` all that keeps the plan from being
    written, `warnings` what a curator should know of the file as a whole.
    """

    institution: Institution
    roster: Roster
    order: Order
    sittings: list[Sitting] = field(default_factory=list)
    parties: list[Found] = field(default_factory=list)
    territories: list[Found] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    changed: list[ChangedAppointment] = field(default_factory=list)
    changed_persons: list[ChangedPerson] = field(default_factory=list)
    absent: list[Appointment] = field(default_factory=list)
    ended: list[tuple[Appointment, PartialDate]] = field(default_factory=list)
    replaced: list[Appointment] = field(default_factory=list)
    uncovered: list[tuple[Coverage, list[Days]]] = field(default_factory=list)
    covered: list[tuple[Days, Sitting]] = field(default_factory=list)
    similar: list[SomePerson] = field(default_factory=list)
    invented: set[int] = field(default_factory=set)
    left_out: list[int] = field(default_factory=list)
    other_rows: int = 0
    day_gaps: int = 0
    of_a_day: bool = False
    days: Days = field(default_factory=lambda: Days(None, None))
    questions: list[Question] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    refusal: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    digest: str = ""
    pieces: Callable[[], Iterator[Portion]] = field(default=lambda: iter(()))

    def portions(self) -> Iterator[Portion]:
        """The plan in pieces that are held in memory one at a time, each whole for its persons."""
        return self.pieces()

    def forget_portions(self) -> None:
        """Let go of what was written: nobody asks for it again, and it is most of the memory."""
        self.pieces = lambda: iter(())

    @property
    def open(self) -> int:
        """How many questions have neither an answer nor a default."""
        return sum(question.open for question in self.questions)

    @property
    def new_parties(self) -> list[Found]:
        return [party for party in self.parties if party.new]

    @property
    def nothing_to_do(self) -> bool:
        written = ("new", "changed", "changed_persons", "ended", "replaced")
        return not (
            any(sitting.new or sitting.filled for sitting in self.sittings)
            or any(self.counts[each] for each in written)
            or self.uncovered
            or self.covered
        )

    @property
    def telling_day(self) -> date:
        """A day to show the result on: that of the import, or else the last of the file's."""
        start, end = self.days
        if (start is None or start <= self.order.on) and (end is None or self.order.on < end):
            return self.order.on
        if end is not None and end <= self.order.on:
            return end - timedelta(days=1)
        return start or self.order.on


def gaps_of(mandates: Iterable[Mandate]) -> int:
    """How often somebody leaves and is back a day later: the trace of last days in office."""
    mandates = list(mandates)
    starts = {(id(mandate.person), mandate.start) for mandate in mandates}
    return sum(
        (id(mandate.person), mandate.end.next_day()) in starts
        for mandate in mandates
        if mandate.end and not mandate.end_inherited and mandate.end.latest != date.max
    )


class Reach:
    """From the first day of some mandates and their convocations to the last.

    The composition of one day speaks of that day only.
    """

    def __init__(self) -> None:
        self.start: date | None = None
        self.end: date | None = None
        self.some = False
        self._open = False

    def add(self, mandate: Mandate) -> None:
        bounds = [(mandate.start, mandate.end)]
        if mandate.on:
            bounds = [(PartialDate.of(mandate.on), PartialDate.of(mandate.on).next_day())]
        elif mandate.sitting:
            bounds.append((mandate.sitting.start, mandate.sitting.end))
        for start, end in bounds:
            if start.earliest and (self.start is None or start.earliest < self.start):
                self.start = start.earliest
            over = end.latest if end else None
            self._open = self._open or over is None
            if over and (self.end is None or over > self.end):
                self.end = over
        self.some = True

    @property
    def days(self) -> Days:
        return Days(self.start, None if self._open else self.end)
