"""What a good file does to the register."""

from datetime import date

import pytest

from registry.domain.dates import UNKNOWN, PartialDate
from registry.models import (
    Affiliation,
    Appointment,
    Citation,
    Convocation,
    Coverage,
    Party,
    Person,
    PersonIdentifier,
    Source,
    Territory,
)
from registry.rosters.matching.order import number_in
from registry.snapshots import composition_of, findings_of
from tests.factories import (
    AffiliationFactory,
    AppointmentFactory,
    ConvocationFactory,
    CoverageFactory,
    InstitutionFactory,
    PartyFactory,
    PersonFactory,
    SeatGroupFactory,
    SeatRuleFactory,
    TerritoryFactory,
)
from tests.rosters.conftest import FILES, everything

pytestmark = pytest.mark.django_db

UID = "0a1b2c3d-1111-4222-8333-abcdefabcde1"
SIXTEEN = FILES / "everypolitician-16.csv"
HEADER = "id,name,group,term,start_date,end_date\n"
OWN = "identifiers,name_en,convocation,group,start,end,end_basis,note,party,party_name\n"


def the_appointment(identifier):
    return Appointment.objects.get(person__identifiers__value=identifier)


def test_a_file_brings_persons_parties_appointments_and_their_source(chamber, run_import):
    result = run_import(SIXTEEN)

    assert (result.status, result.new) == (
        0,
        {"persons": 3, "parties": 2, "territories": 0, "appointments": 4},
    )
    assert Person.objects.count() == 3
    source = Source.objects.get(kind="roster")
    assert source.title == "everypolitician-16.csv"
    assert Citation.objects.get(appointment__person__identifiers__value="a3").place == "line 6"
    assert Citation.objects.filter(source=source, person__isnull=False).count() == 3


def test_importing_a_file_again_writes_nothing(chamber, run_import):
    run_import(SIXTEEN, complete=True)
    before = everything()

    result = run_import(SIXTEEN, complete=True)

    assert (result.status, result.nothing_to_do, result.unchanged) == (0, True, 4)
    assert everything() == before


def test_a_switch_of_party_is_not_a_new_mandate(chamber, run_import):
    run_import(SIXTEEN)

    appointment = the_appointment("a1")
    turn = PartialDate.parse("2013-05-01")

    assert (appointment.start_inherited, appointment.end_inherited) == (True, True)
    assert [(a.party.slug, a.start, a.end) for a in appointment.affiliations.all()] == [
        ("steppe-party", UNKNOWN, turn),
        ("river-party", turn, None),
    ]


def test_a_gap_makes_two_mandates(chamber, run_import):
    run_import(SIXTEEN)

    terms = Appointment.objects.filter(person__identifiers__value="a2").order_by("start_earliest")

    assert [(str(a.start), str(a.end)) for a in terms] == [
        ("2012-01-20", "2012-11-11"),
        ("2014-01-01", "2016-01-20"),
    ]


def test_the_last_day_in_becomes_the_first_day_out(chamber, run_import, write):
    rows = "a1,Dinara,Steppe,5,,2013-04-30\na1,Dinara,River,5,2013-05-01,2014-12-31\n"
    run_import(write(HEADER + rows), end_dates="last-day-in")

    appointment = the_appointment("a1")

    assert str(appointment.end) == "2015-01-01"
    assert appointment.affiliations.count() == 2  # judged after the conversion, they touch


def test_dates_left_to_the_convocation_move_with_it(chamber, run_import):
    run_import(SIXTEEN)
    convocation = chamber.convocations.get()
    convocation.start = PartialDate.parse("2012-01-15")
    convocation.save()

    assert str(the_appointment("a3").start) == "2012-01-15"


def test_a_name_does_not_tell_who_somebody_is(chamber, run_import):
    namesake = PersonFactory(name={"en": "Dinara Abenova"})

    result = run_import(SIXTEEN)

    assert result.similar_names == ["Abenova, Dinara"]
    assert namesake.appointments.count() == 0
    assert Person.objects.count() == 4


