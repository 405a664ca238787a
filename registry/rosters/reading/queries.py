"""The two kinds of JSON that Wikidata's query service answers with, as lines of cells."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from registry.rosters.reading.tables import Record


def records_of(data: Any) -> Iterator[Record] | None:
    """A header and a line for each answer, numbered from 1; `None` if it is no such JSON."""
    if isinstance(data, list) and data and all(isinstance(each, dict) for each in data):
        return _records(list(dict.fromkeys(key for each in data for key in each)), data)
    match data:
        case {"head": {"vars": list(names)}, "results": {"bindings": list(answers)}}:
            if all(isinstance(each, dict) for each in answers):
                return _records([str(name) for name in names], answers)
    return None


def _records(names: list[str], answers: list[dict[str, Any]]) -> Iterator[Record]:
    yield 0, names
    for number, answer in enumerate(answers, start=1):
        yield number, [_text(answer.get(name)) for name in names]


def _text(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("value")
    match value:
        case None:
            return ""
        case str():
            return value
    return json.dumps(value)
