"""Institutions, their convocations and elections, and the territories of a state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from registry.domain.dates import Presence, Span, Term

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Body:
    """An institution as another fact names it."""

    slug: str
    names: Texts


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


def convocation_on(convocations: Iterable[Convocation], day: date) -> Convocation | None:
    """The convocation in session on `day`: one that certainly covers it, else possibly."""
    found = None
    for convocation in convocations:
        match convocation.term.covers(day):
            case Presence.YES:
                return convocation
            case Presence.POSSIBLY:
                found = convocation
    return found


@dataclass(frozen=True, slots=True)
class Election:
    """A known day on which seats are filled: those of a class, of a group, or of all.

    `in_office` is the first day of those elected, where it is known. `partial` says that only
    some territories voted, as for the first seats of a new one.
    """

    id: int
    institution: str
    day: date
    called: date | None = None
    in_office: date | None = None
    group_id: int | None = None
    class_id: int | None = None
    convocation_id: int | None = None
    partial: bool = False


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
