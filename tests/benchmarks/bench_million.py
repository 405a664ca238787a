"""What all findings of a day cost over a million appointments, and those of one institution.

An institution is measured as a list of all findings needs it, and as its own page shows it: with
the days on which each finding holds, for which its whole life is composed.

The floor is what no program could do without: two window queries over the same rows, one for
overlapping terms and one for how many held the seats of a group. All run in turns in one process,
so that a busy machine slows them alike; the median of the turns counts. Recording the people
takes a minute, the whole two or three.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from statistics import median
from time import perf_counter

import pytest
from django.db import connection, transaction

from registry.domain.checks import judge
from registry.models import Institution
from registry.snapshots import compositions_on, findings_of, review_of
from tests.benchmarks.million import Roster
from tests.benchmarks.state import found_bodies

TURNS = 3
DAY = date(2026, 6, 1)

OVERLAPS = """
    SELECT person_id, institution_id, start_earliest
    FROM (
        SELECT person_id, institution_id, start_earliest,
               LAG(id) OVER terms AS former, LAG(end_latest) OVER terms AS former_end
        FROM registry_appointment
        WINDOW terms AS (PARTITION BY person_id, institution_id ORDER BY start_earliest)
    ) AS successive
    WHERE former IS NOT NULL AND (former_end IS NULL OR former_end > start_earliest)
"""
OCCUPANCY = """
    SELECT institution_id, group_id, MAX(held)
    FROM (
        SELECT institution_id, group_id,
               SUM(step) OVER (PARTITION BY institution_id, group_id ORDER BY day) AS held
        FROM (
            SELECT institution_id, group_id, start_earliest AS day, 1 AS step
            FROM registry_appointment
            UNION ALL
            SELECT institution_id, group_id, end_latest, -1
            FROM registry_appointment
            WHERE end_latest IS NOT NULL
        ) AS changes
    ) AS occupancy
    GROUP BY institution_id, group_id
"""


# Recorded for good and not in a transaction that is undone: a server's housekeeping sees the rows.
@pytest.mark.django_db(transaction=True)
def test_a_million_appointments():
    start = perf_counter()
    roster = record_a_million()
    keep_house()
    print(f"\n{roster.appointments:,} appointments in {perf_counter() - start:.0f} seconds")
    institutions = list(Institution.objects.order_by("pk"))
    some = institutions[::77]

    spent = in_turns(
        floor=window_queries,
        everything=lambda: [judge(each) for _, each in compositions_on(DAY, institutions)],
        one=lambda: [findings_of(each, on=DAY) for each in some],
        page=lambda: [review_of(each, on=DAY) for each in some],
    )
    spent["one"] /= len(some)
    spent["page"] /= len(some)
    seconds = ", ".join(f"{name} {each:.3f} s" for name, each in spent.items())
    print(seconds)
    print(f"all findings of {DAY}: {spent['everything'] / spent['floor']:.2f} times two windows")
    print(f"those of one institution: 1/{spent['everything'] / spent['one']:.0f} of all")
    print(f"with the days of each: 1/{spent['everything'] / spent['page']:.0f} of all")


@transaction.atomic
def record_a_million() -> Roster:
    roster = Roster()
    for body in found_bodies():
        roster.fill(body)
    return roster


def keep_house() -> None:
    """What a server does by itself, only later."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def window_queries() -> None:
    with connection.cursor() as cursor:
        for query in (OVERLAPS, OCCUPANCY):
            cursor.execute(query)
            cursor.fetchall()


def in_turns(**works: Callable[[], object]) -> dict[str, float]:
    """The median seconds of each work."""
    spent: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(TURNS):
        for name, work in works.items():
            start = perf_counter()
            work()
            spent[name].append(perf_counter() - start)
    return {name: median(each) for name, each in spent.items()}
