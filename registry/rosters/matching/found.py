"""What the rows of a file speak of: persons, parties, territories and seats, recorded or new."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from registry.models import Person, SeatGroup
from registry.rosters.faults import Fault
from registry.rosters.matching.order import Sitting
from registry.rosters.rows import Identifier, PersonRow, Row


@dataclass(slots=True, eq=False)
class SomePerson:
    """A person of the file, from all of their rows; `record` is not saved yet when `new`.

    `identifiers` are those the file gives, `held` those that are recorded already.
    """

    row: PersonRow
    line: int
    record: Person = field(default_factory=Person)
    new: bool = False
    identifiers: dict[Identifier, None] = field(default_factory=dict)
    held: set[Identifier] = field(default_factory=set)

    @property
    def sample(self) -> bool:
        return self.record.sample


@dataclass(slots=True, eq=False)
class Found:
    """A party or a territory that rows name; `record` is not saved yet when `new`."""

    record: Any
    line: int
    new: bool = False
    identifiers: dict[Identifier, None] = field(default_factory=dict)
    near: str = ""
    sample: bool = True

    @property
    def key(self) -> Any:
        return self.record.pk or id(self)


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
    """The rows of a file, matched. `left_out` are those whose role is no seat."""

    seats: list[Seat] = field(default_factory=list)
    persons: list[SomePerson] = field(default_factory=list)
    parties: list[Found] = field(default_factory=list)
    territories: list[Found] = field(default_factory=list)
    left_out: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
