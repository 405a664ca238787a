"""Somebody else holds the database for too long: nothing is stored, and nothing is lost."""

from __future__ import annotations

from contextlib import closing, contextmanager
from urllib.parse import urlencode

import pytest
from django.db import DatabaseError, OperationalError, connection
from django.db.models import F
from django.urls import reverse

from registry.models import Institution
from tests.admin.forms import filled_in
from tests.admin.guided import carried
from tests.views.test_errors import failing

pytestmark = pytest.mark.django_db(transaction=True)
FORM = "application/x-www-form-urlencoded"


@contextmanager
def written_elsewhere():
    """A colleague's server is in the middle of writing the institutions, and takes its time."""
    waits = {"sqlite": "PRAGMA busy_timeout = {}", "postgresql": "SET lock_timeout = {}"}
    with connection.cursor() as cursor, closing(connection.copy()) as other:
        other.set_autocommit(False)
        with other.cursor() as elsewhere:
            elsewhere.execute(f"UPDATE {Institution._meta.db_table} SET slug = slug")
        cursor.execute(waits[connection.vendor].format(50))
        yield
        other.rollback()
        cursor.execute(waits[connection.vendor].format(60_000))


def test_what_was_entered_waits_in_the_answer_until_it_can_be_stored(as_curator, chamber, settings):
    settings.DEBUG = False
    as_curator.raise_request_exception = False
    page = reverse("admin:registry_institution_change", args=[chamber.pk])
    entered = filled_in(as_curator.get(page), name_en="Lower <House>", note="Two\nlines")
    sent = urlencode(entered, doseq=True)

    with written_elsewhere():
        busy = as_curator.post(page, sent, FORM)
        in_kazakh = as_curator.post(page, entered, headers={"Accept-Language": "kk"})
        read = as_curator.get(page)

    assert (busy.status_code, busy.headers["Retry-After"]) == (503, "60")
    assert "no-store" in busy.headers["Cache-Control"]
    assert "Nothing was stored." in busy.text
    assert in_kazakh.status_code == 503
    assert '<html lang="kk">' in in_kazakh.text
    assert 'type="hidden"' not in in_kazakh.text  # a form that may hold files is sent again by hand
    assert read.status_code == 200
    chamber.refresh_from_db()
    assert chamber.name["en"] == "Mazhilis"

    again = as_curator.post(page, urlencode(carried(busy)), FORM)

    assert again.status_code == 302
    chamber.refresh_from_db()
    assert (chamber.name["en"], chamber.note) == ("Lower <House>", "Two\nlines")
    assert chamber.history.count() == 2


def test_only_who_lost_to_somebody_else_is_told_so(chamber):
    with written_elsewhere(), pytest.raises(OperationalError) as lost:
        Institution.objects.update(note=F("note"))

    busy = failing(lost.value, at="/api/v1/institutions")
    assert busy.status_code == 503
    assert busy.headers["Content-Type"] == "application/json"
    assert "Try again in a moment." in busy.text
    with pytest.raises(DatabaseError) as wrong:
        Institution.objects.raw("SELECT wrong FROM registry_institution")[0]
    assert "Somebody else" not in failing(wrong.value).text
