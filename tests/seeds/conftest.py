"""Folders of seeds to load: small ones written by a test, and the project's own, loaded once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent

import pytest
from django.conf import settings
from django.db import transaction

from registry import models
from registry.seeds.loading import load
from registry.seeds.sample import load_sample

SEEDS = Path(settings.BASE_DIR) / "seeds"
FIXTURES = Path(settings.BASE_DIR) / "fixtures"

Write = Callable[..., Path]

# A state as small as a state can be: one council of three, one of them known.
REPUBLIC = {
    "sources": """
        slug,title,kind,url
        gazette,Official gazette,official,https://gazette.example/
        almanac,Almanac of the Republic,secondary,
    """,
    "institutions": """
        slug,name_en,name_ru,branch,start,end,source,place,note
        council,Council,Совет,legislative,1996-01-30,,gazette; almanac,No. 7; p. 12,
    """,
    "seat_groups": """
        institution,slug,name_en,source
        council,elected,Elected,gazette
    """,
    "seat_rules": """
        institution,group,start,end,seats,designation,article,source
        council,elected,1996-01-30,,3,elected,50,gazette
    """,
    "persons": """
        person,name_en,sort_name_en,source
        dinara-abenova,Dinara Abenova,"Abenova, Dinara",gazette
    """,
    "appointments": """
        person,institution,group,start,end,source,confidence
        dinara-abenova,council,elected,2014-06,,gazette,high
    """,
}


HISTORIES = [model.history for model in vars(models).values() if hasattr(model, "history")]


def history_rows() -> int:
    """How many entries the history has, of all kinds of record."""
    return sum(history.count() for history in HISTORIES)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a folder: `write(acts="slug,…")`; the text may be indented as in the code."""

    def written(**files: str) -> Path:
        for name, text in files.items():
            (tmp_path / f"{name}.csv").write_text(dedent(text).lstrip(), encoding="utf-8")
        return tmp_path

    return written


@pytest.fixture
def republic(write: Write) -> Path:
    return write(**REPUBLIC)


def _for_a_module(blocker, fill: Callable[[], object]) -> Iterator[None]:
    """What `fill` writes is there for all tests of a module and gone after the last."""
    with blocker.unblock(), transaction.atomic():
        fill()
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def kazakhstan(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The seeds of the project, loaded once for a module."""
    yield from _for_a_module(django_db_blocker, lambda: load(SEEDS))


@pytest.fixture(scope="module")
def with_sample_people(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The seeds and the sample people, loaded once for a module."""

    def fill() -> None:
        load(SEEDS)
        load_sample(FIXTURES)

    yield from _for_a_module(django_db_blocker, fill)
