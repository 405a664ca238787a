"""What the rows of a file speak of: persons, parties, territories and seats, recorded or new."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from registry.models import Person, SeatGroup
from registry.rosters.faults import Fault
from registry.rosters.matching.order import Sitting
from registry.rosters.matching.questions import Remembered
from registry.rosters.rows import Identifier, PersonRow, Row


@dataclass(slots=True, eq=False)
class SomePerson:
    """A person of the file, from all of their rows; `record` is not saved yet when `new`.

    `identifiers` are those the file gives, `held` those that are recorded already. `similar`
    says that somebody recorded has the same name.
    """

    row: PersonRow
    line: int
    record: Person
    new: bool = False
    identifiers: dict[Identifier, None] = field(default_factory=dict)
    held: set[Identifier] = field(default_factory=set)
    similar: bool = False
    decisions: list[Remembered] = field(default_factory=list)

    @property
    def sample(self) -> bool:
        return self.record.sample


@dataclass(slots=True, eq=False)
class Found:
    """A party or a territory that rows name; `record` is not saved yet when `new`.

    `near` is the name of a recorded one that may be meant; `decisions` are to be remembered.
    """

    record: Any
    line: int
    new: bool = False
    identifiers: dict[Identifier, None] = field(default_factory=dict)
    near: str = ""
    sample: bool = True
    decisions: list[Remembered] = field(default_factory=list)

    @property
    def key(self) -> Any:
        return self.record.pk or id(self)


class Unclear(NamedTuple):
    """Why a row stays out: something that it names is to be decided, or was decided to."""

    fault: Fault
    left_out: bool


@dataclass(slots=True)
class Seat:
    """A row with everything it names found."""

    row: Row
    person: SomePerson
    sitting: Sitting | None
    group: SeatGroup | None
    territory: Found | None
    party: Found | None


@dataclass(slots=True)
class Match:
    """Some rows of a file, matched.

    By line: why rows are `unclear` until somebody decides, why they are `left_out`, and other
    `remarks`. `faults` are of rows that cannot be. `maybe` are the recorded persons that open
    questions are about.
    """

    seats: list[Seat] = field(default_factory=list)
    persons: list[SomePerson] = field(default_factory=list)
    unclear: dict[int, list[Fault]] = field(default_factory=lambda: defaultdict(list))
    left_out: dict[int, list[Fault]] = field(default_factory=lambda: defaultdict(list))
    remarks: dict[int, list[Fault]] = field(default_factory=lambda: defaultdict(list))
    faults: list[Fault] = field(default_factory=list)
    maybe: list[set[int]] = field(default_factory=list)
