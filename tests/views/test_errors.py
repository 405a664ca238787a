"""Errors have the frame, the right status, and a way out."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.views.defaults import permission_denied, server_error


@pytest.fixture(autouse=True)
def _as_served(settings):
    settings.DEBUG = False


def test_a_page_that_is_not_there_has_the_frame(get, db):
    response = get("/en/nothing/")

    assert response.status_code == 404
    assert "Page not found" in response.words
    assert 'href="/en/#branches"' in response.words


def test_a_page_that_is_not_there_keeps_the_day(get, db):
    page = get("/en/institutions/nothing/", on="2014-06-01").words

    assert 'href="/en/?on=2014-06-01"' in page


def test_no_access_has_the_frame():
    response = permission_denied(RequestFactory().get("/en/"), Exception())

    assert response.status_code == 403
    assert "You do not have access" in response.content.decode()


def test_our_own_fault_needs_no_database_and_no_request(django_assert_num_queries):
    response = server_error(RequestFactory().get("/en/"))

    assert response.status_code == 500
    assert "Something went wrong on our side" in response.content.decode()
    assert "Nothing was changed" in render_to_string("500.html")
