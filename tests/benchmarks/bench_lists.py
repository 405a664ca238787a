"""What a list of the admin costs over a plain SELECT of its fifty rows, and as the register grows.

`./run bench` prints ratios. A list and its SELECT run in turns; the same list with a hundred
appointments in the register was measured before the others were written. LISTS_ROWS=200000 asks
for more than the ten thousand appointments that a state has in a generation.
"""

from __future__ import annotations

import os
from datetime import date, timedelta
from random import Random
from statistics import median
from time import perf_counter

import pytest
from django.contrib.auth.models import User
from django.db import connection

from registry.domain.dates import PartialDate
from registry.models import Affiliation, Appointment, Person
from tests import factories
from tests.benchmarks.bench_composition import TURNS, ratio

pytestmark = pytest.mark.django_db

FEW = 100
MANY = int(os.environ.get("LISTS_ROWS", "10000"))
BODIES = 50
BEGINNING = date(1996, 1, 30)
PLAIN = {
    "appointment": """
        SELECT a.*, p.*, i.* FROM registry_appointment a
        JOIN registry_person p ON p.id = a.person_id
        JOIN registry_institution i ON i.id = a.institution_id
        ORDER BY a.id DESC LIMIT 50""",
    "person": "SELECT * FROM registry_person ORDER BY sort_key, id LIMIT 50",
}
LISTS = {
    "appointments": "/admin/registry/appointment/",
    "appointments in office": "/admin/registry/appointment/?state=in_office&on=2014-06-01",
    "appointments without a source": "/admin/registry/appointment/?sources=none",
    "appointments searched": "/admin/registry/appointment/?q=abenova+77",
    "the last page of appointments": "/admin/registry/appointment/?p=last",
    "people": "/admin/registry/person/",
    "people in office": "/admin/registry/person/?office=yes",
    "people searched": "/admin/registry/person/?q=abenova+77",
    "institutions": "/admin/registry/institution/",
    "seat rules": "/admin/registry/seatrule/",
    "findings": "/admin/findings/?on=2014-06-01",
    "vacancies": "/admin/vacancies/?on=2014-06-01",
    "recent changes": "/admin/changes/",
    "the start page": "/admin/",
}


def grow(groups: list[tuple[int, int]], parties: list[int], number: int) -> None:
    """So many more appointments, each of a person, for some years each."""
    random = Random(number)
    for _portion in range(0, number, 5_000):
        some = range(min(5_000, number))
        people = Person.objects.bulk_create(
            Person(
                name={"en": f"Dinara Abenova {random.randrange(10**6)}"},
                sort_name={"en": f"Abenova {random.randrange(10**6)}, Dinara"},
            )
            for _ in some
        )
        starts = [BEGINNING + timedelta(days=random.randrange(10_000)) for _ in some]
        held = [random.choice(groups) for _ in some]
        rows = Appointment.objects.bulk_create(
            Appointment(
                institution_id=institution,
                group_id=group,
                person=person,
                start=PartialDate.of(start),
                end=PartialDate.of(start + timedelta(days=1_500)),
            )
            for person, start, (institution, group) in zip(people, starts, held, strict=True)
        )
        Affiliation.objects.bulk_create(
            Affiliation(appointment=row, party_id=random.choice(parties)) for row in rows
        )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def test_the_lists_of_the_admin(client):
    client.force_login(User.objects.create_superuser("owner"))
    rules = [factories.SeatRuleFactory(seats=40) for _ in range(BODIES)]
    groups = [(rule.group.institution_id, rule.group_id) for rule in rules]
    for rule in rules:
        factories.CoverageFactory(institution=rule.group.institution)
    parties = [factories.PartyFactory().pk for _ in range(5)]
    grow(groups, parties, FEW)
    few = {name: seconds(client, page) for name, page in LISTS.items()}
    grow(groups, parties, MANY - FEW)

    print(f"\n{MANY:,} appointments")
    for name, page in LISTS.items():
        taken = seconds(client, page)
        print(f"{name}: {taken:.2f} s, {taken / few[name]:.1f} times that of {FEW}")
    for name, query in PLAIN.items():
        page = f"/admin/registry/{name}/"
        found = ratio(lambda page=page: client.get(page), lambda query=query: plain(query))
        print(f"the list of {name}s: {found:.0f} times a plain SELECT of its rows")


def seconds(client, page):
    if page.endswith("=last"):
        number = Appointment.objects.count() // 50
        page = page.replace("last", str(number))
    spent = []
    for _ in range(TURNS):
        start = perf_counter()
        assert client.get(page).status_code == 200
        spent.append(perf_counter() - start)
    return median(spent)


def plain(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()
