"""Checks on where facts come from."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.composition import Composition
from registry.domain.findings import Finding, Problem


def no_source(composition: Composition) -> Iterator[Finding]:
    """Every rule and every mandate that is not a sample says where it is known from."""
    for rule in composition.rules:
        if not rule.sourced:
            yield Finding(Problem.NO_SOURCE, rule=rule, found=1)
    bare = tuple(s for s in composition.certain if s.source_title is None and not s.sample)
    if bare:
        yield Finding(Problem.NO_SOURCE, found=len(bare), sittings=bare)


def sources_disagree(composition: Composition) -> Iterator[Finding]:
    """Where sources disagree, the registry has taken a position."""
    for dispute in composition.snapshot.disputes:
        yield Finding(Problem.SOURCES_DISAGREE, subject=dispute.subject, subject_slug=dispute.slug)


def missing_list(composition: Composition) -> Iterator[Finding]:
    """A list of powers or duties that a source announces is recorded."""
    if not composition.state.exists:
        return
    for announced in composition.snapshot.announced:
        yield Finding(Problem.MISSING_LIST, subject=announced.text, subject_slug=announced.slug)
