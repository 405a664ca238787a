"""An import is taken back, or given up before it is written."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db import DatabaseError, transaction
from django.utils import timezone

from registry.models import ImportRow, ImportRun, RunState
from registry.rosters.applying.locks import locked_institution, locked_run
from registry.rosters.applying.undoing import obstacles, steps_of, take_back
from registry.rosters.faults import Code, Fault, Refused, WrongUsage


class UndoPreview(NamedTuple):
    """How many records of each kind an undo deletes, restores and brings back, and what is in
    its way."""

    restored: dict[str, dict[str, int]]
    obstacles: list[Fault]


def undo(run: ImportRun, *, user: Any = None, reason: str = "") -> ImportRun:
    """Restore what an import changed, whole or not at all.

    Raises `Refused` with every record that stands in the way, and `WrongUsage` for a run that is
    not applied.
    """
    try:
        with transaction.atomic():
            run = locked_run(run, RunState.APPLIED)
            locked_institution(run.institution)
            take_back(run, user, reason)
            run.state, run.undone_at, run.undone_by = RunState.UNDONE, timezone.now(), user
            run.undo_reason = reason
            run.save()
            return run
    except DatabaseError as problem:
        raise Refused([Fault(Code.REFUSED_BY_DATABASE)]) from problem


def undo_preview(run: ImportRun) -> UndoPreview:
    """What taking an import back would do, and what stands in its way; nothing is written."""
    steps = steps_of(run)
    restored = {
        str(step.model._meta.verbose_name_plural): {
            "deleted": len(step.deleted),
            "restored": len(step.restored),
            "brought_back": len(step.brought_back),
        }
        for step in steps
    }
    return UndoPreview(restored, list(obstacles(steps)))


def drop(run: ImportRun) -> ImportRun:
    """Give a run up that is not written. Raises `WrongUsage` for one that is."""
    try:
        with transaction.atomic():
            run = locked_run(run, RunState.CHECKED, RunState.REFUSED, RunState.BEGUN)
            run.state = RunState.DROPPED
            run.save(update_fields=["state"])
            ImportRow.objects.filter(run=run).delete()
    except DatabaseError as problem:
        raise WrongUsage(Fault(Code.REFUSED_BY_DATABASE).reason) from problem
    return run
