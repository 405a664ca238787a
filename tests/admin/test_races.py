"""Two curators at the same moment."""

from __future__ import annotations

from threading import Barrier, Thread
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.utils.timezone import now

from registry.models import Appointment
from tests import factories
from tests.admin.forms import filled_in
from tests.admin.guided import address, carried, walk

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5
ROWS = ("affiliations", "steps", "citations")
GAZETTE = {"source_title": "Gazette of 3 July"}


@pytest.fixture
def clients(transactional_db) -> dict[str, Client]:
    """Dinara and Askar, each at a browser of their own."""
    found = {}
    for name in ("dinara", "askar"):
        user = User.objects.create_user(name, is_staff=True)
        user.user_permissions.set(Permission.objects.filter(content_type__app_label="registry"))
        found[name] = Client()
        found[name].force_login(user)
    return found


def at_once(clients: dict[str, Client], posts: dict[str, tuple[str, Any]]) -> dict[str, Any]:
    """What each is answered who sends data to a page, all in one moment."""
    together = Barrier(len(posts))
    answers = {}

    def post(name: str) -> None:
        together.wait(timeout=30)
        try:
            answers[name] = clients[name].post(*posts[name])
        finally:
            connection.close()

    threads = [Thread(target=post, args=(name,)) for name in posts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


def first_and_second(answers: dict[str, Any]) -> tuple[str, Any]:
    """Who was first, and what the other one was answered."""
    (first,) = (name for name, answer in answers.items() if answer.status_code == 302)
    (second,) = (answer for answer in answers.values() if answer.status_code != 302)
    return first, second


def test_of_two_who_fill_one_seat_the_second_sees_who_was_first(clients):
    """Of three seats two are held. Both save at once: one goes through, the other is asked."""
    rule = factories.SeatRuleFactory(seats=3)
    chamber = rule.group.institution
    for _ in range(2):
        factories.AppointmentFactory(institution=chamber, group=rule.group)
    seat = {"institution": chamber.pk, "group": rule.group.pk, "start": "2012-01-20"}
    for row in ROWS:
        seat |= {f"{row}-TOTAL_FORMS": "0", f"{row}-INITIAL_FORMS": "0"}
    people = {name: factories.PersonFactory() for name in clients}
    page = "/admin/registry/appointment/add/"

    for _ in range(ROUNDS):
        opened = {"_moment": now().isoformat()}
        posts = {name: (page, seat | opened | {"person": people[name].pk}) for name in clients}
        first, second = first_and_second(at_once(clients, posts))

        taken = Appointment.objects.get(person__in=people.values())
        assert taken.person == people[first]
        assert second.status_code == 200
        assert "4 for 3 seats" in second.text
        assert f"{first} saved “{people[first]} – {chamber}” on" in second.text
        taken.delete()


def test_of_two_who_fill_one_vacancy_by_steps_the_second_sees_who_was_first(clients):
    group = factories.SeatRuleFactory(seats=1, group__slug="chief").group
    factories.CoverageFactory(institution=group.institution)
    asked = {"institution": group.institution_id, "start": "2014-06-01", "seat": "chief:"}
    people = {name: factories.PersonFactory() for name in clients}
    pages = {}
    for name, client in clients.items():
        facts = {"person": people[name].pk, "basis": "open"} | GAZETTE
        pages[name] = carried(walk(client, "fill", asked | facts, to="confirm"))

    for _ in range(ROUNDS):
        opened = {"_go": "save", "_moment": now().isoformat()}
        posts = {name: (address("fill"), pages[name] | opened) for name in clients}
        first, second = first_and_second(at_once(clients, posts))

        taken = Appointment.objects.get()
        assert taken.person == people[first]
        assert second.status_code == 409
        assert f"{first} saved" in second.text
        assert f"is held by {people[first].listed_name}" in second.text
        taken.delete()


def test_of_a_merge_and_an_edit_at_once_one_is_asked_again(clients):
    """One merges two records while the other edits the mandate that moves: none is lost."""
    kept = factories.PersonFactory(name={"en": "Dinara Abenova"}, sort_name={})
    gone = factories.PersonFactory(name={"en": "Dinara Abenova"}, sort_name={})
    seat = factories.AppointmentFactory(person=gone)
    merge = f"/admin/registry/person/duplicates/{kept.pk}/{gone.pk}/"
    edit = f"/admin/registry/appointment/{seat.pk}/change/"
    dinara, askar = clients.values()
    data = {"_version": dinara.get(merge).context["version"], "reason": "One person"}
    shown = dinara.post(merge, data | {"step": "preview"}).context["shown"]

    answers = at_once(
        clients,
        {
            "dinara": (merge, data | {"step": "merge", "_shown": shown}),
            "askar": (edit, filled_in(askar.get(edit), note="Sworn in")),
        },
    )

    seat.refresh_from_db()
    assert sorted(answer.status_code for answer in answers.values()) == [302, 409]
    assert (seat.person == kept) != (seat.note == "Sworn in")
