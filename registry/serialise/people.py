"""People with their mandates, parties, territories and convocations as plain data."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from registry.domain.dates import PartialDate
from registry.models import Appointment, Convocation, Party, Person, Territory
from registry.models.identifiers import Identifier
from registry.serialise.compositions import day_text
from registry.templatetags.wording import text


def person_in_full(
    person: Person, appointments: Iterable[Appointment], day: date
) -> dict[str, Any]:
    """A person with all mandates, the newest first as they come."""
    mandates = [mandate_data(appointment, day) for appointment in appointments]
    return {**person_data(person), "on": day, "mandates": mandates}


def person_data(person: Person) -> dict[str, Any]:
    return {
        "person": person.pk,
        "person_id": str(person.uid),
        "name": text(person.name),
        "names": person.name,
        "sort_names": person.sort_name,
        "other_names": person.other_names,
        "birth": day_text(person.birth),
        "gender": person.gender,
        "identifiers": identifiers_data(person.identifiers.all()),
        "sample": person.sample,
    }


def identifiers_data(identifiers: Iterable[Identifier]) -> dict[str, str]:
    return {each.scheme: each.value for each in identifiers}


def mandate_data(appointment: Appointment, day: date) -> dict[str, Any]:
    convocation, group, territory = (
        appointment.convocation,
        appointment.group,
        appointment.territory,
    )
    return {
        "appointment": appointment.pk,
        "institution": appointment.institution.slug,
        "convocation": convocation.number if convocation else None,
        "group": group.slug if group else None,
        "territory": territory.slug if territory else None,
        "parties": [each.party.slug for each in appointment.affiliations.all()],
        "acting": appointment.acting,
        "designation": appointment.designation,
        **dates_data(appointment.start, appointment.end),
        "end_reason": appointment.end_reason,
        "in_office": appointment.term.covers(day).value,
    }


def dates_data(start: PartialDate, end: PartialDate | None) -> dict[str, Any]:
    return {
        "start": day_text(start),
        "start_precision": start.precision.value,
        "end": day_text(end),
        "end_precision": end.precision.value if end else None,
    }


def party_data(party: Party) -> dict[str, Any]:
    return {
        "slug": party.slug,
        "name": text(party.name),
        "names": party.name,
        "abbreviation": party.abbreviation,
        "other_names": party.other_names,
        "identifiers": identifiers_data(party.identifiers.all()),
        "sample": party.sample,
    }


def territory_data(territory: Territory, day: date) -> dict[str, Any]:
    """`statuses` and what it comes from are loaded with the territory."""
    status = next((each for each in territory.statuses.all() if each.span.covers(day)), None)
    names = (status.name if status else None) or territory.name
    return {
        "slug": territory.slug,
        "name": text(names),
        "names": names,
        "kind": status.kind.slug if status else None,
        "exists": status is not None,
        "continued_by": territory.continued_by.slug if territory.continued_by else None,
        "part_of": territory.part_of.slug if territory.part_of else None,
    }


def convocation_data(convocation: Convocation) -> dict[str, Any]:
    return {
        "institution": convocation.institution.slug,
        "number": convocation.number,
        "elected": convocation.elected,
        **dates_data(convocation.start, convocation.end),
    }
