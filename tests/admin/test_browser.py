"""A curator's first hour, in a real browser and under the content policy."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from registry.admin.imports.writing import AT_ONCE
from registry.models import Appointment
from tests import factories

# All rules in the light; in the dark, those that look at colours.
RULES = {
    "light": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "dark": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}

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
    assert "An office of one seat has 2 holders" in desk.inner_text("#content")
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


def test_a_curator_explains_a_finding_where_it_is_listed(desk, live_server, chamber):
    """The first attempt says what is missing; then the panel says why, until it expires."""
    factories.CoverageFactory(institution=chamber)
    factories.SourceFactory(title="Official gazette")
    panel = f"{live_server.url}/admin/registry/institution/{chamber.pk}/change/"

    desk.goto(f"{panel}?on=2014-06-01")
    desk.click("li:has-text('3 seats are vacant') >> text=Explain")
    assert desk.inner_text(".field-group .select2-selection__rendered").endswith("Mazhilis: Lists")
    desk.click("input[name=_save]")
    assert "Say why the finding is known and accepted." in desk.inner_text(".field-reason")
    assert "Enter the day on which the explanation expires" in desk.inner_text(".field-end")

    desk.fill("#id_reason", "The election is called for October.")
    choose(desk, "source", "gazette", "Official gazette")
    desk.fill("#id_end", "01.10.2014")
    desk.click("input[name=_save]")
    explained = desk.inner_text(".registry-explained")
    assert "3 seats are vacant" in explained
    assert "Explained, until it expires on 1 October 2014:" in explained
    assert "The election is called for October." in explained
    assert desk.url.endswith("?on=2014-06-01#registry-checks")

    desk.fill("#registry-day", "2014-10-01")
    desk.click(".registry-panel button")
    assert desk.locator(".registry-explained").count() == 0
    assert "3 seats are vacant" in desk.inner_text(".registry-findings")
    assert desk.complaints == []


def test_a_curator_asks_what_if(desk, live_server, chamber):
    """From the form of the institution to the answer, and from the answer to another question."""
    regions = factories.SeatGroupFactory(institution=chamber, slug="regions")
    factories.SeatRuleFactory(group=regions, seats=None, seats_per_territory=2, kinds=["region"])
    factories.TerritoryFactory.create_batch(4)
    before = Appointment.history.count()

    desk.goto(f"{live_server.url}/admin/registry/institution/{chamber.pk}/change/?on=2014-06-01")
    desk.click("text=What if it had other seats?")
    desk.fill("#id_found-0-name", "Jetisu")
    desk.click("text=Show what follows")
    assert "11 → 13 seats." in desk.inner_text("#content-main")
    assert "A majority moves from 6 to 7 votes." in desk.inner_text("#content-main")

    desk.fill("#id_seats_lists", "2")
    desk.fill("#id_found-1-name", "Abai")
    desk.check(".registry-columns input >> nth=0")
    desk.click("text=Show what follows")
    assert "11 → 12 seats." in desk.inner_text("#content-main")
    assert "2 × 5 = 10" in desk.inner_text(".registry-effect")
    assert desk.input_value("#id_found-1-name") == "Abai"
    assert Appointment.history.count() == before
    assert desk.complaints == []


def test_a_curator_adds_a_step_in_the_form_of_the_appointment(desk, live_server, chamber):
    appointment = factories.AppointmentFactory(institution=chamber)

    desk.goto(f"{live_server.url}/admin/registry/appointment/{appointment.pk}/change/")
    desk.click("text=Add another Step")
    desk.select_option("#id_steps-0-kind", "appointed")
    desk.fill("#id_steps-0-day", "2014-06")
    desk.fill("#id_steps-0-document", "Decree No. 702")
    desk.click("input[name=_save]")
    desk.wait_for_selector(".messagelist")

    assert [str(step.day) for step in appointment.steps.all()] == ["2014-06"]
    assert desk.complaints == []


def test_a_curator_imports_a_long_roster(desk, live_server, chamber, settings, tmp_path):
    """From a list in an old encoding to a finished run: it is written while a page waits."""
    settings.VAR_DIR = tmp_path
    factories.ConvocationFactory(institution=chamber, number=5)
    # No name holds a digit: that would be a total, or the mark of a footnote.
    letters = str.maketrans("0123456789", "абдезиклмн")
    names = [f"Әбенов Болат {str(n).translate(letters)}" for n in range(AT_ONCE + 1)]
    lines = [f"{name};Ақ жол;01.02.2012" for name in names]
    roster = "\n".join(["Аты-жөні;Фракция;Сайланған күні", *lines])
    file = {"name": "тізім.csv", "mimeType": "text/csv", "buffer": roster.encode("kz1048")}

    desk.goto(f"{live_server.url}/admin/registry/institution/{chamber.pk}/import-roster/")
    suits(desk)
    desk.set_input_files("#id_file", files=file)
    desk.click("text=Check the file")
    suits(desk, **DARK)
    desk.click("text=Read it as KZ-1048")
    assert names[0] in desk.inner_text(".registry-scroll")
    desk.click("text=It reads right: go on to the columns")
    suits(desk)
    desk.click("text=Check the rows")
    assert f"Rows: {AT_ONCE + 1}. Ready: {AT_ONCE + 1}." in desk.inner_text(".registry-count")
    suits(desk, **DARK)
    desk.click("text=Go on to the effect")
    suits(desk)
    desk.click("input[value^='Write ']")
    desk.wait_for_selector("text=Written on", timeout=60_000)
    suits(desk, **DARK)
    assert chamber.appointments.count() == AT_ONCE + 1

    desk.click("text=Take this import back")
    suits(desk)
    desk.fill("#id_reason", "It was the list of another chamber.")
    desk.click("input[value='Take it back']")
    assert "It was the list of another chamber." in desk.inner_text(".registry-note")
    assert not chamber.appointments.exists()
    assert desk.complaints == []


def suits(page, scheme="light", width=1280):
    """Holds that nothing in a page keeps anybody out; on a telephone it is in the dark."""
    complaints = list(page.complaints)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
    # Links fade from one colour to the other.
    page.evaluate("Promise.all(document.getAnimations().map(each => each.finished))")
    options = {"runOnly": RULES[scheme], "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    broken = [(each["id"], node["html"]) for each in found for node in each["nodes"]]
    assert broken == [], page.url
    # The policy keeps out the styles of the checker itself.
    page.complaints[:] = complaints


DARK = {"scheme": "dark", "width": 390}
