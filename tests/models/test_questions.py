"""SQL and the domain give the same answer to "in office on that day?"."""

from datetime import date, timedelta

import pytest
from django.db.models import Q

from registry.domain.dates import UNKNOWN, PartialDate, Presence
from registry.models import Appointment, Person
from registry.models.naming import address, folded, latin
from tests.factories import AffiliationFactory, AppointmentFactory, PartyFactory, PersonFactory

pytestmark = pytest.mark.django_db

STARTS = ["2014", "2014-06", "2014-06-12", "[..2014-06-20]", "[2014-06-03..]"]
ENDS = [None, "2015", "2014-07", "2014-07-03", "[2014-06-25..]", "unknown"]


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("end", ENDS)
def test_the_queryset_and_the_term_agree_on_every_day(start, end):
    term_end = UNKNOWN if end == "unknown" else PartialDate.parse(end) if end else None
    row = AppointmentFactory(start=PartialDate.parse(start), end=term_end)

    for days in range(0, 800, 3):
        asked = date(2013, 12, 20) + timedelta(days=days)
        covers = row.term.covers(asked)
        assert Appointment.objects.on(asked).exists() is (covers is not Presence.NO)
        if sittings := Appointment.objects.on(asked).as_sittings(asked):
            assert sittings[0].presence(asked) is covers
            assert sittings[0].term == row.term


def test_a_change_of_party_shows_from_its_day_on_in_the_same_seat():
    seat = AppointmentFactory()
    before, after = PartyFactory(slug="before"), PartyFactory(slug="after")
    change = PartialDate.parse("2013-03-04")
    AffiliationFactory(appointment=seat, party=before, end=change)
    AffiliationFactory(appointment=seat, party=after, start=change)

    def party(day):
        (sitting,) = Appointment.objects.as_sittings(day)
        return sitting.party_slug

    assert [party(date(2013, 3, 3)), party(date(2013, 3, 4))] == ["before", "after"]


def test_a_roster_is_one_query_however_long(django_assert_num_queries):
    chamber = AppointmentFactory().institution
    for person in PersonFactory.create_batch(20):
        AffiliationFactory(appointment__person=person, appointment__institution=chamber)

    with django_assert_num_queries(1):
        sittings = chamber.appointments.in_roster_order().as_sittings(date(2014, 6, 1))

    assert len(sittings) == 21


def test_names_are_sorted_and_found_without_case_or_script():
    for name in ("Әбенов Дінара", "abenova Aigul", "Öztürk Ada"):
        PersonFactory(name={"und": name}, sort_name={})

    assert Person.objects.filter(search_key__contains=folded("ӘБЕНОВ")).count() == 1
    assert Person.objects.filter(search_key__contains=latin("Абенов")).count() == 2
    assert Person.objects.get(search_key__contains="ozturk").slug == "ozturk-ada"


def test_keys_are_made_in_bulk_inserts_too():
    Person.objects.bulk_create([Person(name={"kk": "Әбенов Динара"})])

    person = Person.objects.get()
    assert (person.sort_key, person.slug) == ("әбенов динара", "abenov-dinara")


def test_an_address_is_ascii_whatever_the_script():
    assert address({"kk": "Қазақстан Республикасы"}) == "qazaqstan-respublikasy"
    assert address({"en": "***"}, "person") == "person"


@pytest.mark.parametrize("asked", ["Асқар", "Аскар", "Askar", "ASQAR"])
def test_kazakh_letters_are_found_by_their_russian_and_latin_spellings(asked):
    PersonFactory(name={"kk": "Асқар Өтеғалиев"}, sort_name={})

    assert Person.objects.filter(
        Q(search_key__contains=folded(asked)) | Q(search_key__contains=latin(asked))
    ).exists()
