"""What visitors come for: each answer in at most two clicks from home, in a browser without script.

On the registry as it ships. Sending a form counts as a click.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from pytest_django.live_server_helper import LiveServer

from registry.seeds.loading import load
from registry.seeds.sample import load_sample

pytestmark = pytest.mark.browser

ON = "?on=2014-06-01"


@pytest.fixture(scope="module")
def db(django_db_setup, django_db_blocker):
    """The seeds and the sample people, committed, because a server reads them in its threads."""
    with django_db_blocker.unblock():
        load(Path(settings.BASE_DIR) / "seeds")
        load_sample(Path(settings.BASE_DIR) / "fixtures")
        yield
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="module")
def server(db):
    server = LiveServer("localhost")
    yield server
    server.stop()


@pytest.fixture
def visitor(browser, server):
    """An empty page of somebody new, whose browser runs no script."""
    context = browser.new_context(base_url=server.url, locale="en-GB", java_script_enabled=False)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def home(visitor):
    visitor.goto(f"/en/{ON}")
    return visitor


def main(page):
    """The words of the page without header and footer."""
    return " ".join(page.inner_text("main").split())


def follow(page, name, *, within="main"):
    page.locator(within).get_by_role("link", name=name).first.click()


def test_who_are_the_senators_of_a_region(home):
    follow(home, "Almaty Region")

    assert home.inner_text("h1").startswith("Almaty Region")
    assert "Senate" in main(home)
    assert ON in home.url


def test_how_many_senate_seats_are_vacant_and_under_which_rule(home):
    assert "Senate: 1 (Elected by the territories)." in main(home)

    follow(home, "How many seats are vacant, and under which rule?")

    assert "Vacant" in main(home)


def test_who_sat_in_the_mazhilis_on_a_day_by_party(visitor):
    visitor.goto("/en/")
    visitor.select_option("#institution", "mazhilis")
    visitor.fill("#look-up-day", "1")
    visitor.select_option("#look-up-month", "6")
    visitor.fill("#look-up-year", "2014")
    visitor.get_by_role("button", name="Show composition").click()

    assert visitor.url.endswith(f"/en/institutions/mazhilis/composition/{ON}")
    assert "Nur Otan 82 76.6%" in main(visitor)


def test_whose_terms_end_in_the_next_twelve_months(home):
    follow(home, "Whose terms end in the next 12 months?")

    assert "/en/calendar/" in home.url
    assert "2014" in main(home)


def test_when_this_half_of_the_senate_is_elected_anew(home):
    assert "Senate: 1 October 2014, 16 seats." in main(home)

    follow(home, "When are seats filled anew next?")

    assert "/en/institutions/senate/rules/" in home.url


def test_how_many_votes_are_two_thirds(home):
    assert "Senate: 32 of 47. Mazhilis: 72 of 107." in main(home)


def test_whether_somebody_is_a_deputy_and_what_he_was_before(home):
    home.locator("header").get_by_role("searchbox").fill("Әбенова Сәуле")
    home.locator("header").get_by_role("button", name="Search").click()
    follow(home, "Abenova, Saule")

    assert home.inner_text("h1").startswith("Saule Abenova")
    assert "In office on 1 June 2014" in main(home)
    assert "20 Jan 2012 – left office on 20 Jan 2016" in main(home)


def test_what_changed_since_a_day(home):
    follow(home, "What changed")

    assert "/en/changes/" in home.url
    assert "12 May 2014" in main(home)


def test_which_article_says_that_fifteen_are_appointed(home):
    home.locator("main").get_by_role("link", name="Senate", exact=True).first.click()

    words = main(home)
    assert "15" in words
    assert "Art. 50" in words


def test_where_the_sources_disagree(home):
    follow(home, "Where do the sources disagree?")

    assert home.inner_text("h1") == "Where sources disagree"


def test_what_replaced_an_institution(visitor):
    visitor.goto("/en/")
    follow(visitor, "Senate")

    assert "Kurultai" in main(visitor)


def test_all_of_it_as_a_file(home):
    home.locator(".nav").get_by_role("link", name="Data").click()

    assert home.locator("main a[href*='.csv']").count() >= 5


def test_the_way_back_to_today_stays_on_the_page(visitor):
    visitor.goto(f"/en/institutions/senate/composition/{ON}")
    follow(visitor, "Go to today", within=".asof")

    assert visitor.url.endswith("/en/institutions/senate/composition/")
    assert "ended" in main(visitor)


def test_a_language_link_keeps_page_day_and_filters(visitor):
    visitor.goto(f"/en/institutions/mazhilis/composition/{ON}&name=aben")
    assert visitor.context.cookies() == []

    visitor.locator("header").get_by_role("link", name="Қазақша").click()

    assert "/kk/institutions/mazhilis/composition/" in visitor.url
    assert "on=2014-06-01" in visitor.url
    assert "name=aben" in visitor.url
    assert visitor.locator("html").get_attribute("lang") == "kk"
    visitor.goto("/")
    assert visitor.url.endswith("/kk/")
