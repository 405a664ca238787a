"""One field finds whatever is recorded, and says why."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.models import TerritoryStatus
from tests.factories import (
    AppointmentFactory,
    InstitutionFactory,
    PartyFactory,
    PersonFactory,
    SourceFactory,
    TerritoryFactory,
    TerritoryStatusFactory,
)
from tests.views.conftest import named

ON = "2014-06-01"


@pytest.fixture
def search(get, db):
    def ask(q, language="en", **query):
        return get(f"/{language}/search/", q=q, **query)

    return ask


@pytest.mark.parametrize("typed", ["Әбенов", "Абенов", "Abenov", "abenov dinara", "Aebnov"])
def test_a_person_is_found_in_any_spelling(search, mazhilis, typed):
    page = search(typed, on=ON)

    assert page.status_code == 200
    assert "1 result</b>" in page.words
    assert f'<a href="/en/people/{mazhilis.abenov.person_id}-abenov-dinara/?on={ON}"' in page.words
    assert "Mazhilis: 20 Jan 2012 – left office on 20 Jan 2016" in page.words


@pytest.mark.parametrize("typed", ["Mazhilis", "Majilis", "Majlis", "Мәжіліс", "Мажилис"])
def test_an_institution_is_found_in_any_spelling(search, mazhilis, typed):
    assert 'href="/en/institutions/mazhilis/"' in search(typed).words


def test_kinds_are_counted_and_ten_of_each_are_shown(search, mazhilis):
    for number in range(12):
        SourceFactory(slug=f"s{number}", title=f"Mazhilis report {number:02}")

    page = search("mazhilis").words

    assert "13 results" in page
    assert '<a href="#institutions">Institutions (1)</a>' in page
    assert page.count('<span class="tag unk">Source</span>') == 10
    assert "?q=mazhilis&amp;group=rules" in page
    page = search("mazhilis", group="rules").words
    assert page.count('<span class="tag unk">Source</span>') == 12
    assert "Search everything" in page


def test_all_people_stand_in_their_list(get, search, db):
    for number in range(11):
        named(f"Serik, Nr {number:02}")

    page = search("serik", on=ON).words

    assert page.count("/en/people/") > 10
    assert "Serik, Nr 10" not in page
    address = f"/en/people/?on={ON}&amp;name=serik"
    assert f'<a href="{address}">All results: People (11)</a>' in page
    assert get(address.replace("&amp;", "&")).status_code == 200


def test_it_says_what_fits_where_the_name_shown_does_not(search, db):
    PersonFactory(
        name={"en": "Dana Serik"}, sort_name={"en": "Serik, Dana"}, other_names=["Dana Omarova"]
    )
    region = TerritoryFactory(slug="akmola-region", name={"en": "Akmola Region"}, status=None)
    for name, start, end in (("Tselinograd", None, "1992-07-07"), ("Akmola", "1992-07-07", None)):
        TerritoryStatusFactory(
            territory=region, name={"en": f"{name} Region"}, start=start, end=end
        )

    assert "Other spelling: Dana Omarova" in search("omarova").words
    assert "Other spelling" not in search("serik").words
    assert "Former name: Tselinograd Region" in search("целиноград").words
    assert "Former name" not in search("целиноград", on="1991-01-01").words


def test_almaty_is_a_city_and_a_region(search, senate):
    city = TerritoryFactory(slug="almaty-city", name={"en": "Almaty"}, status=None)
    TerritoryStatusFactory(territory=city, kind__slug="city_of_republican_significance")

    page = search("almaty").words

    assert page.index("/en/territories/almaty-city/") < page.index("/en/territories/almaty-region/")
    assert '<span class="tag unk">City of republican significance</span>' in page
    assert '<span class="tag unk">Region</span>' in page


def test_a_party_is_found_by_its_abbreviation(search, db):
    PartyFactory(slug="pp", name={"en": "People's Party"}, abbreviation="PPK")

    assert "Other spelling: PPK" in search("ppk").words


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("en", "Senate 2014-06-01"),
        ("en", "1 June 2014 senate"),
        ("en", "1 июня 2014 года Senate"),
        ("de", "Senate 1. Juni 2014"),
        ("kk", "2014 ж. 1 маусым Senate"),
        ("ru", "01.06.2014 Senate"),
    ],
)
def test_a_day_among_the_words_leads_to_that_day(search, senate, language, typed):
    page = search(typed, language).words

    assert f'href="/{language}/institutions/senate/?on={ON}"' in page
    assert f'href="/{language}/checks/?on={ON}"' in page


def test_a_day_alone_offers_its_pages(search, db):
    page = search("2014-06-01").words

    assert "Show institutions on 1 June 2014" in page
    assert "What you can search for" not in page


def test_similar_names_are_shown_when_asked_for_or_when_there_is_no_other(search, db):
    named("Serikov, Marat")
    named("Berikov, Marat")

    page = search("Serikov").words
    assert "Berikov" not in page
    assert '<a href="?q=Serikov&amp;similar=1"' in page
    assert "Berikov" in search("Serikov", similar="1").words
    assert "that differ from it by a letter" in search("Serikof").words


def test_nothing_found_suggests_the_nearest_spelling(search, db):
    named("Nurmagambetov, Marat")

    page = search("Nurmogombetov")

    assert page.status_code == 200
    assert "Nothing is recorded under “Nurmogombetov”." in page.words
    assert '<a href="?q=Nurmagambetov">Nurmagambetov</a>' in page.words


@pytest.mark.parametrize("typed", ["", "   ", "😀 …", "\u202e", "%", "*"])
def test_what_holds_no_word_gets_hints(search, db, typed):
    page = search(typed)

    assert page.status_code == 200
    assert "What you can search for" in page.words


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("x" * 10_000, "has 10000 characters. A search takes at most 200."),
        ("a\0b", "holds a character that cannot be typed"),
        ("2014-02-30", "30 February 2014 does not exist."),
        ("31.02.2014 senate", "31 February 2014 does not exist."),
    ],
)
def test_nonsense_is_named(search, db, typed, reason):
    page = search(typed)

    assert page.status_code == 400
    assert reason in page.words
    assert 'name="q"' in page.words


@pytest.mark.parametrize(
    "query", [{"group": "x"}, {"similar": "2"}, {"on": "x"}, {"q": ["a", "b"]}]
)
def test_other_parameters_are_checked(get, db, query):
    assert get("/en/search/", **query).status_code == 400


def test_it_is_not_for_search_engines(search, db):
    assert '<meta name="robots" content="noindex">' in search("senate").content.decode()


def test_markup_is_shown_as_it_was_typed(search, db):
    page = search("<script>alert(1)</script>").content.decode()

    assert "<script>alert" not in page


def test_more_records_cost_no_more_queries(search, mazhilis, senate):
    def queries(typed):
        with CaptureQueriesContext(connection) as captured:
            search(typed)
        return len(captured)

    few = {typed: queries(typed) for typed in ("serik", "seriq", "zzzzzz")}
    for number in range(30):
        person = named(f"Serik, Nr {number}")
        AppointmentFactory(institution=mazhilis.institution, person=person)
        InstitutionFactory(name={"en": f"Serik {number}"})
        territory = TerritoryFactory(name={"en": f"Serik {number}"}, status=None)
        TerritoryStatus.objects.create(
            territory=territory,
            kind=senate.almaty.statuses.get().kind,
            name=territory.name,
            start=date(2000, 1, number % 28 + 1),
        )
        PartyFactory(name={"en": f"Serik {number}"})

    # The mandates of the people and the kinds of the territories are read once there are any.
    assert queries("serik") <= few["serik"] + 3
    assert queries("seriq") <= few["seriq"] + 3
    assert queries("zzzzzz") <= few["zzzzzz"]
    assert queries("serik") <= 16
