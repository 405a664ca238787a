"""What a check reports: codes, numbers and people. The sentences live with the templates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple, Self

from registry.domain.dates import Span
from registry.domain.facts import (
    Body,
    Elsewhere,
    RenewalClass,
    SeatRule,
    Sitting,
    StatedTotal,
    StepKind,
    Territory,
    Texts,
)
from registry.domain.terms import ScheduledEnd


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
    INCOMPATIBLE_MANDATES = "incompatible_mandates", Severity.ERROR
    NOT_A_MEMBER = "not_a_member", Severity.ERROR
    TOO_YOUNG = "too_young", Severity.ERROR
    TERM_TOO_LONG = "term_too_long", Severity.WARNING
    TERM_EXPIRED = "term_expired", Severity.WARNING
    WRONG_CLASS = "wrong_class", Severity.WARNING
    CLASS_IMBALANCE = "class_imbalance", Severity.WARNING
    MISSING_STEP = "missing_step", Severity.WARNING
    SOURCES_DISAGREE = "sources_disagree", Severity.INFORMATION
    NO_SOURCE = "no_source", Severity.INFORMATION
    MISSING_LIST = "missing_list", Severity.INFORMATION


@dataclass(frozen=True, slots=True)
class Explained:
    """Why a curator knows and accepts a finding, for a span of days that ends.

    It explains findings of one problem in one institution; group, territory and person narrow
    it down.
    """

    id: int
    problem: str
    reason: str
    source: str
    source_url: str
    span: Span
    place: str = ""
    group_id: int | None = None
    territory_id: int | None = None
    person_id: int | None = None


class Doubt(StrEnum):
    """Why a count is left open."""

    DATES = "dates"
    GROUPS = "groups"


class Demand(NamedTuple):
    """A step that a rule demands, and by which institution it is to be taken."""

    kind: StepKind
    by: Body | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about a composition that does not fit the rules of its day.

    `expected` and `found` are numbers of seats, of members, or of years. `doubtful` is how many
    members a count leaves open, and `doubt` why. `since` is the first day of a vacancy and
    `predecessors` who held the empty seats last. `due` is the day on which a term ran out, or
    by which a vacancy is to be filled. `missing` are the steps that a designation lacks,
    `elsewhere` the mandate in another institution that an article forbids. `subject` is what
    sources disagree about, or the list that one announces, and `subject_slug` its address.

    `days` are those on which it holds without a break, where they were asked for, and
    `explained` why it is known and accepted.
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
    due: date | None = None
    end: ScheduledEnd | None = None
    missing: tuple[Demand, ...] = ()
    elsewhere: Elsewhere | None = None
    renewal_class: RenewalClass | None = None
    subject: Texts | None = None
    subject_slug: str = ""
    days: Span | None = None
    explained: Explained | None = None

    @property
    def severity(self) -> Severity:
        return self.problem.severity

    @property
    def law(self) -> SeatRule | Elsewhere | None:
        """What names the article that it goes by."""
        return self.elsewhere or self.rule

    @property
    def pair(self) -> frozenset[int] | None:
        """The two mandates in two institutions that it is about, which both report."""
        other = self.elsewhere
        return frozenset({other.appointment_id, other.other_id}) if other else None

    @property
    def sample(self) -> bool:
        """Whether it rests on invented people."""
        return any(sitting.sample for sitting in (*self.sittings, *self.predecessors))

    @property
    def key(self) -> tuple[object, ...]:
        """What makes it the same finding on another day.

        What is said of persons goes by the persons, what is counted by the numbers; a vacancy
        by the seats and the day since when, however many follow.
        """
        counted = self.numbers if self.problem in COUNTED else None
        return (*self.matter, counted)

    @property
    def matter(self) -> tuple[object, ...]:
        """What it is about, whatever the numbers."""
        persons = tuple(sorted(s.appointment_id for s in self.sittings))
        return (
            self.problem,
            self.doubt,
            self.rule.id if self.rule else None,
            self.territory.id if self.territory else None,
            self.renewal_class.id if self.renewal_class else None,
            None if self.problem in COUNTED else persons,
            self.stated.source_slug if self.stated else None,
            self.elsewhere.other_id if self.elsewhere else None,
            self.subject_slug,
            self.since,
        )

    @property
    def numbers(self) -> tuple[int | None, int | None, int]:
        return self.expected, self.found, self.doubtful


COUNTED = frozenset(
    {
        Problem.TOO_MANY_MEMBERS,
        Problem.UNDECIDED_COUNT,
        Problem.NO_RULE,
        Problem.TOTAL_MISMATCH,
        Problem.CLASS_IMBALANCE,
        Problem.NO_SOURCE,
    }
)
