"""The lists of nouns, and their files."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    AffiliationFactory,
    AppointmentFactory,
    InstitutionFactory,
    PartyFactory,
    PersonFactory,
    SeatRuleFactory,
    TerritoryFactory,
    TerritoryStatusFactory,
)
from tests.views.conftest import day

ON = "2014-06-01"
INSTITUTIONS = "/en/institutions/"


def read(response):
    """The rows of a CSV answer."""
    return list(csv.DictReader(io.StringIO(response.content.decode())))


def queries(client, address, **query):
    with CaptureQueriesContext(connection) as counted:
        assert client.get(address, query).status_code == 200
    return len(counted)


class TestTheMapOfTheState:
    def slugs(self, nodes):
        return [node.body.institution.slug for node in nodes]

    def test_parts_stand_below_their_whole_and_other_branches_begin_anew(self, get, mazhilis):
        parliament = InstitutionFactory(slug="parliament", order=1)
        InstitutionFactory(slug="council", parent=parliament, branch="consultative")
        mazhilis.institution.parent = parliament
        mazhilis.institution.save()

        page = get(INSTITUTIONS, on=ON)

        legislative, consultative = page.context["branches"]
        assert self.slugs(legislative.nodes) == ["parliament"]
        assert self.slugs(legislative.nodes[0].parts) == ["mazhilis"]
        assert self.slugs(consultative.nodes) == ["council"]
        assert "4 by rule · 3 filled · 1 vacant" in page.words

    def test_what_ended_is_counted_and_listed_with_its_days_when_asked_for(self, get, mazhilis):
        page = get(INSTITUTIONS, on="2026-11-22")
        everything = get(INSTITUTIONS, on="2026-11-22", ended="1")

        assert "1 that ended is not listed" in page.words
        assert "Mazhilis" not in page.words
        assert "30 Jan 1996 – ended on 1 Jul 2026" in everything.words

    def test_bodies_of_territories_are_folded_under_the_names_of_these(self, get, db):
        whole = InstitutionFactory(slug="maslikhats", branch="local_representative")
        for name in ("Pavlodar", "Aktobe"):
            place = TerritoryFactory(slug=name.lower(), name={"en": name})
            InstitutionFactory(slug=f"maslikhat-{name.lower()}", parent=whole, territory=place)

        page = get(INSTITUTIONS)

        assert [place.name for place in page.context["places"]] == ["Aktobe", "Pavlodar"]
        assert "<summary>2 bodies of territories</summary>" in page.words
        (local,) = page.context["branches"]
        assert self.slugs(local.nodes) == ["maslikhats"]

    def test_the_file_has_the_institutions_of_the_page(self, client, mazhilis, senate):
        (mazhilis_row, senate_row) = read(client.get("/en/institutions.csv", {"on": ON}))

        assert [mazhilis_row["institution"], senate_row["institution"]] == ["mazhilis", "senate"]
        assert mazhilis_row["on"] == ON
        numbers = [mazhilis_row[name] for name in ("required", "filled", "vacant", "coverage")]
        assert numbers == ["4", "3", "1", "1"]
        assert senate_row["possible"] == "1"  # nobody recorded when he left
        assert mazhilis_row["end"] == "2026-07-01"

    def test_an_empty_registry_says_so(self, get, db):
        assert "No institution is recorded for this day." in get(INSTITUTIONS).words

    def test_a_list_that_does_not_exist_is_refused(self, get, db):
        page = get(INSTITUTIONS, ended="yes")

        assert page.status_code == 400
        assert "“ended” cannot be “yes”. Use one of these: 0, 1." in page.words

    def test_more_institutions_cost_no_more_queries(self, client, mazhilis, senate):
        before = queries(client, INSTITUTIONS, on=ON)
        for _ in range(5):
            body = InstitutionFactory(parent=mazhilis.institution, territory=TerritoryFactory())
            SeatRuleFactory(group__institution=body)
            AffiliationFactory(appointment=AppointmentFactory(institution=body))

        assert queries(client, INSTITUTIONS, on=ON) == before
        assert before <= 12


class TestThePeople:
    PEOPLE = "/en/people/"

    def names(self, page):
        return [row.name for row in page.context["rows"]]

    def test_everybody_is_listed_with_the_latest_mandate(self, get, mazhilis):
        AppointmentFactory(
            institution=mazhilis.kurultai, person=mazhilis.abenov.person, start=day("2026-09-01")
        )

        page = get(self.PEOPLE)

        first = page.context["rows"][0]
        assert (first.name, first.mandate.institution, first.more) == (
            "Abenov, Dinara",
            "kurultai",
            1,
        )
        assert "4 people" in page.words
        assert "and 1 other mandate" in page.words

    def test_filters_hold_for_one_and_the_same_mandate(self, get, mazhilis, senate):
        """Who sits in the Mazhilis for one party is not found for another by an older seat."""
        old = AppointmentFactory(
            institution=senate.institution,
            person=mazhilis.mamyrov.person,
            start=day("2005"),
            end=day("2011"),
        )
        party = AffiliationFactory(appointment=old, party=PartyFactory(slug="otan")).party

        assert self.names(get(self.PEOPLE, party=party.slug)) == ["Mamyrov, Bolat"]
        assert not self.names(get(self.PEOPLE, party=party.slug, institution="mazhilis"))
        assert not self.names(get(self.PEOPLE, party=party.slug, when="day", on=ON))
        assert self.names(get(self.PEOPLE, territory="akmola-region")) == [
            "Isabekov, Marat",
            "Sarybai, Serik",
        ]

    def test_those_in_office_on_the_day_are_certain_or_possible(self, get, senate):
        page = get(self.PEOPLE, when="day", on="2018-01-01")

        assert self.names(page) == ["Galymov, Kairat", "Sarybai, Serik"]  # a chair; one unknown

    def test_a_name_is_found_in_every_script(self, get, mazhilis):
        PersonFactory(name={"kk": "Дина Әбенова"}, sort_name={"kk": "Әбенова, Дина"})

        assert self.names(get(self.PEOPLE, name="abenova")) == ["Әбенова, Дина"]
        assert 'lang="kk">Әбенова, Дина</a>' in get(self.PEOPLE, name="abenova").words

    def test_letters_lead_to_the_names_that_begin_with_them(self, get, mazhilis):
        page = get(self.PEOPLE, letter="m", on=ON)

        assert self.names(page) == ["Mamyrov, Bolat"]
        letters = [(each.letter, each.chosen) for each in page.context["letters"]]
        assert letters == [("A", False), ("D", False), ("M", True), ("U", False)]
        assert f'href="/en/people/?on={ON}">All letters</a>' in page.words or (
            f'href="?on={ON}">All letters</a>' in page.words
        )

    def test_nobody_found_offers_the_list_without_each_filter(self, get, mazhilis):
        page = get(self.PEOPLE, name="nobody", institution="mazhilis")

        assert "No people match. 4 people without filters." in page.words
        assert 'href="?institution=mazhilis"' in page.words
        assert 'href="?name=nobody"' in page.words

    def test_a_hundred_stand_on_a_page_and_the_file_has_everybody(self, get, client, db):
        PersonFactory.create_batch(101)

        page = get(self.PEOPLE, page="2", on=ON)

        assert "101–101 of 101 people" in page.words
        assert f'href="?on={ON}&amp;page=1" rel="prev"' in page.words
        assert '<b aria-current="page">' in page.words
        rows = read(client.get("/en/people.csv", {"page": "2", "on": ON}))
        assert len(rows) == 101
        assert rows[0]["mandates"] == "0"

    def test_the_file_keeps_the_filters_of_the_page(self, client, mazhilis):
        response = client.get("/en/people.csv", {"on": ON, "party": "ak-zhol"})

        (row,) = read(response)
        assert f"people-filtered-{ON}.csv" in response["Content-Disposition"]
        assert (row["sort_name_en"], row["institution"]) == ("Abenov, Dinara", "mazhilis")
        assert (row["party"], row["start"], row["end"]) == ("ak-zhol", "2012-01-20", "2016-01-20")

    @pytest.mark.parametrize(
        ("query", "sentence"),
        [
            ({"page": "7"}, "There is no page “7”. The last page is 1."),
            ({"page": "x"}, "There is no page “x”. The last page is 1."),
            ({"letter": "ab"}, "“ab” is not one letter. Give one, for example letter=A."),
            ({"party": "nobody"}, "There is no party “nobody”. Choose one from the list."),
            ({"when": "never"}, "“when” cannot be “never”. Use one of these: ever, day."),
        ],
    )
    def test_what_makes_no_sense_is_refused_with_a_sentence(self, get, db, query, sentence):
        page = get(self.PEOPLE, **query)

        assert page.status_code == 400
        assert sentence in page.words

    def test_more_people_cost_no_more_queries(self, client, mazhilis):
        asked = {"on": ON, "when": "day", "institution": "mazhilis"}
        before = queries(client, self.PEOPLE, **asked)
        for number in range(10):
            appointment = AppointmentFactory(institution=mazhilis.institution, group=mazhilis.lists)
            AffiliationFactory(appointment=appointment, party=PartyFactory(slug=f"p-{number}"))

        assert queries(client, self.PEOPLE, **asked) == before
        assert before <= 12


class TestTheParties:
    def test_seats_are_those_of_the_composition_and_the_rest_is_listed_apart(self, get, mazhilis):
        PartyFactory(slug="asar", name={"kk": "Асар"})

        page = get("/en/parties/", on=ON)

        assert [(line.name, line.certain) for line in page.context["seated"]] == [
            ("Ak Zhol", 1),
            ("Nur Otan", 1),
        ]
        assert [line.name for line in page.context["others"]] == ["Асар"]
        assert "3 parties and groups" in page.words

    def test_the_file_has_a_row_for_each_body_and_for_each_party_without(self, client, mazhilis):
        PartyFactory(slug="asar")

        rows = read(client.get("/en/parties.csv", {"on": ON}))

        assert [(row["party"], row["institution"], row["seats"]) for row in rows] == [
            ("ak-zhol", "mazhilis", "1"),
            ("nur-otan", "mazhilis", "1"),
            ("asar", "", ""),
        ]


class TestTheTerritories:
    def test_those_of_the_day_have_their_seats_and_the_others_are_folded(self, get, senate):
        gone = TerritoryFactory(slug="torgai", name={"en": "Torgai Region"}, status=None)
        TerritoryStatusFactory(territory=gone, end=date(1997, 4, 22))

        page = get("/en/territories/", on=ON)

        ((kind, lines),) = page.context["kinds"]
        assert kind == "Region"
        assert [(line.name, [each.held for each in line.seats]) for line in lines] == [
            ("Akmola Region", ["1–2"]),
            ("Almaty Region", ["1"]),
        ]
        assert "1 territory that did not exist as such on this day" in page.words

    def test_more_territories_cost_no_more_queries(self, client, senate):
        before = queries(client, "/en/territories/", on=ON)
        TerritoryFactory.create_batch(5)

        assert queries(client, "/en/territories/", on=ON) == before
        assert before <= 12

    def test_the_file_says_what_each_was_on_the_day(self, client, senate):
        rows = read(client.get("/en/territories.csv", {"on": ON}))

        assert [(row["territory"], row["kind"]) for row in rows] == [
            ("akmola-region", "region"),
            ("almaty-region", "region"),
        ]
