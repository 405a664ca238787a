"""The impossible is refused by the database itself; the irregular is stored."""

from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from registry.domain.dates import UNKNOWN, PartialDate
from registry.models import Appointment, Citation, Convocation, PersonIdentifier, dated
from tests.factories import (
    AffiliationFactory,
    AppointmentFactory,
    ConvocationFactory,
    CoverageFactory,
    InstitutionFactory,
    PersonFactory,
    SeatGroupFactory,
    SeatRuleFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db

JUNE = date(2014, 6, 1)


def refused(make, *args, **kwargs):
    with pytest.raises(IntegrityError), transaction.atomic():
        make(*args, **kwargs)


@pytest.mark.parametrize("make", [AppointmentFactory, AffiliationFactory, ConvocationFactory])
@pytest.mark.parametrize(
    "columns",
    [
        {"start_earliest": JUNE, "start_latest": JUNE, "has_ended": True, "end_latest": JUNE},
        {"start_earliest": JUNE, "start_latest": date(2014, 5, 31)},
        {"has_ended": True, "end_earliest": date(2014, 7, 2), "end_latest": date(2014, 7, 1)},
        {"has_ended": False, "end_earliest": date(2015, 1, 1), "end_latest": date(2015, 1, 1)},
    ],
    ids=["ends on its first day", "start reversed", "end reversed", "end without having ended"],
)
def test_impossible_days_are_refused(make, columns):
    row = make(start=UNKNOWN, end=None)
    for column, value in columns.items():
        setattr(row, column, value)

    refused(row.save)


@pytest.mark.parametrize(
    "model",
    [
        model
        for model in apps.get_app_config("registry").get_models()
        if issubclass(model, (dated.TermModel, dated.SpanModel))
    ],
)
def test_every_dated_model_keeps_the_constraints_of_its_kind(model):
    """A `Meta` that forgets its parent's would lose them without a word."""
    parent = dated.TermModel if issubclass(model, dated.TermModel) else dated.SpanModel
    expected = {c.name % {"class": model.__name__.lower()} for c in parent._meta.constraints}
    checks = {c.name for c in model._meta.constraints if isinstance(c, models.CheckConstraint)}

    assert expected
    assert expected <= checks


def test_an_exact_duplicate_is_refused_even_with_empty_columns():
    first = AppointmentFactory()

    refused(AppointmentFactory, institution=first.institution, person=first.person)


def test_two_terms_of_one_person_are_stored():
    first = AppointmentFactory()

    AppointmentFactory(
        institution=first.institution, person=first.person, start=PartialDate.parse("2013")
    )

    assert Appointment.objects.count() == 2


def test_two_holders_of_one_office_are_stored():
    office = SeatRuleFactory(seats=1).group

    AppointmentFactory.create_batch(2, institution=office.institution, group=office)

    assert office.appointments.count() == 2


def test_an_identifier_belongs_to_one_person():
    PersonIdentifier.objects.create(person=PersonFactory(), scheme="wikidata", value="Q1")

    refused(PersonIdentifier.objects.create, person=PersonFactory(), scheme="wikidata", value="Q1")
    PersonIdentifier.objects.create(person=PersonFactory(), scheme="local", value="Q1")


def test_a_citation_belongs_to_exactly_one_fact():
    source, chamber, person = SourceFactory(), InstitutionFactory(), PersonFactory()

    refused(Citation.objects.create, source=source)
    refused(Citation.objects.create, source=source, institution=chamber, person=person)
    Citation.objects.create(source=source, institution=chamber)
    refused(Citation.objects.create, source=source, institution=chamber)


def test_a_rule_has_one_number():
    refused(SeatRuleFactory, seats=3, seats_per_territory=2)


def test_a_span_ends_after_it_starts():
    refused(CoverageFactory, start=JUNE, end=JUNE)
    refused(SeatRuleFactory, start=JUNE, end=date(2013, 1, 1))


def test_dates_are_inherited_only_from_a_convocation():
    refused(AppointmentFactory, start_inherited=True)


def test_correcting_a_convocation_moves_the_dates_inherited_from_it_and_no_others():
    convocation = ConvocationFactory()
    inherits = AppointmentFactory(
        institution=convocation.institution,
        convocation=convocation,
        start_inherited=True,
        end_inherited=True,
    )
    stated = AppointmentFactory(
        institution=convocation.institution,
        convocation=convocation,
        start=PartialDate.parse("2013-03-04"),
        end_inherited=True,
    )

    convocation.start = PartialDate.parse("2012-01-15")
    convocation.end = PartialDate.parse("2016-03-20")
    convocation.save()

    inherits.refresh_from_db()
    stated.refresh_from_db()
    assert (str(inherits.start), str(inherits.end)) == ("2012-01-15", "2016-03-20")
    assert (str(stated.start), str(stated.end)) == ("2013-03-04", "2016-03-20")
    assert inherits.history.first().history_change_reason == "Dates of convocation corrected"
    assert inherits.history.count() == 2


def test_saving_a_convocation_again_moves_nothing():
    convocation = ConvocationFactory()
    inherits = AppointmentFactory(
        institution=convocation.institution, convocation=convocation, start_inherited=True
    )

    Convocation.objects.get().save()

    assert inherits.history.count() == 1


def test_every_edit_of_a_group_and_its_rule_is_kept():
    group = SeatGroupFactory()
    rule = SeatRuleFactory(group=group, seats=98, kinds=["region"])

    rule.seats = 69
    rule.save()

    assert [each.seats for each in rule.history.all()][:2] == [69, 98]
    assert group.history.count() == 1
