"""The facts about one institution that a composition is made from.

Names travel as texts by language code, so that nothing here knows which language a reader wants.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from registry.domain.dates import PartialDate, Presence, Span, Term

Texts = Mapping[str, str]


class Designation(StrEnum):
    """How somebody comes into a seat."""

    ELECTED = "elected"
    APPOINTED = "appointed"
    EX_OFFICIO = "ex_officio"


class StepKind(StrEnum):
    """A step of a designation; `ELECTED` and `APPOINTED` begin a term."""

    PROPOSED = "proposed"
    CONSENTED = "consented"
    ELECTED = "elected"
    APPOINTED = "appointed"
    REGISTERED = "registered"


class Comparison(StrEnum):
    """Whether reaching a fraction is enough."""

    AT_LEAST = "at_least"
    MORE_THAN = "more_than"


class Base(StrEnum):
    """What a fraction of votes is taken of."""

    ALL_SEATS = "all_seats"
    FILLED = "filled"
    PRESENT = "present"
    VOTES_CAST = "votes_cast"


@dataclass(frozen=True, slots=True)
class Institution:
    id: int
    slug: str
    names: Texts
    term: Term


@dataclass(frozen=True, slots=True)
class Convocation:
    """A legislative period. `elected` is the first election day, which decides on its rules."""

    id: int
    number: int
    term: Term
    elected: date | None = None

    @property
    def rules_day(self) -> date | None:
        """The day whose rules it sits under, `None` when neither election nor start is known."""
        return self.elected or self.term.start.earliest


@dataclass(frozen=True, slots=True)
class TerritoryStatus:
    """What a territory was called, and of which kind it was, for a span of days."""

    kind: str
    names: Texts
    span: Span


@dataclass(frozen=True, slots=True)
class Territory:
    """`continued_by` is the territory that carries on its seats under another name."""

    id: int
    slug: str
    name: Texts
    statuses: tuple[TerritoryStatus, ...] = ()
    continued_by: int | None = None

    def on(self, day: date) -> TerritoryStatus | None:
        return next((status for status in self.statuses if status.span.covers(day)), None)

    def names_on(self, day: date) -> Texts:
        """The name it had on `day`, else the one it is known by."""
        status = self.on(day)
        return status.names if status else self.name


@dataclass(frozen=True, slots=True)
class SeatGroup:
    """Seats that are filled in the same way. An inner office is held beside a seat."""

    id: int
    slug: str
    names: Texts
    inner: bool = False


@dataclass(frozen=True, slots=True)
class SeatRule:
    """How many seats a group has while the rule is in force, and by which article.

    Either `seats`, or `seats_per_territory` for each territory of one of `kinds`. With neither,
    the number is not recorded, unless `unlimited`: as many as qualify, on top of the others.
    `chosen_by` is the institution that elects or appoints, empty for the voters.
    `first_applied` is the first election held under the rule; it decides which convocation
    sits under it.
    """

    id: int
    group: SeatGroup
    force: Span
    seats: int | None = None
    seats_per_territory: int | None = None
    kinds: frozenset[str] = frozenset()
    unlimited: bool = False
    first_applied: date | None = None
    designation: Designation = Designation.ELECTED
    chosen_by: str = ""
    method: Texts = field(default_factory=dict)
    article: str = ""
    act: Texts = field(default_factory=dict)
    act_slug: str = ""
    term_years: int | None = None
    renewal: str = ""
    eligibility: str = ""

    @property
    def territorial(self) -> bool:
        return self.seats_per_territory is not None

    @property
    def applies_from(self) -> date | None:
        return self.first_applied or self.force.start


@dataclass(frozen=True, slots=True)
class StatedTotal:
    """A number of seats that a source gives, for a span of days or for a convocation."""

    total: int
    source: str
    source_slug: str = ""
    source_url: str = ""
    span: Span = field(default_factory=Span)
    convocation_id: int | None = None


class Sitting(NamedTuple):
    """One appointment as a row of the roster. A tuple, because rosters have thousands."""

    institution_id: int
    appointment_id: int
    person_id: int
    person_slug: str
    name: Texts
    sample: bool
    group_id: int | None
    convocation_id: int | None
    territory_id: int | None
    acting: bool
    start_earliest: date | None
    start_latest: date | None
    has_ended: bool
    end_earliest: date | None
    end_latest: date | None
    start_inherited: bool
    end_inherited: bool
    end_reason: str = ""
    note: str = ""
    party_id: int | None = None
    party_slug: str | None = None
    party_name: Texts | None = None
    source_title: str | None = None
    source_url: str | None = None

    @property
    def start(self) -> PartialDate:
        return PartialDate(self.start_earliest, self.start_latest)

    @property
    def end(self) -> PartialDate | None:
        return PartialDate(self.end_earliest, self.end_latest) if self.has_ended else None

    @property
    def term(self) -> Term:
        return Term(self.start, self.end)

    def presence(self, day: date) -> Presence:
        """`Term.covers` without building a term: a roster asks thousands of times."""
        first, begun = self.start_earliest, self.start_latest
        if first is not None and first > day:
            return Presence.NO
        certain = begun is not None and begun <= day
        if self.has_ended:
            if self.end_latest is not None and self.end_latest <= day:
                return Presence.NO
            certain = certain and self.end_earliest is not None and self.end_earliest > day
        return Presence.YES if certain else Presence.POSSIBLY


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything recorded about one institution that bears on one day.

    `sittings` are the appointments that cover the day certainly or possibly, in roster order;
    `departures` those that ended before it, the last first; `covered` holds the ids of the
    groups whose roster is declared complete on the day, and `None` when that is so for all
    counted seats of the body.
    """

    institution: Institution
    day: date
    rules: tuple[SeatRule, ...] = ()
    groups: tuple[SeatGroup, ...] = ()
    territories: tuple[Territory, ...] = ()
    convocations: tuple[Convocation, ...] = ()
    sittings: tuple[Sitting, ...] = ()
    departures: tuple[Sitting, ...] = ()
    covered: frozenset[int | None] = frozenset()
    sample_coverage: bool = False
    stated_totals: tuple[StatedTotal, ...] = ()
