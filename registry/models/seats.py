"""Seat groups, the dated rules that say how many seats each has, and totals that sources state."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from registry.domain import facts
from registry.models.dated import SpanModel, SpanQuerySet, no_exact_duplicate
from registry.models.fields import TextsField
from registry.models.history import Recorded, Versions
from registry.models.institutions import Convocation, Institution
from registry.models.sources import Act, Source
from registry.models.spelled import Spelled, SpelledQuerySet
from registry.models.territories import TerritoryKind

# No assembly is larger; more is a slip of the keyboard.
MOST_SEATS = MaxValueValidator(20_000)


class SeatGroup(Spelled, Recorded):
    """Seats of an institution filled in the same way; a single office is a group of one."""

    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="seat_groups", verbose_name=_("institution")
    )
    slug = models.SlugField(_("address"), max_length=60)
    name = TextsField(_("name"))
    inner = models.BooleanField(
        _("inner office"),
        default=False,
        help_text=_("Held beside a seat, as a chair is; not counted among the seats."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    objects = SpelledQuerySet.as_manager()
    history = Versions()

    class Meta:
        verbose_name = _("seat group")
        verbose_name_plural = _("seat groups")
        ordering = ("institution", "order", "slug")
        constraints = [
            models.UniqueConstraint(fields=["institution", "slug"], name="seat_group_once"),
        ]

    def __str__(self) -> str:
        return f"{self.institution}: {self.name.get('en') or self.slug}"

    @property
    def fact(self) -> facts.SeatGroup:
        return facts.SeatGroup(self.pk, self.slug, self.name, self.inner)


class Designation(models.TextChoices):
    ELECTED = facts.Designation.ELECTED.value, _("elected")
    APPOINTED = facts.Designation.APPOINTED.value, _("appointed")
    EX_OFFICIO = facts.Designation.EX_OFFICIO.value, _("ex officio")


class SeatRule(Recorded, SpanModel):
    """How many seats a group has while the rule is in force, how filled, and by which article.

    The number is `seats`, or `seats_per_territory` for each territory of the kinds named. With
    neither it is not recorded, unless `unlimited`: as many as qualify, beyond the others.
    """

    group = models.ForeignKey(
        SeatGroup, models.PROTECT, related_name="rules", verbose_name=_("seat group")
    )
    seats = models.PositiveSmallIntegerField(
        _("seats"), null=True, blank=True, validators=[MOST_SEATS]
    )
    seats_per_territory = models.PositiveSmallIntegerField(
        _("seats for each territory"), null=True, blank=True, validators=[MOST_SEATS]
    )
    territory_kinds = models.ManyToManyField(
        TerritoryKind,
        blank=True,
        related_name="rules",
        verbose_name=_("kinds of territory"),
    )
    unlimited = models.BooleanField(
        _("unlimited"), default=False, help_text=_("As many as qualify, beyond the other seats.")
    )
    designation = models.CharField(
        _("filled by being"), max_length=20, choices=Designation, default=Designation.ELECTED
    )
    method = TextsField(_("how filled"), blank=True)
    chosen_by = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("elected or appointed by"),
    )
    proposed_by = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("on the proposal of"),
    )
    consented_by = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("with the consent of"),
    )
    term_years = models.PositiveSmallIntegerField(_("term in years"), null=True, blank=True)
    renewal = models.CharField(_("renewal"), max_length=200, blank=True, default="")
    eligibility = models.CharField(_("eligibility"), max_length=300, blank=True, default="")
    minimum_age = models.PositiveSmallIntegerField(
        _("least age in years"),
        null=True,
        blank=True,
        help_text=_("On the first day in office."),
    )
    renewal_years = models.PositiveSmallIntegerField(
        _("years between two renewals"),
        null=True,
        blank=True,
        help_text=_("Where a part of the seats is filled anew before the others."),
    )
    election_months = models.PositiveSmallIntegerField(
        _("months from the election to the end of the terms"),
        null=True,
        blank=True,
        help_text=_("The law wants the election at least so long before the terms end."),
    )
    vacancy_months = models.PositiveSmallIntegerField(
        _("months to fill a vacancy"), null=True, blank=True
    )
    resigns_before = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("resigns before the newly elected"),
        help_text=_("The term ends when this institution is elected anew."),
    )
    by_act = models.BooleanField(
        _("appointed by an act"),
        default=False,
        help_text=_("The rule demands an act, such as a decree, for each appointment."),
    )
    first_applied = models.DateField(
        _("first applied"),
        null=True,
        blank=True,
        help_text=_("The first election held under the rule, where a source says when."),
    )
    act = models.ForeignKey(
        Act, models.PROTECT, null=True, blank=True, related_name="rules", verbose_name=_("act")
    )
    article = models.CharField(_("article"), max_length=60, blank=True, default="")

    objects = SpanQuerySet.as_manager()
    history = Versions(m2m_fields=["territory_kinds"])

    class Meta(SpanModel.Meta):
        verbose_name = _("seat rule")
        verbose_name_plural = _("seat rules")
        ordering = ("group", models.F("start").asc(nulls_first=True))
        constraints = [
            *SpanModel.Meta.constraints,
            models.CheckConstraint(
                name="seat_rule_one_number",
                condition=Q(seats__isnull=True) | Q(seats_per_territory__isnull=True),
                violation_error_message=_(
                    "Give a number of seats or seats for each territory, not both."
                ),
            ),
            models.UniqueConstraint(
                fields=["group", "start"],
                name="seat_rule_once",
                violation_error_message=_("The group has a rule from this day already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} ({self.start or '…'} – {self.end or '…'})"

    def clean(self) -> None:
        super().clean()
        if self.unlimited and (self.seats is not None or self.seats_per_territory is not None):
            raise ValidationError({"unlimited": _("Unlimited seats have no number.")})
        if self.group_id is None:
            return
        others = SeatRule.objects.filter(group_id=self.group_id).exclude(pk=self.pk)
        for other in others.overlapping(self.start, self.end):
            raise ValidationError({"start": self._overlap(other)})

    def _overlap(self, other: SeatRule) -> str:
        """Why two rules of one group cannot stand, and which first day would be right."""
        start, end = (date_format(day) if day else "…" for day in (other.start, other.end))
        days = {"start": start, "end": end}
        goes_on = other.end and (self.end is None or self.end > other.end)
        if not self.start or not goes_on or (other.start and other.start > self.start):
            said = _(
                "The group has a rule from %(start)s to %(end)s already. "
                "End that one first: only one rule of a group is in force on a day."
            )
            return said % days
        shared = (other.end - self.start).days
        said = ngettext(
            "This overlaps the rule from %(start)s to %(end)s by %(days)s day. Set its first day "
            "to %(end)s, or end that rule first.",
            "This overlaps the rule from %(start)s to %(end)s by %(days)s days. Set its first day "
            "to %(end)s, or end that rule first.",
            shared,
        )
        return said % (days | {"days": shared})


class StatedTotal(Recorded, SpanModel):
    """How many seats a source says an institution has; held against what the rules add up to."""

    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="stated_totals", verbose_name=_("institution")
    )
    convocation = models.ForeignKey(
        Convocation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stated_totals",
        verbose_name=_("convocation"),
        help_text=_("If the source speaks of one convocation, not of a span of days."),
    )
    total = models.PositiveSmallIntegerField(_("total"))
    source = models.ForeignKey(
        Source, models.PROTECT, related_name="stated_totals", verbose_name=_("source")
    )
    place = models.CharField(_("place in the source"), max_length=200, blank=True, default="")

    objects = SpanQuerySet.as_manager()
    history = Versions()

    class Meta(SpanModel.Meta):
        verbose_name = _("stated total")
        verbose_name_plural = _("stated totals")
        ordering = ("institution", "start", "source")
        constraints = [
            *SpanModel.Meta.constraints,
            no_exact_duplicate(
                "stated_total_once",
                "institution",
                "total",
                "source",
                "place",
                keys=("convocation",),
                days=("start", "end"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution}: {self.total} ({self.source})"
