"""The checks. Each is one function: a composition goes in, findings come out.

To add one: write the function, add it to `CHECKS`, give its problem a sentence and a cure in
`registry/templatetags/wording.py`, and test it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Protocol

from registry.domain.checks.beyond import incompatible_mandates, not_a_member
from registry.domain.checks.classes import class_imbalance, wrong_class
from registry.domain.checks.counts import (
    no_rule,
    too_many_members,
    total_mismatch,
    two_holders,
    undecided_count,
    vacant_seats,
)
from registry.domain.checks.mandates import (
    not_entitled,
    outside_convocation,
    outside_institution,
    seated_twice,
    unknown_territory,
)
from registry.domain.checks.sources import missing_list, no_source, sources_disagree
from registry.domain.checks.terms import missing_step, term_expired, term_too_long, too_young
from registry.domain.composition import Composition
from registry.domain.findings import Finding, Problem


class Check(Protocol):
    """Holds a composition against one rule; its name is the code of the problem."""

    __name__: str

    def __call__(self, composition: Composition, /) -> Iterable[Finding]: ...


CHECKS: tuple[Check, ...] = (
    two_holders,
    too_many_members,
    seated_twice,
    not_entitled,
    unknown_territory,
    outside_institution,
    outside_convocation,
    incompatible_mandates,
    not_a_member,
    too_young,
    vacant_seats,
    no_rule,
    total_mismatch,
    term_too_long,
    term_expired,
    wrong_class,
    class_imbalance,
    missing_step,
    undecided_count,
    sources_disagree,
    no_source,
    missing_list,
)

CHECK_OF = {check.__name__: check for check in CHECKS}


def judge(composition: Composition) -> tuple[Finding, ...]:
    """Run every check over a composition, the gravest findings first."""
    found = [finding for check in CHECKS for finding in check(composition)]
    order = ("error", "warning", "information")
    return tuple(sorted(_fair(found), key=lambda finding: order.index(finding.severity)))


def findings_on(composition: Composition, problem: Problem) -> tuple[Finding, ...]:
    """The findings of one problem, for whoever asks of many days whether it holds on them."""
    return tuple(_fair(CHECK_OF[problem.value](composition)))


def _fair(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Nobody recorded from a source is accused on the ground of invented people.

    What is wrong only because invented people sit beside recorded ones is said of the invented.
    """
    for finding in findings:
        invented = tuple(sitting for sitting in finding.sittings if sitting.sample)
        yield replace(finding, sittings=invented) if invented else finding
