"""Texts in several languages, and lists of spellings, as a form takes them."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from registry.domain.dates import PartialDate
from registry.models.roles import make_roles
from tests import factories
from tests.admin.forms import filled_in


def submit(client, record, **changes):
    name = record._meta.model_name
    page = reverse(f"admin:registry_{name}_change", args=[record.pk])
    answer = client.post(page, filled_in(client.get(page), **changes))
    record.refresh_from_db()
    return answer


def test_each_language_has_an_input_with_its_name(as_curator, chamber):
    text = as_curator.get(reverse("admin:registry_institution_change", args=[chamber.pk])).text

    for number, code in enumerate(("en", "kk", "ru", "de", "und")):
        assert f'name="name_{code}"' in text
        assert f'<label for="id_name_{number}">' in text
    assert "Language not stated" in text


def test_a_text_is_added_and_another_taken_away(as_curator, chamber):
    submit(as_curator, chamber, name_ru="Мажилис", name_kk=" ")

    assert chamber.name == {"en": "Mazhilis", "ru": "Мажилис"}


def test_texts_in_other_languages_are_kept(as_curator):
    """A file brought a Turkish name; the form has no input for it."""
    person = factories.PersonFactory(name={"en": "Dinara Abenov", "tr": "Dinara Abenova"})

    submit(as_curator, person, name_en="Dinara Abenova")

    assert person.name == {"en": "Dinara Abenova", "tr": "Dinara Abenova"}


@pytest.mark.parametrize("forged", ["{", "[]", '{"tr": 1}', "1", "null"])
def test_forged_texts_are_refused(as_curator, chamber, forged):
    answer = submit(as_curator, chamber, name_others=forged)

    assert answer.status_code == 200
    assert chamber.name == {"en": "Mazhilis", "kk": "Мәжіліс"}


def test_a_name_is_needed_in_one_language(as_curator, chamber):
    answer = submit(as_curator, chamber, name_en="", name_kk="")

    assert answer.context["adminform"].form.errors.keys() == {"name"}


def test_other_spellings_stand_one_on_each_line(as_curator, chamber):
    submit(as_curator, chamber, other_names="Majilis\r\n\r\n  Mejlis \nMajilis")

    assert chamber.other_names == ["Majilis", "Mejlis"]
    page = reverse("admin:registry_institution_change", args=[chamber.pk])
    assert "Majilis\nMejlis</textarea>" in as_curator.get(page).text


def test_a_birth_is_as_precise_as_its_source(as_curator):
    person = factories.PersonFactory()

    submit(as_curator, person, birth="1970-03")
    assert str(person.birth) == "1970-03"
    submit(as_curator, person, birth="")
    assert person.birth is None


def test_who_may_not_change_a_record_reads_it_in_words(client, django_user_model):
    make_roles(Group.objects, Permission.objects)
    viewer = django_user_model.objects.create_user("viewer", is_staff=True)
    viewer.groups.add(Group.objects.get(name="Viewer"))
    client.force_login(viewer)
    body = factories.InstitutionFactory(
        name={"en": "Senate", "kk": "Сенат"}, start=PartialDate.parse("1996")
    )

    page = client.get(f"/admin/registry/institution/{body.pk}/change/").text

    assert '<div lang="kk">Сенат</div>' in page
    assert "1996, day not recorded" in page
    assert "icon-no" not in page
    assert "None" not in page
