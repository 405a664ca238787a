"""What people did to records that a folder of seeds wrote: the history tells."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models

from registry.models import Citation
from registry.seeds.table import SCHEME, Table


def touched(model: type[models.Model], ids: Iterable[int], reason: str) -> set[int]:
    """Which records somebody changed after the last folder that wrote them."""
    ids = list(ids)
    if not ids:
        return set()
    newest = {
        row[0]: row[1:]
        for row in model.history.filter(id__in=ids)
        .order_by("history_date", "history_id")
        .values_list("id", "history_user_id", "history_change_reason")
    }
    return {pk for pk, (user, why) in newest.items() if user is not None or why != reason}


def deleted(table: Table, reason: str) -> set[tuple[Any, ...]]:
    """Which records of a table somebody deleted, each as the values of its key."""
    if table.identified_by:
        rows = table.identified_by.history.filter(scheme=SCHEME)
        attributes: tuple[str, ...] = ("value",)
    else:
        rows, attributes = table.model.history.all(), table.key_attributes
    return set(_by_people(rows, reason).values_list(*attributes))


def dropped_citations(table: Table, ids: Iterable[int], reason: str) -> set[tuple[int, int, str]]:
    """Which citations of these records somebody deleted: record, source, place."""
    ids = list(ids)
    if not ids:
        return set()
    rows = Citation.history.filter(**{f"{table.cited}_id__in": ids})
    return set(_by_people(rows, reason).values_list(f"{table.cited}_id", "source_id", "place"))


def _by_people(rows: models.QuerySet, reason: str) -> models.QuerySet:
    deletions = rows.filter(history_type="-")
    return deletions.exclude(history_change_reason=reason, history_user__isnull=True)
