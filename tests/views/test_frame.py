"""What every page has around its own: languages, addresses worth keeping, licence, compression."""

from __future__ import annotations

import gzip
import json
import re

import pytest
from django.test import Client
from django.utils.html import escape

from registry.models import Person
from tests.factories import InstitutionFactory, PersonFactory
from tests.views.conftest import day

ON = "2014-06-01"
PAGES = ["about", "about/method", "accessibility", "privacy"]


def links(page, **attributes):
    """The addresses of the links in a page that have these attributes."""
    found = re.findall(r"<link ([^>]*)>", page)
    wanted = [f'{name}="{value}"' for name, value in attributes.items()]
    return [
        re.search(r'href="([^"]*)"', each)[1] for each in found if all(w in each for w in wanted)
    ]


def test_a_page_names_itself_in_every_language_on_its_day_and_without_filters(get, mazhilis):
    page = get(mazhilis.composition, on=ON, party="nur-otan").words

    address = f"http://testserver{mazhilis.composition}?on={ON}"
    assert links(page, rel="canonical") == [address]
    for code in ("en", "kk", "ru", "de"):
        there = address.replace("/en/", f"/{code}/")
        assert links(page, rel="alternate", hreflang=code) == [there]
    assert links(page, rel="alternate", hreflang="x-default") == [address]
    assert '<meta name="robots" content="noindex,follow">' in page


def test_a_page_of_today_may_be_found(get, mazhilis):
    page = get(mazhilis.composition).words

    assert links(page, rel="canonical") == [f"http://testserver{mazhilis.composition}"]
    assert "noindex" not in page
    assert links(get("/en/").words, hreflang="x-default") == ["http://testserver/"]


def test_a_language_link_leads_to_the_same_page_and_is_remembered(client, mazhilis):
    page = client.get(mazhilis.composition, {"on": ON, "party": "nur-otan"})
    assert not page.cookies
    (link,) = set(re.findall(r'href="(/language/kk/[^"]*)"', page.content.decode()))

    response = client.get(link.replace("&amp;", "&"))

    there = mazhilis.composition.replace("/en/", "/kk/")
    assert (response.status_code, response.url) == (302, f"{there}?on={ON}&party=nur-otan")
    assert client.get("/", headers={"accept-language": "de"}).url == "/kk/"


@pytest.mark.parametrize(
    ("rest", "leads"),
    [
        ("/evil.example/", "/kk//evil.example/"),
        ("https://evil.example/", "/kk/https%3A//evil.example/"),
        ("%5Cevil.example", "/kk/%5Cevil.example"),
    ],
)
def test_a_language_link_leads_to_no_other_site(client, db, rest, leads):
    response = client.get(f"/language/kk/{rest}")

    assert (response.status_code, response.url) == (302, leads)


def test_there_is_no_language_but_ours(client, db):
    assert client.get("/language/fr/").status_code == 404
    assert client.get("/language/kk/a%0D%0ASet-Cookie:x/").status_code == 404


def test_the_language_of_an_answer_is_in_its_header(client, db):
    assert client.get("/ru/about/").headers["Content-Language"] == "ru"


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_about_the_register_are_there_in_every_language(client, db, page):
    for code in ("en", "kk", "ru", "de"):
        response = client.get(f"/{code}/{page}/")
        assert response.status_code == 200
        assert f'<html lang="{code}">' in response.content.decode()


def test_a_copy_without_publisher_and_contact_says_so(get, db, settings):
    settings.PUBLISHER = settings.CONTACT = ""

    page = get("/en/about/").words

    assert "Nobody is named as the publisher of this copy." in page
    assert 'href="/en/about/#errors">Report an error on this page' in page
    assert "No contact is named for this copy." in page


def test_an_error_is_reported_with_the_address_of_the_page(get, mazhilis, settings):
    settings.CONTACT, settings.PUBLISHER = "registry@example.org", "The Registry <Office>"

    page = get(mazhilis.composition, on=ON).words

    subject = f"%2Fen%2Finstitutions%2Fmazhilis%2Fcomposition%2F%3Fon%3D{ON}"
    assert f'href="mailto:registry@example.org?subject={subject}"' in page
    assert "Publisher: The Registry &lt;Office&gt;." in page


def test_the_foot_tells_the_revision_once_something_is_recorded(get, db):
    assert "Nothing is recorded yet." in get("/en/about/").words

    PersonFactory()

    moment = Person.history.latest("history_date").history_date
    assert f'<time datetime="{moment:%Y-%m-%dT%H:%M:%SZ}">' in get("/en/about/").words


def linked(page):
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    return {each["@type"]: each for each in json.loads(text)["@graph"]}


def test_the_way_to_a_page_is_told_to_machines(get, mazhilis):
    InstitutionFactory(slug="odd", name={"en": "Odd </script><b>&"}, start=day("1990"))

    page = get("/en/institutions/odd/rules/", on=ON).words
    steps = linked(page)["BreadcrumbList"]["itemListElement"]

    assert steps[0] == {
        "@type": "ListItem",
        "position": 1,
        "name": "Home",
        "item": f"http://testserver/en/?on={ON}",
    }
    assert steps[1]["name"] == "Odd </script><b>&"
    assert "Odd </script>" not in page


