"""A million appointments in an invented state: who held each seat since 1990.

One seed, so that the people are the same on every machine. Members changed about ten times, and
on any day there are some irregularities of every kind.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection, models

from registry.models import (
    Affiliation,
    Appointment,
    Citation,
    Convocation,
    DesignationStep,
    Party,
    Person,
    Source,
    Territory,
)
from tests.benchmarks.state import BEGINNING, TERM, Body, Seat
from tests.factories import PartyFactory, SourceFactory, TerritoryFactory

LAST_RECORD = date(2026, 11, 1)
CITED = date(2020, 1, 1)  # nobody recorded sources of those who had left before
ONE_IN = 3_000  # terms, how often each fault is made

Days = tuple[date, date | None]  # the first day in office and the first day out of it

# What is written of each row; every other column holds its default.
COLUMNS: dict[type[models.Model], str] = {
    Person: "id uid name sort_name birth_earliest birth_latest slug sort_key search_key",
    Appointment: "id institution_id person_id group_id territory_id convocation_id start_earliest"
    " start_latest has_ended end_earliest end_latest start_inherited end_inherited renewal_class_id"
    " serves_rest_of_id",
    Affiliation: "appointment_id party_id",
    DesignationStep: "appointment_id kind day_earliest day_latest",
    Citation: "source_id appointment_id",
}


@dataclass(slots=True)
class Roster:
    """Writes body after body, a statement for each kind of row, past history and `save`."""

    random: Random = field(default_factory=lambda: Random(1990))
    people: int = 0
    neighbours: list[int] = field(default_factory=list)  # who sits in the body before
    appointments: int = 0
    rows: dict[type[models.Model], list[tuple[Any, ...]]] = field(default_factory=dict)
    parties: list[Party] = field(default_factory=lambda: PartyFactory.create_batch(6))
    source: Source = field(default_factory=SourceFactory)
    # No seat is filled by a district.
    district: Territory = field(
        default_factory=lambda: TerritoryFactory(status__kind__slug="district")
    )

    def fill(self, body: Body) -> None:
        """Give every seat its holders, from the first to those of the last record."""
        self.rows = {model: [] for model in COLUMNS}
        known = self.people
        for number, seat in enumerate(body.seats):
            holder = None
            for days, convocation in self._terms(body):
                if holder is None or self._happens(0.6):
                    holder = self._somebody(days[0])
                self._seat(body, seat, holder, days, convocation)
                if number == 0:
                    left = None if self._happens(0.002) else days[1]  # else two chairs from then on
                    self._appoint(body, Seat(body.chair.pk), holder, (days[0], left))
        for model, rows in self.rows.items():
            insert(model, COLUMNS[model].split(), rows)
        self.neighbours = list(range(known + 1, self.people + 1))
        self.random.shuffle(self.neighbours)

    def _happens(self, probability: float) -> bool:
        return self.random.random() < probability

    def _days(self, most: int) -> timedelta:
        return timedelta(days=self.random.randint(1, most))

    def _terms(self, body: Body) -> Iterator[tuple[Days, Convocation | None]]:
        """The days of each holder of a seat; one seat in ten stays empty for a while after."""
        if not body.convocations:
            last = body.institution.end_earliest or LAST_RECORD
            start = BEGINNING + self._days(TERM.days)
            while start < last:
                end = start + TERM / 2 + self._days(TERM.days)
                yield (start, end if end <= LAST_RECORD else None), None
                start = end + self._days(120) if self._happens(0.1) else end
        for convocation in body.convocations:
            start, end = convocation.start_earliest, convocation.end_earliest
            if start is None or start > LAST_RECORD:
                return
            if self._happens(0.05):
                left = start + TERM / 4 + self._days(TERM.days // 2)
                yield (start, left), convocation
                start = left + self._days(120)
            yield (start, end), convocation

    def _somebody(self, start: date) -> int:
        """A new person of thirty to fifty, or one time in a hundred one of the body before."""
        if self.neighbours and self._happens(0.01):
            return self.neighbours.pop()
        self.people += 1
        family = f"Abenova {self.random.randrange(10**6)}"
        age = self.random.randint(30, 50) if self.random.randrange(ONE_IN) else 20
        born = date(start.year - age, 6, 1).isoformat()
        self.rows[Person].append(
            (
                self.people,
                UUID(int=self.people).hex,
                json.dumps({"en": f"Dinara {family}"}),
                json.dumps({"en": f"{family}, Dinara"}),
                born,
                born,
                "dinara-abenova",
                f"{family}, dinara".casefold(),
                f"dinara {family}".casefold(),
            )
        )
        return self.people

    def _seat(
        self, body: Body, seat: Seat, person: int, days: Days, convocation: Convocation | None
    ) -> None:
        """Record a term as it was, or with one of the faults that real rosters have."""
        start, end = days
        match self.random.randrange(ONE_IN):
            case 0:  # somebody else beside
                self._appoint(body, seat, self._somebody(start), days, convocation)
            case 1:  # the same person beside
                again = start + timedelta(days=1)
                self._appoint(body, seat, person, (again, end), convocation)
            case 2:  # nobody recorded that it ended
                end = None
            case 3 | 4 | 5 | 6 if body.appointed:  # nobody recorded by which rule
                seat = seat._replace(group=None)
            case 7 | 8 | 9 if seat.territory:
                seat = seat._replace(territory=None)
            case 10 | 11 | 12 if seat.territory:
                seat = seat._replace(territory=self.district.pk)
            case 13 | 14 | 15 if seat.renewal_class:
                seat = seat._replace(renewal_class=self.random.choice(body.classes).pk)
        self._appoint(body, seat, person, (start, end), convocation)

    def _appoint(
        self,
        body: Body,
        seat: Seat,
        person: int,
        days: Days,
        convocation: Convocation | None = None,
    ) -> None:
        start, end = days
        to_the_month = convocation is None and self._happens(0.01)
        first = start.replace(day=1) if to_the_month else start
        self.appointments += 1
        self.rows[Appointment].append(
            (
                self.appointments,
                body.institution.pk,
                person,
                seat.group,
                seat.territory,
                convocation.pk if convocation else None,
                first.isoformat(),
                start.isoformat(),
                end is not None,
                end.isoformat() if end else None,
                end.isoformat() if end else None,
                convocation is not None and start == convocation.start_earliest,
                convocation is not None and end == convocation.end_earliest,
                seat.renewal_class,
                # Whoever comes in later completes the term of the row before.
                self.appointments - 1
                if convocation and start != convocation.start_earliest
                else None,
            )
        )
        if convocation:
            self.rows[Affiliation].append((self.appointments, self.random.choice(self.parties).pk))
        if body.appointed and seat.group == body.appointed.pk and self.random.randrange(ONE_IN):
            step = (self.appointments, "appointed", first.isoformat(), start.isoformat())
            self.rows[DesignationStep].append(step)
        if (end is None or end > CITED) and self.random.randrange(ONE_IN):
            self.rows[Citation].append((self.source.pk, self.appointments))


def insert(
    model: type[models.Model], given: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Write rows in one go; a column that is not given holds the default of its field."""
    others = {
        each.column: each.get_default()
        for each in model._meta.concrete_fields
        if each.column not in given and not each.primary_key
    }
    rest = tuple(json.dumps(v) if isinstance(v, dict | list) else v for v in others.values())
    columns = ", ".join(f'"{column}"' for column in [*given, *others])
    into = f'"{model._meta.db_table}" ({columns})'
    if not rows:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # where inserts take twice the time
            with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row + rest)
        else:
            places = ", ".join(["%s"] * (len(given) + len(rest)))
            cursor.executemany(f"INSERT INTO {into} VALUES ({places})", [r + rest for r in rows])
