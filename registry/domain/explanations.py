"""Findings that a curator has explained."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from registry.domain.findings import Explained, Finding


def explain(
    findings: Iterable[Finding], explanations: Iterable[Explained], day: date
) -> tuple[Finding, ...]:
    """The findings of a day, each with the explanation that holds on it, in the order given.

    One that has expired explains nothing: its finding alarms again.
    """
    in_force = [each for each in explanations if each.span.covers(day)]
    return tuple(
        replace(finding, explained=_explanation_of(finding, in_force)) for finding in findings
    )


def _explanation_of(finding: Finding, explanations: Iterable[Explained]) -> Explained | None:
    return next((each for each in explanations if speaks_of(each, finding)), None)


def speaks_of(explanation: Explained, finding: Finding) -> bool:
    """Whether it is about this finding, whatever its days."""
    if explanation.problem != finding.problem:
        return False
    group = finding.rule.group.id if finding.rule else None
    if explanation.group_id is not None and explanation.group_id != group:
        return False
    territory = finding.territory.id if finding.territory else None
    if explanation.territory_id is not None and explanation.territory_id != territory:
        return False
    people = {sitting.person_id for sitting in finding.sittings}
    # Whoever explains one person's mandate says nothing of others found beside it.
    return explanation.person_id is None or people == {explanation.person_id}
