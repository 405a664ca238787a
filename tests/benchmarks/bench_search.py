"""What finding a name among 100,000 people costs over the plainest way: LIKE over all names.

The plain way knows one script and forgives nothing. `./run bench` prints ratios; both sides run
in turns in one process, so that a busy machine slows them alike; the median of the turns counts.
"""

from __future__ import annotations

from itertools import islice
from random import Random
from time import perf_counter

import pytest
from django.db import connection

from registry.models import Person
from registry.models.naming import latin
from tests.benchmarks.bench_composition import ratio

PEOPLE = 100_000
SHOWN = 10
PLAIN = "SELECT id FROM registry_person WHERE search_key LIKE %s LIMIT 10"
# Syllables of Kazakh names.
SYLLABLES = (
    *("ба", "бек", "бол", "ал", "ай", "ақ", "ас", "ер", "жан", "қай"),
    *("қа", "мар", "нұр", "ра", "са", "сер", "тай", "тө", "ғали", "ұлан"),
)


# Recorded for good and not in a transaction that is undone: a server's housekeeping sees the rows.
@pytest.mark.django_db(transaction=True)
def test_finding_a_name_over_a_plain_scan():
    start = perf_counter()
    random = Random(2026)
    families = sorted({invented(random, 3) + "ов" for _ in range(5_000)})
    given = sorted({invented(random, 2) for _ in range(400)})
    names = ((random.choice(families), random.choice(given)) for _ in range(PEOPLE))
    while some := list(islice(names, 2_000)):
        Person.objects.bulk_create(
            Person(name={"kk": f"{first} {family}"}, sort_name={"kk": f"{family}, {first}"})
            for family, first in some
        )
    if connection.vendor == "postgresql":  # what a server does by itself, only later
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    print(f"\n{PEOPLE:,} people in {perf_counter() - start:.0f} seconds")

    family, first = families[len(families) // 2], given[len(given) // 2]
    slipped = family[:3] + family[4] + family[3] + family[5:]
    for asked, typed in {
        "a family name in another script": latin(family),
        "with one typing error": slipped,
        "a common given name": first,
        "a beginning of many": family[:3],
        "nobody": "Ъъъъъъъъ",
    }.items():
        found = ratio(lambda typed=typed: search(typed), lambda: scan(family))
        print(f"{asked}: {found:.2f} times a plain scan, {Person.objects.called(typed).count()}")


def invented(random: Random, syllables: int) -> str:
    return "".join(random.choices(SYLLABLES, k=syllables)).capitalize()


def search(typed: str) -> list[Person]:
    return list(Person.objects.called(typed).in_alphabetical_order("kk")[:SHOWN])


def scan(name: str) -> list[tuple]:
    with connection.cursor() as cursor:
        # A name that nobody has: the scan may not stop at the first ten.
        cursor.execute(PLAIN, [f"%{name.casefold()}x%"])
        return cursor.fetchall()
