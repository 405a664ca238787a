"""The day that a reader asks about: what is understood, and what gets 400 and a sentence."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

ON = "2014-06-01"

NONSENSE = [
    ("on=2014-02-30", "30 February 2014 does not exist."),
    ("on=abc", "“abc” is not a date. Write it as 2014-06-01 or 01.06.2014."),
    ("on=", "Enter a date, for example 1 June 2014."),
    ("on=2014-06-01&on=2014-06-01", "The address gives “on” more than once. Give it once."),
    ("on=&on=", "The address gives “on” more than once. Give it once."),
    ("on=%00", "“�” is not a date."),
    ("on=2014-06-01%00", "is not a date."),
    ("on=" + "9" * 5000, "999…” is not a date."),
    ("on=0000-01-01", "There is no year 0000. Use a year from 0001 to 9999."),
    ("on=10000-01-01", "“10000-01-01” is not a date."),
    ("on=2014-13-01", "There is no month 13. Use a number from 1 to 12."),
    ("on=２０１４-06-01", "is not a date."),
    ("on=06/07/2014", "“06/07/2014” can mean two days."),
    ("on=2014", "“2014” is not a date."),
    ("on=%3Cscript%3E", "“&lt;script&gt;” is not a date."),
    ("day=30&month=2&year=2014", "30 February 2014 does not exist."),
    ("day=1&month=6&year=14", "The year must have 4 digits, not “14”."),
    ("day=1&month=6&year=", "The date must include a year."),
    ("day=&month=6&year=2014", "Enter the day of the month, for example 1."),
    ("day=&month=&year=", "Enter a date, for example 1 June 2014."),
    ("day=1&month=x&year=2014", "Choose a month."),
    ("day=1&month=0&year=2014", "There is no month 0. Use a number from 1 to 12."),
    ("day=1&month=6&year=2014&on=2014-06-01", "The address gives a date in two ways."),
    ("day=１&month=6&year=2014", "“１” is not a date."),
    ("day=1&month=6&year=２０１４", "The year must have 4 digits"),
]


@pytest.mark.parametrize(("query", "sentence"), NONSENSE, ids=[q[:40] for q, _s in NONSENSE])
def test_a_day_that_makes_no_sense_gets_the_form_and_a_sentence(client, db, query, sentence):
    response = client.get(f"{reverse('home')}?{query}")

    page = response.content.decode()
    assert response.status_code == 400
    assert sentence in page
    assert 'name="day"' in page
    assert len(page) < 10_000  # 5,000 characters are quoted in short


@pytest.mark.parametrize("page", ["", "composition/", "composition.csv"])
def test_every_page_of_an_institution_refuses_such_a_day(get, mazhilis, page):
    address = f"/en/institutions/mazhilis/{page}"
    assert get(address, on="2014-02-30").status_code == 400


def test_what_was_typed_stays_in_the_form(get, mazhilis):
    page = get(mazhilis.composition, on="2014-02-30").words

    assert 'value="30"' in page
    assert '<option value="2" selected>February</option>' in page
    assert 'value="2014"' in page


@pytest.mark.parametrize("day", ["0001-01-01", "1950-01-01", "2026-07-01", "9999-12-31"])
@pytest.mark.parametrize("address", ["/en/", "/en/institutions/senate/composition/"])
def test_every_day_of_the_calendar_has_a_page(get, senate, address, day):
    assert get(address, on=day).status_code == 200


TYPED = ["2014-06-01", "01.06.2014", "1.6.2014", "1 June 2014", " 1 june 2014 "]


@pytest.mark.parametrize("text", TYPED)
def test_a_whole_date_may_be_typed_into_the_day_field(get, mazhilis, text):
    response = get(mazhilis.composition, day=text, month="3", year="1999")

    assert response.status_code == 302
    assert response.url == f"{mazhilis.composition}?on={ON}"


def test_the_three_fields_lead_to_one_address_and_keep_the_filters(get, mazhilis):
    response = get(mazhilis.composition, day="1", month="6", year="2014", sort="party")

    assert response.url == f"{mazhilis.composition}?sort=party&on={ON}"


def test_a_past_day_shows_the_banner_and_goes_along_on_every_link(get, mazhilis):
    page = get(mazhilis.composition, on=ON).words

    assert "<strong>Showing 1 June 2014</strong>, a past date." in page
    assert f'href="/en/?on={ON}"' in page
    assert f'href="/en/institutions/mazhilis/?on={ON}"' in page


def test_a_future_day_says_that_only_what_is_scheduled_is_known(get, mazhilis):
    page = get(mazhilis.composition, on="2099-01-01").words

    assert "<strong>Showing 1 January 2099</strong>, a future date" in page


def test_today_needs_no_banner(get, mazhilis):
    assert "Showing" not in get(mazhilis.composition).words


def test_an_unknown_parameter_is_ignored(get, mazhilis):
    assert get(mazhilis.composition, on=ON, utm="x").status_code == 200


@pytest.mark.parametrize("query", [{"colour": "purple"}, {"sort": "x" * 5000}, {"sort": "\0"}])
def test_a_choice_that_does_not_exist_is_named_with_those_that_do(get, mazhilis, query):
    response = get(mazhilis.composition, **query)

    assert response.status_code == 400
    assert "Use one of these:" in response.words


def test_pages_answer_head_and_refuse_post(client, mazhilis):
    assert client.head(mazhilis.composition).status_code == 200
    assert client.post(mazhilis.composition).status_code == 405


READ_ONLY = [
    "/",
    "/en/",
    "/en/institutions/mazhilis/",
    "/healthz",
    "/sitemap.xml",
    "/api/v1/openapi.json",
]


@pytest.mark.parametrize("address", READ_ONLY)
def test_a_post_needs_no_token_to_be_told_that_pages_are_only_read(mazhilis, address):
    assert Client(enforce_csrf_checks=True).post(address).status_code == 405


@pytest.mark.parametrize("name", ["name", "party", "seat", "sort"])
def test_a_filter_given_twice_gets_a_sentence(get, mazhilis, name):
    response = get(mazhilis.composition, **{name: ["a", "b"]})

    assert response.status_code == 400
    assert f"The address gives “{name}” more than once." in response.words
