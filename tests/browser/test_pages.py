"""The pages as a visitor sees them: in a browser, under the content policy, wide and narrow."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ON = "?on=2014-06-01"
PAGES = {
    "home": f"/en/{ON}",
    "home, where nothing is recorded": "/en/?on=1995-01-01",
    "composition": f"/en/institutions/mazhilis/composition/{ON}",
    "territorial": f"/en/institutions/senate/composition/{ON}",
    "ended": "/en/institutions/mazhilis/composition/?on=2026-11-22",
    "between convocations": "/en/institutions/mazhilis/composition/?on=2016-02-01",
    "law and convocation differ": "/en/institutions/mazhilis/composition/?on=2022-07-01",
    "institution": f"/en/institutions/senate/{ON}",
    "territory": f"/en/territories/almaty-region/{ON}",
    "seat rules": f"/en/institutions/senate/rules/{ON}",
    "seat rules, ended": "/en/institutions/senate/rules/?on=2026-11-22",
    "votes": f"/en/institutions/mazhilis/majorities/{ON}",
    "sources": "/en/sources/",
    "contradictions": f"/en/sources/conflicts/{ON}",
    "filtered to nothing": "/en/sources/conflicts/?institution=kurultai",
    "checks": f"/en/checks/{ON}",
    "findings over time": "/en/checks/?institution=mazhilis&to=2026-11-23",
    "calendar": "/en/calendar/?from=2014-01-01&to=2018-01-01",
    "two days": "/en/institutions/mazhilis/compare/?from=2014-03-01&to=2014-06-01",
    "two days, two rules": "/en/institutions/mazhilis/compare/?from=2014-06-01&to=2023-06-01",
    "map of the state": f"/en/institutions/{ON}",
    "convocations": "/en/institutions/mazhilis/convocations/",
    "convocation": "/en/institutions/mazhilis/convocations/5/",
    "people": f"/en/people/{ON}",
    "nobody found": "/en/people/?name=nobody",
    "territories": "/en/territories/",
    "parties": f"/en/parties/{ON}",
    "what happened": "/en/changes/",
    "what was corrected": "/en/changes/?what=corrected",
    "search": "/en/search/?q=abenov",
    "search for nothing": "/en/search/",
    "found nothing": "/en/search/?q=xyzzyx",
    "data": "/en/data/",
    "data for programs": "/en/data/api/",
    "about": "/en/about/",
    "method": "/en/about/method/",
    "accessibility": "/en/accessibility/",
    "privacy": "/en/privacy/",
    "bad period": "/en/calendar/?from=2014-02-30&to=2015-01-01",
    "bad question": "/en/institutions/mazhilis/composition/?on=2014-02-30",
    "not found": "/en/nothing/",
}
# All rules once; in the dark, those that look at colours.
RULES = {
    "light": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "dark": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}


@pytest.fixture
def complaints(page):
    """What the browser objects to, a broken content policy first of all; not that 4xx is 4xx."""
    found = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda line: found.append(line.text))
    yield found
    assert [text for text in found if "responded with a status of 40" not in text] == []


@pytest.mark.parametrize("scheme", RULES)
def test_every_page_is_accessible_and_keeps_to_the_content_policy(page, law, complaints, scheme):
    page.emulate_media(color_scheme=scheme)
    broken = {}
    for name, address in PAGES.items():
        page.goto(address)
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 844})
            answer = Axe().run(page, options={"runOnly": RULES[scheme]}).response
            assert answer["passes"] or answer["incomplete"]
            broken |= {
                f"{name}, {width}: {violation['id']}": [node["html"] for node in violation["nodes"]]
                for violation in answer["violations"]
            }

    assert broken == {}


@pytest.mark.parametrize("language", ["en", "kk", "ru", "de"])
def test_no_page_scrolls_sideways(page, law, complaints, language):
    wide = {}
    for name, address in PAGES.items():
        page.goto(address.replace("/en/", f"/{language}/", 1))
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        for width in (320, 390, 768, 1280):
            page.set_viewport_size({"width": width, "height": 844})
            scrolled = page.evaluate("document.documentElement.scrollWidth")
            if scrolled > width:
                wide[name, width] = scrolled

    assert wide == {}


def test_a_visitor_finds_who_sat_on_a_day(page, mazhilis, senate, complaints):
    page.goto("/en/")
    page.select_option("#institution", "mazhilis")
    page.fill("#look-up-day", "1")
    page.select_option("#look-up-month", "6")
    page.fill("#look-up-year", "2014")
    page.click("text=Show composition")
    assert page.url.endswith(f"/en/institutions/mazhilis/composition/{ON}")
    assert page.inner_text("h1").startswith("Mazhilis")

    page.fill("#f-name", "aben")
    page.click("text=Apply")
    assert page.inner_text("[role=status]").startswith("1 of 3 members shown")

    page.click("#members >> text=Abenov, Dinara")
    assert "In office on 1 June 2014:" in page.inner_text("main")
    assert "20 Jan 2012 – left office on 20 Jan 2016" in page.inner_text("main")


def test_the_keyboard_reaches_the_content_first(page, mazhilis, complaints):
    page.goto(PAGES["composition"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_no_request_leaves_the_host_and_no_cookie_is_set(page, mazhilis, live_server, complaints):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(PAGES["composition"])

    assert asked
    assert all(address.startswith(live_server.url) for address in asked)
    assert page.context.cookies() == []


def test_a_printed_page_has_the_day_and_no_menus(page, mazhilis, complaints):
    page.goto(PAGES["composition"])
    page.emulate_media(media="print")

    assert page.is_visible("text=Showing 1 June 2014")
    assert page.is_visible("#members")
    for hidden in (".nav", ".filters", ".top", "#when ~ form"):
        assert not page.is_visible(hidden)
    foot = page.locator("tfoot").first
    assert foot.evaluate("foot => getComputedStyle(foot).display") == "table-row-group"
