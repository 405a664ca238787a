"""A chamber of three seats, its fifth convocation, and a way to import files into it."""

import json
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError

from registry.domain.dates import PartialDate
from tests.factories import (
    ConvocationFactory,
    InstitutionFactory,
    SeatGroupFactory,
    SeatRuleFactory,
)

FILES = Path(__file__).parent / "files"


@pytest.fixture
def chamber(db):
    institution = InstitutionFactory(slug="chamber", name={"en": "Chamber"})
    group = SeatGroupFactory(institution=institution, slug="lists")
    SeatRuleFactory(group=group, seats=3)
    ConvocationFactory(
        institution=institution,
        number=5,
        start=PartialDate.parse("2012-01-20"),
        end=PartialDate.parse("2016-01-20"),
    )
    return institution


@pytest.fixture
def run_import():
    """Import a file by the command: `answer` is its JSON, `status` its exit status."""

    def run(file, institution="chamber", **options):
        out = StringIO()
        status = 0
        try:
            call_command(
                "import_roster",
                str(file),
                institution=institution,
                json=True,
                stdout=out,
                **options,
            )
        except CommandError as refusal:
            status = refusal.returncode
        return SimpleNamespace(status=status, **json.loads(out.getvalue()))

    return run


@pytest.fixture
def write(tmp_path):
    """Write a file for one test and say where it is."""

    def write(text, name="roster.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    return write


def everything():
    """How many rows each table of the registry has, history included."""
    return {
        model.__name__: model.objects.count()
        for model in apps.get_app_config("registry").get_models()
    }
