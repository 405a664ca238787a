"""A Popolo file: its records by list and id, and nothing yet of what they mean."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from registry.rosters.faults import Code, Fault, Refused
from registry.rosters.reading.gathering import MOST

OWN = "institutions-registry"
LISTS = ("persons", "organizations", "memberships", "areas", "events", "posts")

VALUES = 2_000_000

Record = Mapping[str, Any]


class Document:
    """A Popolo file: its records by list and id. Raises `Refused` if it is none."""

    def __init__(self, data: Any) -> None:
        if not isinstance(data, dict):
            raise Refused([Fault(Code.NOT_AN_OBJECT)])
        self.lists: dict[str, list[Record]] = {}
        for name in LISTS:
            found = data.get(name)
            if found is None and name not in LISTS[:3]:
                found = []
            if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
                raise Refused([Fault(Code.NOT_POPOLO, None, name)])
            self.lists[name] = found
        self.by_id = {name: _by_id(name, records) for name, records in self.lists.items()}
        meta = data.get("meta")
        self.own = isinstance(meta, dict) and meta.get("generator") == OWN
        if not self.lists["memberships"] and not self.own:
            raise Refused([Fault(Code.NO_MEMBERSHIPS)])


def _by_id(where: str, records: list[Record]) -> dict[str, Record]:
    """The records by their ids. Raises `Refused` where two that differ have one."""
    found: dict[str, Record] = {}
    twice: dict[str, Fault] = {}
    for record in records:
        key = id_of(record)
        if key and key in found and found[key] != record:
            twice[key] = Fault(Code.RECORD_TWICE, None, "id", key, {"where": where})
        elif key:
            found[key] = record
    if twice and where != "memberships":
        raise Refused(list(twice.values())[:MOST])
    return found


def parsed(text: str) -> Any:
    """What the text of a JSON file says. Raises `Refused` if it is none, or far too much."""
    # Each value takes some hundred bytes, however short it stands in the file.
    if text.count(",") + text.count("[") + text.count("{") > VALUES:
        raise Refused([Fault(Code.TOO_MANY_VALUES, details={"limit": VALUES})])
    try:
        return json.loads(text)
    except json.JSONDecodeError as problem:
        shown = text[problem.pos : problem.pos + 40]
        raise Refused([Fault(Code.NOT_JSON, problem.lineno, value=shown)]) from problem
    except (ValueError, RecursionError) as problem:
        raise Refused([Fault(Code.NOT_JSON)]) from problem


def id_of(record: Record) -> str:
    """The id as text; empty if there is none that can be one."""
    value = record.get("id")
    return str(value) if isinstance(value, str | int) else ""


def objects(value: Any) -> list[Record]:
    """The objects of a list, and nothing else that may stand in its place."""
    if not isinstance(value, list):
        return []
    return [each for each in value if isinstance(each, dict)]
