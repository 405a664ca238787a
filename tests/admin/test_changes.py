"""The log of all records: who changed what and when, filtered, counted, and as a file."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse
from django.utils.timezone import localdate

from tests import factories

PAGE = "/admin/changes/"
FILE = "/admin/changes.csv"


@pytest.fixture
def edited(chamber, curator):
    """Dinara corrects a source and somebody's mandate, and says why."""
    source = factories.SourceFactory(slug="paper", title="Gazette")
    source.title, source._history_user, source._change_reason = "Gazete", curator, "=A slip"
    source.save()
    seat = factories.AppointmentFactory(institution=chamber, cited=None)
    seat.end_reason, seat._history_user = "resigned", curator
    seat.save()
    return source, seat


def lines(client, **asked):
    return client.get(PAGE, asked).context["lines"]


def test_the_newest_change_comes_first_with_who_what_and_why(as_reader, edited):
    seat, *_others = found = lines(as_reader)
    source = next(line for line in found if line.reason)

    assert (seat.who, seat.told.fields[0].new) == ("dinara", "resigned")
    assert (source.told.fields[0].old, source.told.fields[0].new) == ("Gazette", "Gazete")
    assert as_reader.get(seat.history).status_code == as_reader.get(seat.version).status_code == 200


def test_it_is_filtered_by_person_kind_and_days(as_reader, edited, curator):
    today = localdate()

    assert len(lines(as_reader, who=curator.pk)) == 2
    assert len(lines(as_reader, who=curator.pk, record="source")) == 1
    assert not lines(as_reader, record="source", kind="removed")
    assert len(lines(as_reader, who=curator.pk, first=today, last=today)) == 2
    assert not lines(as_reader, last=today - timedelta(days=1))
    assert not lines(as_reader, run=1)


@pytest.mark.parametrize(
    "asked",
    [
        {"first": "30.02.2014"},
        {"first": "2014-06-02", "last": "2014-06-01"},
        {"who": "x"},
        {"record": "user"},
        {"run": "9" * 40},
    ],
)
def test_what_makes_no_sense_is_answered_with_a_sentence(as_reader, edited, asked):
    answer = as_reader.get(PAGE, asked)

    assert answer.status_code == 400
    assert "errorlist" in answer.text


def test_everybody_sees_the_records_of_the_kinds_they_may_see(client, edited, clerk):
    client.force_login(clerk)
    assert client.get(PAGE).status_code == 403
    clerk.user_permissions.add(Permission.objects.get(codename="view_source"))
    client.force_login(User.objects.get(pk=clerk.pk))

    assert {line.told.model for line in lines(client)} == {"source"}
    assert client.get(FILE).status_code == 403
    assert client.post(PAGE).status_code == 405


def test_it_goes_out_as_it_is_filtered_and_runs_no_formula(as_curator, edited):
    answer = as_curator.get(FILE, {"record": "source"})

    text = b"".join(answer.streaming_content).decode()
    head, changed, *_rest = text.splitlines()
    assert head.startswith("time,who,record,number,name,what,field,old,new,reason")
    assert ",dinara,Source," in changed
    assert ",Title,Gazette,Gazete,'=A slip," in changed


@pytest.mark.parametrize("number", [2, 30])
def test_a_longer_log_costs_no_more_queries(
    as_reader, edited, number, django_assert_max_num_queries
):
    factories.AppointmentFactory.create_batch(number)

    with django_assert_max_num_queries(14):
        as_reader.get(reverse("admin:registry_changes"))
