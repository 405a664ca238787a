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
from typing import Any

from django.db.models import Prefetch

from registry.domain.dates import PartialDate, Precision
from registry.models import Appointment, Institution, Person, PersonIdentifier
from registry.models.fields import best_text
from registry.rosters.export.rows import (
    EVERYBODY,
    PORTION,
    Wanted,
    appointments_of,
    day_or_unknown,
    rosters_of,
)
from registry.rosters.planning.comparing import bounded_affiliations
from registry.rosters.reading.layouts.document import OWN

PLAIN = (Precision.DAY, Precision.MONTH, Precision.YEAR)

Record = dict[str, Any]
Naming = Callable[[Institution, object], object]


def popolo_lines(institution: Institution, wanted: Wanted = EVERYBODY) -> Iterator[str]:
    """A roster as Popolo JSON, a record a line; no more of it is in memory than a portion."""
    yield "{"
    yield f'"meta": {_json({"generator": OWN})}'
    for name, records in _lists([institution], wanted, _alone):
        yield f',\n"{name}": ['
        separator = "\n"
        for record in records:
            yield separator + _json(record)
            separator = ",\n"
        yield "\n]"
    yield "}\n"


def popolo_data(institution: Institution, wanted: Wanted = EVERYBODY) -> Record:
    """Persons, organizations, memberships, areas, events and posts of a roster."""
    return _document([institution], wanted, _alone)


def popolo_of_all(institutions: Iterable[Institution], wanted: Wanted) -> Record:
    """Those of many institutions; terms and posts are named with their institution."""
    return _document(
        list(institutions), wanted, lambda institution, name: f"{institution.slug}/{name}"
    )


def _json(record: Record) -> str:
    return json.dumps(record, ensure_ascii=False)


def _alone(_institution: Institution, name: object) -> object:
    """How terms and posts are named where there is one institution."""
    return name


def _document(institutions: list[Institution], wanted: Wanted, named: Naming) -> Record:
    lists = {name: list(records) for name, records in _lists(institutions, wanted, named)}
    return {"meta": {"generator": OWN}, **lists}


def _lists(
    institutions: list[Institution], wanted: Wanted, named: Naming
) -> Iterator[tuple[str, Iterable[Record]]]:
    """The lists of a document, each to be read before the next: memberships tell which parties,
    areas, events and posts there are, and those are few."""
    yield "persons", _persons(institutions, wanted)
    pointed: dict[str, dict[str, Record]] = {
        "organizations": {each.slug: organization_data(each) for each in institutions},
        "areas": {},
        "events": {},
        "posts": {},
    }
    yield "memberships", _memberships(institutions, wanted, named, pointed)
    for name, records in pointed.items():
        yield name, records.values()


def _persons(institutions: list[Institution], wanted: Wanted) -> Iterator[Record]:
    seated = appointments_of(institutions, wanted).order_by().values("person")
    identifiers = PersonIdentifier.objects.order_by("scheme", "value")
    persons = Person.objects.filter(pk__in=seated).order_by("sort_key", "pk")
    for person in persons.prefetch_related(Prefetch("identifiers", identifiers)).iterator(PORTION):
        yield person_data(person)


def _memberships(
    institutions: list[Institution],
    wanted: Wanted,
    named: Naming,
    pointed: dict[str, dict[str, Record]],
) -> Iterator[Record]:
    """A membership for each appointment and party; `pointed` gathers what they point to."""
    for appointment in rosters_of(institutions, wanted).iterator(PORTION):
        shared = membership_data(appointment, named)
        _gather(pointed, appointment, shared)
        found = bounded_affiliations(appointment, wanted.on)
        for affiliation, start, end in found or [(None, None, None)]:
            party = ""
            if affiliation:
                party = f"party/{affiliation.party.slug}"
                pointed["organizations"][party] = {
                    "id": party,
                    "name": best_text(affiliation.party.name, "en")[0],
                    "classification": "party",
                }
            yield _without_nothing(
                {
                    **shared,
                    "on_behalf_of_id": party,
                    "party_start": str(start or ""),
                    "party_end": day_or_unknown(end),
                    "on": str(wanted.on or ""),
                }
            )


def _gather(
    pointed: dict[str, dict[str, Record]], appointment: Appointment, membership: Record
) -> None:
    institution = appointment.institution
    if territory := appointment.territory:
        key = membership["area_id"]
        pointed["areas"][key] = {"id": key, "name": best_text(territory.name, "en")[0]}
    if convocation := appointment.convocation:
        key = membership["legislative_period_id"]
        if key not in pointed["events"]:
            pointed["events"][key] = _without_nothing(
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
        key = membership["post_id"]
        pointed["posts"][key] = {
            "id": key,
            "label": best_text(group.name, "en")[0],
            "organization_id": institution.slug,
        }


def organization_data(institution: Institution) -> Record:
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


def person_data(person: Person) -> Record:
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


def membership_data(appointment: Appointment, named: Naming) -> Record:
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


def _without_nothing(data: Record) -> Record:
    return {key: value for key, value in data.items() if value not in ("", None, [], {})}
