"""What importing a roster of new people costs over a bare insert of the rows that it wrote.

The floor is what no program could do without: the same rows into the same tables, with their
constraints and indexes, by `executemany` on SQLite and COPY on PostgreSQL. Ours reads the file,
matches, plans, checks the composition before and after, and keeps the run, every version, and
the words that people are found by. Both run in turns in one process and are taken back, so that a
busy machine slows them alike; the median of the turns counts.

Beside it stands django-import-export as it comes: the same facts by its `ModelResource`s.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from random import Random
from statistics import median
from threading import Event
from time import perf_counter

import pytest
from django.apps import apps
from django.db import connection, connections, transaction
from import_export.resources import modelresource_factory
from tablib import Dataset

from registry.domain.dates import PartialDate
from registry.models import (
    Affiliation,
    Appointment,
    Citation,
    Institution,
    Person,
    PersonIdentifier,
)
from registry.rosters.imports import Imported, Order, import_roster
from tests.benchmarks.bench_search import invented
from tests.benchmarks.server import served, status
from tests.factories import (
    ConvocationFactory,
    InstitutionFactory,
    PartyFactory,
    SeatGroupFactory,
    SeatRuleFactory,
    SourceFactory,
)

ROWS = 20_000
MANY = 200_000
SLOW = 200  # rows for the library, one after the other
TURNS = 3
ORDER = Order(on=date(2026, 11, 22), convocation=5)
DAYS = ("start_earliest", "start_latest", "has_ended", "end_earliest", "end_latest")
COLUMNS = "identifiers,name_kk,sort_name_kk,birth,party,party_name,convocation,start,end"


def found_chamber() -> Institution:
    chamber = InstitutionFactory(slug="chamber")
    SeatRuleFactory(group=SeatGroupFactory(institution=chamber), seats=107)
    days = PartialDate.parse("2012-01-20"), PartialDate.parse("2016-01-20")
    ConvocationFactory(institution=chamber, number=5, start=days[0], end=days[1])
    return chamber


def roster(rows: int, *, in_turn: bool = False) -> bytes:
    """A file of so many people of as many names as a country has.

    They sit together, or `in_turn`: a composition holds everybody who sits on its day.
    """
    random = Random(2026)
    families = sorted({invented(random, 3) + "ов" for _ in range(5_000)})
    given = sorted({invented(random, 2) for _ in range(400)})
    lines = (
        f"local:{n},{first} {family},{family} {first},19{50 + n % 40},p{n % 7},Party {n % 7},5,"
        + (days(n) if in_turn else ",")
        for n in range(rows)
        for family, first in [(random.choice(families), random.choice(given))]
    )
    return "\n".join([COLUMNS, *lines, ""]).encode()


def days(n: int) -> str:
    """A month of the convocation's time, each begun by as many."""
    month = n % 40
    start, end = (f"{2012 + each // 12}-{each % 12 + 1:02}-25" for each in (month, month + 1))
    return f"{start},{end}"


def imported(chamber: Institution, data: bytes) -> Imported:
    return import_roster(chamber, data, "roster.csv", ORDER)


@pytest.mark.django_db
def test_importing_over_a_bare_insert_and_over_the_library():
    chamber, data = found_chamber(), roster(ROWS)
    before = {model: newest(model) for model in tables()}
    with transaction.atomic():
        imported(chamber, data)
        written = {model: rows_after(model, pk) for model, pk in before.items()}
        transaction.set_rollback(True)
    number = sum(map(len, written.values()))
    spent: dict[str, list[float]] = {"ours": [], "floor": [], "library": []}
    for _ in range(TURNS):
        spent["floor"].append(seconds(lambda: insert(written)))
        spent["ours"].append(seconds(lambda: imported(chamber, data)))
        spent["library"].append(seconds(lambda: by_the_library(chamber)))
    floor, ours, library = (median(spent[name]) for name in ("floor", "ours", "library"))
    print(
        f"\n{ROWS:,} new rows, {number:,} rows in all tables: {ours:.1f} s, "
        f"{ours / floor:.1f} times a bare insert ({floor:.1f} s), and "
        f"{(library / SLOW) / (ours / ROWS):.0f} times the rate of django-import-export "
        f"({SLOW / library:.0f} rows a second)"
    )

    imported(chamber, data)
    before = {model: newest(model) for model in tables()}
    start = perf_counter()
    imported(chamber, data)
    unchanged = perf_counter() - start
    more = sum(len(rows_after(model, pk)) for model, pk in before.items())
    print(f"the same file again: {unchanged:.1f} s, {more} rows written in any table")


