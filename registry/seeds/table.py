"""What a file of seeds is: its model, its columns, and what a row is known by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from django.db import models
from django.db.models import F
from django.utils.translation import gettext as _

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


def term_in_order(values: dict[str, Any], say: Say) -> None:
    first, last = values.get("start_earliest"), values.get("end_latest")
    if first and last and last <= first:
        say("end", _("The end is not after the start. It is the first day out of office."))


def span_in_order(values: dict[str, Any], say: Say) -> None:
    start, end = values.get("start"), values.get("end")
    if start and end and end <= start:
        say("end", _("The end is not after the start. It is the first day it no longer holds."))


def one_number_of_seats(values: dict[str, Any], say: Say) -> None:
    span_in_order(values, say)
    number, each = values.get("seats"), values.get("seats_per_territory")
    if number is not None and each is not None:
        say("seats_per_territory", _("Give seats or seats for each territory, not both."))
    if values.get("unlimited") and (number is not None or each is not None):
        say("unlimited", _("Unlimited seats have no number."))
    if each is not None and not values.get("territory_kinds"):
        say("territory_kinds", _("Seats for each territory need the kinds of territory."))


def two_institutions(values: dict[str, Any], say: Say) -> None:
    before, after = values.get("predecessor"), values.get("successor")
    if before and after and before.key == after.key:
        say("successor", _("An institution cannot follow itself."))
