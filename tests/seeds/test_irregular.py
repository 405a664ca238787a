"""Irregular mandates in Kazakhstan: one finding each, by the article of its era, in its days."""

from datetime import date, timedelta

import pytest

from registry.domain.dates import PartialDate
from registry.domain.findings import Problem
from registry.models import (
    Appointment,
    Convocation,
    Coverage,
    DesignationStep,
    Institution,
    Person,
    SeatGroup,
    Territory,
)
from registry.snapshots import once_each, reviews_on
from tests.factories import AppointmentFactory, PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kazakhstan")]

ONE = timedelta(days=1)
QUIET = {Problem.MISSING_LIST, Problem.SOURCES_DISAGREE, Problem.UNDECIDED_COUNT}


def appoint(body, group, start, end="", person=None, territory=None, convocation=None, **columns):
    """An invented person in a seat, from the first day in office to the first day out of it."""
    institution = Institution.objects.get(slug=body)
    return AppointmentFactory(
        institution=institution,
        group=SeatGroup.objects.get(institution=institution, slug=group),
        person=person or PersonFactory(sample=True),
        territory=territory and Territory.objects.get(slug=territory),
        convocation=convocation
        and Convocation.objects.get(institution=institution, number=convocation),
        start=PartialDate.parse(start),
        end=PartialDate.parse(end) if end else None,
        **columns,
    )


def findings(day, *bodies, about=None):
    """What is found in some bodies on a day, by code, about some appointments if they are given."""
    reviews = once_each(reviews_on(day, Institution.objects.filter(slug__in=bodies)))
    ids = {each.pk for each in about or ()}
    return [
        finding
        for review in reviews
        for finding in review.findings
        if finding.problem not in QUIET
        and (not ids or ids & {sitting.appointment_id for sitting in finding.sittings})
    ]


def said(day, *bodies, about=None):
    return [
        (finding.problem.value, finding.law.article)
        for finding in findings(day, *bodies, about=about)
    ]


def assert_only_within(first, last, expected, *bodies, about):
    """The finding holds from its first day up to, not on, `last`, and says so; not around them."""
    first, last = date.fromisoformat(first), date.fromisoformat(last)
    for day in (first, last - ONE):
        (finding,) = findings(day, *bodies, about=about)
        assert (finding.problem.value, finding.law.article) == expected
        assert (finding.days.start, finding.days.end) == (first, last)
    for day in (first - ONE, last):
        assert said(day, *bodies, about=about) == []


def test_whoever_sits_in_both_chambers_is_one_finding():
    person = PersonFactory(sample=True)
    senator = appoint("senate", "elected", "2011-10-01", "2014-10-01", person, "akmola-region")
    deputy = appoint("mazhilis", "party_list", "2012-01-20", "2014-03-01", person, convocation=5)

    assert_only_within(
        "2012-01-20",
        "2014-03-01",
        ("incompatible_mandates", "50(4)"),
        "senate",
        "mazhilis",
        about=[senator, deputy],
    )


def test_a_deputy_in_the_government_is_one_finding():
    person = PersonFactory(sample=True)
    deputy = appoint("mazhilis", "party_list", "2012-01-20", "2016-01-20", person, convocation=5)
    minister = appoint(
        "prime-minister", "incumbent", "2013-02-01", "2013-03-01", person, acting=True
    )

    assert_only_within(
        "2013-02-01",
        "2013-03-01",
        ("incompatible_mandates", "52(3)"),
        "mazhilis",
        "prime-minister",
        about=[deputy, minister],
    )


def test_a_deputy_of_24_is_one_finding_while_the_mandate_lasts():
    born = date(1987, 1, 21)  # 25 on the day after the first
    person = PersonFactory(sample=True, birth_earliest=born, birth_latest=born)
    deputy = appoint("mazhilis", "party_list", "2012-01-20", "2016-01-20", person, convocation=5)

    assert_only_within(
        "2012-01-20", "2016-01-20", ("too_young", "50, 51"), "mazhilis", about=[deputy]
    )
    (finding,) = findings(date(2014, 6, 1), "mazhilis", about=[deputy])
    assert (finding.found, finding.expected) == (24, 25)