def test_an_identifier_tells_who_somebody_is_whatever_the_name(chamber, run_import):
    person = PersonFactory(name={"kk": "Динара Әбенова"})
    PersonIdentifier.objects.create(person=person, scheme="everypolitician-chamber", value="a1")

    result = run_import(SIXTEEN)

    person.refresh_from_db()
    assert result.new["persons"] == 2
    assert person.name == {"kk": "Динара Әбенова"}  # what curators wrote stays
    assert person.other_names == ["Dinara Abenova"]


def test_the_same_value_in_another_scheme_is_another_person(chamber, run_import):
    person = PersonFactory()
    PersonIdentifier.objects.create(person=person, scheme="wikidata", value="a1")

    assert run_import(SIXTEEN).new["persons"] == 3


def test_parties_are_found_by_any_of_their_names(chamber, run_import):
    PartyFactory(slug="steppe", name={"kk": "Дала"}, other_names=["STEPPE  party"])
    PartyFactory(slug="river", name={"kk": "Өзен"}, abbreviation="River Party")

    assert run_import(SIXTEEN).new["parties"] == 0


def test_a_party_known_by_wikidata_keeps_its_name(chamber, run_import):
    party = PartyFactory(slug="dala", name={"kk": "Дала"})
    party.identifiers.create(scheme="wikidata", value="Q201")

    run_import(FILES / "everypolitician-19.csv")

    assert Affiliation.objects.filter(party=party).count() == 1
    assert Party.objects.count() == 2


def test_a_party_that_resembles_another_is_new_and_said(chamber, run_import, write):
    PartyFactory(name={"en": "Nur Otan"})

    result = run_import(write(HEADER + "a1,Dinara,Nur-Otann,5,,\n"))

    assert "New party Nur-Otann: did you mean Nur Otan?" in result.notes


def test_areas_that_nobody_knows_are_recorded_bare(chamber, run_import):
    assert run_import(FILES / "everypolitician-19.csv").new["territories"] == 2
    assert Territory.objects.get(slug="north").statuses.count() == 0


def test_where_territories_fill_seats_an_unknown_area_is_refused(db, run_import, write):
    body = InstitutionFactory(slug="senate")
    group = SeatGroupFactory(institution=body)
    SeatRuleFactory(group=group, seats=None, seats_per_territory=2, kinds=["region"])
    ConvocationFactory(institution=body, number=5)
    north = TerritoryFactory(slug="north-region", name={"en": "North Region"})
    header = "id,name,area,term\n"

    good = run_import(write(header + "a1,Dinara,north region,5\n"), "senate")
    bad = run_import(write(header + "a1,Dinara,Nort Region,5\n"), "senate")

    assert (good.status, Appointment.objects.get().territory) == (0, north)
    assert (bad.status, bad.errors[0]["suggestion"]) == (1, "North Region")


def test_a_changed_end_is_a_change_and_no_duplicate(chamber, run_import, write):
    run_import(write(HEADER + "a1,Dinara,Steppe,5,,\n"))

    result = run_import(write(HEADER + "a1,Dinara,Steppe,5,,2014-07-03\n"))

    assert result.new["appointments"] == 0
    assert {(c["field"], c["old"], c["new"]) for c in result.changed} == {
        ("end", "2016-01-20", "2014-07-03"),
        ("end taken from the convocation", "yes", "no"),
    }
    assert str(the_appointment("a1").end) == "2014-07-03"
    assert the_appointment("a1").history.count() == 2


def test_a_silent_file_does_not_take_back_what_is_recorded(chamber, run_import, write):
    group = chamber.seat_groups.get()
    run_import(write(HEADER + "a1,Dinara,Steppe,5,,2014-07-03\n"))
    Appointment.objects.update(group=group, end_reason="resigned")

    result = run_import(write(HEADER + "a1,Dinara,,5,,\n"))

    assert result.nothing_to_do
    assert str(the_appointment("a1").end) == "2014-07-03"


