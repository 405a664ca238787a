"""Territories, and what each was called and counted as over time."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from registry.domain import facts
from registry.models.circles import refuse_circle
from registry.models.dated import SpanModel, SpanQuerySet
from registry.models.fields import DerivedField, TextsField, told
from registry.models.history import Recorded, Versions
from registry.models.identifiers import Identifier
from registry.models.naming import search_key
from registry.models.spelled import Spelled, SpelledQuerySet


class TerritoryKind(Recorded):
    """A legal kind, such as a region or a city of republican significance."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name = TextsField(_("name"))
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    history = Versions()

    class Meta:
        verbose_name = _("kind of territory")
        verbose_name_plural = _("kinds of territory")
        ordering = ("order", "slug")

    def __str__(self) -> str:
        return told(self.name) or self.slug


class Territory(Spelled, Recorded):
    """A territory that keeps its identity while its name and kind change."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name = TextsField(_("name"), help_text=_("The name it has now, or had last."))
    continued_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="continues",
        verbose_name=_("continued by"),
        help_text=_("The territory that carries on its seats, after a renaming."),
    )
    part_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("split off from"),
    )
    search_key = DerivedField(
        compute=lambda row: search_key([*row.name.values(), row.slug]), max_length=600
    )

    spelled_by = ("statuses",)
    objects = SpelledQuerySet.as_manager()
    history = Versions()

    class Meta:
        verbose_name = _("territory")
        verbose_name_plural = _("territories")
        ordering = ("slug",)

    def __str__(self) -> str:
        return told(self.name) or self.slug

    def clean(self) -> None:
        super().clean()
        refuse_circle(self, "continued_by")
        refuse_circle(self, "part_of")

    def get_absolute_url(self) -> str:
        return reverse("territory", args=[self.slug])


class TerritoryStatusQuerySet(SpelledQuerySet, SpanQuerySet):
    pass


class TerritoryStatus(Spelled, Recorded, SpanModel):
    """The name and the kind that a territory had for a span of days."""

    territory = models.ForeignKey(
        Territory, models.CASCADE, related_name="statuses", verbose_name=_("territory")
    )
    kind = models.ForeignKey(
        TerritoryKind, models.PROTECT, related_name="statuses", verbose_name=_("kind")
    )
    name = TextsField(_("name"))
    event = models.CharField(
        _("what happened"), max_length=300, blank=True, default="", help_text=_("On the first day.")
    )

    objects = TerritoryStatusQuerySet.as_manager()
    history = Versions()

    class Meta(SpanModel.Meta):
        verbose_name = _("status of a territory")
        verbose_name_plural = _("statuses of territories")
        ordering = ("territory", models.F("start").asc(nulls_first=True))

    def __str__(self) -> str:
        return f"{self.territory}: {self.kind}"

    @property
    def fact(self) -> facts.TerritoryStatus:
        return facts.TerritoryStatus(self.kind.slug, self.name, self.span)


class TerritoryIdentifier(Identifier):
    """What others call a territory, such as an ISO code."""

    territory = models.ForeignKey(
        Territory, models.CASCADE, related_name="identifiers", verbose_name=_("territory")
    )

    history = Versions()

    class Meta(Identifier.Meta):
        verbose_name = _("identifier of a territory")
        verbose_name_plural = _("identifiers of territories")
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "scheme", "value"], name="territory_identifier_once"
            ),
        ]
