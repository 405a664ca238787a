"""Checks that look beyond the seats of the body: inner offices and other institutions."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.composition import Composition, State
from registry.domain.findings import Finding, Problem


def incompatible_mandates(composition: Composition) -> Iterator[Finding]:
    """Nobody holds two mandates on one day that an article forbids together."""
    sitting_of = {sitting.appointment_id: sitting for sitting in composition.certain}
    for elsewhere in composition.snapshot.elsewhere:
        sitting = sitting_of.get(elsewhere.appointment_id)
        if sitting is not None and elsewhere.forbids_on(composition.day):
            yield Finding(Problem.INCOMPATIBLE_MANDATES, elsewhere=elsewhere, sittings=(sitting,))


def not_a_member(composition: Composition) -> Iterator[Finding]:
    """The holder of an inner office, such as a chair, sits in the body.

    Only a roster that is declared complete can say that somebody has no seat; one completed by
    invented people says nothing of those recorded.
    """
    if composition.state is not State.IN_OFFICE or not composition.covered:
        return
    members = {sitting.person_id for sitting in composition.members}
    for line in composition.inner:
        for sitting in (*line.holders, *line.acting):
            invented = composition.snapshot.sample_coverage and not sitting.sample
            if sitting.person_id not in members and not invented:
                yield Finding(Problem.NOT_A_MEMBER, rule=line.rule, sittings=(sitting,))
