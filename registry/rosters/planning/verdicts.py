"""What each row of a file comes to, as it is shown to a curator and kept with the run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from registry.models.imports import Verdict
from registry.rosters.faults import Fault
from registry.rosters.planning.changes import Change


@dataclass(slots=True)
class PlannedRow:
    """A row, its verdict and why.

    `remarks` are what keeps it out, what must be decided, or what a curator should know.
    `touches` are the records that it changes or agrees with, by kind: `{"person": 12}`.
    """

    line: int
    verdict: Verdict
    name: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)
    remarks: list[Fault] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    touches: dict[str, int] = field(default_factory=dict)


# Of several changes, the one that a curator should look at first gives the row its verdict.
_WEIGHT = (Verdict.CHANGED, Verdict.CONFLICT, Verdict.FILLS)


def verdict_of(changes: list[Change]) -> Verdict:
    """What a row comes to whose seat is recorded already."""
    found = {change.verdict for change in changes}
    return next((verdict for verdict in _WEIGHT if verdict in found), Verdict.SAME)
