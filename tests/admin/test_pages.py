"""Every page of every record answers those who may see it, and nobody else."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteMixin
from django.test import RequestFactory
from django.urls import reverse

from registry.models import Party
from registry.models.fields import DerivedField
from registry.models.history import recorded_models
from tests.admin.forms import filled_in

MODELS = list(recorded_models())
NAMES = [model.__name__ for model in MODELS]

each_model = pytest.mark.parametrize("model", MODELS, ids=NAMES)


def addresses(model, record):
    info = f"admin:registry_{model._meta.model_name}"
    version = model.history.filter(**{model._meta.pk.attname: record.pk}).first()
    return {
        "changelist": reverse(f"{info}_changelist"),
        "add": reverse(f"{info}_add"),
        "change": reverse(f"{info}_change", args=[record.pk]),
        "history": reverse(f"{info}_history", args=[record.pk]),
        "version": reverse(f"{info}_simple_history", args=[record.pk, version.pk]),
        "delete": reverse(f"{info}_delete", args=[record.pk]),
        "export": reverse(f"{info}_export"),
    }


def test_there_are_twenty_nine_kinds_of_records():
    assert len(MODELS) == 29


@each_model
def test_a_curator_opens_every_page(as_curator, every_record, model):
    pages = addresses(model, every_record[model.__name__])

    answers = {name: as_curator.get(address).status_code for name, address in pages.items()}

    assert answers == dict.fromkeys(pages, 200)


@each_model
def test_nobody_else_opens_any(client, clerk, every_record, model):
    pages = addresses(model, every_record[model.__name__])
    before_login = {client.get(address).status_code for address in pages.values()}
    client.force_login(clerk)
    without_permission = {client.get(address).status_code for address in pages.values()}

    assert before_login == {302}
    assert without_permission == {403}


@each_model
def test_a_reader_reads_and_no_more(as_reader, every_record, model):
    pages = addresses(model, every_record[model.__name__])

    answers = {name: as_reader.get(address).status_code for name, address in pages.items()}

    kept = dict.fromkeys(("add", "delete", "export"), 403)
    assert answers == dict.fromkeys(pages, 200) | kept
    assert ">None<" not in as_reader.get(pages["change"]).text


@each_model
def test_saving_an_unchanged_form_changes_nothing(as_curator, every_record, model):
    record = every_record[model.__name__]
    page = addresses(model, record)["change"]
    before = model.objects.filter(pk=record.pk).values().get()

    answer = as_curator.post(page, filled_in(as_curator.get(page)))

    assert answer.status_code == 302, answer.context["errors"]
    assert model.objects.filter(pk=record.pk).values().get() == before


@each_model
def test_an_empty_form_says_what_is_missing(as_curator, every_record, model):
    page = addresses(model, every_record[model.__name__])["add"]

    answer = as_curator.post(page, filled_in(as_curator.get(page)))

    assert answer.status_code == 200
    assert answer.context["errors"]


@each_model
def test_nobody_chooses_from_a_list_of_thousands(rf: RequestFactory, curator, model):
    """Every foreign key is searched for, in forms and in the rows inside them."""
    request = rf.get("/")
    request.user = curator
    record_admin = admin.site.get_model_admin(model)
    forms = [record_admin.get_form(request)]
    forms += [
        inline.get_formset(request).form for inline in record_admin.get_inline_instances(request)
    ]

    for form in forms:
        for name, field in form.base_fields.items():
            if hasattr(field, "queryset") and not hasattr(field, "parent_instance"):
                widget = getattr(field.widget, "widget", field.widget)
                assert isinstance(widget, AutocompleteMixin), f"{form}: {name}"


@each_model
def test_a_form_offers_everything_that_a_curator_edits(rf: RequestFactory, curator, model):
    """Derived columns and the pairs of columns behind one date apart."""
    request = rf.get("/")
    request.user = curator
    record_admin = admin.site.get_model_admin(model)
    offered = set(record_admin.get_form(request).base_fields)
    edited = {
        field.name
        for field in [*model._meta.fields, *model._meta.many_to_many]
        if field.editable and not isinstance(field, DerivedField) and not field.primary_key
    }
    behind = {name for name in edited if name.endswith(("_earliest", "_latest"))} | {"has_ended"}

    assert edited - behind <= offered


@each_model
def test_a_key_that_is_none_is_not_found(as_curator, every_record, model):
    info = f"/admin/registry/{model._meta.model_name}"
    record = every_record[model.__name__]

    for key in ("abc", "0", "99999999999999999999", "%00", "1-2"):
        for page in (
            f"{info}/{key}/change/",
            f"{info}/{key}/history/",
            f"{info}/{record.pk}/history/{key}/",
            f"{info}/{key}/history/{key}/",
            f"{info}/{key}/delete/",
        ):
            assert as_curator.get(page).status_code in (302, 404), page


QUESTIONS = (
    "q=%00",
    "q=" + "%D3%98 " * 500,
    "q='",
    "q=%23",
    "q=%23123",
    "q=9" * 40,
    "o=99",
    "p=abc",
    "p=-1",
    "all=",
    "institution__id__exact=abc",
    "on=abc",
    "nonsense=1",
    "e=1",
    "person__id__exact=99999999999999999999",
)


def test_a_list_survives_any_question(as_curator, every_record):
    for query in QUESTIONS:
        for name in ("appointment", "person", "institution", "citation"):
            answer = as_curator.get(f"/admin/registry/{name}/?{query}", follow=True)
            assert answer.status_code == 200, (name, query)


@pytest.mark.parametrize("value", ["abc", "99999999999999999999", "-1", "", "1,2", "%00"])
def test_an_add_form_survives_any_address(as_curator, chamber, value):
    answer = as_curator.get(f"/admin/registry/appointment/add/?institution={value}&person={value}")
    assert answer.status_code == 200


@each_model
def test_every_list_can_be_searched(as_curator, every_record, model):
    page = addresses(model, every_record[model.__name__])["changelist"]

    for typed in ("mazhilis", "5", "#5", "mazhilis 5", "9" * 18, "=5", "%"):
        assert as_curator.get(page, {"q": typed}).status_code == 200, typed


def test_an_add_form_survives_a_forged_key(as_curator, chamber):
    page = reverse("admin:registry_appointment_add")
    for forged in ("abc", "99999999999999999999"):
        data = filled_in(as_curator.get(page), person=forged, institution=forged)
        assert as_curator.post(page, data).status_code == 200


NONSENSE = [
    "abc",
    "0",
    "-1",
    "99999999999999999999",
    "9999-12-31",
    "[..2014-08-01]",
    "x" * 5000,
    "\0",
    "'",
    "{}",
    "[1]",
    "😀",
    "<script>",
]


@each_model
def test_a_form_survives_whatever_is_posted(as_curator, every_record, model):
    """The same nonsense in every field and every row, in a new form and in a recorded one."""
    pages = addresses(model, every_record[model.__name__])

    # What cleans a value is the same in both forms: the second one gets a part of them.
    for page, values in ((pages["add"], NONSENSE), (pages["change"], NONSENSE[::4])):
        data = filled_in(as_curator.get(page))
        counted = {name: text for name, text in data.items() if name.endswith("_FORMS")}
        for value in values:
            seen = as_curator.get(page).context.get("version", "")
            sent = dict.fromkeys(data, value) | counted | {"_version": seen}
            answer = as_curator.post(page, sent)
            assert answer.status_code in (200, 302), (page, value)


@each_model
def test_a_form_survives_forged_rows(as_curator, every_record, model):
    page = addresses(model, every_record[model.__name__])["change"]
    for value in ("", "abc", "-1", "5"):
        data = filled_in(as_curator.get(page))
        forged = {name: value for name in data if name.endswith("_FORMS")}
        assert as_curator.post(page, data | forged).status_code in (200, 302), value


def test_a_form_survives_more_rows_than_there_can_be(as_curator, every_record):
    page = addresses(Party, every_record["Party"])["change"]
    data = filled_in(as_curator.get(page))
    forged = {name: "9" * 20 for name in data if name.endswith("_FORMS")}

    assert as_curator.post(page, data | forged).status_code == 200


def test_the_index_begins_with_people_and_appointments(as_curator, every_record):
    answer = as_curator.get(reverse("admin:index"))

    names = [str(group["name"]) for group in answer.context["app_list"]]
    assert names[:2] == ["People and appointments", "Institutions"]
    listed = {model["object_name"] for app in answer.context["app_list"] for model in app["models"]}
    assert set(NAMES) <= listed
    assert "Other" not in names
    assert "Institutions register" in answer.text


def delete(client, record):
    """What a curator does who confirms the page that asks."""
    page = addresses(type(record), record)["delete"]
    return client.post(page, {"post": "yes", "_version": client.get(page).context["version"]})


def test_what_is_in_use_is_not_deleted(as_curator, every_record):
    """The page names what still needs the record; without asking a second time nothing goes."""
    chamber = every_record["Institution"]

    answer = delete(as_curator, chamber)

    assert answer.status_code == 200
    assert answer.context["protected"]
    chamber.refresh_from_db()


def test_a_record_that_nothing_needs_is_deleted(as_curator, every_record):
    total = every_record["StatedTotal"]

    delete(as_curator, total)

    assert not type(total).objects.exists()


@each_model
def test_a_list_is_exported(as_curator, every_record, model):
    page = addresses(model, every_record[model.__name__])["export"]
    formats = as_curator.get(page).context["form"].fields["format"].choices

    for number, name in formats:
        if number == "":
            continue
        answer = as_curator.post(page, {"format": number, "resource": "0"})
        assert answer.status_code == 200
        assert "attachment" in answer["Content-Disposition"], name
