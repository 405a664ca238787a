"""What every record that curators edit has in common: how sure it is, and a remark."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


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
