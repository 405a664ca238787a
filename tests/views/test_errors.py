"""Errors have the frame, the right status, and a way out."""

from __future__ import annotations

import re

import pytest
from django.db import OperationalError
from django.test import RequestFactory
from django.views.defaults import permission_denied

from registry.views.site.errors import our_fault


@pytest.fixture(autouse=True)
def _as_served(settings):
    settings.DEBUG = False


def test_a_page_that_is_not_there_has_the_frame(get, db):
    response = get("/en/nothing/")

    assert response.status_code == 404
    assert "Page not found" in response.words
    for way_out in ("/en/institutions/", "/en/territories/"):
        assert f'<a href="{way_out}">' in response.words.split("<main")[1].split("</main>")[0]


def test_a_page_that_is_not_there_keeps_the_day(get, db):
    page = get("/en/institutions/nothing/", on="2014-06-01").words

    assert 'href="/en/?on=2014-06-01"' in page


def test_a_page_that_is_not_there_offers_the_institution_of_the_address(get, mazhilis):
    page = get("/en/institutions/mazhilis/deputies/", on="2014-06-01").words

    assert f'<a href="{mazhilis.composition}?on=2014-06-01">Composition' in page


@pytest.mark.parametrize("address", ["/kk/nothing/", "/kk/institutions/%00/", "/kk/a%0Ab/"])
def test_an_error_is_said_in_the_language_of_the_address(get, db, address):
    response = get(address, on="nonsense")

    assert response.status_code == 404
    assert response.headers["Content-Language"] == "kk"
    assert '<html lang="kk">' in response.words
    assert '<meta name="robots" content="noindex">' in response.words
    assert "canonical" not in response.words


def test_no_access_has_the_frame(db):
    response = permission_denied(RequestFactory().get("/en/"), Exception())

    assert response.status_code == 403
    assert "You do not have access" in response.content.decode()


def test_a_page_is_read_and_never_written_to(client, db):
    response = client.post("/en/")

    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD")
    assert "This page can only be read" in response.content.decode()


def failing(error, at="/en/"):
    """What the server answers to a page that fails in this way."""
    try:
        raise error
    except type(error):
        return our_fault(RequestFactory().get(at))


def test_our_own_fault_needs_no_database_and_has_a_number(caplog):
    response = failing(ZeroDivisionError())

    page = response.content.decode()
    assert response.status_code == 500
    assert "Something went wrong on our side" in page
    assert "Nothing was changed" in page
    (number,) = re.findall(r"whoever looks after the server: (\w+)", page)
    assert number in caplog.text


def test_a_database_that_does_not_answer_is_said_and_when_to_try_again():
    response = failing(OperationalError())

    assert (response.status_code, response.headers["Retry-After"]) == (503, "60")
    assert "cannot be read at the moment" in response.content.decode()
