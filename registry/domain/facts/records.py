"""Everything recorded about one institution, of all days or of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from registry.domain.dates import PartialDate, Presence, Span
from registry.domain.facts.bodies import (
    Convocation,
    Election,
    Institution,
    Territory,
    Texts,
    convocation_on,
)
from registry.domain.facts.mandates import Elsewhere, Sitting
from registry.domain.facts.seats import SeatGroup, SeatRule, StatedTotal


@dataclass(frozen=True, slots=True)
class CoveredDays:
    """Days for which the roster of a group is complete; `None` stands for all counted seats."""

    group_id: int | None
    span: Span
    sample: bool = False


@dataclass(frozen=True, slots=True)
class Dispute:
    """An open contradiction between sources, on the days that it bears on."""

    slug: str
    subject: Texts
    span: Span


@dataclass(frozen=True, slots=True)
class Announced:
    """A list of powers or duties that a source announces and does not give."""

    slug: str
    text: Texts
    span: Span


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything recorded about one institution that bears on one day.

    `sittings` are the appointments that cover the day certainly or possibly, in roster order;
    `departures` those that ended before it, the last first; `covered` holds the ids of the
    groups whose roster is declared complete on the day, and `None` when that is so for all
    counted seats of the body. `elections` are its own and those of the institutions before
    whose new election somebody resigns.
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
    elections: tuple[Election, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    announced: tuple[Announced, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """Everything recorded about one institution, of all days.

    `sittings` are in roster order; they may be those of a single day where only that day is
    asked about.
    """

    institution: Institution
    rules: tuple[SeatRule, ...] = ()
    groups: tuple[SeatGroup, ...] = ()
    territories: tuple[Territory, ...] = ()
    convocations: tuple[Convocation, ...] = ()
    sittings: tuple[Sitting, ...] = ()
    coverages: tuple[CoveredDays, ...] = ()
    stated_totals: tuple[StatedTotal, ...] = ()
    elections: tuple[Election, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    announced: tuple[Announced, ...] = ()

    def on(
        self,
        day: date,
        sittings: Iterable[Sitting] | None = None,
        departures: Iterable[Sitting] | None = None,
    ) -> Snapshot:
        """What bears on `day`.

        Whoever walks through many days hands over the `sittings` that cover the day, in roster
        order, and the `departures` before it, the last first; else they are looked for.
        """
        if sittings is None:
            sittings = (s for s in self.sittings if s.presence(day) is not Presence.NO)
        if departures is None:
            departures = sorted(
                (s for s in self.sittings if s.end_latest is not None and s.end_latest <= day),
                key=_left,
                reverse=True,
            )
        convocation = convocation_on(self.convocations, day)
        begun = convocation.term.start.latest if convocation else None
        covering = [each for each in self.coverages if each.span.covers(day)]
        return Snapshot(
            institution=self.institution,
            day=day,
            rules=self.rules,
            groups=self.groups,
            territories=self.territories,
            convocations=self.convocations,
            sittings=tuple(sittings),
            departures=tuple(s for s in departures if begun is None or _left(s) > begun),
            covered=frozenset(each.group_id for each in covering),
            sample_coverage=any(each.sample for each in covering),
            stated_totals=self.stated_totals,
            elections=self.elections,
            elsewhere=tuple(each for each in self.elsewhere if each.forbids_on(day)),
            disputes=tuple(each for each in self.disputes if each.span.covers(day)),
            announced=tuple(each for each in self.announced if each.span.covers(day)),
        )

    def change_days(self) -> list[date]:
        """The days on which something recorded begins or ends, in order.

        A finding that holds on one of them holds up to the next, or until a term runs out.
        """
        return sorted({day for day in self._bounds() if day is not None})

    def _bounds(self) -> Iterator[date | None]:
        life = self.institution.term
        yield from _edges(life.start, life.end)
        for convocation in self.convocations:
            yield from _edges(convocation.term.start, convocation.term.end)
            yield convocation.elected
        for sitting in self.sittings:
            yield sitting.start_earliest
            yield sitting.start_latest
            yield sitting.end_earliest
            yield sitting.end_latest
            for step in sitting.steps:
                yield step.day.latest
        for rule in self.rules:
            yield from (rule.force.start, rule.force.end, rule.first_applied)
        for territory in self.territories:
            for status in territory.statuses:
                yield from (status.span.start, status.span.end)
        spans = [each.span for each in self.coverages]
        spans += [each.span for each in self.stated_totals]
        spans += [each.span for each in self.disputes]
        spans += [each.span for each in self.announced]
        for span in spans:
            yield from (span.start, span.end)
        for election in self.elections:
            yield election.day
        for each in self.elsewhere:
            yield from (each.force.start, each.force.end)
            yield from _edges(each.term.start, each.term.end)


def _left(sitting: Sitting) -> date:
    return sitting.end_latest or date.min


def _edges(start: PartialDate, end: PartialDate | None) -> Iterator[date | None]:
    yield from (start.earliest, start.latest)
    if end is not None:
        yield from (end.earliest, end.latest)
