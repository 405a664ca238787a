"""The Atom feed: a stable entry for each change, its day, and when it was recorded."""

from xml.etree import ElementTree

import pytest

from registry.models import Appointment
from registry.models.history import revision_text
from tests.views.conftest import day

ATOM = "/en/changes.atom"
NS = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def feed(client, mazhilis):
    def ask(**query):
        response = client.get(ATOM, query)
        assert response.status_code == 200
        return ElementTree.fromstring(response.content)

    return ask


def entries(feed):
    return {entry.findtext("a:id", namespaces=NS): entry for entry in feed.findall("a:entry", NS)}


def said(entry, name):
    return entry.findtext(f"a:{name}", namespaces=NS)


def test_a_feed_has_what_atom_demands_and_no_identifier_twice(feed):
    found = feed()

    listed = found.findall("a:entry", NS)
    assert len(entries(found)) == len(listed) > 5
    for part in (found, *listed):
        assert all(said(part, name) for name in ("id", "title", "updated"))
        assert part.find("a:link", NS).get("href").startswith("http://testserver/en/")
    assert found.find("a:author/a:name", NS).text


def test_an_entry_tells_the_day_it_happened_and_is_as_new_as_its_record(feed, mazhilis):
    entry = entries(feed(institution="mazhilis"))[
        "tag:testserver,2026:changes/left/mazhilis/2014-04-22"
    ]

    assert said(entry, "title").startswith("22 April 2014: Mazhilis: Mandate ends: Dosanov, Asel")
    assert "became a minister" in said(entry, "summary")
    newest = Appointment.history.filter(id=mazhilis.dosanov.pk).latest().history_date
    assert said(entry, "updated")[:19] == revision_text(newest)[:19]


def test_an_entry_keeps_its_identifier_when_its_record_is_edited(feed, mazhilis):
    before = entries(feed())
    mazhilis.dosanov.end_reason = "became the minister of health"
    mazhilis.dosanov.save()
    after = entries(feed())

    assert before.keys() == after.keys()
    key = "tag:testserver,2026:changes/left/mazhilis/2014-04-22"
    assert said(before[key], "updated") <= said(after[key], "updated")


def test_a_correction_is_marked_as_one(feed, mazhilis):
    mazhilis.dosanov.end = day("2014-04-23")
    mazhilis.dosanov.save()

    newest = next(iter(entries(feed(what="corrected", institution="mazhilis")).values()))

    assert newest.find("a:category", NS).get("term") == "correction"
    assert said(newest, "title").startswith("Corrected: ")
    assert "22 Apr 2014 → 23 Apr 2014" in said(newest, "summary")


def test_a_feed_carries_licence_and_revision_and_may_be_read_from_anywhere(client, mazhilis):
    response = client.get(ATOM)

    assert response["Content-Type"].startswith("application/atom+xml")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Registry-Revision"] in response.content.decode()
    assert 'rel="license"' in response.content.decode()


@pytest.mark.parametrize("query", [{"kind": "scandal"}, {"from": "soon"}, {"institution": "moon"}])
def test_a_bad_question_gets_a_sentence_in_plain_text(client, mazhilis, query):
    response = client.get(ATOM, query)

    assert response.status_code == 400
    assert response["Content-Type"].startswith("text/plain")
    (value,) = query.values()
    assert value in response.content.decode()


def test_the_feed_is_in_the_language_of_its_address(client, mazhilis):
    response = client.get("/de/changes.atom")

    assert b'xml:lang="de"' in response.content
    assert client.post(ATOM).status_code == 405
