"""What may happen in the world, to one institution on one day, and what is recorded of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from registry.domain.comparison import RuleChange
from registry.domain.dates import PartialDate, Span
from registry.domain.facts import (
    Body,
    Convocation,
    CoveredDays,
    Institution,
    RenewalClass,
    SeatGroup,
    SeatRule,
    Texts,
)


class Happened(StrEnum):
    """The kinds of events, in the order in which those of one day are told."""

    FOUNDED = "founded"
    CLOSED = "closed"
    ELECTION = "election"
    RULES = "rules"
    TERRITORY = "territory"
    DISSOLVED = "dissolved"
    CONVENED = "convened"
    LEFT = "left"
    CAME = "came"
    PARTY = "party"


ORDER = {kind: place for place, kind in enumerate(Happened)}


class Movement(NamedTuple):
    """How many mandates in the seats of one group and territory begin, or end, on a day."""

    institution_id: int
    group_id: int | None
    territory_id: int | None
    convocation_id: int | None
    when: PartialDate
    number: int
    samples: int = 0
    reason: str = ""
    acting: bool = False


class PartyMovement(NamedTuple):
    """How many members of an institution join a party on a day, or leave it for none."""

    institution_id: int
    party_id: int
    when: PartialDate
    number: int
    samples: int = 0
    left: bool = False


class Called(NamedTuple):
    """An election: of the whole body, of a group, or of a class of it."""

    id: int
    institution_id: int
    day: date
    group: SeatGroup | None = None
    renewal_class: RenewalClass | None = None
    convocation: int | None = None


class Renamed(NamedTuple):
    """A status that a territory has for a span of days; `kind` is what a reader calls it."""

    id: int
    slug: str
    names: Texts
    kind: Texts
    span: Span


class StatusChange(NamedTuple):
    """What a territory becomes on a day, or ceases to be."""

    status: Renamed
    begins: bool


class Mover(NamedTuple):
    """Somebody whose mandate begins or ends, or who changes the party."""

    appointment_id: int
    person_id: int
    person_slug: str
    name: Texts
    sample: bool = False
    acting: bool = False
    reason: str = ""
    group: Texts | None = None
    territory: Texts | None = None
    party_before: Texts | None = None
    party_after: Texts | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to one institution on one day, to one or many at once.

    `number` counts mandates, or territories; `unfilled` is how many seats of a complete roster
    nobody took on the day on which they were left; `people` are looked up for the few. Without
    an institution it is about territories.
    """

    kind: Happened
    when: PartialDate
    institution: Institution | None = None
    number: int = 0
    unfilled: int = 0
    samples: int = 0
    reason: str = ""
    convocation: Convocation | None = None
    election: Called | None = None
    others: tuple[Body, ...] = ()
    rules: tuple[RuleChange, ...] = ()
    statuses: tuple[StatusChange, ...] = ()
    party_id: int | None = None
    people: tuple[Mover, ...] = ()

    @property
    def day(self) -> date:
        """The first day on which it has certainly happened; else the earliest possible one."""
        return self.when.latest or self.when.earliest or date.min

    @property
    def exact(self) -> bool:
        return self.when.earliest == self.when.latest

    @property
    def key(self) -> str:
        """What stays the same as long as the fact stays where it is, for feeds and links."""
        body = self.institution.slug if self.institution else "territories"
        which: object = ""
        if self.convocation:
            which = self.convocation.number
        elif self.election:
            which = self.election.id
        elif self.party_id is not None:
            which = self.party_id
        return "/".join(filter(None, (self.kind, body, str(self.when), str(which))))


@dataclass(slots=True)
class Recorded:
    """What is recorded about some institutions, as far as something begins or ends by it."""

    institutions: dict[int, Institution] = field(default_factory=dict)
    convocations: dict[int, tuple[int, Convocation]] = field(default_factory=dict)
    elections: list[Called] = field(default_factory=list)
    rules: dict[int, list[SeatRule]] = field(default_factory=dict)
    statuses: list[Renamed] = field(default_factory=list)
    successors: dict[int, list[Body]] = field(default_factory=dict)
    predecessors: dict[int, list[Body]] = field(default_factory=dict)
    coverages: dict[int, list[CoveredDays]] = field(default_factory=dict)
    came: list[Movement] = field(default_factory=list)
    left: list[Movement] = field(default_factory=list)
    parties: list[PartyMovement] = field(default_factory=list)
