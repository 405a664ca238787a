"""How offices and seats of Kazakhstan come to be filled: classes, elections, steps, bodies."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import Q
from django.urls import reverse

from registry.domain.dates import Presence
from registry.domain.renewals import seats_of_class
from registry.models import (
    Appointment,
    DesignationStep,
    Election,
    Institution,
    RenewalClass,
    SeatRule,
    TerritoryStatus,
)
from registry.snapshots import composition_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kazakhstan")]

TODAY = date(2026, 11, 22)
# A day of every era, from before there was any rule to today.
DAYS = [
    date.fromisoformat(day)
    for day in (
        *("1990-01-01", "1996-02-01", "2008-01-01", "2014-06-01"),
        *("2022-07-01", "2023-02-01", "2026-11-22"),
    )
]


# The Senate's renewal


def half_of_the_senate(slug: str, day: date) -> int | None:
    """The seats of a class on a day, from rule, class and territories alone."""
    composition = composition_of(Institution.objects.get(slug="senate"), on=day)
    rule = next(rule for rule in composition.rules if rule.group.slug == "elected")
    (wanted,) = (each for each in rule.group.classes if each.slug == slug)
    return seats_of_class(wanted, rule, composition.snapshot.territories, day)


@pytest.mark.parametrize(
    ("day", "seats"),
    [
        (date(2014, 10, 1), 16),
        (date(2017, 6, 28), 16),
        (date(2020, 8, 12), 17),  # Shymkent has joined
        (date(2023, 1, 14), 20),  # and three more regions
    ],
)
def test_the_class_that_is_renewed_has_one_seat_of_each_territory(day, seats):
    election = Election.objects.get(institution__slug="senate", day=day)

    assert half_of_the_senate(election.renewal_class.slug, day) == seats
    assert election.seats == seats  # and so a source says


def test_the_two_classes_are_renewed_in_turn():
    days = Election.objects.filter(renewal_class__isnull=False).order_by("day")

    classes = [election.renewal_class.slug for election in days]
    assert classes == ["class-1997", "class-1999"] * 5
    assert {each.group.slug for each in RenewalClass.objects.all()} == {"elected"}


def test_the_first_election_filled_both_classes_and_new_territories_theirs():
    others = Election.objects.filter(institution__slug="senate", renewal_class__isnull=True)

    assert [
        (str(each.day), each.seats, sorted(each.territories.values_list("slug", flat=True)))
        for each in others
    ] == [
        ("1995-12-05", 40, []),
        ("2018-10-05", 2, ["shymkent"]),
        ("2022-08-24", 6, ["abai-region", "ulytau-region", "zhetisu-region"]),
    ]


def test_every_election_of_the_facts_is_there():
    def days(institution):
        return [str(each.day) for each in Election.objects.filter(institution__slug=institution)]

    assert days("president") == [
        *("1991-12-01", "1999-01-10", "2005-12-04", "2011-04-03"),
        *("2015-04-26", "2019-06-09", "2022-11-20"),
    ]
    assert len(days("mazhilis")) == 8
    assert days("kurultai") == ["2026-08-23"]
    assert days("maslikhats-district") == ["2012-01-15", "2016-03-20", "2021-01-10", "2023-03-19"]


def test_senators_take_office_when_the_terms_before_theirs_are_over():
    took = Election.objects.filter(institution__slug="senate", took_office__isnull=False)

    assert [(str(each.day), str(each.took_office)) for each in took] == [
        ("1995-12-05", "1996-01-30"),
        ("2005-08-19", "2005-12-01"),
        ("2011-08-19", "2011-12-01"),
    ]


def test_days_that_rest_on_recollection_are_marked():
    unsure = Election.objects.filter(confidence="low")

    assert [str(each.day) for each in unsure] == ["1997-10-08", "2008-10-04"]
    assert all("unconfirmed recollection" in each.note for each in unsure)


# Rules of offices


@pytest.mark.parametrize(
    ("day", "consent", "resigns"),
    [
        ("2007-05-20", "parliament", "president"),
        ("2007-05-21", "mazhilis", "president"),
        ("2017-03-09", "mazhilis", "president"),
        ("2017-03-10", "mazhilis", "mazhilis"),
        ("2026-06-30", "mazhilis", "mazhilis"),
        ("2026-07-01", "kurultai", "kurultai"),
    ],
)
def test_the_prime_minister_by_era(day, consent, resigns):
    rule = SeatRule.objects.on(date.fromisoformat(day)).get(
        group__institution__slug="prime-minister"
    )

    assert (rule.chosen_by.slug, rule.consented_by.slug) == ("president", consent)
    assert rule.resigns_before.slug == resigns
    assert rule.by_act


@pytest.mark.parametrize(
    ("institution", "group", "day", "age"),
    [
        ("president", "incumbent", "2015-04-26", 40),
        ("senate", "elected", "2014-06-01", 30),
        ("mazhilis", "party_list", "2014-06-01", 25),
        ("kurultai", "party_list", "2026-08-23", 25),
        ("maslikhats-district", "deputies", "2014-06-01", 20),
        ("maslikhat-astana", "deputies", "2014-06-01", 20),
        ("mazhilis", "party_list", "2023-03-29", None),  # nobody read that wording
    ],
)
def test_the_least_age_is_there_where_it_is_sourced(institution, group, day, age):
    rule = SeatRule.objects.on(date.fromisoformat(day)).get(
        group__institution__slug=institution, group__slug=group
    )

    assert rule.minimum_age == age
    assert age is None or str(age) in rule.eligibility


def test_the_years_between_renewals_follow_the_era():
    elected = SeatRule.objects.filter(group__institution__slug="senate", group__slug="elected")

    assert [(rule.term_years, rule.renewal_years) for rule in elected] == [(4, 2), (6, 3)]


# Who did what in a designation


def steps(person: str, institution: str) -> list[tuple[str, str, str]]:
    """Kind, by whom and day, in order."""
    found = DesignationStep.objects.filter(
        appointment__person__identifiers__value=person,
        appointment__institution__slug=institution,
    )
    return [(step.kind, step.by.slug if step.by else "voters", str(step.day)) for step in found]


def test_smailov_was_consented_to_and_appointed_twice():
    assert sorted(steps("alikhan-smailov", "prime-minister"), key=lambda step: step[2]) == [
        ("proposed", "president", "2022-01-11"),
        ("consented", "mazhilis", "2022-01-11"),
        ("appointed", "president", "2022-01-11"),
        ("proposed", "president", "2023-03-30"),
        ("consented", "mazhilis", "2023-03-30"),
        ("appointed", "president", "2023-03-30"),
    ]


def test_a_parliament_of_1997_consented_to_balgimbayev():
    assert steps("nurlan-balgimbayev", "prime-minister") == [
        ("consented", "parliament", "1997-10-10"),
        ("appointed", "president", "1999-01-21"),
    ]


def test_presidents_are_elected_again_by_the_voters():
    nazarbayev = steps("nursultan-nazarbayev", "president")

    assert nazarbayev[0] == ("elected", "supreme-council", "1990-04-24")
    assert [day for _kind, by, day in nazarbayev if by == "voters"] == [
        *("1991-12-01", "1999-01-10", "2005-12-04", "2011-04-03", "2015-04-26")
    ]


def test_tokayev_first_served_the_rest_of_nazarbayevs_term():
    tokayev = Appointment.objects.get(
        person__identifiers__value="kassym-jomart-tokayev", institution__slug="president"
    )

    assert tokayev.serves_rest_of.person.name["en"] == "Nursultan Nazarbayev"
    assert [day for _kind, _by, day in steps("kassym-jomart-tokayev", "president")] == [
        "2019-06-09",
        "2022-11-20",
    ]


def test_no_step_is_taken_by_a_body_on_a_day_before_it_existed():
    for step in DesignationStep.objects.filter(by__isnull=False):
        assert step.by.term.covers(step.day.latest) is not Presence.NO, step


# Maslikhats of the territories


def test_every_territory_of_today_has_its_maslikhat():
    territories = TerritoryStatus.objects.on(TODAY).values_list("territory__slug", flat=True)
    maslikhats = Institution.objects.filter(parent__slug="maslikhats-regional").exclude(
        territory=None
    )

    assert set(maslikhats.values_list("territory__slug", flat=True)) == set(territories)
    assert maslikhats.count() == 20
    for maslikhat in maslikhats:
        assert set(maslikhat.name) == {"en", "kk", "ru", "de"}, maslikhat
        begun = min(status.start or date.min for status in maslikhat.territory.statuses.all())
        assert (maslikhat.start_earliest or date.min) == begun, maslikhat


def test_only_the_seats_that_a_source_states_have_a_number():
    def required(slug):
        return composition_of(Institution.objects.get(slug=slug), on=TODAY).required

    assert required("maslikhat-shymkent") == 32  # 16 by list, 16 by constituency
    assert required("maslikhat-abai-region") is None
    assert required("maslikhat-almaty-city") is None  # 21 by list, constituencies not recorded


def test_sizes_of_the_assembly_stand_side_by_side():
    assembly = Institution.objects.get(slug="assembly-people")

    totals = assembly.stated_totals.order_by("total").values_list("total", flat=True)
    assert list(totals) == [350, 382, 583]
    assert composition_of(assembly, on=date(2014, 6, 1)).required is None


# All of them


@pytest.mark.parametrize("model", [Election, DesignationStep])
def test_every_row_has_a_source(model):
    assert list(model.objects.filter(citations__isnull=True)) == []


@pytest.mark.parametrize("turn", range(len(DAYS)))
def test_the_page_of_every_body_answers_on_days_of_several_eras(client, turn):
    """Each body on some days, each day for some bodies; two maslikhats stand for the twenty."""
    of_a_territory = ["maslikhat-abai-region", "maslikhat-shymkent"]
    bodies = Institution.objects.filter(Q(territory=None) | Q(slug__in=of_a_territory))
    for place, institution in enumerate(bodies.order_by("slug")):
        if (place + turn) % 3:
            continue
        day = DAYS[turn]
        for name in ("institution", "composition"):
            response = client.get(reverse(name, args=[institution.slug]), {"on": day})
            assert response.status_code == 200, (institution.slug, name)
