"""Many rows into a table at once, in the way that each database is fastest at.

Everything here is written for SQLite and PostgreSQL side by side; the constraints and indexes
of the tables stay as they are.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import DateField, DateTimeField, Field, JSONField, Model, UUIDField

Row = Sequence[Any]


def json_text(value: Any) -> str:
    """A value as JSON; most are empty, and the encoder takes its time to begin."""
    return "[]" if value == [] else "{}" if value == {} else json.dumps(value)


def writer() -> Writer:
    """The writer for the database at hand."""
    return {"sqlite": SQLite, "postgresql": PostgreSQL}[connection.vendor]()


class Writer(ABC):
    """Writes within the transaction of its caller."""

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """Run one statement; how many rows it wrote."""
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.rowcount

    def read(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall()

    def each(self, sql: str, rows: Iterable[Row]) -> None:
        """Run one statement for each row of parameters."""
        with connection.cursor() as cursor:
            cursor.executemany(sql, rows)

    @abstractmethod
    def reserve(self, model: type[Model], number: int) -> Sequence[int]:
        """Primary keys that nobody else will get."""

    @abstractmethod
    def insert(self, model: type[Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
        """Insert rows, their values made by `prepared`."""

    @abstractmethod
    def add(self, model: type[Model], columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Insert rows of texts that may be there already."""

    @abstractmethod
    def measure(self, models: Iterable[type[Model]]) -> None:
        """Let the database look at tables that have grown by much, before it is asked again."""

    @abstractmethod
    def among(self, column: str, values: Iterable[Any]) -> tuple[str, list[Any]]:
        """The condition that a column has one of many values, and its parameters."""

    @abstractmethod
    def prepared(self, field: Field) -> Callable[[Any], Any] | None:
        """What makes a value of a field ready for `insert`; `None` if it is as it stands."""


class SQLite(Writer):
    """One prepared statement for all rows; whoever writes is alone until the end."""

    def reserve(self, model: type[Model], number: int) -> Sequence[int]:
        table = model._meta.db_table
        found = self.read("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        first = found[0][0] + 1 if found else 1
        return range(first, first + number)

    def insert(self, model: type[Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
        self.each(_insert(model, columns), rows)

    def add(self, model: type[Model], columns: Sequence[str], rows: Sequence[Row]) -> None:
        self.each(f"{_insert(model, columns)} ON CONFLICT DO NOTHING", rows)

    def measure(self, models: Iterable[type[Model]]) -> None:
        pass  # It goes by the indexes there are, and counts no rows.

    def among(self, column: str, values: Iterable[Any]) -> tuple[str, list[Any]]:
        # One parameter for all: it takes no more than some thousands.
        return f"{column} IN (SELECT value FROM json_each(%s))", [json.dumps(list(values))]

    def prepared(self, field: Field) -> Callable[[Any], Any] | None:
        match field:
            case JSONField():
                return json_text
            case UUIDField():
                return lambda value: value.hex
            case DateTimeField():  # a child of the next
                return lambda value: value and field.get_db_prep_value(value, connection)
            case DateField():
                return lambda value: value and value.isoformat()
        return None


class PostgreSQL(Writer):
    """COPY, which takes rows faster than any statement."""

    def reserve(self, model: type[Model], number: int) -> Sequence[int]:
        pk = model._meta.pk.column
        return [
            key
            for (key,) in self.read(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [model._meta.db_table, pk, number],
            )
        ]

    def insert(self, model: type[Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
        into = f"{_quoted(model._meta.db_table)} ({_listed(columns)})"
        with connection.cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    def add(self, model: type[Model], columns: Sequence[str], rows: Sequence[Row]) -> None:
        into = f"{_quoted(model._meta.db_table)} ({_listed(columns)})"
        lists = ", ".join("%s::text[]" for _ in columns)
        self.execute(
            f"INSERT INTO {into} SELECT * FROM unnest({lists}) ON CONFLICT DO NOTHING",
            [list(values) for values in zip(*rows, strict=True)],
        )

    def measure(self, models: Iterable[type[Model]]) -> None:
        # It does so by itself, but only a while after they are committed.
        self.execute(f"ANALYZE {_listed(model._meta.db_table for model in models)}")

    def among(self, column: str, values: Iterable[Any]) -> tuple[str, list[Any]]:
        return f"{column} = ANY(%s)", [list(values)]

    def prepared(self, field: Field) -> Callable[[Any], Any] | None:
        return json_text if isinstance(field, JSONField) else None


def _insert(model: type[Model], columns: Sequence[str]) -> str:
    places = ", ".join("%s" for _ in columns)
    return f"INSERT INTO {_quoted(model._meta.db_table)} ({_listed(columns)}) VALUES ({places})"


def _listed(columns: Iterable[str]) -> str:
    return ", ".join(map(_quoted, columns))


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
