"""Which version of a record somebody has seen: the number of its newest entry in the history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db import models
from django.db.models import Max


def newest_versions(model: type[models.Model], ids: Collection[int]) -> dict[int, int]:
    """The number of the newest version of each record, in one query; none where nothing is kept."""
    if not ids:
        return {}
    key = model._meta.pk.attname
    return dict(
        model.history.filter(**{f"{key}__in": list(ids)})
        .order_by()
        .values(key)
        .annotate(newest=Max("history_id"))
        .values_list(key, "newest")
    )


def version_of(record: models.Model) -> int:
    """The number of the newest version of one record, 0 if none was kept."""
    return newest_versions(type(record), [record.pk]).get(record.pk, 0)


def as_of(model: type[models.Model], numbers: Iterable[int]) -> dict[int, models.Model]:
    """Records as they were in versions with these numbers, by their keys."""
    return {each.instance.pk: each.instance for each in model.history.filter(pk__in=list(numbers))}


def newest_entries(records: Iterable[models.Model]) -> list[models.Model]:
    """The newest entries in the history of some records, the last one first."""
    by_model = defaultdict(list)
    for record in records:
        by_model[type(record)].append(record.pk)
    entries = [
        entry
        for model, ids in by_model.items()
        for entry in model.history.filter(pk__in=newest_versions(model, ids).values())
    ]
    return sorted(entries, key=lambda entry: (entry.history_date, entry.pk), reverse=True)
