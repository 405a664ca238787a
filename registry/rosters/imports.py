"""The one way in: a command and a wizard import a roster, and take it back, through this."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any, NamedTuple

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.models import ImportFile, ImportRow, ImportRun, Institution, RunState, Verdict
from registry.rosters.applying.applying import apply
from registry.rosters.applying.effects import Effect
from registry.rosters.applying.locks import broken_off, locked_institution, locked_run
from registry.rosters.applying.progress import Progress, Watch, progress_of
from registry.rosters.applying.runs import Rows, describe, differences, refuse
from registry.rosters.applying.undoing import obstacles, steps_of, take_back
from registry.rosters.faults import Code, Fault, Refused, WrongUsage, storable
from registry.rosters.matching.order import Order, order_data, order_from
from registry.rosters.planning.planning import make_plan
from registry.rosters.planning.plans import Plan, Portion
from registry.rosters.planning.verdicts import PlannedRow
from registry.rosters.reading.options import Limits, Reading
from registry.rosters.reading.reader import read_roster
from registry.rosters.rows import Roster
from registry.snapshots.records import no_garbage_collection

__all__ = [
    "Imported",
    "Order",
    "Plan",
    "Progress",
    "Refused",
    "Roster",
    "UndoPreview",
    "WrongUsage",
    "broken_off",
    "check",
    "confirm",
    "drop",
    "import_roster",
    "progress_of",
    "undo",
    "undo_preview",
]

Told = Callable[[int, int], None]
# How many faults of a refused confirmation are kept.
NOTED = 200


class Imported(NamedTuple):
    """What came of a file; there is no run of one that changes nothing, and of a dry run.

    `faulty` are the rows that stayed out.
    """

    plan: Plan
    run: ImportRun | None
    effect: Effect
    faulty: list[PlannedRow]


class UndoPreview(NamedTuple):
    """How many records of each kind an undo deletes, restores and brings back, and what is in
    its way."""

    restored: dict[str, dict[str, int]]
    obstacles: list[Fault]


def check(
    institution: Institution,
    data: bytes | None,
    name: str,
    order: Order,
    *,
    reading: Mapping[str, Any] | None = None,
    decisions: Mapping[str, str] | None = None,
    limits: Limits | None = None,
    user: Any = None,
    run: ImportRun | None = None,
) -> ImportRun:
    """Say what a file would change, and keep that as a run; nothing else is written.

    `reading` is the data of a `Reading`. `run` is checked again, its file kept when there is no
    `data`. A faulty file makes a run that is refused, with its faults. Raises `WrongUsage`.
    """
    name, reading, decisions = storable(name), dict(reading or {}), dict(decisions or {})
    kept = data if data is not None or run is None else run.file.data
    try:
        roster: Roster | Refused = _read(kept, name, institution, reading, limits)
    except Refused as refused:
        roster = refused
    try:
        with transaction.atomic():
            run = _run_to_check(run, user)
            run.institution = locked_institution(institution)
            if data is not None:
                run.file = ImportFile.keep(data)
            as_before = data is None and (run.reading, run.decisions) == (reading, decisions)
            run.name, run.order = name[:300], order_data(order)
            run.reading, run.decisions = reading, decisions
            try:
                if isinstance(roster, Refused):
                    raise roster
                plan = _planned(roster, run)
                since = [fault.stored() for fault in _since(run, plan)] if as_before else []
                _begin_anew(run)
                _describe(run, plan, user)
                if since:
                    run.effect |= {"since": since}
            except Refused as refused:
                _begin_anew(run)
                refuse(run, refused.faults)
            run.save()
    except DatabaseError as problem:
        raise WrongUsage(Fault(Code.REFUSED_BY_DATABASE).reason) from problem
    return run


def _run_to_check(run: ImportRun | None, user: Any) -> ImportRun:
    if run is None:
        return ImportRun(author=user)
    return locked_run(run, RunState.CHECKED, RunState.REFUSED, RunState.BEGUN)


def _since(run: ImportRun, plan: Plan) -> list[Fault]:
    """What is otherwise than when the file was checked, once a confirmation was refused for it."""
    if not run.effect.get("refusal"):
        return []
    return list(islice(differences(run, plan), 1, NOTED))


def _begin_anew(run: ImportRun) -> None:
    run.state, run.plan, run.counts, run.effect = RunState.CHECKED, {}, {}, {}
    run.save()
    run.rows.all().delete()


def _describe(run: ImportRun, plan: Plan, user: Any) -> None:
    rows = Rows(run)
    for portion in plan.portions():
        rows.keep(portion)
    describe(run, plan, rows)
    if run.state == RunState.CHECKED:
        run.effect |= _tried(plan, run, user).data


def _tried(plan: Plan, run: ImportRun, user: Any) -> Effect:
    """What the plan leads to: it is written, looked at and taken back."""
    effect = Effect(plan)
    try:
        with transaction.atomic():
            apply(plan, run, user)
            effect.look_again()
            transaction.set_rollback(True)
    except DatabaseError as problem:
        raise Refused([Fault(Code.REFUSED_BY_DATABASE)]) from problem
    return effect


def _read(
    data: bytes,
    name: str,
    institution: Institution,
    reading: Mapping[str, Any],
    limits: Limits | None = None,
) -> Roster:
    return read_roster(
        data,
        name,
        institution,
        Reading.of(reading),
        limits=limits or Limits.command(),
        keep_faulty=True,
    )


def _planned(roster: Roster, run: ImportRun) -> Plan:
    """What a file would change, as its run is ordered and decided and the register is now."""
    return make_plan(roster, run.institution, order_from(run.order), run.decisions)


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
    roster = _read(run.file.data, run.name, run.institution, run.reading)
    try:
        with transaction.atomic():
            run = locked_run(run, RunState.CHECKED, RunState.BEGUN, RunState.APPLIED)
            if run.state == RunState.APPLIED:
                return run
            _require_seen(run, seen)
            run.institution = locked_institution(run.institution)
            plan = _planned(roster, run)
            if plan.refusal or plan.digest != run.digest:
                raise Refused(differences(run, plan))
            if not plan.nothing_to_do:
                with Watch(run, progress) as watch:
                    apply(plan, run, user, watch)
            _applied(run, user)
            return run
    except DatabaseError as problem:
        raise Refused([Fault(Code.REFUSED_BY_DATABASE)]) from problem


def _applied(run: ImportRun, user: Any) -> None:
    run.state, run.applied_at, run.applied_by = RunState.APPLIED, timezone.now(), user
    run.save()


@no_garbage_collection()
def import_roster(
    institution: Institution,
    data: bytes,
    name: str,
    order: Order,
    *,
    reading: Mapping[str, Any] | None = None,
    decisions: Mapping[str, str] | None = None,
    limits: Limits | None = None,
    dry_run: bool = False,
    user: Any = None,
    progress: Told | None = None,
) -> Imported:
    """Check a file and write it in one go, and say what changed; a dry run keeps nothing.

    Raises `Refused` and `WrongUsage`; then nothing is kept of it.
    """
    name = storable(name)
    run = ImportRun(institution=institution, name=name[:300], author=user)
    run.order, run.reading = order_data(order), dict(reading or {})
    run.decisions = dict(decisions or {})
    roster = _read(data, name, institution, run.reading, limits)
    try:
        with transaction.atomic():
            run.institution = locked_institution(institution)
            plan = _planned(roster, run)
            if plan.refusal:
                raise Refused(plan.refusal, plan.questions)
            faulty: list[PlannedRow] = []
            effect = Effect(plan)
            if not plan.nothing_to_do:
                run.file = ImportFile.keep(data)
                run.save()
                with Watch(run, progress) as watch:
                    rows = Rows(run)

                    def keep(portion: Portion) -> None:
                        faulty.extend(_faulty(portion))
                        rows.keep(portion)

                    apply(plan, run, user, watch, keep)
                    describe(run, plan, rows)
                effect.look_again()
                run.effect |= effect.data
                _applied(run, user)
            else:
                faulty += [row for portion in plan.portions() for row in _faulty(portion)]
            if dry_run:
                transaction.set_rollback(True)
    except DatabaseError as problem:
        raise Refused([Fault(Code.REFUSED_BY_DATABASE)]) from problem
    return Imported(plan, run if run.pk and not dry_run else None, effect, faulty)


def _faulty(portion: Portion) -> list[PlannedRow]:
    return [row for row in portion.rows if row.verdict in (Verdict.IMPOSSIBLE, Verdict.AMBIGUOUS)]


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
