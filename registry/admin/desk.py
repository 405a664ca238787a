"""The start page: what is waiting for whoever signed in, in a fixed number of queries."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import JSONObject
from django.http import HttpRequest
from django.urls import reverse
from django.utils.dateparse import parse_datetime

from registry.admin.filters import DAY
from registry.admin.findings import about
from registry.domain.checks import judge
from registry.domain.composition import Composition
from registry.domain.explanations import speaks_of
from registry.domain.facts import Sitting
from registry.domain.findings import Finding
from registry.forms.guided import ACTIONS
from registry.models import Assignment, ImportRun, Institution, Remit
from registry.models.fields import told
from registry.models.history import recorded_models
from registry.models.imports import RunState
from registry.models.people import marked
from registry.snapshots import compositions_on
from registry.snapshots.record_names import names_of

DAYS_AHEAD = 90
CHANGES = 10
RUNS = 5
TERMS = 20

Composed = list[tuple[Institution, Composition]]


class Task(NamedTuple):
    """A finding that the user looks after, and where it is shown; `None` where it is gone."""

    assignment: int
    institution: Institution | None
    finding: Finding | None
    address: str


class Ending(NamedTuple):
    """A mandate whose last day lies ahead, and not far."""

    institution: Institution
    sitting: Sitting
    day: date


class Change(NamedTuple):
    """The newest versions, whoever wrote them."""

    moment: datetime
    user: str
    kind: str
    record: str
    address: str


def desk(request: HttpRequest, *, on: date) -> dict[str, Any]:
    """Compositions of the day, findings of the user's, terms that end, changes and imports."""
    may = request.user.has_perm
    if not may("registry.view_institution"):
        return {}
    kept = Remit.institutions.through.objects.filter(
        institution_id=OuterRef("pk"), remit__user=request.user.pk
    )
    institutions = list(Institution.objects.annotate(kept=Exists(kept)).order_by("order", "slug"))
    mine = [each for each in institutions if each.kept] or institutions
    composed = [
        pair for pair in compositions_on(on, mine, last_holders=False) if pair[1].state.exists
    ]
    tasks, changes, runs = _rows(request)
    return {
        "day": on,
        "actions": [
            (action.slug, action.title)
            for action in ACTIONS.values()
            if request.user.has_perms(action.permissions)
        ],
        "compositions": [pair for pair in composed if _worth_a_card(pair[1])],
        "tasks": list(_tasks(tasks, composed, on)),
        "endings": _endings(composed, on),
        "endings_list": _list("appointment", ending=DAYS_AHEAD),
        "changes": _changes(changes),
        "runs": runs,
        "days_ahead": DAYS_AHEAD,
    }


def _worth_a_card(composition: Composition) -> bool:
    """Bodies of several seats, and offices that stand empty; a filled office needs nobody."""
    return bool(composition.required and composition.required > 1) or bool(composition.vacant)


def _rows(request: HttpRequest) -> tuple[list[Any], list[Any], list[Any]]:
    """Assignments of the user, the newest versions, and import runs: one query for all."""
    fields = ("id", "institution_id", "code", "group_id", "territory_id", "person_id")
    tasks = Assignment.objects.filter(assignee=request.user.pk)
    parts = [
        tasks.order_by().values_list(
            Value("task", CharField()), "pk", JSONObject(**{name: name for name in fields})
        )
    ]
    if request.user.has_perm("registry.view_importrun"):
        newest = ImportRun.objects.exclude(state=RunState.DROPPED).order_by("-pk")[:RUNS]
        shown = {
            "name": "name",
            "state": "state",
            "institution": "institution__name",
            "counts": "counts",
            "moment": "made_at",
            "author": "author__username",
        }
        rows = ImportRun.objects.filter(pk__in=newest.values("pk")).order_by()
        parts.append(rows.values_list(Value("run", CharField()), "pk", JSONObject(**shown)))
    for model in recorded_models():
        newest = model.history.order_by("-history_date", "-history_id").values("pk")[:CHANGES]
        rows = model.history.filter(pk__in=newest).order_by()
        shown = {
            "record": "id",
            "kind": "history_type",
            "moment": "history_date",
            "user": "history_user__username",
        }
        parts.append(
            rows.values_list(Value(model._meta.model_name, CharField()), "pk", JSONObject(**shown))
        )
    first, *others = parts
    tasks, runs, changes = [], [], []
    for kind, pk, row in first.union(*others, all=True):
        {"task": tasks, "run": runs}.get(kind, changes).append((kind, pk, row))
    return (
        tasks,
        changes,
        [_run(pk, row) for _kind, pk, row in sorted(runs, reverse=True, key=_key)],
    )


