"""The steps by which somebody came into a seat."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.domain import facts
from registry.domain.dates import PartialDate
from registry.models.appointments import Appointment
from registry.models.dated import no_exact_duplicate
from registry.models.history import Recorded, Versions
from registry.models.institutions import Institution


class StepKind(models.TextChoices):
    PROPOSED = facts.StepKind.PROPOSED.value, _("proposed")
    CONSENTED = facts.StepKind.CONSENTED.value, _("consented to")
    ELECTED = facts.StepKind.ELECTED.value, _("elected")
    APPOINTED = facts.StepKind.APPOINTED.value, _("appointed")
    REGISTERED = facts.StepKind.REGISTERED.value, _("registered")


class DesignationStep(Recorded):
    """One step of a designation: who did what, when, and by which act.

    An election or appointment after the first day in office begins the term anew, as a
    re-election does.
    """

    appointment = models.ForeignKey(
        Appointment, models.CASCADE, related_name="steps", verbose_name=_("appointment")
    )
    kind = models.CharField(_("step"), max_length=20, choices=StepKind)
    by = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
        help_text=_("The institution that took the step; empty for the voters."),
    )
    day_earliest = models.DateField(_("earliest day"), null=True, blank=True)
    day_latest = models.DateField(_("latest day"), null=True, blank=True)
    document = models.CharField(
        _("act"),
        max_length=200,
        blank=True,
        default="",
        help_text=_("What was signed or resolved, such as “Decree No. 702”."),
    )

    history = Versions()

    class Meta:
        verbose_name = _("designation step")
        verbose_name_plural = _("designation steps")
        ordering = ("appointment", F("day_earliest").asc(nulls_first=True), "id")
        constraints = [
            models.CheckConstraint(
                name="designation_step_day_in_order",
                condition=Q(day_earliest__lte=F("day_latest")),
                violation_error_message=_("The earliest day is after the latest."),
            ),
            no_exact_duplicate(
                "designation_step_once",
                "appointment",
                "kind",
                keys=("by",),
                days=("day_earliest", "day_latest"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appointment}: {self.get_kind_display()}"

    @property
    def day(self) -> PartialDate:
        return PartialDate(self.day_earliest, self.day_latest)

    @day.setter
    def day(self, value: PartialDate) -> None:
        self.day_earliest, self.day_latest = value.earliest, value.latest
