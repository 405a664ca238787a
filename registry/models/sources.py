"""Where facts come from: sources, acts, and citations that tie a fact to a place in a source."""

from __future__ import annotations

from functools import reduce

from django.db import models
from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.translation import gettext_lazy as _

from registry.models.fields import TextsField, told
from registry.models.history import Recorded, Versions
from registry.models.spelled import Spelled, SpelledQuerySet


class SourceKind(models.TextChoices):
    LAW_TEXT = "law-text", _("text of a law")
    DRAFT_LAW = "draft-law", _("draft of a law")
    OFFICIAL = "official", _("official publication")
    NEWS = "news", _("news")
    NEWS_AGGREGATOR = "news-aggregator", _("news aggregator")
    ENCYCLOPAEDIA = "encyclopaedia", _("encyclopaedia")
    SECONDARY = "secondary", _("secondary literature")
    ACADEMIC = "academic", _("academic work")
    EXPLAINER = "explainer", _("explainer")
    NGO = "ngo", _("report of an organisation")
    COMMENTARY = "commentary", _("commentary")
    DATASET = "dataset", _("data set")
    SEED = "seed", _("founding description")
    RECOLLECTION = "recollection", _("recollection, unconfirmed")
    JUNK = "junk", _("unreliable, kept as a specimen")
    ROSTER = "roster", _("imported roster")


class Source(Spelled, Recorded):
    """A document, page or file that facts rest on."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=300)
    kind = models.CharField(_("kind"), max_length=20, choices=SourceKind)
    url = models.URLField(_("address on the web"), max_length=500, blank=True, default="")

    spelled_in = ("title",)
    objects = SpelledQuerySet.as_manager()
    history = Versions()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ("title",)

    def __str__(self) -> str:
        return self.title


class Act(Spelled, Recorded):
    """A legal act: a constitution, a law, a decree."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title = TextsField(_("title"))
    date = models.DateField(_("date"), null=True, blank=True)
    in_force = models.DateField(_("in force from"), null=True, blank=True)
    effect = models.CharField(_("effect"), max_length=300, blank=True, default="")

    spelled_in = ("title",)
    objects = SpelledQuerySet.as_manager()
    history = Versions()

    class Meta:
        verbose_name = _("act")
        verbose_name_plural = _("acts")
        ordering = ("date", "slug")

    def __str__(self) -> str:
        return told(self.title) or self.slug


# A citation, or a contradiction, speaks of exactly one of these. Real foreign keys, so that the
# database guards them; one table, so that every fact is cited in the same way.
FACTS = (
    "act",
    "institution",
    "succession",
    "convocation",
    "territory",
    "territory_status",
    "seat_group",
    "seat_rule",
    "party",
    "person",
    "appointment",
    "coverage",
    "designation_step",
    "election",
    "voting_rule",
    "power",
    "incompatibility",
)


def _exactly_one() -> Q:
    given = [
        Case(When(**{f"{name}__isnull": False}, then=Value(1)), default=Value(0)) for name in FACTS
    ]
    total = reduce(lambda left, right: left + right, given)
    return Q(models.lookups.Exact(total, Value(1, output_field=IntegerField())))


def _of(model: str, label: str) -> models.ForeignKey:
    return models.ForeignKey(
        f"registry.{model}",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=label,
        db_index=False,  # a row has one of these: its model has an index for what is given
    )


class OfOneFact(models.Model):
    """A row that speaks of exactly one recorded fact."""

    act = _of("Act", _("act"))
    institution = _of("Institution", _("institution"))
    succession = _of("Succession", _("succession"))
    convocation = _of("Convocation", _("convocation"))
    territory = _of("Territory", _("territory"))
    territory_status = _of("TerritoryStatus", _("status of a territory"))
    seat_group = _of("SeatGroup", _("seat group"))
    seat_rule = _of("SeatRule", _("seat rule"))
    party = _of("Party", _("party"))
    person = _of("Person", _("person"))
    appointment = _of("Appointment", _("appointment"))
    coverage = _of("Coverage", _("coverage"))
    designation_step = _of("DesignationStep", _("designation step"))
    election = _of("Election", _("election"))
    voting_rule = _of("VotingRule", _("voting rule"))
    power = _of("Power", _("power or duty"))
    incompatibility = _of("Incompatibility", _("incompatibility"))

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_of_one_fact",
                condition=_exactly_one(),
                violation_error_message=_("It speaks of exactly one fact."),
            ),
        ]

    @property
    def fact(self) -> models.Model:
        """The record that it speaks of."""
        name = next(name for name in FACTS if getattr(self, f"{name}_id") is not None)
        return getattr(self, name)


class Citation(OfOneFact, Recorded):
    """A source, and the place in it, for one fact."""

    source = models.ForeignKey(
        Source, models.PROTECT, related_name="citations", verbose_name=_("source")
    )
    place = models.CharField(_("place in the source"), max_length=200, blank=True, default="")

    history = Versions()

    class Meta(OfOneFact.Meta):
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ("id",)
        constraints = [
            *OfOneFact.Meta.constraints,
            *(
                models.UniqueConstraint(
                    fields=[name, "source", "place"],
                    condition=Q(**{f"{name}__isnull": False}),
                    name=f"citation_of_{name}_once",
                    violation_error_message=_("The fact cites this place already."),
                )
                for name in FACTS
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}, {self.place}" if self.place else str(self.source)
