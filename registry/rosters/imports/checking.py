"""A file is checked: what it would change is kept as a run, and nothing else is written."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

from django.db import DatabaseError, transaction

from registry.models import ImportFile, ImportRun, Institution, RunState
from registry.rosters.applying.applying import apply
from registry.rosters.applying.effects import Effect
from registry.rosters.applying.locks import locked_institution, locked_run
from registry.rosters.applying.runs import Rows, describe, differences, refuse
from registry.rosters.faults import Code, Fault, Refused, WrongUsage, storable
from registry.rosters.matching.order import Order, order_data, order_from
from registry.rosters.planning.planning import make_plan
from registry.rosters.planning.plans import Plan
from registry.rosters.reading.options import Limits, Reading
from registry.rosters.reading.reader import read_roster
from registry.rosters.rows import Roster

# How many faults of a refused confirmation are kept.
NOTED = 200


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
        roster: Roster | Refused = roster_of(kept, name, institution, reading, limits)
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
                plan = plan_of(roster, run)
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


def roster_of(
    data: bytes,
    name: str,
    institution: Institution,
    reading: Mapping[str, Any],
    limits: Limits | None = None,
) -> Roster:
    """A file with its faulty rows. Raises `Refused` for what is wrong with it as a whole."""
    return read_roster(
        data,
        name,
        institution,
        Reading.of(reading),
        limits=limits or Limits.command(),
        keep_faulty=True,
    )


def plan_of(roster: Roster, run: ImportRun, *, compared: bool = True) -> Plan:
    """What a file would change, as its run is ordered and decided and the register is now."""
    order = order_from(run.order)
    return make_plan(roster, run.institution, order, run.decisions, compared=compared)
