"""Each guided action in a real browser, through to its record; two by keyboard alone."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from registry.models import Appointment, Election, Institution, SeatRule
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


def choose(page, field, typed, reach=tab_to):
    """Open a field of suggestions, type, and take the first one."""

    def answers(response):
        return parse_qs(urlsplit(response.url).query).get("term") == [typed]

    reach(page, f"[aria-labelledby~=select2-id_{field}-container]")
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


def finish(page):
    """From the facts to the record: cite the decree, look at the effect, confirm, save.

    Some people click twice; they see what was saved all the same.
    """
    choose(page, "source", "decree", reach=focus)
    for step in ("effect", "confirm"):
        with page.expect_navigation():
            page.click(f"button[value={step}]")
    page.dblclick("button[value=save]")
    page.wait_for_selector(".messagelist")
    return page.inner_text(".messagelist")


def focus(page, selector):
    page.focus(selector)


@pytest.fixture
def senate(db):
    """A region with two seats, one in each class; both were filled in 2012."""
    rule = factories.SeatRuleFactory(
        group__institution=factories.InstitutionFactory(slug="senate", name={"en": "Senate"}),
        group__slug="elected",
        seats=None,
        seats_per_territory=2,
        kinds=["region"],
    )
    region = factories.TerritoryFactory(slug="abai", name={"en": "Abai"})
    for _each in range(2):
        factories.AppointmentFactory(
            institution=rule.group.institution,
            group=rule.group,
            territory=region,
            renewal_class=factories.RenewalClassFactory(group=rule.group),
        )
    return rule.group.institution


def test_the_other_actions_lead_to_their_records(desk, live_server, chamber, senate):
    """A seat is filled and its party changes; a class is renewed; an era begins; a body ends."""
    actions = f"{live_server.url}/admin/registry/institution/actions"
    factories.SourceFactory(slug="other", title="Decree No. 702")
    factories.PartyFactory(name={"en": "Nur Otan"})
    factories.CoverageFactory(institution=chamber)

    desk.goto(f"{live_server.url}/admin/registry/institution/{chamber.pk}/change/?on=2014-06-01")
    desk.click(".registry-findings >> text=Fill")
    assert "1 June 2014" in desk.inner_text(".registry-facts")
    desk.fill("#id_new_name", "Askar Mamin")
    assert "0 → 1 of 3 seats filled" in finish(desk)
    mandate = Appointment.objects.get(institution=chamber)
    assert (str(mandate.person), str(mandate.start)) == ("Askar Mamin", "2014-06-01")

    desk.click("a[href*='actions/party/']")
    desk.fill("#id_day", "2014-09")
    choose(desk, "party", "nur", reach=focus)
    desk.click("button[value=effect]")
    assert "Enter a whole day" in desk.inner_text(".registry-objections")
    desk.fill("#id_day", "01.09.2014")
    assert "sits for Nur Otan from 1 September 2014" in finish(desk)
    assert str(mandate.affiliations.get().start) == "2014-09-01"

    desk.goto(f"{actions}/renewal/")
    choose(desk, "renewal_class", "senate", reach=focus)
    desk.fill("#id_day", "2017-06-28")
    desk.fill("#id_start", "2017-07-01")
    desk.click("button[value=facts]")
    desk.check("#id_same_abai")
    assert "1 of 1 seat of the class is filled anew." in finish(desk)
    assert str(Election.objects.get().took_office) == "2017-07-01"

    desk.goto(f"{actions}/era/?institution={chamber.pk}&start=2022-06-08")
    desk.fill("#id_seats_lists", "2")
    desk.fill("#id_new_name_1", "Districts")
    desk.fill("#id_new_seats_1", "1")
    desk.select_option("#id_new_filled_1", "elected")
    desk.fill("#id_total", "3")
    assert "By the law of 8 June 2022 the institution has 3 seats." in finish(desk)
    begun = SeatRule.objects.filter(start="2022-06-08", group__inner=False).order_by("seats")
    assert [(rule.group.name["en"], rule.seats) for rule in begun] == [
        ("Districts", 1),
        ("Lists", 2),
    ]

    desk.goto(f"{actions}/close/?institution={senate.pk}")
    desk.fill("#id_end", "2026-07-01")
    choose(desk, "successor", "mazh", reach=focus)
    assert "Senate ends on 1 July 2026." in finish(desk)
    assert str(Institution.objects.get(slug="senate").end) == "2026-07-01"
    assert not Appointment.objects.filter(institution=senate, has_ended=False).exists()
    assert desk.complaints == []
