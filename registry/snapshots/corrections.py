"""The register's own history: which records were added, corrected and removed, and what in them.

Who did it, and the reasons that curators give each other, stay inside.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from django.apps import apps
from django.db import models
from django.db.models import CharField, Count, Max, Q, QuerySet, Value
from django.db.models.functions import JSONObject

from registry.models import Appointment, Institution, Person
from registry.models.fields import DerivedField
from registry.models.history import recorded_models
from registry.models.sources import FACTS

# Edits of one kind that follow each other so closely are one piece of work, such as an import.
PAUSE = timedelta(minutes=1)
# The most edits of one piece of work that are told one by one.
FEW = 5

Model = type[models.Model]


class Edit(NamedTuple):
    """One version of one record, as far as a list needs it."""

    model: str
    version: int
    record: int
    kind: str  # "+", "~" or "-"
    moment: datetime


@dataclass(frozen=True, slots=True)
class Work:
    """Edits of one kind that were made together: one, or `number` told as one."""

    edit: Edit  # the newest
    number: int = 1

    @property
    def key(self) -> str:
        """What stays the same for a feed."""
        return f"{self.edit.model}/{self.edit.version}"


@lru_cache
def recorded() -> dict[str, Model]:
    """The recorded models by name."""
    return {model._meta.model_name or "": model for model in recorded_models()}


def work_done(
    institution: Institution | None = None,
    kind: str = "",
    first: datetime | None = None,
    last: datetime | None = None,
) -> list[Work]:
    """What was edited from `first` up to, not on, `last`, the newest first, in one query."""
    wanted = Q(history_type=kind) if kind else Q()
    if first is not None:
        wanted &= Q(history_date__gte=first)
    if last is not None:
        wanted &= Q(history_date__lt=last)
    parts = []
    for name, model in recorded().items():
        versions = model.history.filter(wanted)
        if institution is not None:
            belongs = _of_institution(model, institution.pk)
            if belongs is None:
                continue
            versions = versions.filter(belongs)
        parts.append(
            versions.order_by().values_list(
                Value(name, CharField()), "history_id", "id", "history_type", "history_date"
            )
        )
    begin, *others = parts
    rows = begin.union(*others, all=True).order_by("-history_date", "-history_id")
    return list(_together(Edit(*row) for row in rows))


def _together(edits: Iterable[Edit]) -> Iterator[Work]:
    """Edits that follow each other closely as one, unless they are few."""
    run: list[Edit] = []

    def told() -> Iterator[Work]:
        if len(run) > FEW:
            yield Work(run[0], len(run))
        else:
            yield from (Work(edit) for edit in run)

    for edit in edits:
        same = run and (run[-1].model, run[-1].kind) == (edit.model, edit.kind)
        if not same or run[-1].moment - edit.moment > PAUSE:
            yield from told()
            run = []
        run.append(edit)
    yield from told()


# Where a record says to which institution it belongs, itself or by another record.
DIRECT = ("institution", "other", "predecessor", "successor")
BY_ANOTHER = ("group", "appointment", "contradiction", *FACTS)


def _of_institution(model: Model, pk: int) -> Q | None:
    """The versions of records that belong to an institution, its members and removed ones too.

    `None` for a model whose records belong to none.
    """
    if model is Institution:
        return Q(id=pk)
    if model is Person:
        members = Appointment.history.filter(institution_id=pk).order_by()
        return Q(id__in=members.values("person_id"))
    own = {field.name: field for field in model._meta.concrete_fields if field.many_to_one}
    direct = [name for name in DIRECT if name in own]
    asked = None
    for name in direct:
        asked = (asked or Q()) | Q(**{f"{name}_id": pk})
    if asked is not None and not set(FACTS) <= own.keys():
        return asked
    for name in BY_ANOTHER:
        if name not in own or name in direct:
            continue
        target = own[name].related_model
        belongs = _of_institution(target, pk) if target._meta.model_name in recorded() else None
        if belongs is not None:
            versions = target.history.filter(belongs).order_by().values("id")
            asked = (asked or Q()) | Q(**{f"{name}_id__in": versions})
    return asked


# What is in a version, and what was in the one before


class Version(NamedTuple):
    """The columns of a record as an edit left them, and before; `None` where there is none."""

    now: dict[str, Any]
    before: dict[str, Any] | None


def versions_of(works: Iterable[Work]) -> dict[str, Version]:
    """By the key of each single edit, what is in the record, and what was, in two queries."""
    asked: dict[str, set[int]] = defaultdict(set)
    single = [work for work in works if work.number == 1]
    for work in single:
        asked[work.edit.model].add(work.edit.record)
    if not asked:
        return {}
    begin, *others = (
        recorded()[name]
        .history.filter(id__in=ids)
        .order_by()
        .values_list(
            Value(name, CharField()),
            "id",
            "history_id",
            "history_date",
            JSONObject(**{field.attname: field.attname for field in _columns(recorded()[name])}),
        )
        for name, ids in asked.items()
    )
    lives: dict[tuple[str, int], list[tuple[datetime, int, dict[str, Any]]]] = defaultdict(list)
    for name, record, version, moment, columns in begin.union(*others, all=True):
        lives[name, record].append((moment, version, columns))
    lists = _lists(lives)
    found = {}
    for work in single:
        life = sorted(lives[work.edit.model, work.edit.record], key=lambda each: each[:2])
        here = next(place for place, each in enumerate(life) if each[1] == work.edit.version)
        model = recorded()[work.edit.model]
        now, before = (
            _values(model, columns) | lists.get((work.edit.model, version), {})
            for _moment, version, columns in (life[here], life[max(here - 1, 0)])
        )
        found[work.key] = Version(now, before if here else None)
    return found


def _lists(
    lives: Mapping[tuple[str, int], Iterable[tuple[datetime, int, dict[str, Any]]]],
) -> dict[tuple[str, int], dict[str, list[int]]]:
    """By model and version, the numbers of the records in its lists, as of territories."""
    versions: dict[str, list[int]] = defaultdict(list)
    for (name, _record), life in lives.items():
        versions[name] += [version for _moment, version, _columns in life]
    parts: list[QuerySet] = []
    found: dict[tuple[str, int], dict[str, list[int]]] = {}
    for name, numbers in versions.items():
        model = recorded()[name]
        fields = model._meta.many_to_many
        found |= {(name, number): {field.name: [] for field in fields} for number in numbers}
        for field in fields:
            kept = apps.get_model("registry", f"Historical{model.__name__}_{field.name}")
            listed = f"{field.m2m_reverse_field_name()}_id"
            parts.append(
                kept.objects.filter(history__in=numbers)
                .order_by()
                .values_list(
                    Value(name, CharField()), Value(field.name, CharField()), "history_id", listed
                )
            )
    if parts:
        first, *others = parts
        for name, field_name, version, pk in first.union(*others, all=True):
            found[name, version][field_name].append(pk)
    return found


def _columns(model: Model) -> list[models.Field]:
    """What a curator fills in; keys that are computed say nothing new."""
    return [
        field
        for field in model._meta.concrete_fields
        if not isinstance(field, (DerivedField, models.UUIDField)) and not field.primary_key
    ]


def _values(model: Model, columns: dict[str, Any]) -> dict[str, Any]:
    """Columns as Python values: JSON knows neither days nor, on SQLite, truth."""
    found = {}
    for field in _columns(model):
        value = columns[field.attname]
        if isinstance(field, models.JSONField):
            found[field.name] = json.loads(value) if isinstance(value, str) else value
        elif field.many_to_one:
            found[field.name] = value
        else:
            found[field.name] = None if value is None else field.to_python(value)
    return found


class Edited(NamedTuple):
    """How many versions of a record there are, and the moment of the newest."""

    versions: int
    newest: datetime


def edited(records: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Edited]:
    """How often records were edited, by model and number, in one query."""
    asked: dict[str, set[int]] = defaultdict(set)
    for name, pk in records:
        asked[name].add(pk)
    if not asked:
        return {}
    begin, *others = (
        recorded()[name]
        .history.filter(id__in=ids)
        .order_by()
        .values("id")
        .annotate(versions=Count("history_id"), newest=Max("history_date"))
        .values_list(Value(name, CharField()), "id", "versions", "newest")
        for name, ids in asked.items()
    )
    rows = begin.union(*others, all=True)
    return {(name, pk): Edited(versions, newest) for name, pk, versions, newest in rows}
