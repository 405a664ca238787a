"""What a first view of a page costs a reader on a slow line: everything it loads, compressed."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.models import Institution

KB = 1000
LOADED = re.compile(
    r'<(?:link rel="(?:stylesheet|icon)" href|img[^>]* src|script[^>]* src)="([^"]*)"'
)


def sent(client, address):
    """How many bytes of an answer cross the line, its headers apart."""
    response = client.get(address, headers={"accept-encoding": "gzip"})
    assert response.status_code == 200
    streamed = response.streaming
    return len(b"".join(response.streaming_content) if streamed else response.content)


@pytest.mark.parametrize("language", ["en", "kk", "ru", "de"])
@pytest.mark.parametrize(
    ("page", "most"),
    [
        ("?on=2014-06-01", 25 * KB),
        ("institutions/mazhilis/composition/?on=2014-06-01", 35 * KB),
        ("institutions/kurultai/composition/?on=2026-11-22", 35 * KB),
    ],
)
def test_a_first_view_stays_within_its_budget(client, with_sample_people, db, language, page, most):
    address = f"/{language}/{page}"
    loaded = LOADED.findall(client.get(address).content.decode())

    assert len(loaded) == 2  # the stylesheet and the icon
    assert all(each.startswith("/static/") for each in loaded)
    assert sum(sent(client, each) for each in [address, *loaded]) <= most


@pytest.mark.parametrize("day", ["2014-06-01", "2023-01-25", "2026-11-22"])
def test_the_first_page_of_a_whole_state_takes_ten_queries(client, with_sample_people, db, day):
    with CaptureQueriesContext(connection) as counted:
        client.get("/en/", {"on": day})

    assert Institution.objects.count() > 50
    assert len(counted) <= 10
