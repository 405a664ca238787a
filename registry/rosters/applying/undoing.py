"""What an import wrote is taken back, told from the history alone.

A version says which import wrote it. What an import created is deleted, what it changed is as it
was in the version before, what it deleted comes back under its old key. Versions of this are
written too, and carry the same run: later ones that belong to an import which was taken back
cancel each other out, and so do those of a merge, so that imports and merges can be taken back one
after the other, the last one first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import ForeignKey, Model

from registry.models import ImportRun, NameDecision, RunState
from registry.models.history import recorded_models
from registry.models.merges import without_undone
from registry.rosters.applying.bulk import Bulk
from registry.rosters.applying.runs import who_and_when
from registry.rosters.faults import Code, Fault, Refused
from registry.rosters.matching.register import batches


class Told(NamedTuple):
    """A version: its number, what it did, the import that wrote it and its state, and why."""

    number: int
    kind: str
    run: int | None
    state: str | None
    reason: str | None


@dataclass(slots=True)
class Step:
    """What is to be done to the records of one model, by their keys.

    `restored` and `brought_back` give the version that says what a record was; `later` are
    versions that stand in the way.
    """

    model: type[Model]
    deleted: list[int] = field(default_factory=list)
    restored: dict[int, int] = field(default_factory=dict)
    brought_back: dict[int, int] = field(default_factory=dict)
    later: list[int] = field(default_factory=list)

    @property
    def history(self) -> type[Model]:
        return self.model.history.model


def steps_of(run: ImportRun) -> list[Step]:
    """What taking an import back would do, model by model."""
    return [step for model in recorded_models() if (step := _step(model, run))]


def _step(model: type[Model], run: ImportRun) -> Step | None:
    history = model.history.model.objects.order_by("id", "history_id")
    written = history.order_by().filter(run=run).values("id")
    versions: dict[int, list[Told]] = defaultdict(list)
    rows = history.filter(id__in=written).values_list(
        "id", "history_id", "history_type", "run_id", "run__state", "history_change_reason"
    )
    for key, *version in rows.iterator():
        versions[key].append(Told(*version))
    step = Step(model)
    edited: dict[int, int] = {}
    for key, told in versions.items():
        _sort(step, key, told, run, edited)
    step.later += _differing(step.history, edited)
    return step if versions else None


def _sort(
    step: Step,
    key: int,
    told: list[Told],
    run: ImportRun,
    edited: dict[int, int],
) -> None:
    """Put a record where it belongs, by all of its versions, the oldest first.

    For one that people edited after the import, `edited` gets its last version and the import's.
    """
    first = next(place for place, version in enumerate(told) if version.run == run.pk)
    last = max(place for place, version in enumerate(told) if version.run == run.pk)
    later = without_undone(
        (each, each.reason) for each in told[last + 1 :] if each.state != RunState.UNDONE
    )
    if later and all(each.kind == "~" and each.run is None for each in later):
        edited[later[-1].number] = told[last].number
    elif later:
        step.later.append(later[-1].number)
    created, gone = told[first].kind == "+", told[last].kind == "-"
    if created and not gone:
        step.deleted.append(key)
    elif not created and first == 0:
        # Nobody kept what it was; that it came from elsewhere stands in the way as well.
        step.later.append(told[last].number)
    elif not created and gone:
        step.brought_back[key] = told[first - 1].number
    elif not created:
        step.restored[key] = told[first - 1].number


def _differing(history: type[Model], edited: dict[int, int]) -> list[int]:
    """Those of the last versions that say otherwise than the import did.

    Whoever took an edit back left a version too, and it stands in nobody's way.
    """
    names = [field.attname for field in history.tracked_fields]
    said: dict[int, list[Any]] = {}
    for some in batches({*edited, *edited.values()}):
        rows = history.objects.filter(pk__in=some).values_list("history_id", *names)
        said |= {pk: values for pk, *values in rows}
    return [last for last, own in edited.items() if said[last] != said[own]]


def obstacles(steps: Iterable[Step]) -> Iterator[Fault]:
    """What was recorded after the import and rests on it: each keeps it from being taken back."""
    by_model = {step.model: step for step in steps}
    for step in by_model.values():
        for some in batches(step.later):
            for version in step.history.objects.filter(pk__in=some).select_related("history_user"):
                yield Fault(Code.LATER_VERSION, details=who_and_when(version))
    for step in by_model.values():
        yield from _references(step, by_model)
        yield from _missing(step, by_model)


def _references(step: Step, by_model: dict[type[Model], Step]) -> Iterator[Fault]:
    """Records that point to one which is to be deleted, and stay themselves."""
    for relation in step.model._meta.related_objects:
        model = relation.related_model
        if not hasattr(model, "history"):
            continue
        own = set(by_model[model].deleted) if model in by_model else set()
        name = relation.field.name
        for some in batches(step.deleted):
            pointing = model._default_manager.filter(**{f"{name}__in": some})
            if others := set(pointing.values_list("pk", flat=True)) - own:
                yield from _resting(pointing.filter(pk__in=others).select_related(name), name)


def _resting(rows: Iterable[Any], name: str) -> Iterator[Fault]:
    """Records that stay, and what they rest on, as the attribute `name` of theirs."""
    for row in rows:
        version = row.history.select_related("history_user").first()
        words = who_and_when(version) if version else _unsigned(row)
        yield Fault(Code.LATER_REFERENCE, details=words | {"created": str(getattr(row, name))})


def _missing(step: Step, by_model: dict[type[Model], Step]) -> Iterator[Fault]:
    """Records that one which comes back rests on, deleted since."""
    versions = [*step.brought_back.values(), *step.restored.values()]
    for key in step.model._meta.concrete_fields:
        if not isinstance(key, ForeignKey) or not hasattr(key.related_model, "history"):
            continue
        target = key.related_model
        coming = by_model[target].brought_back if target in by_model else {}
        for some in batches(versions):
            wanted = step.history.objects.filter(pk__in=some).values_list(key.attname, flat=True)
            needed = {pk for pk in wanted if pk is not None and pk not in coming}
            here = set(target._default_manager.filter(pk__in=needed).values_list("pk", flat=True))
            for pk in sorted(needed - here):
                last = target.history.filter(id=pk).select_related("history_user").first()
                if last is not None:
                    yield Fault(Code.LATER_VERSION, details=who_and_when(last))


def _unsigned(row: Model) -> dict[str, str]:
    return {"record": str(row), "who": "–", "when": "–"}


def take_back(run: ImportRun, user: Any, reason: str) -> None:
    """Undo what a run wrote. The caller holds a transaction and the locks.

    Raises `Refused` with every obstacle; then nothing is taken back.
    """
    steps = steps_of(run)
    if faults := list(obstacles(steps)):
        raise Refused(faults)
    said = f"Undo of import {run.pk}: {reason}" if reason else f"Undo of import {run.pk}"
    bulk = Bulk(user, said, run)
    NameDecision.objects.filter(run=run).delete()
    # Foreign keys are looked at when the transaction ends, so that only what is unique matters:
    # what goes makes room for what comes back.
    for step in steps:
        bulk.remove(step.model, step.deleted)
    for step in steps:
        bulk.restore(step.model, step.restored)
    for step in steps:
        bulk.bring_back(step.model, step.brought_back)
