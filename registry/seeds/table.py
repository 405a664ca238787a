"""What a file of seeds is: its model, its columns, and what a row is known by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from django.db import models
from django.db.models import F

from registry.seeds.columns import Cell, Column, Key, Say, texted

# Persons are known by a key of the seeds' own, never by a name: two may share one.
SCHEME = "seed"

Check = Callable[[dict[str, Any], Say], None]


@dataclass(frozen=True)
class Table:
    """One file, one model.

    `key` are the columns that a row is known by, `known_as` the same in a stored record, as
    attributes. `cited` names the citation's link when rows have the columns source and place.
    """

    name: str
    model: type[models.Model]
    key: tuple[str, ...]
    known_as: tuple[str, ...]
    columns: tuple[Column, ...]
    cited: str = ""
    check: Check | None = None
    records: Callable[[], models.QuerySet] | None = None
    identified_by: type[models.Model] | None = None
    also_read: tuple[Column, ...] = field(default=(Cell("confidence"), Cell("note")))

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    @property
    def all_columns(self) -> tuple[Column, ...]:
        return self.columns + self.also_read

    @property
    def headers(self) -> tuple[str, ...]:
        named = [header for column in self.all_columns for header in column.headers()]
        return (*named, "source", "place") if self.cited else tuple(named)

    @property
    def key_attributes(self) -> tuple[str, ...]:
        """What a record of the history is known by, as far as the record itself says it."""
        columns = {column.header: column for column in self.columns}
        return tuple(name for header in self.key for name in columns[header].key_attributes())

    def stored(self) -> dict[Key, models.Model]:
        """All records that could be meant by a row, by key."""
        rows = self.records() if self.records else self.model._default_manager.all()
        links = {path.rpartition(".")[0].replace(".", "__") for path in self.known_as}
        found = {}
        for record in rows.select_related(*filter(None, links)):
            key = tuple(texted(_follow(record, path)) for path in self.known_as)
            found[key] = record
        return found


def _follow(record: models.Model, path: str) -> Any:
    return reduce(lambda here, name: here and getattr(here, name), path.split("."), record)


def of_persons(rows: models.QuerySet, path: str = "person") -> models.QuerySet:
    """Rows of persons that the seeds know, each with the person's key."""
    at = f"{path}__" if path else ""
    return rows.filter(**{f"{at}identifiers__scheme": SCHEME}).annotate(
        person_key=F(f"{at}identifiers__value")
    )
