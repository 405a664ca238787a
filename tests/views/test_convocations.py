"""The pages of convocations."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.views.institutions.convocations import roman
from tests.factories import (
    AppointmentFactory,
    ContradictionFactory,
    ConvocationFactory,
    ElectionFactory,
)
from tests.views.conftest import day, named

ON = "2014-06-01"
LIST = "/en/institutions/mazhilis/convocations/"
FIFTH = f"{LIST}5/"


def test_it_opens_and_closes_with_the_compositions_of_these_days(get, mazhilis):
    page = get(FIFTH, on=ON)

    opening, closing = page.context["opening"], page.context["closing"]
    assert (opening.edge.day, opening.held) == (date(2012, 1, 20), "4")
    assert (closing.edge.day, closing.held) == (date(2016, 1, 19), "3")
    assert f'href="{mazhilis.composition}?on=2012-01-20"' in page.words
    assert "It was in session on 1 June 2014." in page.words


def test_it_lists_everybody_who_ever_sat_and_who_left_early(get, mazhilis):
    page = get(FIFTH)

    names = ["Abenov, Dinara", "Dosanov, Asel", "Mamyrov, Bolat", "Umbetov, Aidar"]
    assert [row.name for row in page.context["everybody"]] == names
    assert [row.name for row in page.context["turnover"].left] == ["Dosanov, Asel"]
    assert "4 persons ever sat in it" in page.words
    assert "became a minister" in page.words


def test_who_came_later_is_named_with_the_member_replaced(get, mazhilis):
    AppointmentFactory(
        institution=mazhilis.institution,
        convocation=mazhilis.fifth,
        group=mazhilis.lists,
        person=named("Zhumabay, Aru"),
        start=day("2014-07-03"),
        end_inherited=True,
        serves_rest_of=mazhilis.dosanov,
    )

    (came,) = get(FIFTH).context["turnover"].came

    assert came.row.name == "Zhumabay, Aru"
    assert came.predecessor.name == "Dosanov, Asel"


def test_who_is_recorded_without_a_convocation_belongs_to_it_by_the_days(get, mazhilis):
    body = {"institution": mazhilis.institution, "group": mazhilis.lists}
    AppointmentFactory(
        person=named("Early, Bird"), end=day("2012-01-20"), start=day("2011"), **body
    )
    AppointmentFactory(person=named("Just, Time"), end=day("2012-02-01"), **body)

    names = [row.name for row in get(FIFTH).context["everybody"]]

    assert "Just, Time" in names
    assert "Early, Bird" not in names


def test_its_three_beginnings_are_facts_of_their_own(get, mazhilis):
    ElectionFactory(
        institution=mazhilis.institution, convocation=mazhilis.fifth, day=date(2012, 1, 16)
    )

    page = get(FIFTH).words

    assert '<time datetime="2012-01-15">15 January 2012</time>' in page
    assert "Also elected on 16 Jan 2012" in page
    assert '<dt>First mandates began</dt><dd class="num">20 Jan 2012</dd>' in page
    assert '<dt>The convocation ended</dt><dd class="num">20 Jan 2016</dd>' in page


def test_it_leads_to_the_convocations_before_and_after(get, mazhilis):
    page = get(f"{LIST}6/", on=ON)

    assert page.context["before"] == mazhilis.fifth
    assert page.context["after"] is None
    assert "It was not in session on 1 June 2014." in page.words
    assert "Not recorded who sat in it." in page.words


def test_a_convocation_without_a_known_beginning_invents_none(get, mazhilis):
    ConvocationFactory(
        institution=mazhilis.kurultai,
        number=1,
        elected=date(2026, 8, 23),
        start=day("[2026-08-23..]"),
        end=None,
    )

    page = get("/en/institutions/kurultai/convocations/1/", on="2026-11-22")

    assert "leave open whether it was in session on 22 November 2026." in page.words
    assert page.context["sessions"] == []
    assert "23 Aug 2026 or later" in page.words


def test_the_list_marks_the_one_in_session(get, mazhilis):
    page = get(LIST, on=ON)

    assert [(each.number, current) for each, current in page.context["convocations"]] == [
        (5, True),
        (6, False),
    ]
    assert "2 convocations" in page.words
    nothing = get("/en/institutions/kurultai/convocations/").words
    assert "No convocation is recorded for this institution." in nothing


def test_what_sources_disagree_about_leads_to_it(get, mazhilis):
    ContradictionFactory(slug="start", institution=None, convocation=mazhilis.fifth)

    (dispute,) = get(FIFTH, on=ON).context["disputes"].on_the_day

    assert dispute.fact.url == f"{FIFTH}?on={ON}"


def test_its_file_has_everybody_whom_the_page_lists(client, get, mazhilis):
    body = {"institution": mazhilis.institution, "group": mazhilis.lists}
    AppointmentFactory(person=named("Before, Hand"), start=day("2008"), end=day("2011"), **body)

    response = client.get(f"{LIST}5.csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode())))

    assert 'filename="mazhilis-convocation-5.csv"' in response["Content-Disposition"]
    listed = [row.name for row in get(FIFTH).context["everybody"]]
    assert [row["sort_name_en"] for row in rows] == listed
    assert rows[0]["party"] == "ak-zhol"
    assert "on" not in rows[0]
    assert f'href="{LIST}5.csv"' in get(FIFTH).words


def test_an_unknown_number_is_not_found(client, mazhilis):
    assert client.get(f"{LIST}99/").status_code == 404


@pytest.mark.parametrize(("number", "written"), [(1, "I"), (4, "IV"), (8, "VIII"), (29, "XXIX")])
def test_numbers_are_also_written_in_roman(number, written):
    assert roman(number) == written


def test_more_members_cost_no_more_queries(client, mazhilis):
    def queries():
        with CaptureQueriesContext(connection) as counted:
            client.get(FIFTH)
        return len(counted)

    before = queries()
    for number in range(10):
        AppointmentFactory(
            institution=mazhilis.institution,
            convocation=mazhilis.fifth,
            group=mazhilis.lists,
            person=named(f"Member {number}"),
        )

    assert queries() <= before
    assert before <= 22