def test_a_later_file_brings_a_switch_of_party(chamber, run_import, write):
    run_import(write(HEADER + "a1,Dinara,Steppe,5,,\n"))
    rows = "a1,Dinara,Steppe,5,,2014-07-03\na1,Dinara,River,5,2014-07-03,\n"

    result = run_import(write(HEADER + rows))

    assert (result.new["appointments"], len(result.changed)) == (0, 1)
    assert the_appointment("a1").affiliations.count() == 2


def test_one_too_many_is_imported_and_reported(chamber, run_import, write):
    rows = "".join(f"a{n},Deputy {n},Steppe,5,,\n" for n in range(4))

    result = run_import(write(HEADER + rows))

    assert (result.status, result.composition["filled"]) == (0, 4)
    assert [finding["code"] for finding in result.findings] == ["too_many_members"]


def test_a_mandate_beyond_its_convocation_is_imported_and_reported(chamber, run_import, write):
    run_import(write(HEADER + "a1,Dinara,Steppe,5,2016-03-01,2016-04-01\n"))

    found = findings_of(chamber, on=date(2016, 3, 15))

    assert "outside_convocation" in {finding.problem.value for finding in found}


def test_the_answer_shows_the_last_day_of_a_convocation_that_is_over(chamber, run_import):
    assert run_import(SIXTEEN).composition["on"] == "2016-01-19"


def test_a_dry_run_says_the_same_and_writes_nothing(chamber, run_import):
    before = everything()

    dry = run_import(SIXTEEN, dry_run=True)

    assert everything() == before
    assert (dry.dry_run, dry.new) == (True, run_import(SIXTEEN).new)


class TestConvocations:
    def test_one_that_nobody_recorded_comes_from_the_table_of_terms(
        self, chamber, run_import, write
    ):
        file = write(HEADER + "a1,Dinara,Steppe,6,,\n")

        without = run_import(file)
        result = run_import(file, terms=str(FILES / "terms.csv"))

        assert (without.status, without.wrong_usage) == (2, True)
        assert "Recorded are: 5." in without.message
        assert result.convocations[0]["new"]
        assert str(Convocation.objects.get(number=6).start) == "2016-03-25"

    def test_recorded_dates_stay_and_the_difference_is_said(self, chamber, run_import, write):
        terms = write("id,start_date,end_date\n5,2012-01-15,2016-01-20\n", "terms.csv")

        result = run_import(SIXTEEN, terms=str(terms))

        assert result.convocations[0]["differs"] == [
            {"field": "start", "here": "2012-01-20", "in_file": "2012-01-15"}
        ]
        assert str(chamber.convocations.get().start) == "2012-01-20"

    def test_a_missing_end_is_filled_once(self, chamber, run_import, write):
        Convocation.objects.update(has_ended=False, end_earliest=None, end_latest=None)
        run_import(SIXTEEN)

        result = run_import(SIXTEEN, terms=str(FILES / "terms.csv"))

        assert result.convocations[0]["filled"] == ["end"]
        assert str(the_appointment("a3").end) == "2016-01-20"
        assert run_import(SIXTEEN, terms=str(FILES / "terms.csv")).nothing_to_do

    def test_the_file_may_call_it_otherwise(self, chamber, run_import, write):
        file = write(HEADER + "a1,Dinara,Steppe,chamber_V,,\n")

        assert run_import(file).status == 2
        assert run_import(file, convocation="5").status == 0
        assert the_appointment("a1").convocation.number == 5

    def test_only_the_rows_of_the_one_asked_for_are_taken(self, chamber, run_import, write):
        file = write(HEADER + "a1,Dinara,Steppe,5,,\na2,Marat,Steppe,4,,\n")

        assert run_import(file, convocation="5").new["persons"] == 1

    def test_a_body_without_any_needs_dates(self, db, run_import, write):
        InstitutionFactory(slug="council")
        silent = write("identifiers,name_en,start\nlocal:1,Dinara,\n")
        stated = write("identifiers,name_en,start\nlocal:1,Dinara,2014\n", "2.csv")

        assert run_import(silent, "council").errors[0]["code"] == "nothing_to_inherit"
        assert run_import(stated, "council").status == 0
        assert Appointment.objects.get().end is None


