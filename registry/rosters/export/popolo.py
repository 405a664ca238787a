"""Rosters out as Popolo JSON.

Beside Popolo's own words, a membership says what Popolo has no word for: `start_basis` and
`end_basis` (stated or inherited), `start_precision` and `end_precision`, `start_span` and
`end_span` for a date that is neither a day, a month nor a year, `party_start` and `party_end`,
`acting`, `designation`, `end_reason`, `note`, `on`; a person has `names` and `sort_names` by
language, and `sample`. `meta.generator` says that a file is of this kind.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from registry.domain.dates import PartialDate, Precision
from registry.models import Appointment, Institution, Person
from registry.models.fields import best_text
from registry.rosters.export.tables import PORTION, day_or_unknown, rosters_of
from registry.rosters.planning.comparing import bounded_affiliations
from registry.rosters.reading.layouts.document import OWN

PLAIN = (Precision.DAY, Precision.MONTH, Precision.YEAR)


def roster_popolo(institution: Institution, on: date | None = None) -> str:
    return json.dumps(popolo_data(institution, on), ensure_ascii=False, indent=2)


def popolo_data(institution: Institution, on: date | None = None) -> dict[str, Any]:
    """Persons, organizations, memberships, areas, events and posts of a roster."""
    return _document([institution], on, lambda _institution, name: name)


def popolo_of_all(institutions: Iterable[Institution], on: date) -> dict[str, Any]:
    """Those of many institutions on a day; terms and posts are named with their institution."""
    return _document(institutions, on, lambda institution, name: f"{institution.slug}/{name}")


def _document(
    institutions: Iterable[Institution],
    on: date | None,
    named: Callable[[Institution, object], object],
) -> dict[str, Any]:
    listed = list(institutions)
    persons: dict[int, Any] = {}
    organizations: dict[str, Any] = {
        institution.slug: organization_data(institution) for institution in listed
    }
    areas: dict[str, Any] = {}
    events: dict[str, Any] = {}
    posts: dict[str, Any] = {}
    memberships = []
    for appointment in rosters_of(listed, on).iterator(chunk_size=PORTION):
        institution = appointment.institution
        if appointment.person_id not in persons:
            persons[appointment.person_id] = person_data(appointment.person)
        if territory := appointment.territory:
            key = f"area/{territory.slug}"
            areas[key] = {"id": key, "name": best_text(territory.name, "en")[0]}
        if convocation := appointment.convocation:
            key = f"term/{named(institution, convocation.number)}"
            events[key] = _without_nothing(
                {
                    "id": key,
                    "name": str(convocation),
                    "classification": "legislative period",
                    "organization_id": institution.slug,
                    "start_date": _plain(convocation.start),
                    "end_date": _plain(convocation.end),
                }
            )
        if group := appointment.group:
            key = f"post/{named(institution, group.slug)}"
            posts[key] = {
                "id": key,
                "label": best_text(group.name, "en")[0],
                "organization_id": institution.slug,
            }
        for affiliation, start, end in bounded_affiliations(appointment, on) or [
            (None, None, None)
        ]:
            if affiliation:
                key = f"party/{affiliation.party.slug}"
                organizations[key] = {
                    "id": key,
                    "name": best_text(affiliation.party.name, "en")[0],
                    "classification": "party",
                }
            memberships.append(
                _without_nothing(
                    {
                        **membership_data(appointment, named),
                        "on_behalf_of_id": f"party/{affiliation.party.slug}" if affiliation else "",
                        "party_start": str(start or ""),
                        "party_end": day_or_unknown(end),
                        "on": str(on or ""),
                    }
                )
            )
    return {
        "meta": {"generator": OWN},
        "persons": list(persons.values()),
        "organizations": list(organizations.values()),
        "memberships": memberships,
        "areas": list(areas.values()),
        "events": list(events.values()),
        "posts": list(posts.values()),
    }


def organization_data(institution: Institution) -> dict[str, Any]:
    branch = institution.branch
    return _without_nothing(
        {
            "id": institution.slug,
            "name": best_text(institution.name, "en")[0],
            "classification": "legislature" if branch == "legislative" else branch,
            "founding_date": _plain(institution.start),
            "dissolution_date": _plain(institution.end),
        }
    )


def person_data(person: Person) -> dict[str, Any]:
    name, _language = best_text(person.name, "en")
    others = [{"name": other} for other in person.other_names]
    others += [
        {"name": text, "lang": code} for code, text in person.name.items() if text and code != "und"
    ]
    return _without_nothing(
        {
            "id": str(person.uid),
            "name": name,
            "sort_name": best_text(person.sort_name, "en")[0],
            "names": person.name,
            "sort_names": person.sort_name,
            "other_names": others,
            "birth_date": str(person.birth or ""),
            "gender": person.gender,
            "identifiers": [
                {"scheme": each.scheme, "identifier": each.value}
                for each in person.identifiers.all()
            ],
            "sample": person.sample or None,
        }
    )


def membership_data(
    appointment: Appointment, named: Callable[[Institution, object], object]
) -> dict[str, Any]:
    institution = appointment.institution
    data = {
        "person_id": str(appointment.person.uid),
        "organization_id": appointment.institution.slug,
        "role": "member",
        "post_id": f"post/{named(institution, appointment.group.slug)}"
        if appointment.group
        else "",
        "area_id": f"area/{appointment.territory.slug}" if appointment.territory else "",
        "legislative_period_id": f"term/{named(institution, appointment.convocation.number)}"
        if appointment.convocation
        else "",
        "acting": appointment.acting or None,
        "designation": appointment.designation,
        "end_reason": appointment.end_reason,
        "note": appointment.note,
    }
    return {**data, **dict(_dates(appointment))}


def _dates(appointment: Appointment) -> Iterator[tuple[str, str]]:
    for name, value, inherited in (
        ("start", appointment.start, appointment.start_inherited),
        ("end", appointment.end, appointment.end_inherited),
    ):
        yield f"{name}_date", _plain(value)
        yield f"{name}_precision", value.precision.value if value else ""
        yield f"{name}_basis", "inherited" if inherited else "stated"
        if value and value.precision is Precision.SPAN:
            yield f"{name}_span", str(value)


def _plain(value: PartialDate | None) -> str:
    """A date as Popolo writes it; empty when it is none of a day, a month and a year."""
    return str(value) if value and value.precision in PLAIN else ""


def _without_nothing(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in ("", None, [], {})}