def test_the_first_page_tells_machines_how_to_search(get, db):
    action = linked(get("/de/").words)["WebSite"]["potentialAction"]

    assert action["target"]["urlTemplate"] == (
        "http://testserver/de/search/?q={search_term_string}"
    )


def test_a_shared_link_has_title_sentence_and_picture(client, get, mazhilis):
    page = get("/en/", on=ON).words

    tags = dict(re.findall(r'<meta property="og:([\w:]+)" content="([^"]*)">', page))
    title = "Mazhilis on 1 June 2014: 3 of 4 seats filled"
    assert tags["image"] == f"http://testserver/en/chambers.png?on={ON}"
    assert tags["image:alt"] == title
    assert "3 of 4 seats" in tags["description"]
    assert tags["locale"] == "en_GB"
    for address in (f"/en/chambers.png?on={ON}", f"{mazhilis.composition[:-1]}.png?on={ON}"):
        picture = client.get(address)
        assert picture.headers["Content-Type"] == "image/png"
        # The sizes stand in the first chunk of a PNG.
        assert picture.content[16:24] == (1200).to_bytes(4, "big") + (630).to_bytes(4, "big")


def test_there_is_no_picture_where_nobody_is_recorded(client, get, mazhilis):
    assert "og:image" not in get("/en/", on="2017-03-01").words
    assert client.get("/en/chambers.png", {"on": "2017-03-01"}).status_code == 404


def test_a_page_that_is_as_it_was_is_not_sent_again(client, mazhilis):
    first = client.get(mazhilis.composition, {"on": ON}, headers={"accept-encoding": "gzip"})
    again = {"if-none-match": first.headers["ETag"], "accept-encoding": "gzip"}

    response = client.get(mazhilis.composition, {"on": ON}, headers=again)
    assert (response.status_code, response.content) == (304, b"")

    mazhilis.institution.name["en"] = "Lower chamber"
    mazhilis.institution.save()
    assert client.get(mazhilis.composition, {"on": ON}, headers=again).status_code == 200


def test_pages_and_the_stylesheet_are_compressed_and_the_admin_is_not(client, admin_client, db):
    wanted = {"accept-encoding": "gzip"}

    page = client.get("/en/about/", headers=wanted)
    style = client.get("/static/registry/site.css", headers=wanted)

    assert "Accessibility" in gzip.decompress(page.content).decode()
    assert b"color-scheme" in gzip.decompress(b"".join(style.streaming_content))
    assert "Content-Encoding" not in admin_client.get("/admin/", headers=wanted).headers


@pytest.mark.parametrize(
    ("told", "asked"), [("Last-Modified", "if-modified-since"), ("ETag", "if-none-match")]
)
def test_a_file_that_is_as_it_was_comes_without_a_body(client, told, asked):
    compressed = {"accept-encoding": "gzip"}
    first = client.get("/static/registry/site.css", headers=compressed)

    again = {**compressed, asked: first.headers[told]}
    response = client.get("/static/registry/site.css", headers=again)

    assert response.status_code == 304
    assert "Content-Encoding" not in response.headers


def test_crawlers_get_a_map_of_everything_but_samples(client, mazhilis):
    PersonFactory(name={"en": "Real"}, pk=701)
    PersonFactory(name={"en": "Invented"}, pk=702, sample=True)

    robots = client.get("/robots.txt").content.decode()
    sections = client.get("/sitemap.xml").content.decode()
    people = client.get("/sitemap-people.xml").content.decode()
    sat = client.get("/sitemap-convocations.xml").content.decode()

    assert "Sitemap: http://testserver/sitemap.xml" in robots
    assert "Disallow: /admin/" in robots
    assert "http://testserver/sitemap-institutions.xml" in sections
    assert "<loc>http://testserver/kk/people/701-real/</loc>" in people
    assert "702" not in people
    assert "<loc>http://testserver/de/institutions/mazhilis/convocations/5/</loc>" in sat


def test_the_menu_marks_the_section_of_the_page(get, mazhilis):
    page = get("/en/checks/", on=ON).words

    assert f'<a href="/en/checks/?on={ON}" aria-current="page">Checks</a>' in page
    assert "aria-current" not in page.split(f'href="/en/sources/?on={ON}"')[1][:40]


def test_what_somebody_asked_for_is_no_markup(get, db):
    page = get("/en/about/", q='"><script>alert(1)</script>').words

    assert "<script>" not in page
    assert escape('"><script>') not in links(page, rel="canonical")


def test_a_reader_without_cookies_gets_none(db):
    client = Client()

    for address in ("/", "/en/", "/en/about/", "/en/nothing/"):
        assert not client.get(address).cookies


def test_the_form_for_another_day_keeps_the_filters(get, mazhilis):
    page = get(mazhilis.composition, on=ON, party="nur-otan", name="<b>").words

    form = page.split('<form class="card sunk when"')[1].split("</form>")[0]
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form)
    assert hidden == [("party", "nur-otan"), ("name", "&lt;b&gt;")]
    moved = get(mazhilis.composition, party="nur-otan", day="1", month="6", year="2014")
    assert moved.url == f"{mazhilis.composition}?party=nur-otan&on={ON}"
