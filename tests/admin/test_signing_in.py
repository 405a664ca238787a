"""Who was signed out while typing finds it again after signing in; nobody else does."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.admin.forms import filled_in
from tests.admin.guided import carried

LOGIN = "/admin/login/"
PASSWORD = {"username": "dinara", "password": "dinara"}


@pytest.fixture
def page(curator):
    return reverse("admin:registry_source_change", args=[factories.SourceFactory().pk])


@pytest.fixture
def signed_out(curator, page):
    """Dinara opened a form and typed; meanwhile her session was over. What she had typed."""
    client = Client()
    client.post(LOGIN, PASSWORD)
    typed = filled_in(client.get(page), title="Gazette of Almaty", note="a & b")
    client.cookies.pop("sessionid")
    return client, typed


def send(client, page, data):
    """As a browser sends a form without a file."""
    return client.post(page, urlencode(data), "application/x-www-form-urlencoded")


def kept(answer):
    return unescape(re.search(r'name="_kept" value="([^"]+)"', answer.text)[1])


def test_what_was_typed_is_sent_after_signing_in_again(signed_out, page, curator):
    client, typed = signed_out

    asked = send(client, page, typed)
    assert "what you entered is kept" in asked.text
    assert 'action="/admin/login/"' in asked.text
    wrong = client.post(LOGIN, PASSWORD | {"password": "x", "_kept": kept(asked)})
    again = client.post(LOGIN, PASSWORD | {"_kept": kept(wrong)})
    assert "Nothing was saved yet." in again.text
    assert f'action="{page}"' in again.text
    assert carried(again)["note"] == "a & b"
    assert client.post(page, carried(again)).status_code == 302

    version = factories.SourceFactory().history.latest()
    assert (version.title, version.note) == ("Gazette of Almaty", "a & b")
    assert version.history_user == curator


def test_another_account_does_not_get_it(signed_out, page):
    client, typed = signed_out
    User.objects.create_superuser("nurlan", password="nurlan")
    asked = send(client, page, typed)

    theirs = {"username": "nurlan", "password": "nurlan", "next": "/admin/"}
    answer = client.post(LOGIN, theirs | {"_kept": kept(asked)}, follow=True)

    assert "is of another account" in answer.text
    assert "Gazette of Almaty" not in answer.text


def test_files_passwords_long_forms_forgeries_and_strangers_are_asked_to_sign_in_as_ever(
    signed_out, page
):
    client, typed = signed_out
    file = {"file": SimpleUploadedFile("a.csv", b"x")}
    long = "".join(chr(0x400 + number * 7919 % 50_000) for number in range(200_000))

    def plain(answer):
        return answer.status_code == 302 and answer["Location"].startswith(LOGIN)

    assert plain(client.post(page, typed | file))
    assert plain(send(client, page, typed | {"password1": "secret"}))
    assert plain(send(client, page, typed | {"note": long}))
    assert plain(send(Client(), page, typed))
    forged = client.post(LOGIN, PASSWORD | {"_kept": "forged"})
    assert forged.status_code == 302
    client.cookies.pop("sessionid")
    assert client.post("/admin/logout/", {})["Location"] == "/admin/"