def test_a_tenth_assembly_deputy_is_one_too_many_and_a_ninth_is_not():
    nine = [
        appoint("mazhilis", "assembly_quota", "2012-01-20", "2016-01-20", convocation=5)
        for _ in range(9)
    ]
    assert said(date(2014, 6, 1), "mazhilis", about=nine) == []

    tenth = appoint("mazhilis", "assembly_quota", "2013-01-01", "2013-02-01", convocation=5)

    assert_only_within(
        "2013-01-01", "2013-02-01", ("too_many_members", "51"), "mazhilis", about=[tenth]
    )


def test_a_ninth_assembly_deputy_who_is_missing_is_one_vacancy():
    for _ in range(8):
        appoint("mazhilis", "assembly_quota", "2012-01-20", "2016-01-20", convocation=5)
    ninth = appoint("mazhilis", "assembly_quota", "2012-01-20", "2013-01-01", convocation=5)
    Coverage.objects.create(
        institution=ninth.institution,
        group=ninth.group,
        start=date(2012, 1, 20),
        end=date(2016, 1, 20),
    )

    assert said(date(2012, 12, 31), "mazhilis") == []
    (finding,) = findings(date(2013, 1, 1), "mazhilis")
    assert (finding.problem, finding.law.article) == (Problem.VACANT_SEATS, "51")
    assert (finding.since, finding.days.start, finding.days.end) == (
        date(2013, 1, 1),
        date(2013, 1, 1),
        date(2016, 1, 20),
    )
    assert [each.appointment_id for each in finding.predecessors] == [ninth.pk]


def test_a_senator_for_a_territory_that_did_not_exist_yet_is_one_finding():
    early = appoint("senate", "elected", "2022-01-01", "2023-01-14", territory="abai-region")

    assert_only_within(
        "2022-01-01", "2022-06-08", ("not_entitled", "50, 51"), "senate", about=[early]
    )


def test_a_chair_without_a_seat_is_one_finding():
    Appointment.objects.filter(institution__slug="mazhilis", group__slug="chair").update(
        acting=True
    )
    chair = appoint("mazhilis", "chair", "2000-01-01", "2001-01-01")
    Coverage.objects.create(
        institution=chair.institution, start=date(1999, 12, 1), end=date(2004, 11, 3)
    )

    assert_only_within(
        "2000-01-01", "2001-01-01", ("not_a_member", "58"), "mazhilis", about=[chair]
    )


def test_a_mandate_of_seven_years_is_one_finding():
    long = appoint("senate", "elected", "2007-10-01", "2014-10-01", territory="akmola-region")

    assert_only_within(
        "2007-10-01", "2014-10-01", ("term_too_long", "50, 51"), "senate", about=[long]
    )


@pytest.mark.parametrize(
    ("first", "last", "article", "consent_of"),
    [
        ("1996-02-01", "1996-03-01", "44, 53", "parliament"),
        ("2008-02-01", "2008-03-01", "44, 56", "mazhilis"),
        ("2020-02-01", "2020-03-01", "44, 56, 70", "mazhilis"),
        ("2026-08-01", "2026-08-20", "69", "kurultai"),
    ],
)
def test_a_prime_minister_without_consent_is_one_finding(first, last, article, consent_of):
    Appointment.objects.filter(institution__slug="prime-minister").update(acting=True)
    named = appoint("prime-minister", "incumbent", first, last)
    for kind in ("appointed", "proposed"):
        DesignationStep.objects.create(appointment=named, kind=kind)

    assert_only_within(first, last, ("missing_step", article), "prime-minister", about=[named])
    (finding,) = findings(date.fromisoformat(first), "prime-minister", about=[named])
    assert [demand.by.slug for demand in finding.missing] == [consent_of]

    DesignationStep.objects.create(appointment=named, kind="consented")
    assert said(date.fromisoformat(first), "prime-minister", about=[named]) == []


def test_invented_people_are_gone_after_each_test():
    assert not Person.objects.filter(sample=True).exists()
