"""Checks on who sits: one seat each, for a territory that has it, while the body exists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from registry.domain.composition import Composition, State
from registry.domain.dates import Presence
from registry.domain.facts import Sitting
from registry.domain.findings import Finding, Problem


def seated_twice(composition: Composition) -> Iterator[Finding]:
    """Nobody holds two seats of one institution on one day; an inner office is not a seat."""
    seats_of: dict[int, list[Sitting]] = defaultdict(list)
    inner = {sitting.appointment_id for sitting in composition.officers}
    for sitting in composition.certain:
        if sitting.appointment_id not in inner:
            seats_of[sitting.person_id].append(sitting)
    for held in seats_of.values():
        if len(held) > 1:
            yield Finding(Problem.SEATED_TWICE, expected=1, found=len(held), sittings=tuple(held))


def unknown_territory(composition: Composition) -> Iterator[Finding]:
    """A seat that a territory fills names its territory."""
    for sitting in composition.misplaced:
        if sitting.territory_id is None:
            yield Finding(
                Problem.UNKNOWN_TERRITORY,
                rule=composition.rule_of(sitting),
                sittings=(sitting,),
            )


def not_entitled(composition: Composition) -> Iterator[Finding]:
    """The territory of a seat is one of those that fill such seats on the day."""
    known = {territory.id: territory for territory in composition.snapshot.territories}
    for sitting in composition.misplaced:
        if sitting.territory_id is not None:
            yield Finding(
                Problem.NOT_ENTITLED,
                rule=composition.rule_of(sitting),
                territory=known.get(sitting.territory_id),
                sittings=(sitting,),
            )


def outside_institution(composition: Composition) -> Iterator[Finding]:
    """Nobody sits in a body before its first day or after its last."""
    if not composition.state.exists:
        for sitting in composition.certain:
            yield Finding(Problem.OUTSIDE_INSTITUTION, sittings=(sitting,))


def outside_convocation(composition: Composition) -> Iterator[Finding]:
    """A mandate lies within its convocation; without one, somebody sits while one is in session.

    Inner offices that name no convocation, such as a chair's, are not measured by it.
    """
    if not composition.state.exists or not composition.snapshot.convocations:
        return
    convocations = {each.id: each for each in composition.snapshot.convocations}
    officers = {sitting.appointment_id for sitting in composition.officers}
    for sitting in composition.certain:
        named = convocations.get(sitting.convocation_id or 0)
        if named is not None:
            outside = named.term.covers(composition.day) is Presence.NO
        else:
            outside = (
                sitting.appointment_id not in officers
                and composition.state is State.BETWEEN_CONVOCATIONS
            )
        if outside:
            yield Finding(Problem.OUTSIDE_CONVOCATION, sittings=(sitting,))
