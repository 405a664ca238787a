"""Invented people: they fill three bodies, are marked, accuse nobody real, and go as a whole."""

from __future__ import annotations

import csv
from datetime import date

import pytest
from django.core.management import call_command
from django.db import transaction

from registry.domain.findings import Problem
from registry.models import (
    Affiliation,
    Appointment,
    Coverage,
    Institution,
    Party,
    Person,
    PersonIdentifier,
)
from registry.seeds.loading import load
from registry.seeds.sample import load_sample, remove_sample
from registry.snapshots import composition_of, findings_of
from tests import factories
from tests.histories import untold
from tests.seeds.conftest import FIXTURES, SEEDS, history_rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_sample_people")]


def composition(slug, day):
    return composition_of(Institution.objects.get(slug=slug), on=date.fromisoformat(day))


def findings(slug, day):
    """What does not fit in a roster; a list that a source owes says nothing about it."""
    found = findings_of(Institution.objects.get(slug=slug), on=date.fromisoformat(day))
    return [finding for finding in found if finding.problem is not Problem.MISSING_LIST]


@pytest.mark.parametrize(
    ("slug", "day", "filled", "vacant", "over"),
    [
        ("mazhilis", "2012-02-01", 107, 0, 0),
        ("mazhilis", "2014-06-01", 106, 1, 0),  # one left in April, replaced in July
        ("mazhilis", "2014-07-03", 107, 0, 0),
        ("senate", "2012-06-01", 47, 0, 0),
        ("senate", "2013-03-20", 48, 0, 1),  # a successor came before the predecessor went
        ("senate", "2014-06-01", 46, 1, 0),  # Almaty region, until the election of October
        ("senate", "2014-10-01", 47, 0, 0),
        ("kurultai", "2026-11-22", 143, 1, 0),  # and one who may have left this month
    ],
)
def test_the_seats_they_fill(slug, day, filled, vacant, over):
    found = composition(slug, day)

    assert (found.filled, found.vacant, found.over) == (filled, vacant, over)
    assert found.sample


def test_the_mazhilis_began_as_its_election_of_2012_went():
    parties = {party.slug: party.seats for party in composition("mazhilis", "2012-02-01").parties}

    assert parties == {"nur-otan": 83, "ak-zhol": 8, "communist-peoples-party": 7, None: 9}


def test_a_change_of_party_keeps_the_seat():
    before, after = (composition("mazhilis", day) for day in ("2015-02-09", "2015-02-10"))

    assert before.filled == after.filled == 107
    seats = [{party.slug: party.seats for party in each.parties} for each in (before, after)]
    assert [each["ak-zhol"] for each in seats] == [8, 7]


def test_the_vacancy_of_almaty_region_names_the_last_holder():
    (finding,) = findings("senate", "2014-06-01")

    assert finding.problem is Problem.VACANT_SEATS
    assert finding.territory.slug == "almaty-region"
    assert finding.since == date(2014, 5, 12)
    assert len(finding.predecessors) == 1


def test_a_month_without_a_day_leaves_a_count_open():
    problems = [finding.problem for finding in findings("senate", "2015-03-15")]

    assert problems == [Problem.UNDECIDED_COUNT]


def test_the_parties_of_the_kurultai_are_invented():
    parties = Party.objects.filter(affiliations__appointment__institution__slug="kurultai")

    assert set(parties.values_list("sample", flat=True)) == {True}
    assert not Party.objects.filter(sample=True, slug__in=["amanat", "ak-zhol", "auyl"]).exists()


def test_all_that_comes_from_the_fixtures_is_marked():
    keys = PersonIdentifier.objects.filter(value__startswith="sample-").values("person_id")

    assert set(Person.objects.filter(id__in=keys).values_list("sample", flat=True)) == {True}
    assert set(Coverage.objects.values_list("sample", flat=True)) == {True}


def test_every_invented_person_has_a_name_in_four_languages():
    for name, sort_name in Person.objects.filter(sample=True).values_list("name", "sort_name"):
        assert set(name) == set(sort_name) == {"en", "kk", "ru", "de"}