class TestCompleteAndAbsent:
    def test_complete_declares_the_days_of_the_convocation(self, chamber, run_import):
        run_import(SIXTEEN, complete=True)

        coverage = Coverage.objects.get()

        assert (coverage.start, coverage.end) == (date(2012, 1, 20), date(2016, 1, 20))
        assert composition_of(chamber, on=date(2013, 6, 1)).vacant == 1

    def test_those_not_in_the_file_are_named_and_kept(self, chamber, run_import, write):
        run_import(SIXTEEN)

        result = run_import(write(HEADER + "a1,Dinara Abenova,Steppe Party,5,,2013-05-01\n"))

        assert {each["person"] for each in result.absent} == {"Otarbek, Marat", "Seitova, Aigul"}
        assert Appointment.objects.count() == 4

    def test_ending_those_not_in_the_file_states_no_day(self, chamber, run_import, write):
        run_import(SIXTEEN)
        kept = write(HEADER + "a2,Marat Otarbek,Steppe Party,5,,2012-11-11\n")

        result = run_import(kept, absent="end")
        ended = the_appointment("a3")

        assert result.ended == 3
        assert any("does not have it" in note and "Aigul" in note for note in result.notes)
        assert (ended.has_ended, ended.end_earliest, ended.end_latest, ended.end_inherited) == (
            True,
            None,
            date(2016, 1, 20),
            False,
        )
        assert run_import(kept, absent="end").nothing_to_do

    def test_a_stated_end_of_somebody_absent_stays(self, chamber, run_import, write):
        run_import(write(HEADER + "a1,Dinara,Steppe,5,,2013-05-01\n"))

        run_import(write(HEADER + "a2,Marat,Steppe,5,,\n"), absent="end")

        assert str(the_appointment("a1").end) == "2013-05-01"


class TestSamplePeople:
    @pytest.fixture
    def invented(self, chamber):
        """Two invented deputies of convocation 5, one of whom sits elsewhere too."""
        convocation = chamber.convocations.get()
        people = [PersonFactory(sample=True), PersonFactory(sample=True)]
        for person in people:
            appointment = AppointmentFactory(
                institution=chamber,
                person=person,
                convocation=convocation,
                start_inherited=True,
                end_inherited=True,
            )
            AffiliationFactory(appointment=appointment)
        AppointmentFactory(person=people[1])
        CoverageFactory(institution=chamber, start=date(2010, 1, 1), end=None, sample=True)
        return people

    def test_a_real_roster_takes_their_place(self, chamber, invented, run_import):
        result = run_import(SIXTEEN)

        assert result.replaced_sample == 2
        assert "Replaced 2 sample deputies." in result.notes
        assert not chamber.appointments.filter(person__sample=True).exists()
        assert list(Person.objects.filter(sample=True)) == [invented[1]]

    def test_what_was_declared_complete_for_them_is_cut(self, chamber, invented, run_import):
        run_import(SIXTEEN)

        spans = Coverage.objects.order_by("start").values_list("start", "end", "sample")

        assert list(spans) == [
            (date(2010, 1, 1), date(2012, 1, 20), True),
            (date(2016, 1, 20), None, True),
        ]

    def test_their_removal_is_in_the_history(self, chamber, invented, run_import):
        run_import(SIXTEEN)

        assert Appointment.history.filter(history_type="-").count() == 2
        assert Person.history.filter(history_type="-").count() == 1

    def test_days_beyond_the_file_keep_theirs(self, chamber, run_import):
        later = ConvocationFactory(
            institution=chamber, number=6, start=PartialDate.parse("2016-01-20"), end=None
        )
        AppointmentFactory(
            institution=chamber,
            person=PersonFactory(sample=True),
            convocation=later,
            start_inherited=True,
        )

        assert run_import(SIXTEEN).replaced_sample == 0

    def test_a_chair_from_a_file_sends_no_invented_deputy_home(
        self, chamber, invented, run_import, write
    ):
        SeatGroupFactory(institution=chamber, slug="chair", inner=True)
        file = write(OWN + "local:1,Dinara,5,chair,,,,,,\n")

        assert run_import(file).replaced_sample == 0


