"""What loading a folder does to what is recorded."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from registry import models
from registry.seeds.faults import SeedsRefused
from registry.seeds.loading import load
from registry.seeds.tables import TABLES
from registry.snapshots import composition_of, findings_of
from tests.seeds.conftest import REPUBLIC, SEEDS, history_rows

pytestmark = pytest.mark.django_db


def by_file(tallies):
    return {tally.file.removesuffix(".csv"): tally for tally in tallies}


def test_a_folder_becomes_records(republic):
    load(republic)

    council = models.Institution.objects.get(slug="council")
    assert council.name == {"en": "Council", "ru": "Совет"}
    composition = composition_of(council, on=date(2014, 7, 1))
    assert (composition.required, composition.filled) == (3, 1)


def test_a_source_has_a_place_of_its_own(republic):
    load(republic)

    citations = models.Institution.objects.get(slug="council").citations
    assert set(citations.values_list("source__slug", "place")) == {
        ("gazette", "No. 7"),
        ("almanac", "p. 12"),
    }


def test_one_place_serves_all_sources(write):
    institutions = REPUBLIC["institutions"].replace("No. 7; p. 12", "p. 12")

    load(write(**REPUBLIC | {"institutions": institutions}))

    citations = models.Institution.objects.get(slug="council").citations
    assert set(citations.values_list("place", flat=True)) == {"p. 12"}


def test_a_month_stays_a_month(republic):
    load(republic)

    appointment = models.Appointment.objects.get()
    assert str(appointment.start) == "2014-06"
    assert appointment.end is None


def test_over_but_nobody_knows_when_is_written_as_unknown(write):
    appointments = REPUBLIC["appointments"].replace("2014-06,,", "2014-06,unknown,")

    load(write(**REPUBLIC | {"appointments": appointments}))

    appointment = models.Appointment.objects.get()
    assert appointment.has_ended
    assert (appointment.end_earliest, appointment.end_latest) == (None, None)


def test_a_person_is_known_by_the_key_and_not_by_the_name(write):
    persons = REPUBLIC["persons"] + "        namesake,Dinara Abenova,,gazette\n"

    load(write(**REPUBLIC | {"persons": persons}))

    assert models.Person.objects.count() == 2
    keys = models.PersonIdentifier.objects.filter(scheme="seed").values_list("value", flat=True)
    assert set(keys) == {"dinara-abenova", "namesake"}


def test_a_row_may_lead_to_one_further_down(write):
    institutions = """
        slug,name_en,branch,parent
        lower-house,Lower house,legislative,parliament
        parliament,Parliament,legislative,
    """

    load(write(institutions=institutions))

    assert models.Institution.objects.get(slug="lower-house").parent.slug == "parliament"


def test_every_record_has_a_history_that_names_the_seeds(republic):
    load(republic)

    for model in (models.Source, models.Institution, models.Person, models.Appointment):
        assert model.history.count() == model.objects.count()
        assert set(model.history.values_list("history_change_reason", flat=True)) == {"seeds"}
    assert models.Citation.history.count() == models.Citation.objects.count() > 0


def test_only_what_the_folder_says_otherwise_is_written(write):
    load(write(**REPUBLIC))
    before = history_rows()

    rules = REPUBLIC["seat_rules"].replace(",3,elected", ",5,elected")
    tallies = by_file(load(write(seat_rules=rules)))

    assert tallies["seat_rules"].changed == 1
    assert sum(tally.changed + tally.new for tally in tallies.values()) == 1
    assert history_rows() == before + 1
    assert models.SeatRule.objects.get().seats == 5


def test_a_language_without_a_column_is_left_alone(write):
    load(write(**REPUBLIC))

    load(write(institutions="slug,name_en,branch\ncouncil,Great Council,legislative\n"))

    council = models.Institution.objects.get(slug="council")
    assert council.name == {"en": "Great Council", "ru": "Совет"}
    assert council.citations.count() == 2  # without a column of sources they stay too


def test_a_source_that_left_the_row_leaves_the_record(write):
    load(write(**REPUBLIC))

    institutions = REPUBLIC["institutions"].replace("gazette; almanac,No. 7; p. 12", "gazette,p. 1")
    tallies = by_file(load(write(institutions=institutions)))

    assert tallies["institutions"].changed == 1
    citations = models.Institution.objects.get(slug="council").citations
    assert list(citations.values_list("source__slug", "place")) == [("gazette", "p. 1")]


def test_the_kinds_of_territory_of_a_rule_follow_the_folder(write):
    kinds = "slug,name_en\nregion,Region\ncity,City\n"
    rules = """
        institution,group,start,seats_per_territory,territory_kinds,designation
        council,elected,1996-01-30,2,region; city,elected
    """
    load(write(**REPUBLIC | {"territory_kinds": kinds, "seat_rules": rules}))
    kinds_of = models.SeatRule.objects.get().territory_kinds
    assert set(kinds_of.values_list("slug", flat=True)) == {"region", "city"}

    load(write(seat_rules=rules.replace("region; city", "region")))

    assert set(kinds_of.values_list("slug", flat=True)) == {"region"}


def test_the_examples_of_the_readme_are_a_folder_that_loads(write):
    readme = (SEEDS / "README.md").read_text(encoding="utf-8")
    examples = dict(re.findall(r"`(\w+)\.csv`\n\n```csv\n(.*?)```", readme, flags=re.DOTALL))

    load(write(**examples))

    assert set(examples) == {table.name for table in TABLES}
    council = models.Institution.objects.get(slug="council")
    found = {finding.problem: finding for finding in findings_of(council, on=date(1997, 1, 1))}
    assert set(found) == {"vacant_seats", "missing_list"}
    assert (found["vacant_seats"].expected, found["vacant_seats"].found) == (2, 1)


def test_somebody_serves_the_rest_of_a_term_that_stands_further_down(write):
    appointments = """
        person,institution,group,start,serves_rest_of,serves_rest_from
        serik-omarov,council,elected,2016-01-01,dinara-abenova,2014-06
        dinara-abenova,council,elected,2014-06,,
    """
    persons = REPUBLIC["persons"] + "        serik-omarov,Serik Omarov,,gazette\n"

    load(write(**REPUBLIC | {"persons": persons, "appointments": appointments}))

    successor = models.Appointment.objects.get(serves_rest_of__isnull=False)
    assert successor.serves_rest_of.person.name["en"] == "Dinara Abenova"


def test_open_names_what_has_no_start(write):
    files = {
        "seat_rules": REPUBLIC["seat_rules"].replace("elected,1996-01-30", "elected,"),
        "contradictions": """
            slug,kind,subject_en,of_institution,of_group,seat_rule
            seats,source_vs_source,Seats of the council,council,elected,open
        """,
    }

    load(write(**REPUBLIC | files))

    assert models.Contradiction.objects.get().fact == models.SeatRule.objects.get()


def test_the_territories_of_an_election_follow_the_folder(write):
    files = {
        "territories": "slug,name_en\nnorth,North\nsouth,South\n",
        "elections": "institution,day,territories\ncouncil,2014-06-01,north; south\n",
    }
    load(write(**REPUBLIC | files))
    territories = models.Election.objects.get().territories
    assert set(territories.values_list("slug", flat=True)) == {"north", "south"}

    load(write(elections=files["elections"].replace("north; ", "")))

    assert set(territories.values_list("slug", flat=True)) == {"south"}


def test_a_step_that_a_curator_deleted_stays_deleted(write):
    steps = """
        person,institution,group,appointed,kind,by,day
        dinara-abenova,council,elected,2014-06,elected,,2014-05
    """
    load(write(**REPUBLIC, designation_steps=steps))
    assert str(models.DesignationStep.objects.get().day) == "2014-05"
    models.DesignationStep.objects.get().delete()

    tallies = by_file(load(write(designation_steps=steps)))

    assert tallies["designation_steps"].kept == [2]
    assert not models.DesignationStep.objects.exists()


# What people do in the registry wins over the folder, and the command says so.


def test_what_a_curator_changed_is_kept(write):
    load(write(**REPUBLIC))
    appointment = models.Appointment.objects.get()
    appointment.end_reason = "Resigned"
    appointment._history_user = User.objects.create(username="curator")
    appointment.save()

    tallies = by_file(
        load(
            write(
                appointments=REPUBLIC["appointments"].replace("2014-06,,", "2014-06,2016,"),
                persons=REPUBLIC["persons"].replace("Dinara Abenova,", "Dinara A. Abenova,"),
            )
        )
    )

    assert tallies["appointments"].kept == [2]
    assert models.Appointment.objects.get().end is None
    assert tallies["persons"].changed == 1  # nobody touched this one


def test_what_a_curator_deleted_stays_deleted(republic):
    load(republic)
    models.Appointment.objects.get().delete()

    tallies = by_file(load(republic))

    assert tallies["appointments"].kept == [2]
    assert not models.Appointment.objects.exists()


def test_a_deleted_person_takes_along_what_leads_to_the_person(republic):
    load(republic)
    models.Appointment.objects.get().delete()
    models.Person.objects.get().delete()

    tallies = by_file(load(republic))

    assert (tallies["persons"].kept, tallies["appointments"].kept) == ([2], [2])
    assert not models.Person.objects.exists()


def test_a_citation_that_a_curator_removed_stays_removed(republic):
    load(republic)
    council = models.Institution.objects.get(slug="council")
    council.citations.get(source__slug="almanac").delete()

    tallies = by_file(load(republic))

    assert tallies["institutions"].unchanged == 1
    assert list(council.citations.values_list("source__slug", flat=True)) == ["gazette"]


def test_a_citation_that_a_curator_added_is_kept(republic):
    load(republic)
    council = models.Institution.objects.get(slug="council")
    council.citations.create(source=models.Source.objects.get(slug="almanac"), place="p. 99")

    load(republic)

    assert council.citations.filter(place="p. 99").exists()


def test_a_second_folder_is_added_beside_the_first(republic, tmp_path_factory):
    load(republic)
    other = tmp_path_factory.mktemp("other")
    (other / "persons.csv").write_text("person,name_en\nserik,Serik Omarov\n")
    (other / "appointments.csv").write_text("person,institution,start\nserik,council,2015\n")

    load(other)

    assert models.Appointment.objects.count() == 2


# The command


def test_nothing_is_written_when_one_row_of_the_last_file_is_wrong(write):
    appointments = REPUBLIC["appointments"].replace("2014-06,,", "2014-13,,")

    with pytest.raises(SeedsRefused):
        load(write(**REPUBLIC | {"appointments": appointments}))

    assert not models.Source.objects.exists()
    assert not models.Institution.objects.exists()


def test_the_command_prints_what_became_of_each_file(republic, capsys):
    call_command("load_seeds", republic)

    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == ["file", "rows", "new", "changed", "unchanged", "kept"]
    assert ["sources.csv", "2", "2", "0", "0", "0"] in lines


def test_the_command_refuses_with_every_fault_and_code_1(write):
    sources = "slug,title,kind\ngazette,Gazette,paper\nalmanac,,official\n"

    with pytest.raises(CommandError) as refused:
        call_command("load_seeds", write(sources=sources))

    assert refused.value.returncode == 1
    assert "2 things are wrong" in str(refused.value)
    assert "sources.csv, row 2, column kind, “paper”" in str(refused.value)
    assert "sources.csv, row 3, column title: The cell must be filled." in str(refused.value)


def test_a_missing_folder_gets_a_sentence(tmp_path):
    with pytest.raises(CommandError, match=r"There is no folder .*nowhere"):
        call_command("load_seeds", tmp_path / "nowhere")
