"""How a cell names a record of another file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from registry.seeds.columns import Cells, Column, Key, Say, listed, same_date

# Names a record that has no start, where an empty cell would name none.
OPEN = "open"


@dataclass(frozen=True, slots=True)
class Ref:
    """A record named by its key in another table; `header` is the cell to blame.

    One that is only a `part` helps to name another record and is no attribute itself.
    """

    table: str
    key: Key
    header: str
    part: bool = False


@dataclass(frozen=True)
class To(Column):
    """A record of another table, by its key; `scope` are the cells that come before in it."""

    table: str = ""
    scope: tuple[str, ...] = ()

    def read(self, cells: Cells, model: type[models.Model], say: Say) -> dict[str, Any]:
        if not cells[self.header]:
            return {self.header: None}
        before = tuple(cells.get(header, "") for header in self.scope)
        return {self.header: Ref(self.table, (*before, cells[self.header]), self.header)}

    def key_attributes(self) -> tuple[str, ...]:
        return (f"{self.header}_id",)


@dataclass(frozen=True)
class ToDated(Column):
    """A record known by its start among others: a seat rule, the appointment of a person.

    `parts` are the cells that come before the start in its key, "" where the key is empty.
    `open` names a record without a start; an empty cell does so only where a row always leads
    to one, and else it names none.
    """

    table: str = ""
    parts: tuple[str, ...] = ()
    attribute: str = ""
    always: bool = False

    @property
    def needed(self) -> bool:
        return self.always

    def read(self, cells: Cells, model: type[models.Model], say: Say) -> dict[str, Any]:
        if not cells[self.header] and not self.always:
            return {self.attribute: None}
        before = tuple(cells.get(part, "") for part in self.parts)
        key = (*before, self.key_text(cells, model))
        return {self.attribute: Ref(self.table, key, self.header)}

    def key_text(self, cells: Cells, model: type[models.Model]) -> str:
        text = cells.get(self.header, "")
        return "" if text.lower() == OPEN else same_date(text)

    def key_attributes(self) -> tuple[str, ...]:
        return (f"{self.attribute}_id",)


def part_of_key(header: str) -> str:
    """Where the values of a row keep what is no attribute of its own."""
    return f"part {header}"


@dataclass(frozen=True)
class Part(Column):
    """A record that only helps to name another one, as an institution does its seat group."""

    table: str = ""
    scope: tuple[str, ...] = ()

    def read(self, cells: Cells, model: type[models.Model], say: Say) -> dict[str, Any]:
        if not cells[self.header]:
            return {}
        before = tuple(cells.get(header, "") for header in self.scope)
        key = (*before, cells[self.header])
        return {part_of_key(self.header): Ref(self.table, key, self.header, part=True)}


@dataclass(frozen=True)
class ToMany(Column):
    """Several records of another table in one cell, parted by semicolons."""

    table: str = ""

    def read(self, cells: Cells, model: type[models.Model], say: Say) -> dict[str, Any]:
        keys = listed(cells[self.header])
        return {self.header: [Ref(self.table, (key,), self.header) for key in keys]}


def read_citations(cells: Cells, say: Say) -> list[tuple[Ref, str]]:
    """The sources of a row, each with a place in it; one place may serve them all."""
    sources = listed(cells.get("source", ""))
    places = [part.strip() for part in cells.get("place", "").split(";")]
    if len(places) == 1:
        places = places * len(sources)
        if cells.get("place") and not sources:
            say("place", _("There is a place, but no source."))
    elif len(places) != len(sources):
        say(
            "place",
            _("There are %(places)d places for %(sources)d sources. Give one for all, or one each.")
            % {"places": len(places), "sources": len(sources)},
        )
        return []
    for place in places:
        if len(place) > 200:
            say("place", _("A place is longer than 200 characters."))
    refs: Iterable[Ref] = (Ref("sources", (slug,), "source") for slug in sources)
    return list(dict.fromkeys(zip(refs, places, strict=True)))
