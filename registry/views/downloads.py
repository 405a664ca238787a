"""A composition as CSV: the members certain and possible, then the vacant seats."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from registry.domain.checks import judge
from registry.domain.composition import Composition
from registry.domain.dates import PartialDate, Presence
from registry.domain.facts import Sitting
from registry.domain.findings import Problem
from registry.models.fields import best_text

COLUMNS = (
    "institution",
    "on",
    "status",  # filled, possible or vacant
    "convocation",
    "group",
    "territory",
    "person_id",
    "name",
    "party_id",
    "party",
    "acting",
    "start",
    "start_precision",
    "start_basis",
    "end",
    "end_precision",
    "end_basis",
    "ended",
    "end_reason",
    "note",
    "source",
    "source_url",
    "sample",
)


class _Echo:
    """Hands back what a writer writes, so that rows can be streamed."""

    def write(self, line: str) -> str:
        return line


def composition_rows(composition: Composition, language: str) -> Iterator[str]:
    """The lines of the file. Empty means not applicable; precision says what a date is worth."""
    writer = csv.DictWriter(_Echo(), COLUMNS, restval="", lineterminator="\r\n")
    yield writer.writer.writerow(COLUMNS)
    common = {"institution": composition.snapshot.institution.slug, "on": composition.day}
    for record in _records(composition, language):
        yield writer.writerow({key: _safe(value) for key, value in {**common, **record}.items()})


def _records(composition: Composition, language: str) -> Iterator[dict[str, Any]]:
    snapshot = composition.snapshot
    groups = {group.id: group.slug for group in snapshot.groups}
    territories = {territory.id: territory.slug for territory in snapshot.territories}
    numbers = {convocation.id: convocation.number for convocation in snapshot.convocations}
    for sitting in composition.members:
        certain = sitting.presence(composition.day) is Presence.YES
        yield {
            "status": "filled" if certain else "possible",
            "convocation": numbers.get(sitting.convocation_id, ""),
            "group": groups.get(sitting.group_id, ""),
            "territory": territories.get(sitting.territory_id, ""),
            **_person(sitting, language),
        }
    for finding in judge(composition):
        inner = finding.rule is not None and finding.rule.group.inner
        if finding.problem is Problem.VACANT_SEATS and not inner:
            for _seat in range((finding.expected or 0) - (finding.found or 0)):
                yield {
                    "status": "vacant",
                    "group": finding.rule.group.slug if finding.rule else "",
                    "territory": finding.territory.slug if finding.territory else "",
                }


def _person(sitting: Sitting, language: str) -> dict[str, Any]:
    end = sitting.end
    return {
        "person_id": sitting.person_id,
        "name": best_text(sitting.name, language)[0],
        "party_id": sitting.party_slug,
        "party": best_text(sitting.party_name, language)[0],
        "acting": _yes(sitting.acting),
        "start": str(sitting.start),
        "start_precision": sitting.start.precision.value,
        "start_basis": "inherited" if sitting.start_inherited else "stated",
        "end": str(end or PartialDate(None, None)),
        "end_precision": end.precision.value if end else "",
        "end_basis": ("inherited" if sitting.end_inherited else "stated") if end else "",
        "ended": _yes(sitting.has_ended),
        "end_reason": sitting.end_reason,
        "note": sitting.note,
        "source": sitting.source_title,
        "source_url": sitting.source_url,
        "sample": _yes(sitting.sample),
    }


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _safe(value: Any) -> Any:
    """A spreadsheet takes a cell that begins like this for a formula and runs it."""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return value
