"""Makes records for tests. People here have names; numbers in tests have reasons."""

from __future__ import annotations

from datetime import date

import factory
from factory.django import DjangoModelFactory

from registry import models
from registry.domain.dates import PartialDate


class SourceFactory(DjangoModelFactory):
    class Meta:
        model = models.Source
        django_get_or_create = ("slug",)

    slug = "gazette"
    title = "Official gazette"
    kind = "official"


class CitationFactory(DjangoModelFactory):
    """Says where a fact is known from."""

    class Meta:
        model = models.Citation

    source = factory.SubFactory(SourceFactory)


class InstitutionFactory(DjangoModelFactory):
    """A chamber that exists since 1996."""

    class Meta:
        model = models.Institution

    slug = factory.Sequence(lambda n: f"chamber-{n}")
    name = factory.LazyAttribute(lambda o: {"en": o.slug.replace("-", " ").capitalize()})
    branch = "legislative"
    start = PartialDate.parse("1996-01-30")


class ConvocationFactory(DjangoModelFactory):
    class Meta:
        model = models.Convocation

    institution = factory.SubFactory(InstitutionFactory)
    number = factory.Sequence(lambda n: n + 1)
    start = PartialDate.parse("2012-01-20")
    end = PartialDate.parse("2016-01-20")
    elected = date(2012, 1, 15)


class TerritoryKindFactory(DjangoModelFactory):
    class Meta:
        model = models.TerritoryKind
        django_get_or_create = ("slug",)

    slug = "region"
    name = factory.LazyAttribute(lambda o: {"en": o.slug.replace("_", " ").capitalize()})


class TerritoryFactory(DjangoModelFactory):
    """A region that has always been one; `status=None` makes a territory of no kind."""

    class Meta:
        model = models.Territory
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"region-{n}")
    name = factory.LazyAttribute(lambda o: {"en": o.slug.replace("-", " ").capitalize()})
    status = factory.RelatedFactory(
        "tests.factories.TerritoryStatusFactory", factory_related_name="territory"
    )


class TerritoryStatusFactory(DjangoModelFactory):
    class Meta:
        model = models.TerritoryStatus

    territory = factory.SubFactory(TerritoryFactory, status=None)
    kind = factory.SubFactory(TerritoryKindFactory)
    name = factory.LazyAttribute(lambda o: o.territory.name)


class SeatGroupFactory(DjangoModelFactory):
    class Meta:
        model = models.SeatGroup

    institution = factory.SubFactory(InstitutionFactory)
    slug = factory.Sequence(lambda n: f"group-{n}")
    name = factory.LazyAttribute(lambda o: {"en": o.slug.replace("-", " ").capitalize()})


class SeatRuleFactory(DjangoModelFactory):
    """So many seats, always in force; `kinds=["region"]` counts them for each territory.

    `cited=None` makes a rule without a source.
    """

    class Meta:
        model = models.SeatRule
        skip_postgeneration_save = True

    group = factory.SubFactory(SeatGroupFactory)
    seats = 3
    article = "50"
    cited = factory.RelatedFactory(CitationFactory, factory_related_name="seat_rule")

    @factory.post_generation
    def kinds(self, create, slugs, **kwargs):
        if slugs:
            self.territory_kinds.set(TerritoryKindFactory(slug=slug) for slug in slugs)


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = models.Person

    name = factory.Sequence(lambda n: {"en": f"Dinara Abenova {n}"})
    sort_name = factory.Sequence(lambda n: {"en": f"Abenova {n}, Dinara"})


class PartyFactory(DjangoModelFactory):
    class Meta:
        model = models.Party

    slug = factory.Sequence(lambda n: f"party-{n}")
    name = factory.LazyAttribute(lambda o: {"en": o.slug.replace("-", " ").capitalize()})


class AppointmentFactory(DjangoModelFactory):
    """Somebody who came in on 20 January 2012 and is still there; `cited=None`: no source."""

    class Meta:
        model = models.Appointment
        skip_postgeneration_save = True

    institution = factory.SubFactory(InstitutionFactory)
    person = factory.SubFactory(PersonFactory)
    start = PartialDate.parse("2012-01-20")
    cited = factory.RelatedFactory(CitationFactory, factory_related_name="appointment")


class AffiliationFactory(DjangoModelFactory):
    class Meta:
        model = models.Affiliation

    appointment = factory.SubFactory(AppointmentFactory)
    party = factory.SubFactory(PartyFactory)


class CoverageFactory(DjangoModelFactory):
    class Meta:
        model = models.Coverage

    institution = factory.SubFactory(InstitutionFactory)
    start = date(1996, 1, 30)


class VotingRuleFactory(DjangoModelFactory):
    """More than half of all seats, always in force."""

    class Meta:
        model = models.VotingRule

    slug = factory.Sequence(lambda n: f"vote-{n}")
    subject = factory.LazyAttribute(lambda o: {"en": o.slug.replace("-", " ").capitalize()})
    procedure = "bill"
    institution = factory.SubFactory(InstitutionFactory)
    numerator = 1
    denominator = 2
    comparison = "more_than"
    base = "all_seats"


class PowerFactory(DjangoModelFactory):
    class Meta:
        model = models.Power

    institution = factory.SubFactory(InstitutionFactory)
    slug = factory.Sequence(lambda n: f"power-{n}")
    text = factory.LazyAttribute(lambda o: {"en": o.slug.replace("-", " ").capitalize()})


class IncompatibilityFactory(DjangoModelFactory):
    """Nobody may sit in both, on any day."""

    class Meta:
        model = models.Incompatibility

    institution = factory.SubFactory(InstitutionFactory)
    other = factory.SubFactory(InstitutionFactory)
    article = "52"


class RenewalClassFactory(DjangoModelFactory):
    class Meta:
        model = models.RenewalClass

    group = factory.SubFactory(SeatGroupFactory)
    slug = factory.Sequence(lambda n: f"class-{n}")
    name = factory.LazyAttribute(lambda o: {"en": o.slug.replace("-", " ").capitalize()})


class ElectionFactory(DjangoModelFactory):
    """The election of the whole body, on the day that `ConvocationFactory` takes its rules from."""

    class Meta:
        model = models.Election

    institution = factory.SubFactory(InstitutionFactory)
    day = date(2012, 1, 15)


class DesignationStepFactory(DjangoModelFactory):
    class Meta:
        model = models.DesignationStep

    appointment = factory.SubFactory(AppointmentFactory)
    kind = "proposed"
    day = PartialDate.parse("2012-01-16")


class ContradictionFactory(DjangoModelFactory):
    """Sources that disagree about an institution."""

    class Meta:
        model = models.Contradiction

    slug = factory.Sequence(lambda n: f"dispute-{n}")
    kind = "source_vs_source"
    subject = factory.LazyAttribute(lambda o: {"en": o.slug.replace("-", " ").capitalize()})
    position = {"en": "The gazette is right."}
    institution = factory.SubFactory(InstitutionFactory)


class ClaimFactory(DjangoModelFactory):
    class Meta:
        model = models.Claim

    contradiction = factory.SubFactory(ContradictionFactory)
    order = factory.Sequence(lambda n: n + 1)
    source = factory.SubFactory(SourceFactory)
    text = {"en": "There are 49 seats."}


class ExplanationFactory(DjangoModelFactory):
    """Why an empty seat is no alarm, up to 2030."""

    class Meta:
        model = models.Explanation

    institution = factory.SubFactory(InstitutionFactory)
    code = "vacant_seats"
    reason = "The seat stays empty until the by-election."
    source = factory.SubFactory(SourceFactory)
    end = date(2030, 1, 1)
