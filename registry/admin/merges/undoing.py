"""A merge is taken back, told from the history alone, as long as nothing later rests on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from registry.models import NameDecision, Person, RunState
from registry.models.merges import Merge, Signed, without_undone
from registry.rosters.applying.undoing import Step, obstacles


def steps_of(merge: Merge) -> list[Step]:
    """What taking a merge back would do, model by model; the persons first."""
    related = [relation.related_model for relation in Person._meta.related_objects]
    models = dict.fromkeys([Person, *(model for model in related if hasattr(model, "history"))])
    return [step for model in models if (step := _step(model, merge))]


def _step(model: type[Model], merge: Merge) -> Step | None:
    history = model.history.model.objects
    mark = {"history_date": merge.moment, "history_change_reason": merge.said}
    versions: dict[int, list[Any]] = defaultdict(list)
    rows = history.filter(id__in=history.filter(**mark).values("id"))
    for row in rows.order_by("id", "history_id").values_list(
        "id", "history_id", "history_type", "history_date", "history_change_reason", "run__state"
    ):
        versions[row[0]].append(row[1:])
    step = Step(model)
    for key, told in versions.items():
        place = next(n for n, row in enumerate(told) if row[2:4] == (merge.moment, merge.said))
        later = [(row[0], row[3]) for row in told[place + 1 :] if row[4] != RunState.UNDONE]
        if standing := without_undone(later):
            step.later.append(standing[-1])
        if told[place][1] == "+":
            step.deleted.append(key)
        elif place == 0:
            # Nobody kept what it was.
            step.later.append(told[place][0])
        elif told[place][1] == "-":
            step.brought_back[key] = told[place - 1][0]
        else:
            step.restored[key] = told[place - 1][0]
    return step if versions else None


def in_the_way(steps: list[Step]) -> Iterator[str]:
    """What was recorded after the merge and keeps it from being taken back, as sentences."""
    for fault in obstacles(steps):
        said = _(
            "%(record)s was changed after the merge, on %(when)s by %(who)s. "
            "Go back to the version before that first."
        )
        yield said % fault.details


def take_back(merge: Merge, steps: list[Step], *, user: Any, reason: str) -> None:
    """Undo what a merge wrote. The caller holds a transaction and the locks, and has looked
    whether anything is in the way.

    Which of the two the names in files stood for is asked again: nobody kept whose they were.
    """
    signed = Signed(user, f"Undo of merge of #{merge.gone} into #{merge.kept}: {reason}")
    NameDecision.objects.filter(person=merge.kept).delete()
    for step in steps:
        for row in step.model._default_manager.filter(pk__in=step.deleted):
            signed(row).delete()
    for step in steps:
        # The person first, to whom the rest goes back.
        for version in _versions(step, step.brought_back):
            signed(version).save(force_insert=True)
        for version in _versions(step, step.restored):
            signed(version).save()


def _versions(step: Step, numbers: dict[int, int]) -> list[Any]:
    rows = step.history.objects.filter(pk__in=numbers.values()).order_by("id")
    return [row.instance for row in rows]
