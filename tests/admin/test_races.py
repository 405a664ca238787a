"""Two curators at the same moment."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client

from registry.models import Appointment
from tests import factories
from tests.admin.forms import filled_in

ROWS = ("affiliations", "steps", "citations")


@pytest.fixture
def curators(transactional_db):
    found = [User.objects.create_user(name, is_staff=True) for name in ("dinara", "askar")]
    for user in found:
        user.user_permissions.set(Permission.objects.filter(content_type__app_label="registry"))
    return found


@pytest.mark.django_db(transaction=True)
def test_two_curators_cannot_fill_one_seat_unawares(curators):
    """Of three seats two are held. Both save at once: one goes through, the other is asked."""
    rule = factories.SeatRuleFactory(seats=3)
    chamber = rule.group.institution
    for _ in range(2):
        factories.AppointmentFactory(institution=chamber, group=rule.group)
    people = [factories.PersonFactory() for _ in curators]
    together = Barrier(len(curators))
    answers = {}

    def save(user, person):
        client = Client()
        client.force_login(user)
        data = {
            "person": person.pk,
            "institution": chamber.pk,
            "group": rule.group.pk,
            "start": "2012-01-20",
        }
        for row in ROWS:
            data |= {f"{row}-TOTAL_FORMS": "0", f"{row}-INITIAL_FORMS": "0"}
        together.wait(timeout=30)
        try:
            answers[user.username] = client.post("/admin/registry/appointment/add/", data)
        finally:
            connection.close()

    threads = [Thread(target=save, args=pair) for pair in zip(curators, people, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert sorted(answer.status_code for answer in answers.values()) == [200, 302]
    assert Appointment.objects.count() == 3
    asked = next(answer for answer in answers.values() if answer.status_code == 200)
    assert "4 for 3 seats" in asked.text


@pytest.mark.django_db(transaction=True)
def test_of_a_merge_and_an_edit_at_once_one_is_asked_again(curators):
    """One merges two records while the other edits the mandate that moves: none is lost."""
    kept = factories.PersonFactory(name={"en": "Dinara Abenova"}, sort_name={})
    gone = factories.PersonFactory(name={"en": "Dinara Abenova"}, sort_name={})
    seat = factories.AppointmentFactory(person=gone)
    merge = f"/admin/registry/person/duplicates/{kept.pk}/{gone.pk}/"
    edit = f"/admin/registry/appointment/{seat.pk}/change/"
    clients = [Client(), Client()]
    for client, user in zip(clients, curators, strict=True):
        client.force_login(user)
    data = {"_version": clients[0].get(merge).context["version"], "reason": "One person"}
    shown = clients[0].post(merge, data | {"step": "preview"}).context["shown"]
    posts = [
        (clients[0], merge, data | {"step": "merge", "_shown": shown}),
        (clients[1], edit, filled_in(clients[1].get(edit), note="Sworn in")),
    ]
    together = Barrier(len(posts))
    answers = []

    def post(client, page, data):
        together.wait(timeout=30)
        try:
            answers.append(client.post(page, data).status_code)
        finally:
            connection.close()

    threads = [Thread(target=post, args=each) for each in posts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    seat.refresh_from_db()
    assert sorted(answers) == [302, 409]
    assert (seat.person == kept) != (seat.note == "Sworn in")
