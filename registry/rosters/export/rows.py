"""Which appointments go out, and the cells of each, as the registry's own layout has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Prefetch, Q

from registry.domain.dates import PartialDate, Presence
from registry.models import Affiliation, Appointment, Institution, PersonIdentifier
from registry.models.appointments import AppointmentQuerySet
from registry.models.dated import covering
from registry.models.fields import best_text
from registry.rosters.columns import LANGUAGES, joined_names
from registry.rosters.planning.comparing import bounded_affiliations
from registry.rosters.reading.cells import written
from registry.rosters.rows import Identifier

Row = Mapping[str, str]
PORTION = 1_000  # appointments that are in memory at once


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which appointments go into a file: those that meet every wish, all of them without any.

    `on` is a day: who sat on it, if only possibly. `convocation` is a number, the others are
    addresses; with a `party` those who sit for it, ever or on the day. An appointment goes out
    whole, with all of its parties, lest the file say on its way back that there are no others.
    """

    on: date | None = None
    convocation: int | None = None
    group: str = ""
    party: str = ""
    territory: str = ""


EVERYBODY = Wanted()


def roster_of(institution: Institution, wanted: Wanted = EVERYBODY) -> AppointmentQuerySet:
    """The appointments of an institution that are wanted, in the order of the file."""
    return rosters_of([institution], wanted)


def appointments_of(
    institutions: Iterable[Institution], wanted: Wanted = EVERYBODY
) -> AppointmentQuerySet:
    """Those of several institutions, in no order."""
    found = Appointment.objects.filter(institution__in=list(institutions))
    if wanted.on is not None:
        found = found.on(wanted.on)
    if wanted.convocation is not None:
        found = found.filter(convocation__number=wanted.convocation)
    if wanted.group:
        found = found.filter(group__slug=wanted.group)
    if wanted.territory:
        found = found.filter(territory__slug=wanted.territory)
    if wanted.party:
        held = covering(wanted.on) if wanted.on is not None else Q()
        sits = Affiliation.objects.filter(
            held, appointment=OuterRef("pk"), party__slug=wanted.party
        )
        found = found.filter(Exists(sits))
    return found


def rosters_of(
    institutions: Iterable[Institution], wanted: Wanted = EVERYBODY
) -> AppointmentQuerySet:
    """Those of several institutions, one institution after the other."""
    return (
        appointments_of(institutions, wanted)
        .select_related("person", "group", "convocation__institution", "territory", "institution")
        .prefetch_related(
            Prefetch(
                "affiliations",
                Affiliation.objects.select_related("party").order_by(
                    F("start_earliest").asc(nulls_first=True), "id"
                ),
            ),
            Prefetch("person__identifiers", PersonIdentifier.objects.order_by("scheme", "value")),
        )
        .order_by(
            "institution__order",
            "institution__slug",
            F("convocation__number").asc(nulls_first=True),
            "person__sort_key",
            "id",
        )
    )


def roster_rows(institution: Institution, wanted: Wanted = EVERYBODY) -> Iterator[Row]:
    """One row for each appointment and party, by column; a few queries for each portion."""
    day = wanted.on
    for appointment in roster_of(institution, wanted).iterator(chunk_size=PORTION):
        shared = appointment_cells(appointment)
        if day is not None:
            presence = appointment.term.covers(day)
            shared["status"] = "filled" if presence is Presence.YES else "possible"
            shared["on"] = str(day)
        for cells in party_cells(appointment, day) or [{}]:
            yield {**shared, **cells}


def appointment_cells(appointment: Appointment) -> dict[str, str]:
    """The cells of an appointment, its parties apart."""
    person = appointment.person
    identifiers = [Identifier(each.scheme, each.value) for each in person.identifiers.all()]
    cells = {
        "institution": appointment.institution.slug,
        "convocation": str(appointment.convocation.number) if appointment.convocation else "",
        "group": appointment.group.slug if appointment.group else "",
        "territory": appointment.territory.slug if appointment.territory else "",
        "person_id": str(person.uid),
        "identifiers": written(identifiers),
        "other_names": joined_names(person.other_names),
        "birth": str(person.birth or ""),
        "gender": person.gender,
        "acting": "1" if appointment.acting else "0",
        "designation": appointment.designation,
        "end_reason": appointment.end_reason,
        "note": appointment.note,
        "sample": "1" if person.sample else "0",
    }
    for code in LANGUAGES:
        cells[f"name_{code}"] = person.name.get(code, "")
        cells[f"sort_name_{code}"] = person.sort_name.get(code, "")
    for name, value, inherited in (
        ("start", appointment.start, appointment.start_inherited),
        ("end", appointment.end, appointment.end_inherited),
    ):
        cells[name] = str(value or "")
        cells[f"{name}_precision"] = value.precision.value if value else ""
        cells[f"{name}_basis"] = "inherited" if inherited else "stated"
    return cells


def party_cells(appointment: Appointment, on: date | None = None) -> list[dict[str, str]]:
    """The cells of each party that somebody sits for in an appointment, ever or on a day."""
    return [
        {
            "party": affiliation.party.slug,
            "party_name": best_text(affiliation.party.name, "en")[0],
            "party_start": str(start or ""),
            "party_end": day_or_unknown(end),
        }
        for affiliation, start, end in bounded_affiliations(appointment, on)
    ]


def day_or_unknown(value: PartialDate | None) -> str:
    """A date as text, in which over since nobody knows when differs from not over."""
    if value is None:
        return ""
    return str(value) or "[..]"
