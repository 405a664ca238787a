"""Which seats are filled together, and the elections that filled them."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from registry.models.fields import TextsField
from registry.models.history import Recorded, Versions
from registry.models.institutions import Convocation, Institution
from registry.models.seats import MOST_SEATS, SeatGroup
from registry.models.territories import Territory


class RenewalClass(Recorded):
    """Seats of a group that are filled anew together, while those of other classes go on.

    A class belongs to seats, not to persons. It has `seats` of the body, or one seat of each
    of its `territories`; with neither, one of each territory that the rule of the day counts.
    """

    group = models.ForeignKey(
        SeatGroup, models.PROTECT, related_name="classes", verbose_name=_("seat group")
    )
    slug = models.SlugField(_("address"), max_length=60)
    name = TextsField(_("name"))
    seats = models.PositiveSmallIntegerField(
        _("seats"), null=True, blank=True, validators=[MOST_SEATS]
    )
    territories = models.ManyToManyField(
        Territory,
        blank=True,
        related_name="renewal_classes",
        verbose_name=_("territories"),
        help_text=_("Leave empty if every territory has a seat of this class."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    history = Versions(m2m_fields=["territories"])

    class Meta:
        verbose_name = _("renewal class")
        verbose_name_plural = _("renewal classes")
        ordering = ("group", "order", "slug")
        constraints = [
            models.UniqueConstraint(fields=["group", "slug"], name="renewal_class_once"),
        ]

    def __str__(self) -> str:
        return f"{self.group}, {self.name.get('en') or self.slug}"


class Election(Recorded):
    """A day on which seats of an institution were filled, or are to be.

    It fills the whole body, a group of it, one renewal class, or the seats of some
    territories. It is known, not forecast: the day was called.
    """

    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="elections", verbose_name=_("institution")
    )
    group = models.ForeignKey(
        SeatGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="elections",
        verbose_name=_("seat group"),
        help_text=_("Leave empty if the whole institution is elected."),
    )
    renewal_class = models.ForeignKey(
        RenewalClass,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="elections",
        verbose_name=_("renewal class"),
    )
    convocation = models.ForeignKey(
        Convocation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="elections",
        verbose_name=_("convocation"),
    )
    day = models.DateField(_("day"))
    called = models.DateField(_("called on"), null=True, blank=True)
    took_office = models.DateField(
        _("first day in office"),
        null=True,
        blank=True,
        help_text=_("Of those elected; for a convocation its start says so already."),
    )
    seats = models.PositiveSmallIntegerField(
        _("seats"), null=True, blank=True, help_text=_("As a source states them.")
    )
    territories = models.ManyToManyField(
        Territory,
        blank=True,
        related_name="elections",
        verbose_name=_("territories"),
        help_text=_("Leave empty if all of them voted."),
    )

    history = Versions(m2m_fields=["territories"])

    class Meta:
        verbose_name = _("election")
        verbose_name_plural = _("elections")
        ordering = ("day", "institution")
        constraints = [
            models.UniqueConstraint(
                "institution",
                "day",
                Coalesce("group", Value(0)),
                Coalesce("renewal_class", Value(0)),
                name="election_once",
                violation_error_message=_("Exactly this is recorded already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution}, {self.day}"

    def clean(self) -> None:
        super().clean()
        for name in ("group", "convocation"):
            chosen = getattr(self, name)
            if chosen is not None and chosen.institution_id != self.institution_id:
                raise ValidationError({name: _("This belongs to another institution.")})
        if self.renewal_class is not None and self.renewal_class.group_id != self.group_id:
            raise ValidationError({"renewal_class": _("This class is of another seat group.")})
