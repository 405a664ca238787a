"""What was checked is written, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.models import ImportRun, RunState
from registry.rosters.applying.applying import apply
from registry.rosters.applying.locks import locked_institution, locked_run
from registry.rosters.applying.progress import Watch
from registry.rosters.applying.runs import differences
from registry.rosters.faults import Code, Fault, Refused, WrongUsage
from registry.rosters.imports.checking import NOTED, plan_of, roster_of
from registry.snapshots.records import no_garbage_collection

Told = Callable[[int, int], None]


def confirm(run: ImportRun, *, user: Any = None, progress: Told | None = None) -> ImportRun:
    """Write what was checked, whole or not at all; a run that is applied already stays so.

    Two imports into one institution wait for each other. Raises `Refused` with what changed if
    the file would now change anything else than what was seen, and `WrongUsage` for a run that
    is refused, given up or taken back, has open questions, or was checked again since `run` was
    read: then its digest is not that of what was seen.
    """
    seen = run.digest
    try:
        with transaction.atomic():
            run = locked_run(run, RunState.CHECKED, RunState.BEGUN, RunState.APPLIED)
            if run.state == RunState.APPLIED:
                return run
            _require_seen(run, seen)
            if run.plan.get("open"):
                raise WrongUsage(_("Answer the open questions of this import first."))
            run.state, run.begun_at = RunState.BEGUN, timezone.now()
            run.save(update_fields=["state", "begun_at"])
    except DatabaseError as problem:
        raise Refused([Fault(Code.REFUSED_BY_DATABASE)]) from problem
    try:
        with no_garbage_collection():
            return _write(run, seen, user, progress)
    except Refused as refused:
        _take_note(run, refused.faults)
        raise
    except WrongUsage:
        _take_note(run, ())
        raise


def _require_seen(run: ImportRun, seen: str) -> None:
    if run.digest != seen:
        raise WrongUsage(_("The file was checked again since. This is what it changes now."))


def _take_note(run: ImportRun, faults: Sequence[Fault]) -> None:
    """Keep why a confirmation was refused: who asked for it may not wait for the answer."""
    told = [fault.stored() for fault in faults[:NOTED]]
    with suppress(DatabaseError), transaction.atomic():
        now = ImportRun.objects.select_for_update().get(pk=run.pk)
        # Whoever else confirmed it in the meantime has a say in what it is now.
        if now.state == RunState.BEGUN:
            now.state, now.effect = RunState.CHECKED, now.effect | {"refusal": told}
            now.save(update_fields=["state", "effect"])


def _write(run: ImportRun, seen: str, user: Any, progress: Told | None) -> ImportRun:
    roster = roster_of(run.file.data, run.name, run.institution, run.reading)
    try:
        with transaction.atomic():
            run = locked_run(run, RunState.CHECKED, RunState.BEGUN, RunState.APPLIED)
            if run.state == RunState.APPLIED:
                return run
            _require_seen(run, seen)
            run.institution = locked_institution(run.institution)
            plan = plan_of(roster, run)
            if plan.refusal or plan.digest != run.digest:
                raise Refused(differences(run, plan))
            if not plan.nothing_to_do:
                with Watch(run, progress) as watch:
                    apply(plan, run, user, watch)
            applied(run, user)
            return run
    except DatabaseError as problem:
        raise Refused([Fault(Code.REFUSED_BY_DATABASE)]) from problem


def applied(run: ImportRun, user: Any) -> None:
    """Keep that a run is written, and by whom."""
    run.state, run.applied_at, run.applied_by = RunState.APPLIED, timezone.now(), user
    run.save()
