"""Whether the history of every record says what is recorded."""

from __future__ import annotations

from typing import Any

from registry.models.history import recorded_models


def untold() -> list[tuple[str, Any]]:
    """Records, by model and number, of which the newest version says otherwise, or nothing."""
    found = []
    for model in recorded_models():
        names = [field.attname for field in model.history.model.tracked_fields]
        rows = {row["id"]: row for row in model._base_manager.values(*names)}
        newest: dict[int, tuple[str, dict[str, Any]]] = {}
        versions = model.history.order_by("history_id").values("history_type", *names)
        for version in versions.iterator():
            newest[version["id"]] = version.pop("history_type"), version
        for pk in rows.keys() | newest.keys():
            kind, version = newest.get(pk, ("", {}))
            if (None if kind == "-" else version) != rows.get(pk):
                found.append((model.__name__, pk))
    return found
