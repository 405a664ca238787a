"""Institutions and their compositions as plain data."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext

from registry.domain.composition import Composition, Line
from registry.domain.dates import PartialDate, Presence
from registry.domain.facts import Sitting
from registry.domain.majorities import Majority, majorities
from registry.models import Institution
from registry.serialise.findings import finding_data
from registry.snapshots import Review
from registry.templatetags.wording import article, text


def day_text(value: PartialDate | None) -> str | None:
    """A date as text; `None` when there is none, or nothing is known of it."""
    return (str(value) or None) if value else None


def institution_data(institution: Institution, successors: Iterable[str]) -> dict[str, Any]:
    return {
        "slug": institution.slug,
        "name": text(institution.name),
        "names": institution.name,
        "branch": institution.branch,
        "part_of": institution.parent.slug if institution.parent else None,
        "start": day_text(institution.start),
        "end": day_text(institution.end),
        "successors": list(successors),
        "composition": f"/api/v1/institutions/{institution.slug}/composition",
    }


def composition_data(review: Review) -> dict[str, Any]:
    institution, composition = review.institution, review.composition
    return {
        "institution": institution.slug,
        "on": composition.day,
        "state": composition.state.value,
        "convocation": composition.convocation.number if composition.convocation else None,
        "coverage": composition.covered,
        "sample": composition.sample,
        "required": composition.required,
        "required_by_law": composition.law,
        "filled": composition.filled,
        "possible": len(composition.possible),
        "vacant": composition.vacant,
        "over": composition.over,
        "unassigned": len(composition.unassigned),
        "stated_totals": [
            {"total": each.total, "source": each.source, "source_url": each.source_url}
            for each in composition.stated_totals
        ],
        "lines": [line_data(line) for line in composition.lines],
        "offices": [line_data(line) for line in composition.inner],
        "parties": [
            {
                "slug": party.slug,
                "name": text(party.names) if party.slug else gettext("No party recorded"),
                "seats": party.seats,
            }
            for party in composition.parties
        ],
        "members": members_data(composition.members, composition),
        "officers": members_data(composition.officers, composition),
        "majorities": usual_majorities(composition),
        "findings": [finding_data(f, institution, composition.day) for f in review.findings],
    }


def tally_data(composition: Composition) -> dict[str, Any]:
    """What a composition adds up to."""
    return {
        "on": composition.day,
        "state": composition.state.value,
        "coverage": composition.covered,
        "required": composition.required,
        "filled": composition.filled,
        "possible": len(composition.possible),
        "unheld": composition.unheld,
        "vacant": composition.vacant,
        "over": composition.over,
        "majorities": usual_majorities(composition),
    }


def usual_majorities(composition: Composition) -> list[dict[str, Any]]:
    """The usual thresholds of all seats; none when their number is not recorded."""
    return majorities_data(majorities(composition.required) if composition.required else ())


def majorities_data(thresholds: Iterable[Majority]) -> list[dict[str, Any]]:
    return [
        {"name": each.name, "base": each.base, "of": each.of, "votes": each.votes}
        for each in thresholds
    ]


def line_data(line: Line) -> dict[str, Any]:
    return {
        "group": line.rule.group.slug,
        "name": text(line.rule.group.names),
        "rule": line.rule.id,
        "article": article(line.rule),
        "designation": line.rule.designation.value,
        "territory": line.territory.slug if line.territory else None,
        "required": line.required,
        "filled": line.filled,
        "possible": len(line.possible),
        "vacant": line.vacant,
        "over": line.over,
    }


def members_data(sittings: Iterable[Sitting], composition: Composition) -> list[dict[str, Any]]:
    """Some members of a composition, with the addresses of their groups and territories."""
    groups = {group.id: group.slug for group in composition.snapshot.groups}
    territories = {each.id: each.slug for each in composition.snapshot.territories}
    return [member_data(each, composition.day, groups, territories) for each in sittings]


def member_data(
    sitting: Sitting, day: date, groups: dict[int, str], territories: dict[int, str]
) -> dict[str, Any]:
    end = sitting.end
    return {
        "appointment": sitting.appointment_id,
        "person": sitting.person_id,
        "name": text(sitting.name),
        "names": sitting.name,
        "group": groups.get(sitting.group_id or 0),
        "territory": territories.get(sitting.territory_id or 0),
        "party": sitting.party_slug,
        "start": day_text(sitting.start),
        "start_precision": sitting.start.precision.value,
        "start_basis": "inherited" if sitting.start_inherited else "stated",
        "end": day_text(end),
        "end_precision": end.precision.value if end else None,
        "end_basis": "inherited" if sitting.end_inherited else "stated",
        "ended": sitting.has_ended,
        "end_reason": sitting.end_reason,
        "certain": sitting.presence(day) is Presence.YES,
        "acting": sitting.acting,
        "sample": sitting.sample,
        "remark": sitting.note,
        "source": sitting.source_title,
        "source_url": sitting.source_url,
    }
