"""Everything recorded about some institutions, a query for each kind of fact."""

from __future__ import annotations

import gc
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeVar

from django.db.models import Exists, OuterRef

from registry.domain import facts
from registry.domain.dates import PartialDate, Term
from registry.domain.findings import Explained
from registry.models import Appointment, Institution
from registry.snapshots.dated import DatedFacts, Forbidden, dated_facts
from registry.snapshots.seats import seat_facts, territory_facts

K = TypeVar("K")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Loaded:
    """The facts of several institutions, by institution; elections by its address."""

    groups: dict[int, list[facts.SeatGroup]]
    rules: dict[int, list[facts.SeatRule]]
    dated: DatedFacts
    elections: dict[str, list[facts.Election]]
    sittings: dict[int, list[facts.Sitting]]
    elsewhere: dict[int, list[facts.Elsewhere]]
    territories: tuple[facts.Territory, ...]

    @property
    def explanations(self) -> dict[int, list[Explained]]:
        return self.dated.explanations

    def record(self, institution: Institution) -> facts.Record:
        pk = institution.pk
        rules = tuple(self.rules[pk])
        awaited = {rule.resigns_before.slug for rule in rules if rule.resigns_before}
        elected = awaited | {institution.slug}
        return facts.Record(
            institution=institution.fact,
            rules=rules,
            groups=tuple(self.groups[pk]),
            territories=self.territories,
            convocations=tuple(self.dated.convocations[pk]),
            sittings=tuple(self.sittings[pk]),
            coverages=tuple(self.dated.coverages[pk]),
            stated_totals=tuple(self.dated.stated_totals[pk]),
            elections=tuple(each for slug in sorted(elected) for each in self.elections[slug]),
            elsewhere=tuple(self.elsewhere[pk]),
            disputes=tuple(self.dated.disputes[pk]),
            announced=tuple(self.dated.announced[pk]),
        )


def load(ids: list[int], day: date, *, every_day: bool = False) -> Loaded:
    """The facts that bear on a day, or on `every_day`; parties are those of the day."""
    groups, rules = seat_facts(ids)
    dated = dated_facts(ids, None if every_day else day)
    rows = Appointment.objects.filter(institution__in=ids)
    if not every_day:
        rows = rows.on(day)
    everyone = rows.in_roster_order().as_sittings(day)
    if not every_day:
        everyone += _predecessors(everyone, day)
    everyone = _with_steps(everyone, dated)
    return Loaded(
        groups=groups,
        rules=rules,
        dated=dated,
        elections=gathered(
            (each.institution, each) for some in dated.elections.values() for each in some
        ),
        sittings=gathered((sitting.institution_id, sitting) for sitting in everyone),
        elsewhere=_elsewhere(dated.forbidden, everyone, None if every_day else day, ids),
        territories=territory_facts([each for some in rules.values() for each in some], everyone),
    )


@contextmanager
def no_garbage_collection() -> Iterator[None]:
    """While rows come to life by the hundred thousand, nobody looks through all of them for
    circles again and again: facts and plans make none, and the looking is a part of the work.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def gathered(pairs: Iterable[tuple[K, T]]) -> defaultdict[K, list[T]]:
    found = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found


def _predecessors(sittings: list[facts.Sitting], day: date) -> list[facts.Sitting]:
    """Those whose unfinished terms are being completed: their rules decide on the rest."""
    ids = {sitting.serves_rest_of for sitting in sittings if sitting.serves_rest_of is not None}
    if not ids:
        return []
    return Appointment.objects.filter(pk__in=ids).ended_by(day).as_sittings(day)


def _with_steps(sittings: list[facts.Sitting], dated: DatedFacts) -> list[facts.Sitting]:
    steps = gathered(pair for pairs in dated.steps.values() for pair in pairs)
    if not steps:
        return sittings
    return [
        sitting._replace(steps=tuple(steps[sitting.appointment_id]))
        if sitting.appointment_id in steps
        else sitting
        for sitting in sittings
    ]


def _elsewhere(
    forbidden: dict[int, list[Forbidden]],
    sittings: list[facts.Sitting],
    day: date | None,
    loaded: Iterable[int],
) -> dict[int, list[facts.Elsewhere]]:
    """Mandates of the same persons in institutions that an article forbids beside theirs."""
    others = {each.other for some in forbidden.values() for each in some}
    beyond = list(_beyond(others.difference(loaded), forbidden, day))
    held = Counter(sitting.person_id for sitting in (*sittings, *beyond))
    several = [sitting for sitting in sittings if held[sitting.person_id] > 1]
    mandates = gathered((each.person_id, each) for each in (*several, *beyond))
    found: dict[int, list[facts.Elsewhere]] = defaultdict(list)
    for sitting in several:
        for each in forbidden.get(sitting.institution_id, ()):
            for there in mandates[sitting.person_id]:
                if there.institution_id == each.other:
                    found[sitting.institution_id].append(
                        facts.Elsewhere(
                            sitting.appointment_id,
                            there.appointment_id,
                            each.body,
                            there.term,
                            each.force,
                            each.article,
                            each.act,
                        )
                    )
    return found


class _Mandate(NamedTuple):
    """A mandate in an institution that was not asked about."""

    institution_id: int
    appointment_id: int
    person_id: int
    term: Term


def _beyond(
    others: set[int], forbidden: dict[int, list[Forbidden]], day: date | None
) -> Iterator[_Mandate]:
    """Mandates in `others` of whoever sits where they are forbidden."""
    if not others:
        return
    rows = Appointment.objects.filter(institution__in=others)
    here = Appointment.objects.filter(institution__in=list(forbidden), person=OuterRef("person"))
    if day is not None:
        rows, here = rows.on(day), here.on(day)
    for pk, person, institution, first, begun, ended, earliest, latest in (
        rows.filter(Exists(here))
        .order_by()
        .values_list(
            "id",
            "person_id",
            "institution_id",
            "start_earliest",
            "start_latest",
            "has_ended",
            "end_earliest",
            "end_latest",
        )
    ):
        end = PartialDate(earliest, latest) if ended else None
        yield _Mandate(institution, pk, person, Term(PartialDate(first, begun), end))