class TestOwnLayout:
    def test_what_its_columns_hold_replaces_what_is_recorded(self, chamber, run_import, write):
        run_import(write(OWN + "local:1,Dinara,5,,,2014-07-03,,resigned,,Steppe\n"))

        result = run_import(write(OWN + "local:1,Dinara Abenova,5,lists,,,stated,,,\n"))

        assert {change["field"] for change in result.changed} == {
            "seat group",
            "end",
            "remark",
            "party",
        }
        appointment = the_appointment("1")
        assert (appointment.end, appointment.note, appointment.group.slug) == (None, "", "lists")
        assert appointment.affiliations.count() == 0
        assert appointment.person.name == {"en": "Dinara Abenova"}

    def test_a_column_that_is_not_there_changes_nothing(self, chamber, run_import, write):
        run_import(write(OWN + "local:1,Dinara,5,lists,,2014-07-03,,resigned,,Steppe\n"))

        result = run_import(write("identifiers,convocation\nlocal:1,5\n"))

        assert result.nothing_to_do

    def test_a_corrected_territory_is_no_second_mandate(self, chamber, run_import, write):
        TerritoryFactory(slug="north", name={"en": "North"})
        TerritoryFactory(slug="south", name={"en": "South"})
        header = "identifiers,name_en,convocation,territory\n"
        run_import(write(header + "local:1,Dinara,5,north\n"))

        result = run_import(write(header + "local:1,Dinara,5,South\n"))

        assert (result.new["appointments"], len(result.changed)) == (0, 1)

    def test_two_parties_at_a_time_have_a_row_each(self, chamber, run_import, write):
        header = "identifiers,name_en,convocation,party_name,party_start,party_end\n"
        rows = "local:1,Dinara,5,Steppe,,2013\nlocal:1,Dinara,5,River,2013,\n"

        run_import(write(header + rows))

        assert the_appointment("1").affiliations.count() == 2
        assert run_import(write(header + rows)).nothing_to_do

    def test_a_permanent_id_of_another_registry_is_taken_over(self, chamber, run_import, write):
        uid = "0a1b2c3d-1111-4222-8333-abcdefabcdec"
        file = write(f"person_id,name_en,convocation\n{uid},Dinara,5\n")

        run_import(file)

        assert str(Person.objects.get().uid) == uid
        assert run_import(file).nothing_to_do


def test_acting_and_then_in_office_are_two_appointments(db, run_import, write):
    InstitutionFactory(slug="premier")
    text = (
        "identifiers,name_en,start,end,acting\n"
        "local:1,Dinara,2016-09-08,2016-09-09,1\n"
        "local:1,Dinara,2016-09-09,,0\n"
    )

    assert run_import(write(text), "premier").new["appointments"] == 2
    assert run_import(write(text), "premier").nothing_to_do


def test_a_number_of_one_body_is_another_person_in_another(chamber, run_import, write):
    file = write("id,name,term,start_date\n62,Dinara Abenova,5,2014\n", "one.csv")
    InstitutionFactory(slug="senate")
    run_import(file)

    run_import(write("id,name,term,start_date\n62,Marat Otarbek,5,2014\n"), institution="senate")

    assert Person.objects.count() == 2
    assert run_import(file).nothing_to_do


