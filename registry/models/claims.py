"""Where sources disagree, and findings that a curator has explained."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.domain.findings import Problem
from registry.models.dated import SpanModel, SpanQuerySet
from registry.models.fields import TextsField, told
from registry.models.history import Recorded, Versions
from registry.models.indexes import where_given
from registry.models.institutions import Institution
from registry.models.people import Person
from registry.models.seats import SeatGroup
from registry.models.sources import FACTS, OfOneFact, Source
from registry.models.territories import Territory


class ContradictionKind(models.TextChoices):
    SEED_VS_SEED = "seed_vs_seed", _("the founding descriptions differ")
    SEED_VS_RECORD = "seed_vs_record", _("a founding description differs from other sources")
    SEED_INTERNAL = "seed_internal", _("a founding description differs from itself, or has a gap")
    SOURCE_VS_SOURCE = "source_vs_source", _("sources differ")


# Where the institution of a disputed fact stands, if the fact has one.
INSTITUTION_OF_FACT = (
    "institution",
    "convocation__institution",
    "seat_group__institution",
    "seat_rule__group__institution",
    "appointment__institution",
    "coverage__institution",
    "designation_step__appointment__institution",
    "election__institution",
    "voting_rule__institution",
    "power__institution",
    "incompatibility__institution",
)


class Contradiction(OfOneFact, Recorded, SpanModel):
    """Sources that disagree about one fact, and the position of the registry.

    The days are those that it bears on; with neither bound it bears on all.
    """

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=ContradictionKind)
    subject = TextsField(_("subject"))
    position = TextsField(
        _("position of the registry"), help_text=_("What the registry uses, and why.")
    )
    is_open = models.BooleanField(
        _("open"), default=False, help_text=_("No position could be taken yet.")
    )

    objects = SpanQuerySet.as_manager()
    history = Versions()

    class Meta:
        verbose_name = _("contradiction")
        verbose_name_plural = _("contradictions")
        ordering = ("slug",)
        constraints = [*OfOneFact.Meta.constraints, *SpanModel.Meta.constraints]
        indexes = [where_given(name, f"contradiction_{name}") for name in FACTS]

    def __str__(self) -> str:
        return told(self.subject) or self.slug


class Claim(Recorded):
    """What one source says where sources disagree."""

    contradiction = models.ForeignKey(
        Contradiction, models.CASCADE, related_name="claims", verbose_name=_("contradiction")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    source = models.ForeignKey(
        Source, models.PROTECT, related_name="claims", verbose_name=_("source")
    )
    place = models.CharField(_("place in the source"), max_length=200, blank=True, default="")
    text = TextsField(_("claim"))
    adopted = models.BooleanField(
        _("used"), default=False, help_text=_("The registry uses this value.")
    )
    spurious = models.BooleanField(
        _("spurious"), default=False, help_text=_("Invented, or made by a machine.")
    )

    history = Versions()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ("contradiction", "order")
        constraints = [
            models.UniqueConstraint(fields=["contradiction", "order"], name="claim_once"),
            models.CheckConstraint(
                name="claim_used_or_spurious",
                condition=~Q(adopted=True, spurious=True),
                violation_error_message=_("A spurious claim is not used."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {told(self.text)}"


class AboutFindings(models.Model):
    """A row that speaks of findings of one code in one institution.

    Group, territory and person narrow it down.
    """

    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="%(class)ss", verbose_name=_("institution")
    )
    code = models.CharField(_("code of the finding"), max_length=40)
    group = models.ForeignKey(
        SeatGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("seat group"),
    )
    territory = models.ForeignKey(
        Territory,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("territory"),
    )
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person"),
    )

    class Meta:
        abstract = True


class Explanation(AboutFindings, Recorded, SpanModel):
    """Why a finding is known and accepted, until it expires; then it alarms again.

    It covers findings on days from `start` up to `end`.
    """

    reason = models.TextField(_("reason"))
    source = models.ForeignKey(
        Source, models.PROTECT, related_name="explanations", verbose_name=_("source")
    )
    place = models.CharField(_("place in the source"), max_length=200, blank=True, default="")

    objects = SpanQuerySet.as_manager()
    history = Versions()

    class Meta(SpanModel.Meta):
        verbose_name = _("explanation")
        verbose_name_plural = _("explanations")
        ordering = ("institution", "code", "id")
        constraints = [
            *SpanModel.Meta.constraints,
            models.CheckConstraint(
                name="explanation_expires",
                condition=Q(end__isnull=False),
                violation_error_message=_("An explanation has an expiry."),
            ),
            models.CheckConstraint(
                name="explanation_has_a_reason",
                condition=~Q(reason=""),
                violation_error_message=_("An explanation has a reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution}: {self.code}"

    def clean(self) -> None:
        super().clean()
        if self.code and self.code not in set(Problem):
            known = ", ".join(problem.value for problem in Problem)
            raise ValidationError(
                {"code": _("No finding has this code. Use one of: %(known)s.") % {"known": known}}
            )
        if self.group is not None and self.group.institution_id != self.institution_id:
            raise ValidationError({"group": _("This belongs to another institution.")})
