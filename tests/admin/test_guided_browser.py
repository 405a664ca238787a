"""End and replace in a real browser, by keyboard alone."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from registry.models import Appointment
from tests import factories
from tests.admin.test_browser import desk

__all__ = ["desk"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def tab_to(page, selector):
    """Press the tabulator until the focus is there."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"No way to {selector} by keyboard")


def choose(page, field, typed):
    """Open a field of suggestions, type, and take the first one."""

    def answers(response):
        return parse_qs(urlsplit(response.url).query).get("term") == [typed]

    tab_to(page, f"[aria-labelledby~=select2-id_{field}-container]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".select2-search__field:focus")
    with page.expect_response(answers):
        page.keyboard.type(typed)
    page.wait_for_selector(".select2-results__option--highlighted:not(.loading-results)")
    page.wait_for_selector(".select2-results__message", state="detached")
    page.keyboard.press("Enter")
    page.wait_for_function("id => document.getElementById(id).value", arg=f"id_{field}")


def press(page, value):
    tab_to(page, f"button[value={value}]")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_holder_is_replaced_and_then_ended_by_keyboard(desk, live_server, chamber):
    """From the form of the appointment to the acting chair; then the seat is left empty."""
    chair = chamber.seat_groups.get(slug="chair")
    leaving = factories.AppointmentFactory(institution=chamber, group=chair)
    factories.PersonFactory(name={"kk": "Әбенов Болат"}, sort_name={})
    factories.SourceFactory(slug="other", title="Decree No. 702")

    desk.goto(f"{live_server.url}/admin/registry/appointment/{leaving.pk}/change/")
    tab_to(desk, "a[href*='actions/replace/']")
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    tab_to(desk, "#id_end")
    desk.keyboard.type("03.07.2014")
    tab_to(desk, "#id_end_reason")
    desk.keyboard.type("Resigned")
    choose(desk, "person", "абенов болат")
    tab_to(desk, "#id_acting")
    desk.keyboard.press("Space")
    press(desk, "effect")
    assert "Choose a source. Every change needs one." in desk.inner_text(".registry-objections")
    assert desk.input_value("#id_end") == "03.07.2014"
    choose(desk, "source", "decree")
    press(desk, "effect")
    press(desk, "confirm")
    assert "Әбенов Болат is acting from 3 July 2014" in desk.inner_text("#content-main")
    press(desk, "save")
    assert "leaves on 3 July 2014" in desk.inner_text(".messagelist")
    acting = Appointment.objects.get(acting=True)
    leaving.refresh_from_db()
    assert leaving.end == acting.start

    desk.goto(f"{live_server.url}/admin/registry/institution/actions/end/")
    choose(desk, "appointment", "абенов болат")
    press(desk, "facts")
    tab_to(desk, "#id_end")
    desk.keyboard.type("2014-07-10")
    tab_to(desk, "#id_end_reason")
    desk.keyboard.type("Died")
    press(desk, "what")
    press(desk, "facts")
    assert desk.input_value("#id_end") == "2014-07-10"
    choose(desk, "source", "decree")
    press(desk, "effect")
    press(desk, "confirm")
    press(desk, "save")
    acting.refresh_from_db()
    assert (str(acting.end), acting.end_reason) == ("2014-07-10", "Died")
    assert desk.complaints == []
