"""Three patterns of real chambers, with invented people: rules for them, not for one country."""

from datetime import date

import pytest

from registry.domain.dates import PartialDate
from registry.domain.findings import Problem
from registry.models import Appointment, Person, RenewalClass
from registry.snapshots import composition_of, history_of, review_of
from tests.factories import (
    ConvocationFactory,
    CoverageFactory,
    InstitutionFactory,
    SeatGroupFactory,
    SeatRuleFactory,
    TerritoryFactory,
)

pytestmark = pytest.mark.django_db


def seat(group, number, start, **columns):
    """So many invented people in seats of a group, from a day on."""
    people = Person.objects.bulk_create(
        Person(name={"en": f"Sample {group.slug} {start} {n}"}, sample=True) for n in range(number)
    )
    day = PartialDate.parse(start)
    return Appointment.objects.bulk_create(
        Appointment(
            institution=group.institution,
            group=group,
            person=person,
            start_earliest=day.earliest,
            start_latest=day.latest,
            **columns,
        )
        for person in people
    )


# A reunited state: its chamber grows from 519 to 663 seats in the middle of a period


@pytest.fixture
def reunited():
    diet = InstitutionFactory(slug="diet", start=PartialDate.parse("1949-09-07"))
    eleventh = ConvocationFactory(
        institution=diet,
        number=11,
        elected=date(1987, 1, 25),
        start=PartialDate.parse("1987-02-18"),
        end=PartialDate.parse("1990-12-20"),
    )
    ConvocationFactory(
        institution=diet,
        number=12,
        elected=date(1990, 12, 2),
        start=PartialDate.parse("1990-12-20"),
        end=None,
    )
    elected = SeatGroupFactory(institution=diet, slug="elected")
    SeatRuleFactory(group=elected, seats=519, end=date(1990, 10, 3), article="1")
    SeatRuleFactory(
        group=elected,
        seats=663,
        start=date(1990, 10, 3),
        first_applied=date(1990, 10, 3),
        article="42",
    )
    CoverageFactory(institution=diet, start=date(1987, 2, 18))
    seat(elected, 519, "1987-02-18", convocation=eleventh)
    seat(elected, 143, "1990-10-03", convocation=eleventh)
    return diet


@pytest.mark.parametrize(
    ("on", "seats", "held", "vacant", "article"),
    [("1990-10-02", 519, 519, 0, "1"), ("1990-10-03", 663, 662, 1, "42")],
)
def test_a_chamber_grows_on_one_day_while_its_convocation_sits(
    reunited, on, seats, held, vacant, article
):
    composition = composition_of(reunited, on=date.fromisoformat(on))

    assert (composition.required, composition.filled, composition.vacant) == (seats, held, vacant)
    assert [rule.article for rule in composition.rules] == [article]


def test_the_seat_that_nobody_took_is_vacant_from_that_day(reunited):
    ((_, findings),) = history_of([reunited], date(1987, 3, 1), date(1990, 12, 20))

    assert [(f.problem, f.found, f.days.start, f.days.end) for f in findings] == [
        (Problem.VACANT_SEATS, 662, date(1990, 10, 3), date(1990, 12, 20))
    ]


# Three classes of 33, 33 and 34 seats, two seats of different classes for each of fifty territories


@pytest.fixture
def classes():
    senate = InstitutionFactory(slug="senate", start=PartialDate.parse("1990"))
    elected = SeatGroupFactory(institution=senate, slug="elected")
    SeatRuleFactory(
        group=elected, seats=None, seats_per_territory=2, kinds=["region"], term_years=6
    )
    CoverageFactory(institution=senate, start=date(1990, 1, 1))
    states = TerritoryFactory.create_batch(50)
    found = [
        RenewalClass.objects.create(group=elected, slug=slug, name={"en": slug}, order=n)
        for n, slug in enumerate(("one", "two", "three"))
    ]
    # A hundred seats are dealt out in a row; those of one state are never of one class.
    seats = [states[n // 2] for n in range(100)]
    dealt = {each: seats[n::3] for n, each in enumerate(found)}
    for each, territories in dealt.items():
        each.territories.set(territories)
        for territory in territories:
            seat(elected, 1, "2013-01-03", territory=territory, renewal_class=each)
    return senate


def test_three_classes_share_two_seats_of_each_territory(classes):
    review = review_of(classes, on=date(2014, 6, 1))

    assert (review.composition.required, review.composition.vacant) == (100, 0)
    (group,) = review.composition.snapshot.groups
    assert sorted(len(each.territories) for each in group.classes) == [33, 33, 34]
    assert review.findings == ()


def test_a_seat_of_the_wrong_class_is_found_in_its_territory(classes):
    moved = Appointment.objects.filter(renewal_class__slug="one").first()
    there = moved.territory.appointments.exclude(pk=moved.pk).get()
    Appointment.objects.filter(pk=moved.pk).update(renewal_class=there.renewal_class)

    (finding,) = review_of(classes, on=date(2014, 6, 1)).findings

    assert finding.problem is Problem.WRONG_CLASS
    assert finding.territory.slug == moved.territory.slug
    assert {each.appointment_id for each in finding.sittings} == {moved.pk, there.pk}


# A chamber of 80: 53 from lists, 24 women, 2 for the young, 1 for persons with disabilities

PARTS = {"lists": 53, "women": 24, "young": 2, "disability": 1}


@pytest.fixture
def parts():
    chamber = InstitutionFactory(slug="chamber", start=PartialDate.parse("2003-10-10"))
    CoverageFactory(institution=chamber, start=date(2003, 10, 10))
    groups = {}
    for slug, seats in PARTS.items():
        groups[slug] = SeatGroupFactory(institution=chamber, slug=slug)
        SeatRuleFactory(group=groups[slug], seats=seats, article="75")
        seat(groups[slug], seats, "2013-10-04")
    return chamber


def test_the_parts_of_a_chamber_are_counted_each_by_itself(parts):
    composition = composition_of(parts, on=date(2014, 6, 1))

    assert (composition.required, composition.filled) == (80, 80)
    assert {line.rule.group.slug: line.filled for line in composition.lines} == PARTS


def test_a_full_chamber_may_still_lack_a_member_of_one_part(parts):
    lists = parts.seat_groups.get(slug="lists")
    Appointment.objects.filter(
        pk=Appointment.objects.filter(group__slug="young").first().pk
    ).update(group=lists)

    review = review_of(parts, on=date(2014, 6, 1))

    assert review.composition.filled == 80
    assert [(f.problem, f.rule.group.slug, f.found) for f in review.findings] == [
        (Problem.TOO_MANY_MEMBERS, "lists", 54),
        (Problem.VACANT_SEATS, "young", 1),
    ]
