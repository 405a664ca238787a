"""Rows become facts in a fixed number of queries."""

from datetime import date

import pytest

from registry.domain.dates import PartialDate
from registry.models import Appointment
from registry.snapshots import (
    composition_of,
    compositions_on,
    history_of,
    once_each,
    reviews_on,
)
from tests.factories import (
    AffiliationFactory,
    AppointmentFactory,
    CoverageFactory,
    ExplanationFactory,
    IncompatibilityFactory,
    InstitutionFactory,
    PartyFactory,
    PersonFactory,
    SeatGroupFactory,
    SeatRuleFactory,
    TerritoryFactory,
)

pytestmark = pytest.mark.django_db

JUNE = date(2014, 6, 1)


@pytest.fixture
def senate():
    """Two seats for each of three regions, all held, and one appointed seat that is empty."""
    chamber = InstitutionFactory(slug="senate")
    elected = SeatRuleFactory(
        group=SeatGroupFactory(institution=chamber, slug="elected"),
        seats=None,
        seats_per_territory=2,
        kinds=["region"],
    ).group
    SeatRuleFactory(group=SeatGroupFactory(institution=chamber, slug="appointed"), seats=1)
    for region in TerritoryFactory.create_batch(3):
        AppointmentFactory.create_batch(2, institution=chamber, group=elected, territory=region)
    CoverageFactory(institution=chamber)
    return chamber


def test_a_chamber_is_composed_from_rules_territories_and_roster(senate):
    composition = composition_of(senate, on=JUNE)

    assert (composition.required, composition.filled, composition.vacant) == (7, 6, 1)
    assert [len(line.holders) for line in composition.lines] == [0, 2, 2, 2]


def test_more_members_cost_no_more_queries(senate, django_assert_num_queries):
    with django_assert_num_queries(5):
        composition_of(senate, on=JUNE)
    party = PartyFactory()
    for person in PersonFactory.create_batch(30):
        AffiliationFactory(appointment__institution=senate, appointment__person=person, party=party)

    with django_assert_num_queries(5):
        assert composition_of(senate, on=JUNE).filled == 36


def test_all_institutions_cost_as_many_queries_as_one(senate, django_assert_num_queries):
    offices = [SeatRuleFactory(seats=1).group.institution for _ in range(5)]

    with django_assert_num_queries(5):
        composed = compositions_on(JUNE, [senate, *offices])

    assert [institution for institution, _ in composed] == [senate, *offices]
    assert [composition.required for _, composition in composed] == [7, 1, 1, 1, 1, 1]


def test_a_vacancy_names_who_left_last_in_a_bulk_look_too(senate):
    leaver = Appointment.objects.filter(institution=senate).first()
    leaver.end_earliest = leaver.end_latest = date(2014, 5, 12)
    leaver.has_ended = True
    leaver.save()

    ((_, composition),) = compositions_on(JUNE, [senate])

    assert [each.appointment_id for each in composition.snapshot.departures] == [leaver.pk]


# Lists over many bodies


@pytest.fixture
def both_chambers():
    """Dinara sits in the upper and in the lower chamber from June 2014 to June 2015."""
    upper, lower = (
        SeatRuleFactory(group__institution__slug=slug, unlimited=True, seats=None).group.institution
        for slug in ("lower", "upper")
    )
    IncompatibilityFactory(institution=upper, other=lower)
    person = PersonFactory()
    for chamber in (upper, lower):
        AppointmentFactory(
            institution=chamber,
            person=person,
            start=PartialDate.parse("2014-06-01"),
            end=PartialDate.parse("2015-06-01"),
        )
    return upper, lower


@pytest.mark.parametrize("explained_in", [0, 1])
def test_whoever_explains_two_mandates_in_one_body_explains_them_in_the_list_of_all(
    both_chambers, explained_in
):
    ExplanationFactory(
        institution=both_chambers[explained_in],
        code="incompatible_mandates",
        start=None,
        end=date(2014, 7, 1),
    )

    findings = [f for r in once_each(reviews_on(JUNE, both_chambers)) for f in r.findings]

    assert [finding.explained is not None for finding in findings] == [True]


@pytest.mark.parametrize(
    ("last", "explained"), [(date(2014, 7, 1), True), (date(2014, 7, 2), False)]
)
def test_a_finding_of_a_period_is_explained_when_the_explanation_lasts(
    both_chambers, last, explained
):
    chamber = both_chambers[0]
    ExplanationFactory(
        institution=chamber, code="incompatible_mandates", start=None, end=date(2014, 7, 1)
    )

    ((_, (finding,)),) = history_of([chamber], date(2014, 6, 1), last)

    assert (finding.explained is not None) is explained
