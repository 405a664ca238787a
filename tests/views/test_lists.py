"""The lists of nouns, and their files."""

from __future__ import annotations

import csv
import io

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    AffiliationFactory,
    AppointmentFactory,
    InstitutionFactory,
    SeatRuleFactory,
    TerritoryFactory,
)

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
        assert before <= 10
