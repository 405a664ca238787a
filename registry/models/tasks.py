"""Who looks after a finding."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.institutions import Institution
from registry.models.people import Person
from registry.models.seats import SeatGroup
from registry.models.territories import Territory


class Assignment(models.Model):
    """A finding that somebody looks after until it is gone; it changes nothing of what is recorded.

    It speaks of findings of one code in one institution; group, territory and person narrow it
    down, as they do for an explanation.
    """

    institution = models.ForeignKey(
        Institution, models.CASCADE, related_name="assignments", verbose_name=_("institution")
    )
    code = models.CharField(_("code of the finding"), max_length=40)
    group = models.ForeignKey(
        SeatGroup,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("seat group"),
    )
    territory = models.ForeignKey(
        Territory,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("territory"),
    )
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
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
