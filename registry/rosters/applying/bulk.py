"""Rows created, changed and deleted in batches, each with its history."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import CASCADE, Model
from django.utils import timezone
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from registry.models.spelled import forget
from registry.rosters.matching.register import batches

BATCH = 500


class Bulk:
    """Writes in the name of `user`, for a `reason` that the history shows."""

    def __init__(self, user: Any, reason: str) -> None:
        self.user = user
        self.reason = reason

    def create(self, model: type[Model], rows: list[Any]) -> None:
        if rows:
            bulk_create_with_history(
                rows,
                model,
                batch_size=BATCH,
                default_user=self.user,
                default_change_reason=self.reason,
            )

    def update(self, model: type[Model], rows: list[Any], fields: Iterable[str]) -> None:
        if rows:
            bulk_update_with_history(
                rows,
                model,
                list(fields),
                batch_size=BATCH,
                default_user=self.user,
                default_change_reason=self.reason,
            )

    def delete(self, rows: list[Any]) -> None:
        """Delete rows and what belongs to them, in batches, and keep that in their history."""
        if not rows:
            return
        model = type(rows[0])
        for some in batches(row.pk for row in rows):
            for relation in model._meta.related_objects:
                if relation.on_delete is CASCADE:
                    name = relation.field.name
                    children = relation.related_model._default_manager
                    self.delete(list(children.filter(**{f"{name}__in": some})))
        history = model.history.model
        fields = [field.attname for field in history.tracked_fields]
        history.objects.bulk_create(
            [
                history(
                    history_date=timezone.now(),
                    history_type="-",
                    history_user=self.user,
                    history_change_reason=self.reason,
                    **{field: getattr(row, field) for field in fields},
                )
                for row in rows
            ],
            batch_size=BATCH,
        )
        for some in batches(row.pk for row in rows):
            # A plain delete would write the history row by row, through signals.
            doomed = model._default_manager.filter(pk__in=some)
            doomed._raw_delete(doomed.db)
            forget(model, some)
