"""Sample people: invented holders of seats, marked as such, who come and go as a whole.

Each folder below `fixtures/` fills one institution for the days of its coverage.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from django.db import models, transaction
from django.db.models import Q

from registry.models import (
    Affiliation,
    Appointment,
    Citation,
    Coverage,
    Institution,
    Party,
    PartyIdentifier,
    Person,
    PersonIdentifier,
)
from registry.seeds.faults import SeedsRefused
from registry.seeds.loading import Tally, load
from registry.seeds.sheets import read_sheet

REASON = "sample people"


@dataclass(frozen=True, slots=True)
class Filled:
    """What became of one folder. Where `taken`, recorded people hold the seats already."""

    folder: str
    tallies: tuple[Tally, ...] = ()
    taken: bool = False


@dataclass(frozen=True, slots=True)
class Removed:
    persons: int
    appointments: int
    parties: int


def load_sample(fixtures: Path) -> tuple[Filled, ...]:
    """Load every folder below `fixtures` whose seats nobody recorded holds.

    Raises `SeedsRefused` when a folder is faulty; then none of them is written.
    """
    with transaction.atomic():
        return tuple(_fill(folder) for folder in sorted(fixtures.glob("*/")))


def _fill(folder: Path) -> Filled:
    if _taken(folder):
        return Filled(folder.name, taken=True)
    try:
        return Filled(folder.name, load(folder, reason=REASON))
    except SeedsRefused as refused:
        faults = [replace(fault, file=f"{folder.name}/{fault.file}") for fault in refused.faults]
        raise SeedsRefused(faults) from refused


def _taken(folder: Path) -> bool:
    """Whether recorded people hold seats on days that the folder would fill."""
    coverages = folder / "coverages.csv"
    sheet = read_sheet(coverages, lambda fault: None) if coverages.is_file() else None
    return sheet is not None and any(
        _held(row.cells.get("institution", ""), row.cells.get("start"), row.cells.get("end"))
        for row in sheet.rows
    )


def _held(slug: str, first: str | None, last: str | None) -> bool:
    try:
        start = date.fromisoformat(first) if first else None
        end = date.fromisoformat(last) if last else None
    except ValueError:
        return False  # `load` will say what is wrong with the day
    institution = Institution.objects.filter(slug=slug).first()
    if institution is None:
        return False
    seated = institution.appointments.filter(person__sample=False).exclude(group__inner=True)
    complete = institution.coverages.filter(sample=False)
    declared = complete.overlapping(start, end)
    return seated.overlapping(start, end).exists() or declared.exists()


def remove_sample() -> Removed:
    """Remove all invented people and whatever speaks of them, the history included.

    A party that recorded people sit for stays, invented as it may be.
    """
    with transaction.atomic():
        persons = _ever(Person, sample=True)
        persons -= _ids(Person.objects.filter(id__in=persons, sample=False))
        appointments = _ever(Appointment, person_id__in=persons)
        affiliations = _ever(Affiliation, appointment_id__in=appointments)
        coverages = _ever(Coverage, sample=True)
        coverages -= _ids(Coverage.objects.filter(id__in=coverages, sample=False))
        parties = _ever(Party, sample=True)
        kept = Affiliation.objects.exclude(id__in=affiliations).values("party_id")
        parties -= _ids(
            Party.objects.filter(id__in=parties).filter(Q(sample=False) | Q(id__in=kept))
        )
        citations = (
            _ever(Citation, person_id__in=persons)
            | _ever(Citation, appointment_id__in=appointments)
            | _ever(Citation, coverage_id__in=coverages)
            | _ever(Citation, party_id__in=parties)
        )
        removed = Removed(
            persons=Person.objects.filter(id__in=persons).count(),
            appointments=Appointment.objects.filter(id__in=appointments).count(),
            parties=Party.objects.filter(id__in=parties).count(),
        )
        _erase(Citation, citations)
        _erase(Affiliation, affiliations)
        _erase(Appointment, appointments)
        _erase(PersonIdentifier, _ever(PersonIdentifier, person_id__in=persons))
        _erase(Person, persons)
        _erase(Coverage, coverages)
        _erase(PartyIdentifier, _ever(PartyIdentifier, party_id__in=parties))
        _erase(Party, parties)
    return removed


def _ever(model: type[models.Model], **of: object) -> set[int]:
    """Records that are, or once were, what `of` says."""
    return _ids(model._default_manager.filter(**of)) | _ids(model.history.filter(**of))


def _ids(rows: models.QuerySet) -> set[int]:
    return set(rows.values_list("id", flat=True))


def _erase(model: type[models.Model], ids: set[int]) -> None:
    """Delete records and their history, the deletion's own entry in it too."""
    model._default_manager.filter(id__in=ids).delete()
    model.history.filter(id__in=ids).delete()