def test_a_permanent_id_is_one_person_in_every_body(chamber, run_import, write):
    file = write(f"id,name,term,start_date\n{UID},Dinara Abenova,5,2014\n")
    InstitutionFactory(slug="senate")
    run_import(file)

    assert run_import(file, institution="senate").new["persons"] == 0
    assert Person.objects.get().appointments.count() == 2


def test_of_a_file_with_two_chambers_one_is_imported(chamber, run_import, write):
    rows = "a1,Dinara Abenova,Chamber,5\na2,Marat Otarbek,Senate,5\n"

    result = run_import(write("id,name,chamber,term\n" + rows))

    assert (result.new["persons"], chamber.appointments.count()) == (1, 1)
    assert "Left out: 1 membership of another organization." in result.notes


def test_what_a_file_calls_its_only_chamber_is_its_own_affair(chamber, run_import, write):
    assert run_import(write("id,name,chamber,term\na1,Dinara,Lower House,5\n")).status == 0


def test_a_file_of_another_body_is_refused(chamber, run_import, write):
    InstitutionFactory(slug="senate", name={"en": "Senate"})

    (error,) = run_import(write("id,name,chamber,term\na1,Dinara,SENATE,5\n")).errors

    assert (error["code"], error["column"], error["value"]) == (
        "other_chamber",
        "chamber",
        "SENATE",
    )


def test_a_chamber_may_be_called_by_the_name_of_the_whole(chamber, run_import, write):
    chamber.parent = InstitutionFactory(slug="parliament", name={"en": "Parliament"})
    chamber.save()

    assert run_import(write("id,name,chamber,term\na1,Dinara,Parliament,5\n")).status == 0


def test_no_group_in_any_words_is_no_party(chamber, run_import, write):
    rows = "a1,Dinara,None,5\na2,Marat,unknown,5\na3,Aigul,,5\n"

    assert run_import(write("id,name,group,term\n" + rows)).new["parties"] == 0


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("5", 5),
        ("term/54", 54),
        ("VIII созыв", 8),
        ("ХІV шақырылым", 14),
        ("al/2/term/8", 8),
        ("chamber_V", None),
        ("1979-05-01", None),
        ("2011-2015", None),
        ("99999", None),
    ],
)
def test_a_word_for_a_convocation_has_a_number_or_says_only_when(word, number):
    assert number_in(word) == number


def test_a_convocation_known_by_its_first_day_gets_the_number_of_its_name(
    chamber, run_import, write
):
    terms = write("end_date,id,name,start_date\n2020-01-20,2016-01-20,6th,2016-01-20,\n", "t.csv")
    file = write("id,name,term\na1,Dinara,2016-01-20\n")

    result = run_import(file, terms=str(terms))

    assert [each["number"] for each in result.convocations] == [6]
    assert run_import(file).status == 2


def test_an_end_in_the_year_9999_has_not_come(chamber, run_import, write):
    file = write("id,name,term,start_date,end_date\na1,Dinara,5,2013-01-01,9999-12-31\n")
    run_import(file)

    appointment = the_appointment("a1")
    assert (appointment.end, appointment.end_inherited) == (None, False)
    assert run_import(file).nothing_to_do


def test_a_file_that_gives_last_days_in_office_is_recognised_by_its_gaps(
    chamber, run_import, write
):
    rows = "a1,Dinara,A,5,2013-01-01,2013-05-31\na1,Dinara,B,5,2013-06-01,2014-01-01\n"
    file = write(HEADER + rows)
    hint = "1 time somebody leaves and is back a day later."

    assert any(note.startswith(hint) for note in run_import(file, dry_run=True).notes)
    told = run_import(file, end_dates="last-day-in")
    assert not any(hint in note for note in told.notes)
    assert told.new["appointments"] == 1


def test_another_spelling_says_which_chamber_is_meant(chamber, run_import, write):
    InstitutionFactory(slug="senate", name={"en": "Senate"})
    chamber.other_names = ["Senate"]
    chamber.save()

    assert run_import(write("id,name,chamber,term\na1,Dinara,SENATE,5\n")).status == 0