def _key(row: tuple[str, int, Any]) -> int:
    return row[1]


def _run(pk: int, row: dict[str, Any]) -> dict[str, Any]:
    state = RunState(row["state"])
    return {
        "pk": pk,
        "name": row["name"],
        "institution": told(_data(row["institution"])),
        "moment": _moment(row["moment"]),
        "author": row["author"] or "",
        "rows": sum(_data(row["counts"]).values()),
        "state": state.label,
        "address": reverse("admin:registry_importrun_change", args=[pk]),
        "undo": reverse("admin:registry_importrun_undo", args=[pk])
        if state is RunState.APPLIED
        else "",
    }


def _tasks(rows: Iterable[Any], composed: Composed, on: date) -> Iterator[Task]:
    assigned = [Assignment(**{**row, "id": pk}) for _kind, pk, row in rows]
    asked = {assignment.institution_id for assignment in assigned}
    # Many findings of one institution may be assigned: it is judged once.
    judged = {
        institution.pk: (institution, judge(composition))
        for institution, composition in composed
        if institution.pk in asked
    }
    for assignment in assigned:
        pk, speaking = assignment.pk, about(assignment)
        institution, found = judged.get(assignment.institution_id, (None, ()))
        finding = next((each for each in found if speaks_of(speaking, each)), None)
        page = reverse("admin:registry_assignment_change", args=[pk])
        if institution and finding:
            page = reverse("admin:registry_institution_change", args=[institution.pk])
            page = f"{page}?{DAY}={on.isoformat()}#registry-checks"
        yield Task(pk, institution, finding, page)


def _endings(composed: Composed, on: date) -> list[Ending]:
    """Those in office whose recorded end comes within the days ahead, the first one first."""
    limit = on + timedelta(days=DAYS_AHEAD)
    found = [
        Ending(institution, sitting, sitting.end_latest)
        for institution, composition in composed
        for sitting in composition.members
        if sitting.end_latest and on < sitting.end_latest <= limit
    ]
    return sorted(found, key=lambda each: each.day)[:TERMS]


def _changes(rows: Iterable[Any]) -> list[Change]:
    newest = sorted(rows, key=lambda row: (_moment(row[2]["moment"]), row[1]), reverse=True)
    shown = newest[:CHANGES]
    asked: dict[str, set[int]] = {}
    for kind, _pk, row in shown:
        asked.setdefault(kind, set()).add(row["record"])
    names = names_of(asked)
    models = {model._meta.model_name: model for model in recorded_models()}
    found = []
    for kind, _pk, row in shown:
        name = names.get((kind, row["record"]))
        label = str(models[kind]._meta.verbose_name)
        called = f": {marked(told(name.texts), name.sample)}" if name else f" #{row['record']}"
        found.append(
            Change(
                _moment(row["moment"]),
                row["user"] or "",
                row["kind"],
                f"{label}{called}",
                reverse(f"admin:registry_{kind}_history", args=[row["record"]]),
            )
        )
    return found


def _moment(value: Any) -> datetime:
    """A moment as either database writes it into JSON, in UTC."""
    if isinstance(value, datetime):
        return value
    found = parse_datetime(str(value).replace(" ", "T"))
    return found if found and found.tzinfo else found.replace(tzinfo=UTC)


def _data(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value or {}


def _list(model: str, **query: Any) -> str:
    return f"{reverse(f'admin:registry_{model}_changelist')}?{urlencode(query)}"
