"""Who sits where: rows of the roster, how they came in, and what else they hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from registry.domain.dates import PartialDate, Presence, Span, Term
from registry.domain.facts.bodies import Body, Texts


class StepKind(StrEnum):
    """A step of a designation; `ELECTED` and `APPOINTED` begin a term."""

    PROPOSED = "proposed"
    CONSENTED = "consented"
    ELECTED = "elected"
    APPOINTED = "appointed"
    REGISTERED = "registered"

    @property
    def begins_a_term(self) -> bool:
        return self in (StepKind.ELECTED, StepKind.APPOINTED)


class Step(NamedTuple):
    """One step of a designation, by which institution and by which act."""

    kind: StepKind
    day: PartialDate
    by: str = ""
    document: str = ""


class Sitting(NamedTuple):
    """One appointment as a row of the roster. A tuple, because rosters have thousands.

    `serves_rest_of` is the appointment whose unfinished term it completes, `class_id` the
    renewal class of the seat.
    """

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
    class_id: int | None = None
    serves_rest_of: int | None = None
    birth_earliest: date | None = None
    birth_latest: date | None = None
    party_id: int | None = None
    party_slug: str | None = None
    party_name: Texts | None = None
    source_title: str | None = None
    source_url: str | None = None
    steps: tuple[Step, ...] = ()

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
class Elsewhere:
    """A mandate in another institution that an article forbids beside one in this.

    `appointment_id` is the mandate here, `other_id` the one there, `term` its days, and
    `force` those of the article.
    """

    appointment_id: int
    other_id: int
    body: Body
    term: Term
    force: Span
    article: str = ""
    act: Texts | None = None

    def forbids_on(self, day: date) -> bool:
        return self.force.covers(day) and self.term.covers(day) is Presence.YES
