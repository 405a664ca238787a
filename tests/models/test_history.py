"""The revision of the registry: when anything in it last changed."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.apps import apps
from django.db import models

from registry.models.history import revision, revision_text
from tests.factories import InstitutionFactory, PersonFactory

pytestmark = pytest.mark.django_db

MOMENT = datetime(2040, 1, 1, 12, 30, 59, 999_999, tzinfo=UTC)


def histories():
    """Every table of versions, told by its columns."""
    for model in apps.get_models():
        if {"history_date", "history_type"} <= {field.name for field in model._meta.fields}:
            yield model


def something(field):
    """A value for a column that cannot be empty."""
    if isinstance(field, models.IntegerField):
        return 1
    return date(2014, 6, 1) if isinstance(field, models.DateField) else {}


def add_version(history, moment):
    demanded = (
        field
        for field in history._meta.concrete_fields
        if not field.null and not field.has_default() and not field.primary_key
    )
    columns = {
        field.attname: something(field) for field in demanded if not field.empty_strings_allowed
    }
    history.objects.create(**{**columns, "history_date": moment, "history_type": "+"})


def test_nothing_recorded_has_no_revision():
    assert revision() is None
    assert revision_text(None) == ""


def test_a_change_of_any_recorded_model_is_a_new_revision(django_assert_num_queries):
    listed = list(histories())
    assert len(listed) > 20

    for minute, history in enumerate(listed):
        moment = MOMENT + timedelta(minutes=minute)
        add_version(history, moment)

        with django_assert_num_queries(1):
            assert revision() == moment, history.__name__


def test_what_is_deleted_changes_the_registry():
    person, _other = PersonFactory(), InstitutionFactory()
    before = revision()

    person.delete()

    assert revision() > before


def test_a_revision_is_written_in_utc_to_the_second():
    almaty = timezone(timedelta(hours=5))

    assert revision_text(MOMENT.astimezone(almaty)) == "2040-01-01T12:30:59Z"