def test_no_invented_person_bears_the_name_of_a_recorded_one():
    invented = set(Person.objects.filter(sample=True).values_list("sort_key", flat=True))
    recorded = set(Person.objects.filter(sample=False).values_list("sort_key", flat=True))

    assert len(invented) == Person.objects.filter(sample=True).count()  # nor of each other
    assert invented & recorded == set()


@pytest.mark.parametrize("slug", ["mazhilis", "senate", "kurultai"])
def test_no_finding_names_somebody_recorded_beside_somebody_invented(slug):
    """On every day somebody comes or goes, and the day before."""
    institution = Institution.objects.get(slug=slug)
    terms = Appointment.objects.filter(institution=institution).values_list(
        "start_earliest", "start_latest", "end_earliest", "end_latest"
    )
    days = {day for term in terms for day in term if day and day.year >= 2007}
    for day in days | {date.fromordinal(day.toordinal() - 1) for day in days}:
        for finding in findings_of(institution, on=day):
            accused = {sitting.sample for sitting in finding.sittings}
            assert finding.severity != "error" or accused == {True}, (day, finding)
            assert accused != {True, False}, (day, finding)


def test_loading_them_twice_writes_nothing():
    before = history_rows()

    folders = load_sample(FIXTURES)

    assert {folder.folder for folder in folders} == {
        "kurultai-2026",
        "mazhilis-2012",
        "senate-2012",
    }
    assert {(t.new, t.changed) for folder in folders for t in folder.tallies} == {(0, 0)}
    assert history_rows() == before


def test_one_command_removes_all_of_them(capsys):
    with transaction.atomic():
        people = Person.objects.filter(sample=True).count()

        call_command("remove_sample_people")

        assert f"Removed {people} sample people" in capsys.readouterr().out
        assert not Coverage.objects.exists()
        assert not Party.objects.filter(sample=True).exists()
        for model in (Person, Appointment, Party, Coverage, Affiliation, PersonIdentifier):
            assert model.history.count() == model.objects.count(), model
        before = history_rows()
        assert {(t.new, t.changed) for t in load(SEEDS)} == {(0, 0)}
        assert history_rows() == before


def test_nothing_to_remove_gets_a_sentence(capsys):
    remove_sample()

    call_command("remove_sample_people")

    assert capsys.readouterr().out == "There are no sample people.\n"


def test_one_whom_a_curator_made_real_stays():
    person = Person.objects.filter(sample=True).first()
    person.sample = False
    person.save()

    remove_sample()

    assert Person.objects.filter(id=person.id).exists()
    assert person.appointments.exists()


def test_an_invented_party_that_recorded_people_sit_for_stays():
    party = Party.objects.get(slug="sample-tulpar")
    factories.AffiliationFactory(party=party)

    remove_sample()

    assert list(Party.objects.filter(sample=True)) == [party]


@pytest.mark.parametrize("inner", [False, True])
def test_seats_that_recorded_people_hold_are_left_out(inner):
    """A chair is no seat: who holds it does not stand in the way."""
    remove_sample()
    mazhilis = Institution.objects.get(slug="mazhilis")
    group = mazhilis.seat_groups.get(slug="chair" if inner else "party_list")
    factories.AppointmentFactory(institution=mazhilis, group=group)  # in January 2012

    folders = {folder.folder: folder for folder in load_sample(FIXTURES)}

    assert folders["mazhilis-2012"].taken is not inner
    assert not folders["senate-2012"].taken
    assert composition("mazhilis", "2014-06-01").sample is inner


def test_days_that_a_recorded_roster_covers_are_left_out():
    remove_sample()
    senate = Institution.objects.get(slug="senate")
    factories.CoverageFactory(institution=senate, start=date(2016, 1, 19))

    folders = {folder.folder: folder for folder in load_sample(FIXTURES)}

    assert folders["senate-2012"].taken


def test_the_names_are_written_in_kazakh_letters():
    with (FIXTURES / "kurultai-2026" / "persons.csv").open(encoding="utf-8") as file:
        letters = "".join(row["name_kk"] for row in csv.DictReader(file)).lower()

    assert set("әғқңөұүі") <= set(letters)


def test_the_history_says_what_is_recorded_before_and_after():
    assert untold() == []
    with transaction.atomic():
        remove_sample()
        assert untold() == []
        transaction.set_rollback(True)
