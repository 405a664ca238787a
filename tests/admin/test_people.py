"""Somebody who may be recorded already is asked about before a second record is made."""

from __future__ import annotations

import pytest

from registry.models import Person
from tests import factories
from tests.admin.forms import filled_in

ADD = "/admin/registry/person/add/"


def add(client, **entries):
    return client.post(ADD, filled_in(client.get(ADD), **entries))


@pytest.fixture
def abenov(db):
    return factories.PersonFactory(name={"kk": "Динара Әбенов"}, sort_name={})


@pytest.mark.parametrize("name", ["Динара Әбенов", "Abenov, Dinara", "dinara abenov"])
def test_a_similar_name_asks(as_curator, abenov, name):
    answer = add(as_curator, name_en=name)

    assert answer.status_code == 200
    assert "1 person has a similar name" in answer.text
    assert f"/admin/registry/person/{abenov.pk}/change/" in answer.text
    assert Person.objects.count() == 1


def test_a_namesake_is_added_once_that_is_said(as_curator, abenov):
    assert add(as_curator, name_en="Dinara Abenov", new_person="on").status_code == 302
    assert Person.objects.count() == 2


def test_another_name_is_added_without_a_question(as_curator, abenov):
    assert add(as_curator, name_en="Askar Nurlanov", name_kk="«»").status_code == 302


def test_a_recorded_person_is_not_similar_to_itself(as_curator, abenov):
    page = f"/admin/registry/person/{abenov.pk}/change/"

    assert as_curator.post(page, filled_in(as_curator.get(page))).status_code == 302
