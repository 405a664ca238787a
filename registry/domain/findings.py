"""What a check reports: codes, numbers and people. The sentences live with the templates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from registry.domain.facts import SeatRule, Sitting, StatedTotal, Territory


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


class Problem(StrEnum):
    """The codes, which are a public contract; each knows how grave it is."""

    severity: Severity

    def __new__(cls, code: str, severity: Severity) -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.severity = severity
        return member

    VACANT_SEATS = "vacant_seats", Severity.WARNING
    TOO_MANY_MEMBERS = "too_many_members", Severity.ERROR
    UNDECIDED_COUNT = "undecided_count", Severity.INFORMATION
    NO_RULE = "no_rule", Severity.WARNING
    TOTAL_MISMATCH = "total_mismatch", Severity.WARNING
    UNKNOWN_TERRITORY = "unknown_territory", Severity.ERROR
    NOT_ENTITLED = "not_entitled", Severity.ERROR
    SEATED_TWICE = "seated_twice", Severity.ERROR
    TWO_HOLDERS = "two_holders", Severity.ERROR
    OUTSIDE_INSTITUTION = "outside_institution", Severity.ERROR
    OUTSIDE_CONVOCATION = "outside_convocation", Severity.ERROR


class Doubt(StrEnum):
    """Why a count is left open."""

    DATES = "dates"
    GROUPS = "groups"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about a composition that does not fit the rules of its day.

    `expected` and `found` are numbers of seats, or of members. `doubtful` is how many members
    a count leaves open, and `doubt` why. `since` is the first day of a
    vacancy and `predecessors` who held the empty seats last.
    """

    problem: Problem
    rule: SeatRule | None = None
    territory: Territory | None = None
    expected: int | None = None
    found: int | None = None
    doubtful: int = 0
    doubt: Doubt | None = None
    sittings: tuple[Sitting, ...] = ()
    since: date | None = None
    predecessors: tuple[Sitting, ...] = ()
    stated: StatedTotal | None = None

    @property
    def severity(self) -> Severity:
        return self.problem.severity

    @property
    def sample(self) -> bool:
        """Whether it rests on invented people."""
        return any(sitting.sample for sitting in (*self.sittings, *self.predecessors))