def tables() -> list[type]:
    return list(apps.get_app_config("registry").get_models(include_auto_created=True))


def newest(model: type) -> int:
    return model.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def rows_after(model: type, pk: int) -> list[tuple]:
    """The rows as the database itself holds them."""
    with connection.cursor() as cursor:
        table, key = model._meta.db_table, model._meta.pk.column
        cursor.execute(f"SELECT * FROM {table} WHERE {key} > {pk}")
        return cursor.fetchall()


def seconds(work) -> float:
    """How long something takes, with its foreign keys looked at, until it is taken back."""
    with transaction.atomic():
        start = perf_counter()
        work()
        if connection.vendor == "postgresql":
            connection.check_constraints()
        spent = perf_counter() - start
        transaction.set_rollback(True)
    return spent


def insert(written: dict[type, list[tuple]]) -> None:
    with connection.cursor() as wrapped:
        cursor = wrapped.cursor
        for model, rows in written.items():
            table = model._meta.db_table
            if rows and connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
            elif rows:
                places = ", ".join("?" for _ in rows[0])
                raw = connection.connection.cursor()
                raw.executemany(f"INSERT INTO {table} VALUES ({places})", rows)


def by_the_library(chamber: Institution) -> None:
    """The same facts of a few rows, table by table, for the library knows one model at a time."""
    source, party = SourceFactory(), PartyFactory()
    names = (json.dumps({"kk": f"Асқар Әбенов {n}"}) for n in range(SLOW))
    born = ("1970-01-01", "1970-12-31")
    headers = ("name", "sort_name", "birth_earliest", "birth_latest")
    take(Person, headers, ((name, name, *born) for name in names))
    people = list(Person.objects.order_by("-pk").values_list("pk", flat=True)[:SLOW])
    take(
        PersonIdentifier,
        ("person", "scheme", "value"),
        ((pk, "library", str(pk)) for pk in people),
    )
    convocation = chamber.convocations.get().pk
    days = ("2012-01-20", "2012-01-20", 1, "2016-01-20", "2016-01-20")
    take(
        Appointment,
        ("institution", "person", "convocation", "start_inherited", "end_inherited", *DAYS),
        ((chamber.pk, pk, convocation, 1, 1, *days) for pk in people),
    )
    seats = list(Appointment.objects.order_by("-pk").values_list("pk", flat=True)[:SLOW])
    take(Affiliation, ("appointment", "party"), ((pk, party.pk) for pk in seats))
    take(Citation, ("source", "place", "person"), ((source.pk, "line 1", pk) for pk in people))
    take(Citation, ("source", "place", "appointment"), ((source.pk, "line 1", pk) for pk in seats))


def take(model: type, headers: tuple[str, ...], rows: Iterator[tuple]) -> None:
    resource = modelresource_factory(model)()
    dataset = Dataset(*(("", *row) for row in rows), headers=("id", *headers))
    result = resource.import_data(dataset, raise_errors=True)
    assert result.totals["new"] == SLOW


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="Linux tells the peak")
@pytest.mark.django_db(transaction=True)
def test_the_memory_that_many_rows_take():
    found_chamber()
    data = roster(MANY, in_turn=True)
    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            chamber = Institution.objects.get()
            Path("/proc/self/clear_refs").write_text("5")
            idle, start = peak(), perf_counter()
            imported(chamber, data)
            os.write(writing, f"{peak() - idle:.0f} {perf_counter() - start:.0f}".encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        memory, spent = told.read().split()
    os.waitpid(child, 0)
    print(f"\n{MANY:,} new rows: {memory} MB above idle, the file in it, in {spent} s")


def peak() -> float:
    """The most memory that this process has had, in millions of bytes."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


@pytest.mark.django_db(transaction=True)
def test_pages_answer_while_an_import_is_written():
    chamber, data = found_chamber(), roster(ROWS)
    over = Event()
    with served(workers=1, threads=2) as port, ThreadPoolExecutor(1) as visitors:
        page = f"http://127.0.0.1:{port}/en/institutions/?on=2014-06-01"
        asked = visitors.submit(lambda: list(visits(page, over)))
        imported(chamber, data)
        over.set()
        answers = asked.result()
    errors = sum(status != 200 for status, _spent in answers)
    slowest = max(spent for _status, spent in answers)
    print(
        f"\n{len(answers)} pages while {ROWS:,} rows were written: {errors} errors, "
        f"the slowest {slowest:.2f} s"
    )
    assert not errors


def visits(page: str, over: Event) -> Iterator[tuple[int, float]]:
    while not over.is_set():
        start = perf_counter()
        yield status(page), perf_counter() - start
