"""What the seeds of Kazakhstan say, held against what their sources say."""

from __future__ import annotations

import csv
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.domain.findings import Problem, Severity
from registry.models import (
    Appointment,
    Citation,
    Convocation,
    Coverage,
    Institution,
    Party,
    SeatRule,
    Source,
    Succession,
    Territory,
    TerritoryStatus,
)
from registry.seeds.loading import load
from registry.snapshots import composition_of, history_of
from tests.seeds.conftest import SEEDS, history_rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kazakhstan")]

TODAY = date(2026, 11, 22)


def composition(slug, day):
    return composition_of(Institution.objects.get(slug=slug), on=date.fromisoformat(str(day)))


def holders(slug, day):
    found = composition(slug, day)
    lines = (*found.lines, *found.inner)
    return [sitting for line in lines for sitting in (*line.holders, *line.acting)]


def test_the_second_run_writes_nothing():
    before = history_rows()

    with CaptureQueriesContext(connection) as queries:
        tallies = load(SEEDS)

    written = [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert written == []
    assert history_rows() == before
    assert {(tally.new, tally.changed, len(tally.kept)) for tally in tallies} == {(0, 0, 0)}


def test_every_row_of_every_file_is_there():
    with (SEEDS / "sources.csv").open(encoding="utf-8") as file:
        assert Source.objects.count() == len(list(csv.DictReader(file))) == 254
    assert TerritoryStatus.objects.count() == 30
    assert Institution.objects.count() == 32 + 20  # and a maslikhat for each territory of today
    assert SeatRule.objects.count() == 122
    assert Appointment.objects.count() == 53  # one more rests on recollection alone


@pytest.mark.parametrize(
    ("slug", "day", "seats"),
    [
        ("senate", "1996-06-01", 47),  # 2 x 20 + 7
        ("senate", "1997-06-01", 37),  # 2 x 15 + 7
        ("senate", "2000-01-01", 39),  # 2 x 16 + 7
        ("senate", "2014-06-01", 47),  # 2 x 16 + 15
        ("senate", "2019-01-01", 49),  # 2 x 17 + 15
        ("senate", "2024-01-01", 50),  # 2 x 20 + 5 + 5
        ("mazhilis", "1996-06-01", 67),
        ("mazhilis", "2000-01-01", 77),
        ("mazhilis", "2014-06-01", 107),
        ("mazhilis", "2022-07-01", 107),  # elected as 98 + 9, under a law that became 69 + 29
        ("mazhilis", "2024-01-01", 98),
        ("kurultai", "2026-11-22", 145),
        ("constitutional-council", "2010-01-01", 7),  # former Presidents on top
        ("constitutional-court", "2024-01-01", 11),
        ("akims-regional", "2024-01-01", 20),
    ],
)
def test_required_seats(slug, day, seats):
    assert composition(slug, day).required == seats


def test_the_senate_has_ended():
    found = composition("senate", "2026-07-01")

    assert (found.state, found.required) == ("ended", None)


def test_no_source_states_the_37_of_1997():
    assert composition("senate", "1997-06-01").stated_totals == ()


def test_the_kurultai_elected_in_august_2026_has_no_known_start():
    convocation = Convocation.objects.get(institution__slug="kurultai")

    assert str(convocation.start) == "[2026-08-23..]"
    assert convocation.end is None
    assert composition("kurultai", "2026-08-22").state == "between_convocations"
    assert composition("kurultai", TODAY).state == "in_office"


@pytest.mark.parametrize(("day", "acting"), [("2016-09-08", True), ("2016-09-09", False)])
def test_the_prime_minister_of_september_2016(day, acting):
    (holder,) = holders("prime-minister", day)

    assert (holder.name["en"], holder.acting) == ("Sagintayev, Bakytzhan", acting)


@pytest.mark.parametrize(
    ("slug", "day", "name"),
    [
        ("president", "2019-03-19", "Nazarbayev, Nursultan"),
        ("president", "2019-03-20", "Tokayev, Kassym-Jomart"),
        ("senate", "2014-06-01", "Tokayev, Kassym-Jomart"),
        ("mazhilis", "2014-06-01", "Dzhakupov, Kabibulla"),
        ("supreme-court", "2020-01-01", "Asanov, Zhakip"),
        ("constitutional-court", "2024-01-01", "Azimova, Elvira"),
    ],
)
def test_who_held_the_office(slug, day, name):
    assert [holder.name["en"] for holder in holders(slug, day)] == [name]


def test_what_only_a_month_or_a_year_is_known_of_stays_so():
    def term(person, institution):
        found = Appointment.objects.get(
            person__identifiers__value=person, institution__slug=institution
        )
        return str(found.start), str(found.end)

    assert term("igor-rogov", "constitutional-council") == ("2004-06", "2017-12-11")
    assert term("yerik-asanbayev", "vice-president-1991") == ("1991", "1996")
    assert term("mikhail-malakhov", "supreme-court") == ("1993", "1996")
    assert str(Institution.objects.get(slug="constitutional-council").start) == "1996-02"


def test_nothing_rests_on_recollection_alone():
    assert not Citation.objects.filter(source__kind="recollection").exists()
    for model in (Institution, Territory, SeatRule, Appointment, Convocation, Party, Succession):
        uncited = model.objects.filter(citations__isnull=True)
        assert list(uncited) == [], model


def test_the_renamed_region_carries_on_its_seats():
    south = Territory.objects.get(slug="south-kazakhstan-region")

    assert south.continued_by.slug == "turkistan-region"
    assert Territory.objects.get(slug="abai-region").part_of.slug == "east-kazakhstan-region"


def test_no_roster_of_a_real_body_is_declared_complete():
    assert not Coverage.objects.exists()


def test_no_body_is_in_error_and_stated_totals_agree_on_any_day():
    history = history_of(Institution.objects.all(), date(1990, 1, 1), date(2027, 1, 1))

    assert len(history) == Institution.objects.count()
    for institution, findings in history:
        for finding in findings:
            assert finding.problem is not Problem.TOTAL_MISMATCH, (institution, finding)
            assert finding.severity is not Severity.ERROR, (institution, finding)
