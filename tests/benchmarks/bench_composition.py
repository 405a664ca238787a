"""What composing a body costs over reading its rows, and the page over composing it.

`./run bench` prints ratios. Both sides of a ratio run in turns in one process, so that a busy
machine slows them alike; the median of the turns counts.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from statistics import median
from time import perf_counter

import pytest
from django.db import connection

from registry.domain.checks import judge
from registry.models import Affiliation, Appointment, Person
from registry.snapshots import composition_of
from tests.factories import (
    CoverageFactory,
    InstitutionFactory,
    PartyFactory,
    SeatGroupFactory,
    SeatRuleFactory,
)

pytestmark = pytest.mark.django_db

SEATS = 3_000
TURNS = 9
DAY = date(2014, 6, 1)
FLOOR = """
    SELECT a.id, a.person_id, p.slug, p.sort_name, a.group_id, f.party_id, r.name
    FROM registry_appointment a
    JOIN registry_person p ON p.id = a.person_id
    LEFT JOIN registry_affiliation f ON f.appointment_id = a.id
    LEFT JOIN registry_party r ON r.id = f.party_id
    WHERE a.institution_id = %s AND a.start_earliest <= %s
    ORDER BY p.sort_key, a.person_id, a.id
"""


@pytest.fixture
def chamber():
    """A chamber of 3,000 seats, all held."""
    chamber = InstitutionFactory(slug="chamber")
    group = SeatRuleFactory(group=SeatGroupFactory(institution=chamber), seats=SEATS).group
    CoverageFactory(institution=chamber)
    party = PartyFactory()
    people = Person.objects.bulk_create(
        Person(name={"en": f"Dinara Abenova {number}"}) for number in range(SEATS)
    )
    seats = Appointment.objects.bulk_create(
        Appointment(
            institution=chamber, person=person, group=group, start_earliest=DAY, start_latest=DAY
        )
        for person in people
    )
    Affiliation.objects.bulk_create(Affiliation(appointment=seat, party=party) for seat in seats)
    return chamber


def ratio(ours: Callable[[], object], floor: Callable[[], object]) -> float:
    """The median of ours over the median of the floor, run in turns."""
    spent: dict[str, list[float]] = {"ours": [], "floor": []}
    for _ in range(TURNS):
        for name, work in (("floor", floor), ("ours", ours)):
            start = perf_counter()
            work()
            spent[name].append(perf_counter() - start)
    return median(spent["ours"]) / median(spent["floor"])


def test_composing_over_reading_the_rows(chamber):
    def floor():
        with connection.cursor() as cursor:
            cursor.execute(FLOOR, [chamber.pk, DAY])
            return cursor.fetchall()

    found = ratio(lambda: judge(composition_of(chamber, on=DAY)), floor)
    print(f"\ncompose and judge {SEATS} seats: {found:.1f} times one raw query of the rows")


def test_the_page_over_composing(chamber, client):
    address = f"/en/institutions/{chamber.slug}/composition/?on={DAY}"

    found = ratio(lambda: client.get(address), lambda: composition_of(chamber, on=DAY))
    print(f"\nthe page of {SEATS} seats: {found:.1f} times composing it")


def test_the_answer_over_composing(chamber, client):
    address = f"/api/v1/institutions/{chamber.slug}/composition?on={DAY}"

    found = ratio(lambda: client.get(address), lambda: composition_of(chamber, on=DAY))
    print(f"\nthe JSON of {SEATS} seats: {found:.1f} times composing it")
