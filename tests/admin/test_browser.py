"""A curator's first hour, in a real browser and under the content policy."""

from __future__ import annotations

import re

import pytest

from registry.models import Appointment
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(browser, live_server, curator):
    """The admin with the curator logged in; what the browser complains of is in `complaints`."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on(
        "console",
        # Browsers ask for an icon by themselves; whether there is one is not ours to test.
        lambda line: (
            page.complaints.append(line.text)
            if line.type in ("error", "warning") and "favicon" not in line.location["url"]
            else None
        ),
    )
    page.goto(f"{live_server.url}/admin/")
    page.fill("#id_username", "dinara")
    page.fill("#id_password", "dinara")
    page.click("input[type=submit]")
    yield page
    page.context.close()


def choose(page, field, typed, label):
    page.click(f".field-{field} .select2-selection")
    # Before the answer to what was typed comes a list of everybody.
    with page.expect_response(re.compile(r"/autocomplete/\?term=[^&]")):
        page.fill(".select2-search__field", typed)
    page.click(f".select2-results__option:has-text('{label}')")


def test_a_curator_ends_one_mandate_and_starts_another(desk, live_server, chamber):
    """The chair changes hands; the first attempt forgets that the chair is still held."""
    chair = chamber.seat_groups.get(slug="chair")
    leaving = factories.AppointmentFactory(institution=chamber, group=chair)
    successor = factories.PersonFactory(name={"kk": "Әбенов Болат"}, sort_name={})

    desk.goto(f"{live_server.url}/admin/registry/institution/{chamber.pk}/change/?on=2014-06-01")
    desk.click("text=Add an appointment here")
    choose(desk, "person", "абенов болат", "Әбенов Болат")
    choose(desk, "group", "chair", "Chair")
    desk.fill("#id_start", "03.07.2014")
    desk.click("input[name=_save]")
    assert "An office of one seat has 2 holders" in desk.inner_text(".registry-objections")
    assert desk.input_value("#id_start") == "03.07.2014"

    desk.goto(f"{live_server.url}/admin/registry/appointment/{leaving.pk}/change/")
    desk.fill("#id_end", "03.07.2014")
    desk.click("input[name=_save]")
    assert "Appointment ended on 3 July 2014." in desk.inner_text(".messagelist")

    desk.goto(f"{live_server.url}/admin/registry/appointment/add/?institution={chamber.pk}")
    choose(desk, "person", "Abenov Bolat", "Әбенов Болат")
    choose(desk, "group", "chair", "Chair")
    desk.fill("#id_start", "2014-07-03")
    desk.click("input[name=_save]")
    assert "in Mazhilis from 3 July 2014." in desk.inner_text(".messagelist")

    holder = Appointment.objects.get(person=successor)
    assert (str(holder.start), holder.end) == ("2014-07-03", None)
    assert desk.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_is_wider_than_a_telephone(desk, live_server, every_record, scheme):
    desk.set_viewport_size({"width": 390, "height": 844})
    desk.emulate_media(color_scheme=scheme)
    chamber, appointment = every_record["Institution"], every_record["Appointment"]

    for address in (
        "",
        "registry/appointment/?on=2014-06-01",
        f"registry/institution/{chamber.pk}/change/",
        f"registry/institution/{chamber.pk}/import-roster/",
        f"registry/appointment/{appointment.pk}/change/",
        f"registry/appointment/{appointment.pk}/history/",
        "registry/appointment/export/",
        "registry/seatrule/add/",
    ):
        desk.goto(f"{live_server.url}/admin/{address}")
        assert desk.evaluate("document.documentElement.scrollWidth") <= 390, address
    assert desk.complaints == []
