"""What can be downloaded, and how programs are told to ask."""

from __future__ import annotations

import csv
import html
import io
import json
import re

import pytest
from django.urls import reverse

from registry.views.data.interface import EXAMPLES
from registry.views.data.page import DATA_SETS
from tests.factories import AppointmentFactory, SeatGroupFactory, SeatRuleFactory

LANGUAGES = ("en", "kk", "ru", "de")


@pytest.fixture
def page(get, mazhilis, senate):
    return get("/en/data/")


def test_every_file_that_is_offered_is_there_and_open_to_all(client, page):
    offered = set(
        re.findall(r'href="(/(?:en|api)/[^"]+\.(?:csv|xlsx|svg|ics|atom|json))"', page.words)
    )

    assert len(offered) > 20
    for address in offered:
        response = client.get(html.unescape(address))
        assert response.status_code == 200, address
        assert response["Access-Control-Allow-Origin"] == "*", address


def test_a_drawing_is_offered_where_somebody_sits_today(client, mazhilis):
    council = SeatGroupFactory(institution__slug="council")
    SeatRuleFactory(group=council)
    AppointmentFactory(institution=council.institution, group=council)

    page = client.get("/en/data/").content.decode()

    assert '"/en/institutions/council/composition.svg"' in page
    assert "mazhilis/composition.svg" not in page


@pytest.mark.parametrize(
    "about", [each for each in DATA_SETS if each.columns], ids=lambda a: a.name
)
def test_each_column_of_a_file_is_explained_on_the_page(client, page, about):
    body = ["mazhilis"] if about.of_body else []
    response = client.get(reverse(about.table, args=[*body, "csv"]), {"on": "2014-06-01"})
    header = next(csv.reader(io.StringIO(response.content.decode())))

    table = page.words.split(f"Columns: {about.title}</caption>")[1].split("</table>")[0]
    explained = re.findall(r"<code>(\w+)</code></th><td>(.+?)</td>", table)
    assert [name for name, guide in explained if guide] == header


def test_each_example_answers(client, page):
    shown = client.get("/en/data/api/").content.decode()

    for example in EXAMPLES:
        assert f"/api/v1/{example.path}" in html.unescape(shown)
        answer = client.get(f"/api/v1/{example.path}")
        assert answer.status_code == 200, example.path
        assert json.loads(answer.content), example.path


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_are_there_in_every_language(client, mazhilis, language):
    for address in (f"/{language}/data/", f"/{language}/data/api/"):
        assert client.get(address).status_code == 200


def test_no_other_page_may_be_read_by_other_sites(client, mazhilis):
    for address in ("/en/", mazhilis.composition, "/en/data/", "/admin/login/"):
        assert "Access-Control-Allow-Origin" not in client.get(address)


def test_more_records_cost_the_page_no_more_queries(client, page, django_assert_max_num_queries):
    with django_assert_max_num_queries(25):
        client.get("/en/data/")
