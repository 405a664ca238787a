"""Who looks after a finding."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.claims import AboutFindings


class Assignment(AboutFindings):
    """Findings that somebody looks after until they are gone; nothing recorded depends on it."""

    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="assignments",
        verbose_name=_("assigned to"),
    )
    note = models.TextField(
        _("note for colleagues"), blank=True, default="", help_text=_("Visitors never see it.")
    )
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ("-made_at", "-id")

    def __str__(self) -> str:
        return f"{self.institution}: {self.code}"
