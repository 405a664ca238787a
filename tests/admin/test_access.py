"""Every kind of page keeps nobody out: read aloud, in the dark, on a telephone, by keyboard."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests import factories
from tests.admin.test_browser import DARK, desk, suits

__all__ = ["desk"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def addresses(every_record):
    """One page of each kind: lists, forms with all sorts of rows, and what stands beside them."""
    chamber, appointment = every_record["Institution"], every_record["Appointment"]
    person = appointment.person
    twin = factories.PersonFactory(name=person.name, sample=person.sample)
    history = reverse("admin:registry_appointment_history", args=[appointment.pk])
    version = appointment.history.get().pk
    own = f"/admin/registry/institution/{chamber.pk}"

    def form(model):
        return reverse(f"admin:registry_{model.lower()}_change", args=[every_record[model].pk])

    return [
        "/admin/registry/appointment/?on=2014-06-01",
        "/admin/registry/election/",
        "/admin/registry/person/",
        f"{own}/change/?on=2014-06-01",
        f"{own}/what-if/?ask=1&on=2014-06-01&seats_lists=5",
        "/admin/registry/appointment/add/",
        form("Appointment"),
        form("Contradiction"),
        form("Election"),
        form("Person"),
        f"/admin/registry/explanation/add/?institution={chamber.pk}&code=vacant_seats",
        history,
        f"{history}{version}/",
        f"{history}compare/?old={version}&new={version}",
        reverse("admin:registry_appointment_delete", args=[appointment.pk]),
        reverse("admin:registry_person_delete", args=[person.pk]),
        reverse("admin:registry_person_duplicates"),
        reverse("admin:registry_person_merge", args=[person.pk, twin.pk]),
        "/admin/registry/appointment/export/",
        "/admin/changes/",
        "/admin/password_change/",
        "/admin/auth/user/",
        "/admin/nothing/",
    ]


def test_no_page_keeps_anybody_out(desk, live_server, addresses):
    entrance = desk.context.browser.new_page()
    entrance.complaints = []
    entrance.goto(f"{live_server.url}/admin/")
    suits(entrance, width=390)
    entrance.close()
    for number, address in enumerate(("/admin/", *addresses)):
        desk.goto(f"{live_server.url}{address}")
        suits(desk, width=390)
        # All take their colours from the same few names.
        if number % 4 == 0:
            suits(desk, "dark")
    missing = [text for text in desk.complaints if "responded with a status of 40" not in text]
    assert missing == []


def test_a_conflict_and_an_open_field_of_suggestions_keep_nobody_out(
    desk, live_server, every_record
):
    appointment = every_record["Appointment"]
    desk.goto(live_server.url + reverse("admin:registry_appointment_change", args=[appointment.pk]))
    appointment.note = "What somebody else was quicker to write"
    appointment.save()
    desk.fill("#id_end_reason", "Resigned")
    desk.click("input[name=_save]")
    assert "This record was changed while you were editing" in desk.inner_text("#content")
    suits(desk, **DARK)
    suits(desk)
    desk.click(".field-convocation .select2-selection")
    desk.wait_for_selector(".select2-results__option:not(.loading-results)")
    assert desk.locator(".select2-dropdown").bounding_box()["x"] == pytest.approx(
        desk.locator(".field-convocation .select2-container").bounding_box()["x"], abs=1
    )
    suits(desk)

    desk.context.add_cookies([{"name": "django_language", "value": "kk", "url": live_server.url}])
    desk.goto(f"{live_server.url}/admin/registry/affiliation/add/")
    desk.click(".field-party .select2-selection")
    desk.fill(".select2-search__field", "xyzzy")
    desk.wait_for_selector("text=Ештеңе табылмады")


def test_lists_are_walked_by_keyboard_and_the_shortcuts_switched_off(desk, live_server, db):
    parties = factories.PartyFactory.create_batch(3)
    desk.goto(f"{live_server.url}/admin/registry/party/")

    desk.keyboard.type("jjjk")
    assert desk.evaluate("document.activeElement.textContent") == str(parties[1])
    desk.keyboard.type("/jk?")
    assert desk.input_value("#searchbar") == "jk?"
    desk.evaluate("document.activeElement.blur()")
    desk.keyboard.press("?")
    assert "Next row" in desk.inner_text("dialog[open]")
    suits(desk)
    desk.keyboard.press("Space")
    desk.keyboard.press("Escape")
    desk.keyboard.type("j?")
    assert desk.locator("dialog[open]").count() == 0

    desk.click("text=Keyboard shortcuts")
    desk.keyboard.press("Space")
    desk.keyboard.press("Escape")
    desk.keyboard.type("j")
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    assert desk.input_value("#id_slug") == parties[0].slug
    assert desk.complaints == []
