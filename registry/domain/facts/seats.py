"""Seat groups, their rules and classes, and the totals that sources state."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from registry.domain.dates import Span
from registry.domain.facts.bodies import Body, Texts


class Designation(StrEnum):
    """How somebody comes into a seat."""

    ELECTED = "elected"
    APPOINTED = "appointed"
    EX_OFFICIO = "ex_officio"


@dataclass(frozen=True, slots=True)
class RenewalClass:
    """Seats that are filled anew together, while those of other classes go on.

    It has `seats`, or one seat of each of `territories`; with neither, one of each territory
    that the rule of the day counts.
    """

    id: int
    slug: str
    names: Texts
    seats: int | None = None
    territories: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class SeatGroup:
    """Seats that are filled in the same way. An inner office is held beside a seat."""

    id: int
    slug: str
    names: Texts
    inner: bool = False
    classes: tuple[RenewalClass, ...] = ()


@dataclass(frozen=True, slots=True)
class SeatRule:
    """How many seats a group has while the rule is in force, and by which article.

    Either `seats`, or `seats_per_territory` for each territory of one of `kinds`. With neither,
    the number is not recorded, unless `unlimited`: as many as qualify, on top of the others.
    `chosen_by` is the institution that elects or appoints, `None` for the voters.
    `first_applied` is the first election held under the rule; it decides which convocation
    sits under it. Ages and terms are in years. A part of the seats is renewed every
    `renewal_years`. `resigns_before` is the institution whose new election ends the term.
    `election_months` is how long before the end of the terms the law wants the election, and
    `vacancy_months` how long a vacancy may last. `by_act` demands an act of appointment.
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
    chosen_by: Body | None = None
    proposed_by: Body | None = None
    consented_by: Body | None = None
    resigns_before: Body | None = None
    by_act: bool = False
    method: Texts = field(default_factory=dict)
    article: str = ""
    act: Texts = field(default_factory=dict)
    act_slug: str = ""
    term_years: int | None = None
    minimum_age: int | None = None
    renewal_years: int | None = None
    election_months: int | None = None
    vacancy_months: int | None = None
    renewal: str = ""
    eligibility: str = ""
    sourced: bool = True

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
