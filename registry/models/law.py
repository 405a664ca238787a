"""What the law says of institutions besides their seats: votes, powers, and what excludes what."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.domain import facts
from registry.models.dated import SpanModel, SpanQuerySet, no_exact_duplicate
from registry.models.fields import TextsField, told
from registry.models.history import Recorded, Versions
from registry.models.institutions import Institution
from registry.models.sources import Act


class LawModel(Recorded, SpanModel):
    """Something an article of an act says for a span of days."""

    act = models.ForeignKey(
        Act, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("act")
    )
    article = models.CharField(_("article"), max_length=60, blank=True, default="")

    objects = SpanQuerySet.as_manager()

    class Meta(SpanModel.Meta):
        abstract = True


class Procedure(models.TextChoices):
    """What a vote is about; steps of one procedure form a path."""

    BILL = "bill", _("ordinary law")
    CONSTITUTIONAL_LAW = "constitutional_law", _("constitutional law")
    AMENDMENT = "amendment", _("amendment of the Constitution")
    GOVERNMENT = "government", _("Government")
    HEAD_OF_STATE = "head_of_state", _("head of state")
    PARLIAMENT = "parliament", _("Parliament")
    LOCAL = "local", _("local bodies")
    POPULAR_VOTE = "popular_vote", _("popular vote")


class Comparison(models.TextChoices):
    AT_LEAST = facts.Comparison.AT_LEAST.value, _("at least")
    MORE_THAN = facts.Comparison.MORE_THAN.value, _("more than")


class Base(models.TextChoices):
    """What a fraction is taken of."""

    ALL_SEATS = facts.Base.ALL_SEATS.value, _("all seats")
    FILLED = facts.Base.FILLED.value, _("filled seats")
    PRESENT = facts.Base.PRESENT.value, _("those present")
    VOTES_CAST = facts.Base.VOTES_CAST.value, _("votes cast")


class VotingRule(LawModel):
    """How many votes a decision takes, or who takes it without a vote.

    A body that consists of chambers votes in each of them (`each_part`), or all of them count
    together. Without a fraction the number is not recorded, unless `is_vote` says that nobody
    votes.
    """

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    procedure = models.CharField(_("procedure"), max_length=30, choices=Procedure)
    step = models.PositiveSmallIntegerField(
        _("step"), default=1, help_text=_("Its place on the path of the procedure.")
    )
    subject = TextsField(_("subject"))
    institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="voting_rules",
        verbose_name=_("who decides"),
        help_text=_("Leave empty for the voters."),
    )
    each_part = models.BooleanField(
        _("each chamber by itself"),
        default=False,
        help_text=_("Otherwise the chambers count together."),
    )
    is_vote = models.BooleanField(_("decided by vote"), default=True)
    numerator = models.PositiveSmallIntegerField(_("numerator"), null=True, blank=True)
    denominator = models.PositiveSmallIntegerField(_("denominator"), null=True, blank=True)
    comparison = models.CharField(
        _("comparison"), max_length=10, choices=Comparison, blank=True, default=""
    )
    base = models.CharField(_("of"), max_length=20, choices=Base, blank=True, default="")
    within_days = models.PositiveSmallIntegerField(_("within days"), null=True, blank=True)
    within_months = models.PositiveSmallIntegerField(_("within months"), null=True, blank=True)
    condition = TextsField(_("condition"), blank=True)

    history = Versions()

    class Meta(LawModel.Meta):
        verbose_name = _("voting rule")
        verbose_name_plural = _("voting rules")
        ordering = ("procedure", "step", F("start").asc(nulls_first=True), "slug")
        constraints = [
            *LawModel.Meta.constraints,
            models.CheckConstraint(
                name="voting_rule_whole_fraction",
                condition=Q(numerator=None, denominator=None, comparison="")
                | (
                    Q(numerator__gt=0, denominator__gte=F("numerator"))
                    & ~Q(comparison="")
                    & ~Q(base="")
                ),
                violation_error_message=_(
                    "A fraction has a numerator, a denominator that is not smaller, "
                    "“at least” or “more than”, and what it is taken of."
                ),
            ),
        ]

    def __str__(self) -> str:
        return told(self.subject) or self.slug


class PowerKind(models.TextChoices):
    POWER = "power", _("power")
    DUTY = "duty", _("duty")


class Power(LawModel):
    """What an institution may do, or must.

    `announced` says that a source announces a list of them and gives none: `text` is what the
    list was to hold.
    """

    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="powers", verbose_name=_("institution")
    )
    slug = models.SlugField(_("address"), max_length=80)
    kind = models.CharField(_("kind"), max_length=10, choices=PowerKind, default=PowerKind.POWER)
    text = TextsField(_("text"))
    announced = models.BooleanField(
        _("list announced, not given"),
        default=False,
        help_text=_("A source announces this list and does not give it."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    history = Versions()

    class Meta(LawModel.Meta):
        verbose_name = _("power or duty")
        verbose_name_plural = _("powers and duties")
        ordering = ("institution", "order", "slug")
        constraints = [
            *LawModel.Meta.constraints,
            models.UniqueConstraint(fields=["institution", "slug"], name="power_once"),
        ]

    def __str__(self) -> str:
        return f"{self.institution}: {told(self.text) or self.slug}"


class Incompatibility(LawModel):
    """Nobody may hold a mandate in both institutions on one day."""

    institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        related_name="incompatibilities",
        verbose_name=_("institution"),
    )
    other = models.ForeignKey(
        Institution, models.PROTECT, related_name="+", verbose_name=_("other institution")
    )

    history = Versions()

    class Meta(LawModel.Meta):
        verbose_name = _("incompatibility")
        verbose_name_plural = _("incompatibilities")
        ordering = ("institution", "other", F("start").asc(nulls_first=True))
        constraints = [
            *LawModel.Meta.constraints,
            no_exact_duplicate(
                "incompatibility_once", "institution", "other", days=("start", "end")
            ),
            models.CheckConstraint(
                name="incompatibility_of_two",
                condition=~Q(institution=F("other")),
                violation_error_message=_("Name two institutions."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution} × {self.other}"
