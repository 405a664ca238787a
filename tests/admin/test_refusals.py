"""Who may not open a page reads which role may; and no page offers what its reader may not open."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from registry.models.roles import Remit, Role, make_roles

LINK = re.compile(r'(?:href|action)="(/admin/[^"#]*)')


@pytest.fixture
def signed_in(db):
    make_roles(Group.objects, Permission.objects)

    def sign_in(role, *institutions):
        user = User.objects.create_user(role.name.lower(), is_staff=True)
        user.groups.add(Group.objects.get(name=role.value))
        if institutions:
            Remit.objects.create(user=user).institutions.set(institutions)
        client = Client()
        client.force_login(user)
        return client

    return sign_in


def told(client, page, method="get"):
    answer = getattr(client, method)(page)
    assert answer.status_code == 403
    assert 'id="site-name"' in answer.text
    return " ".join(re.sub("<[^>]+>", "", unescape(answer.text)).split())


def test_a_closed_page_names_the_roles_that_open_it(signed_in, every_record):
    viewer, curator = signed_in(Role.VIEWER), signed_in(Role.CURATOR)
    seat = every_record["Appointment"]

    assert "This page needs the role Registrar." in told(curator, "/admin/registry/seatrule/add/")
    era = reverse("admin:registry_guided", args=["era"])
    assert "This page needs the role Registrar." in told(curator, era)
    text = told(viewer, reverse("admin:registry_appointment_change", args=[seat.pk]), "post")
    assert "This page needs one of these roles: Curator, Reviewer, Registrar." in text
    assert "You are signed in as viewer, with the role Viewer." in text
    withdraw = reverse("admin:registry_appointment_delete", args=[seat.pk])
    assert "one of these roles: Reviewer, Registrar." in told(curator, withdraw)
    assert "one of these roles: Reviewer, Registrar." in told(
        curator, reverse("admin:registry_person_duplicates")
    )
    imports = reverse("admin:registry_institution_import_roster", args=[seat.institution_id])
    assert "one of these roles: Curator, Registrar." in told(viewer, imports)
    users = "/admin/auth/user/add/"
    assert "one of these roles: Registrar, Account keeper." in told(curator, users)


def test_outside_of_a_remit_the_institution_is_named_and_no_role(signed_in, every_record):
    senate = every_record["Succession"].predecessor
    client = signed_in(Role.CURATOR, senate)
    seat = every_record["Appointment"]

    text = told(client, reverse("admin:registry_guided", args=["end"]) + f"?appointment={seat.pk}")

    assert "Mazhilis is not among the institutions that you keep." in text
    assert "This page needs" not in text


@pytest.mark.parametrize("role", [Role.VIEWER, Role.CURATOR, Role.REVIEWER, Role.ACCOUNT_KEEPER])
def test_no_page_offers_what_its_reader_may_not_open(signed_in, every_record, role):
    """One link of each kind that the pages of every day hold; limited to one institution or not."""
    client, closed, seen = signed_in(role), [], set()
    names = ("Appointment", "Person", "Institution", "SeatRule", "Party", "Explanation")
    pages = ["/admin/", "/admin/findings/", "/admin/vacancies/", "/admin/changes/"]
    for name in names:
        info = f"admin:registry_{name.lower()}"
        pages += [reverse(f"{info}_changelist")]
        pages += [reverse(f"{info}_{page}", args=[every_record[name].pk]) for page in KINDS]
    for page in pages:
        answer = client.get(page)
        if answer.status_code == 403:
            continue
        for link in LINK.findall(answer.text):
            address = unescape(link)
            kind = kind_of(address)
            if kind not in seen:
                seen.add(kind)
                if client.get(address).status_code == 403:
                    closed.append((page, address))

    assert closed == []


KINDS = ("change", "history")


def kind_of(address):
    """The name of a page and its words, without the numbers of records."""
    try:
        match = resolve(urlsplit(address).path)
    except Resolver404:
        return address
    return match.url_name, match.kwargs.get("slug")
