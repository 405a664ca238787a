"""Institutions, what they followed, and the periods they sit in."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from registry.domain import facts
from registry.models.circles import refuse_circle
from registry.models.dated import TermModel, TermQuerySet
from registry.models.fields import DerivedField, TextsField, told
from registry.models.history import Recorded, Versions
from registry.models.naming import search_key
from registry.models.spelled import Spelled, SpelledQuerySet


class Branch(models.TextChoices):
    HEAD_OF_STATE = "head_of_state", _("Head of state")
    LEGISLATIVE = "legislative", _("Legislative")
    EXECUTIVE = "executive", _("Executive")
    JUDICIAL = "judicial", _("Judicial")
    CONSTITUTIONAL_REVIEW = "constitutional_review", _("Constitutional review")
    CONSULTATIVE = "consultative", _("Consultative")
    ELECTION_ADMINISTRATION = "election_administration", _("Election administration")
    LOCAL_REPRESENTATIVE = "local_representative", _("Local representative bodies")
    LOCAL_EXECUTIVE = "local_executive", _("Local executive")


class InstitutionQuerySet(SpelledQuerySet, TermQuerySet):
    pass


class Institution(Spelled, Recorded, TermModel):
    """A body or an office of the state. It may end; its record stays."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name = TextsField(_("name"))
    other_names = models.JSONField(
        _("other spellings"), default=list, blank=True, help_text=_("Found by search.")
    )
    branch = models.CharField(_("branch"), max_length=30, choices=Branch)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
    )
    territory = models.ForeignKey(
        "registry.Territory",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="institutions",
        verbose_name=_("territory"),
        help_text=_("The territory whose body it is, as a maslikhat is."),
    )
    description = TextsField(_("what it is"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=100)
    search_key = DerivedField(
        compute=lambda row: search_key([*row.name.values(), *row.other_names]), max_length=600
    )

    spelled_in = ("name", "other_names")
    objects = InstitutionQuerySet.as_manager()
    history = Versions()

    class Meta(TermModel.Meta):
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        ordering = ("order", "slug")

    def __str__(self) -> str:
        return told(self.name) or self.slug

    def clean(self) -> None:
        super().clean()
        refuse_circle(self, "parent")

    def get_absolute_url(self) -> str:
        return reverse("institution", args=[self.slug])

    def get_composition_url(self) -> str:
        return reverse("composition", args=[self.slug])

    @property
    def fact(self) -> facts.Institution:
        return facts.Institution(self.pk, self.slug, self.name, self.term)


class Succession(Recorded):
    """One institution took the place of another."""

    predecessor = models.ForeignKey(
        Institution, models.PROTECT, related_name="successions", verbose_name=_("predecessor")
    )
    successor = models.ForeignKey(
        Institution, models.PROTECT, related_name="origins", verbose_name=_("successor")
    )

    history = Versions()

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(
                name="succession_of_two",
                condition=~Q(predecessor=models.F("successor")),
                violation_error_message=_("An institution cannot follow itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class Convocation(Recorded, TermModel):
    """A legislative period; deputies elected together sit in it.

    Appointments whose dates are inherited from it move when its dates are corrected.
    """

    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="convocations", verbose_name=_("institution")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    elected = models.DateField(
        _("first election day"),
        null=True,
        blank=True,
        help_text=_("The convocation sits under the seat rules of this day."),
    )

    objects = TermQuerySet.as_manager()
    history = Versions()

    class Meta(TermModel.Meta):
        verbose_name = _("convocation")
        verbose_name_plural = _("convocations")
        ordering = ("institution", "number")
        constraints = [
            *TermModel.Meta.constraints,
            models.UniqueConstraint(fields=["institution", "number"], name="convocation_once"),
        ]

    def __str__(self) -> str:
        return f"{self.institution} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("convocation", args=[self.institution.slug, self.number])

    def save(self, *args, **kwargs) -> None:
        super().save(*args, **kwargs)
        self.appointments.move_inherited_dates(self)

    def clean(self) -> None:
        super().clean()
        try:
            term = self.term
        except ValueError:
            return  # the constraints say what is wrong with the days
        for other in Convocation.objects.filter(institution_id=self.institution_id):
            if other.pk != self.pk and other.term.overlaps(term):
                said = _("Convocation %(number)s sits on some of these days already.")
                raise ValidationError({"start": said % {"number": other.number}})

    @property
    def fact(self) -> facts.Convocation:
        return facts.Convocation(self.pk, self.number, self.term, self.elected)
