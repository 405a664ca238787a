"""An import is taken back: everything is as it was, or nothing is touched."""

from datetime import date

import pytest

from registry.domain.dates import PartialDate
from registry.models import (
    Appointment,
    NameDecision,
    Party,
    Person,
    RunState,
)
from registry.rosters.imports import Order, Refused, WrongUsage, import_roster, undo, undo_preview
from registry.rosters.reading.reader import read_periods
from tests.factories import (
    AffiliationFactory,
    AppointmentFactory,
    ConvocationFactory,
    CoverageFactory,
    PartyFactory,
    PersonFactory,
)
from tests.histories import register

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
HEADER = (
    "person_id,identifiers,name_en,sort_name_en,other_names,birth,convocation,group,start,end,"
    "party,party_name,note"
)


@pytest.fixture
def sat(chamber):
    """A chamber whose roster an import will change in every way that there is."""
    convocation = chamber.convocations.get()
    party = PartyFactory(slug="greens")
    seats = [
        AppointmentFactory(institution=chamber, convocation=convocation, **days)
        for days in (
            {"start_inherited": True, "end_inherited": True},
            {"start": PartialDate.parse("2012-02"), "end": PartialDate.parse("2014")},
            {},
        )
    ]
    for seat in seats:
        AffiliationFactory(appointment=seat, party=party)
    sample = AppointmentFactory(
        institution=chamber, convocation=convocation, person=PersonFactory(sample=True)
    )
    AffiliationFactory(appointment=sample, party=party)
    CoverageFactory(institution=chamber, sample=True)
    return seats


def rows(*lines):
    return "\n".join([HEADER, *lines, ""]).encode()


def thorough(seats):
    """Renames one, gives another a party and a seat, leaves one out, and brings two more."""
    first, second, _absent = (seat.person.uid for seat in seats)
    return rows(
        f'{first},wikidata:Q1,Dinara A.,"A., Dinara",Other Name,1970-05,5,,,,greens,,"re-elected"',
        f"{second},,Marat B.,,,,5,lists,2012-03-01,2015-01,new,New Party,",
        ",local:7 wikidata:Q7,Асқар Әбенов,,,1980,5,lists,,,new,New Party,",
        ",local:8,Asel Marat,,,,5,lists,2013,2014-06,greens,,",
    )


def imported(chamber, data, **order):
    return import_roster(chamber, data, "file.csv", Order(on=TODAY, **order)).run


def test_everything_is_as_it_was(sat, chamber):
    before = register()
    run = imported(chamber, thorough(sat), complete=True, end_absent=True)
    after = register()
    assert after != before
    assert "Asel Marat" in after[chamber.slug, "csv"]
    assert "Asel Marat" in after[chamber.slug, "popolo"]

    preview = undo_preview(run)
    run = undo(run, reason="The wrong file")

    assert register() == before
    assert (run.state, run.undo_reason) == (RunState.UNDONE, "The wrong file")
    assert preview.obstacles == []
    assert preview.restored["persons"] == {"deleted": 2, "restored": 2, "brought_back": 1}
    assert sat[0].person.history.first().history_change_reason == (
        f"Undo of import {run.pk}: The wrong file"
    )


def test_dates_that_moved_with_their_convocation_move_back(chamber):
    sixth = ConvocationFactory(
        institution=chamber, number=6, start=PartialDate.parse("2016-01-20"), end=None
    )
    AppointmentFactory(institution=chamber, convocation=sixth, end_inherited=True)
    before = register()
    terms = b"id,name,start_date,end_date\n6,6,2016-01-20,2021-01-15\n"
    periods = read_periods(terms, "terms.csv")
    run = imported(chamber, b"id,name,term\na1,Dinara,6\n", periods=periods)
    assert Appointment.objects.filter(end_latest=date(2021, 1, 15)).count() == 2

    undo(run)

    assert register() == before


def test_imports_are_taken_back_one_after_the_other_and_can_be_made_again(sat, chamber):
    before = register()
    data = thorough(sat)
    first = imported(chamber, data)
    after_first = register()
    second = imported(chamber, data.replace(b"Dinara A.", b"Dinara C."))

    with pytest.raises(Refused) as refusal:
        undo(first)
    assert "Dinara" in refusal.value.faults[0].reason
    undo(second)
    assert register() == after_first
    undo(first)

    assert register() == before
    assert imported(chamber, data).state == RunState.APPLIED


def test_a_later_change_stands_in_the_way_of_all_of_it_and_is_named(
    sat, chamber, django_user_model
):
    run = imported(chamber, thorough(sat))
    person = Person.objects.get(name__en="Asel Marat")
    person.gender, person._history_user = "female", django_user_model.objects.create(username="Ada")
    person.save()
    before = register()

    with pytest.raises(Refused) as refusal:
        undo(run)

    (fault,) = refusal.value.faults
    assert fault.reason.startswith("Asel Marat was changed after the import, on ")
    assert "by Ada. Nothing was taken back." in fault.reason
    assert register() == before
    assert undo_preview(run).obstacles == [fault]


def test_a_later_change_that_was_taken_back_stands_in_nobodys_way(sat, chamber):
    before = register()
    run = imported(chamber, thorough(sat))
    person = Person.objects.get(name__en="Asel Marat")
    for gender in ("female", person.gender):
        person.gender = gender
        person.save()

    assert undo(run).state == RunState.UNDONE
    assert register() == before


def test_what_was_recorded_later_and_rests_on_what_came_stands_in_the_way(sat, chamber):
    run = imported(chamber, thorough(sat))
    AffiliationFactory(appointment=sat[2], party=Party.objects.get(slug="new"))

    with pytest.raises(Refused) as refusal:
        undo(run)

    (fault,) = refusal.value.faults
    assert fault.reason.startswith("New Party came with the import, and ")


def test_what_was_deleted_later_and_is_needed_stands_in_the_way(sat, chamber):
    run = imported(chamber, thorough(sat))
    later = PartyFactory(slug="later")
    Party.objects.get(slug="greens").affiliations.update(party=later)
    Party.objects.get(slug="greens").delete()

    with pytest.raises(Refused) as refusal:
        undo(run)

    assert {str(fault.details["record"]) for fault in refusal.value.faults} >= {"Greens"}


def test_decisions_on_names_go_with_the_import_that_made_them(sat, chamber):
    run = imported(chamber, thorough(sat))
    NameDecision.objects.create(
        institution=chamber, key="dinara", same=True, person=sat[0].person, run=run
    )

    undo(run)

    assert not NameDecision.objects.exists()


def test_only_an_import_that_is_applied_is_taken_back(sat, chamber):
    run = undo(imported(chamber, thorough(sat)))

    with pytest.raises(WrongUsage, match="taken back"):
        undo(run)
