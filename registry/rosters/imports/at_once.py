"""A file is checked and written in one go, as the command does it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db import DatabaseError, transaction

from registry.models import ImportFile, ImportRun, Institution, Verdict
from registry.rosters.applying.applying import apply
from registry.rosters.applying.effects import Effect
from registry.rosters.applying.locks import locked_institution
from registry.rosters.applying.progress import Watch
from registry.rosters.applying.runs import Rows, describe
from registry.rosters.faults import Code, Fault, Refused, storable
from registry.rosters.imports.checking import plan_of, roster_of
from registry.rosters.imports.confirming import Told, applied
from registry.rosters.matching.order import Order, order_data
from registry.rosters.planning.plans import Plan, Portion
from registry.rosters.planning.verdicts import PlannedRow
from registry.rosters.reading.options import Limits
from registry.snapshots.records import no_garbage_collection


class Imported(NamedTuple):
    """What came of a file; there is no run of one that changes nothing, and of a dry run.

    `faulty` are the rows that stayed out.
    """

    plan: Plan
    run: ImportRun | None
    effect: Effect
    faulty: list[PlannedRow]


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
    roster = roster_of(data, name, institution, run.reading, limits)
    try:
        with transaction.atomic():
            run.institution = locked_institution(institution)
            plan = plan_of(roster, run, compared=False)
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
                plan.forget_portions()
                effect.look_again()
                run.effect |= effect.data
                applied(run, user)
            else:
                faulty += [row for portion in plan.portions() for row in _faulty(portion)]
            if dry_run:
                transaction.set_rollback(True)
    except DatabaseError as problem:
        raise Refused([Fault(Code.REFUSED_BY_DATABASE)]) from problem
    return Imported(plan, run if run.pk and not dry_run else None, effect, faulty)


def _faulty(portion: Portion) -> list[PlannedRow]:
    return [row for row in portion.rows if row.verdict in (Verdict.IMPOSSIBLE, Verdict.AMBIGUOUS)]
