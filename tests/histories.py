"""All that is recorded, and whether the history of every record says so."""

from __future__ import annotations

from io import StringIO
from typing import Any

from django.core.management import call_command

from registry.models import Institution
from registry.models.history import recorded_models
from registry.models.spellings import Spelling


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


def register():
    """Every value of every record, the words that records are found by, and all exports."""
    held = {
        model.__name__: sorted(model.objects.values_list(), key=lambda row: row[0])
        for model in recorded_models()
    }
    held["words"] = sorted(Spelling.objects.values_list("kind", "record", "word"))
    for slug in Institution.objects.values_list("slug", flat=True):
        for form in ("csv", "popolo"):
            out = StringIO()
            call_command("export_roster", institution=slug, format=form, stdout=out)
            held[slug, form] = out.getvalue()
    return held
