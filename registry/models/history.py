"""What every record that curators edit has in common: how sure it is, a remark, a history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.db.backends.utils import names_digest
from django.db.models import Max, Value
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from registry.models.indexes import where_given


class Confidence(models.TextChoices):
    """How well a fact is founded."""

    HIGH = "high", _("high: the text of the law, or two independent sources")
    MEDIUM = "medium", _("medium: one decent source, or a safe inference")
    LOW = "low", _("low: a weak source, or sources that differ")


class Recorded(models.Model):
    """How sure a record is, and a remark shown beside it. Each model keeps its own history."""

    confidence = models.CharField(
        _("confidence"), max_length=10, choices=Confidence, blank=True, default=""
    )
    note = models.TextField(
        _("remark"), blank=True, default="", help_text=_("Shown to visitors beside the record.")
    )

    class Meta:
        abstract = True


class Version(models.Model):
    """What a version says beside the values of its record: which import wrote it, if one did."""

    run = models.ForeignKey(
        "registry.ImportRun",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("import run"),
        db_index=False,  # `Versions` indexes it
    )

    class Meta:
        abstract = True


class Versions(HistoricalRecords):
    """The history of a model, each version with what `Version` says.

    Versions are found by their record, by their moment, and by what they refer to. Most refer to
    little, so that the indexes leave out what is empty: they cost as much as the versions.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(bases=[Version], **kwargs)

    def copy_fields(self, model: type[models.Model]) -> dict[str, models.Field]:
        fields = super().copy_fields(model)
        for name, field in fields.items():
            field.db_index = name == model._meta.pk.name
        return fields

    def get_extra_fields(self, model: type[models.Model], fields: dict[str, Any]) -> dict[str, Any]:
        extra = super().get_extra_fields(model, fields)
        extra["history_user"].db_index = False
        return extra

    def get_meta_options(self, model: type[models.Model]) -> dict[str, Any]:
        keys = [field.name for field in self.fields_included(model) if field.many_to_one]
        indexes = [
            where_given(key, f"v_{key[:18]}_{names_digest(model._meta.model_name, key, length=8)}")
            for key in (*keys, "history_user", "run")
        ]
        return super().get_meta_options(model) | {"indexes": indexes}


def recorded_models() -> Iterator[type[models.Model]]:
    """The models of which each version is kept."""
    for model in apps.get_app_config("registry").get_models():
        if hasattr(model._meta, "simple_history_manager_attribute"):
            yield model


def revision() -> datetime | None:
    """The moment (UTC) of the newest change of any record, `None` while nothing is recorded.

    One query: each history has an index on its moments, so that its newest is found at once.
    """
    alone = Value(1)  # a group of all rows, which SQL leaves out
    first, *others = (
        model.history.order_by()
        .annotate(alone=alone)
        .values("alone")
        .annotate(newest=Max("history_date"))
        .values_list("newest", flat=True)
        for model in recorded_models()
    )
    return max(filter(None, first.union(*others, all=True)), default=None)


def revision_text(moment: datetime | None) -> str:
    """How a file writes its revision: `2026-11-22T12:54:42Z`, and nothing for `None`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else ""
