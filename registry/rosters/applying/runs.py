"""What is kept of a run: its rows, what they come to, and which versions they rest on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from django.apps import apps
from django.db.models import Max, Model
from django.utils import timezone

from registry.models import ImportRow, ImportRun, RunState, Verdict
from registry.rosters.applying.writer import json_text, writer
from registry.rosters.faults import Code, Fault, storable
from registry.rosters.matching.register import batches
from registry.rosters.planning.notes import notes_of
from registry.rosters.planning.planning import UNANSWERED
from registry.rosters.planning.plans import Plan, Portion
from registry.rosters.planning.report import row_changes
from registry.rosters.planning.verdicts import PlannedRow
from registry.rosters.values import FieldName, kept

BATCH = 500
# The columns that a row is kept in; the last four hold JSON.
KEPT = ("run_id", "line", "verdict", "name", "cells", "remarks", "changes", "touches")


class Rows:
    """The rows of a run, kept portion by portion; `columns` are those met so far."""

    def __init__(self, run: ImportRun) -> None:
        self.run = run
        self.writer = writer()
        self.columns: dict[str, None] = {}
        self.counts: Counter[str] = Counter()

    def keep(self, portion: Portion) -> None:
        for some in batches(portion.rows):
            versions = _versions(some)
            self.writer.insert(ImportRow, KEPT, (self._row(row, versions) for row in some))
            self.counts.update(row.verdict.value for row in some)

    def _row(self, row: PlannedRow, versions: Mapping[tuple[str, int], int]) -> tuple[Any, ...]:
        self.columns |= dict.fromkeys(row.cells)
        touches = {kind: [pk, versions.get((kind, pk))] for kind, pk in row.touches.items()}
        told = (
            [storable(row.cells.get(column, "")) for column in self.columns],
            [fault.stored() for fault in row.remarks],
            row_changes(row),
            touches,
        )
        return (
            self.run.pk,
            row.line,
            row.verdict.value,
            storable(row.name)[:300],
            *map(json_text, told),
        )


def _versions(rows: Iterable[PlannedRow]) -> dict[tuple[str, int], int]:
    """The newest version of each record that the rows touch, by kind and key."""
    touched: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        for kind, pk in row.touches.items():
            touched[kind].add(pk)
    return {
        (kind, pk): version
        for kind, keys in touched.items()
        for some in batches(keys)
        for pk, version in _model(kind)
        .history.order_by()
        .filter(id__in=some)
        .values_list("id")
        .annotate(Max("history_id"))
    }


def _model(kind: str) -> type[Model]:
    return apps.get_model("registry", kind)


def describe(run: ImportRun, plan: Plan, rows: Rows) -> None:
    """Keep with a run what its plan says as a whole; one that may not be written is refused.

    A question that is open waits for its answer and refuses nothing.
    """
    faults = [
        fault.stored() for fault in plan.refusal if not (plan.open and fault.code in UNANSWERED)
    ]
    run.plan = {
        "layout": plan.roster.layout,
        "rows": len(plan.roster.rows),
        "nothing_to_do": plan.nothing_to_do,
        "unit": plan.roster.unit,
        "columns": [plan.roster.written(column) for column in rows.columns],
        "numbers": dict(plan.counts),
        "faults": faults,
        "warnings": [fault.stored() for fault in plan.warnings],
        "questions": [asdict(question) for question in plan.questions],
        "open": plan.open,
        "notes": [note.stored() for note in notes_of(plan)],
    }
    run.plan = storable(run.plan)
    run.effect = storable({"absent": _absent(run, plan)})
    run.counts, run.digest = dict(rows.counts), plan.digest
    if faults:
        run.state = RunState.REFUSED


def _absent(run: ImportRun, plan: Plan) -> list[dict[str, Any]]:
    """Who is recorded and not in the file, with the end that is proposed and what was decided."""
    ends = {appointment.pk: end for appointment, end in plan.ended}
    return [
        {
            "pk": each.pk,
            "person": kept(each.person),
            "group": kept(each.group),
            "party": [kept(sits.party) for sits in each.affiliations.all()],
            "start": str(each.start),
            "end": str(ends.get(each.pk, "")),
            "answer": run.decisions.get(f"absent:{each.pk}", ""),
        }
        for each in plan.absent
    ]


def refuse(run: ImportRun, faults: Iterable[Fault]) -> None:
    """Keep why a file is refused, by the rows and as a whole."""
    told = [fault.stored() for fault in faults]
    run.rows.all().delete()
    by_line: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for fault in told:
        if fault.get("line") and not fault.get("file"):
            by_line[fault["line"]].append(fault)
    ImportRow.objects.bulk_create(
        [
            ImportRow(run=run, line=line, verdict=Verdict.IMPOSSIBLE, remarks=remarks)
            for line, remarks in by_line.items()
        ],
        batch_size=BATCH,
    )
    run.state = RunState.REFUSED
    run.plan = {"faults": told, "warnings": [], "questions": [], "columns": [], "open": 0}
    run.counts = {Verdict.IMPOSSIBLE.value: len(by_line)} if by_line else {}
    run.effect, run.digest = {}, ""


def differences(run: ImportRun, plan: Plan) -> Iterator[Fault]:
    """What a plan made anew says otherwise than the one that is kept, and who changed what."""
    yield Fault(Code.CHANGED_SINCE)
    seen = {(row.line, row.name): (row.verdict, row.changes) for row in run.rows.all().iterator()}
    for portion in plan.portions():
        for row in portion.rows:
            before, changes = seen.get((row.line, row.name), ("", []))
            if before != row.verdict:
                words = {"before": Verdict(before) if before else None, "now": row.verdict}
                yield Fault(Code.ROW_CHANGED_SINCE, row.line, value=row.name, details=words)
            elif changes != row_changes(row):
                fields = [FieldName(each.field) for each in row.changes]
                yield Fault(
                    Code.ROW_DIFFERS_SINCE, row.line, value=row.name, details={"fields": fields}
                )
    yield from _touched_since(run)


def _touched_since(run: ImportRun) -> Iterator[Fault]:
    """The versions of the records of a run that are newer than those it was checked against."""
    rested: dict[str, dict[int, int]] = defaultdict(dict)
    line_of: dict[tuple[str, int], int] = {}
    for line, touches in run.rows.values_list("line", "touches").iterator():
        for kind, (pk, version) in touches.items():
            rested[kind][pk] = version or 0
            line_of.setdefault((kind, pk), line)
    for kind, versions in rested.items():
        for some in batches(versions):
            newer = (
                _model(kind)
                .history.order_by("history_id")
                .filter(id__in=some, history_id__gt=min(versions[pk] for pk in some))
                .select_related("history_user")
            )
            last = {each.id: each for each in newer if each.history_id > versions[each.id]}
            for each in last.values():
                yield Fault(Code.TOUCHED_SINCE, line_of[kind, each.id], details=who_and_when(each))


def who_and_when(version: Any) -> dict[str, str]:
    """What a version is of, who made it and when, as words for a sentence."""
    moment = timezone.localtime(version.history_date)
    return {
        "record": str(version.instance),
        "who": str(version.history_user or "–"),
        "when": f"{moment:%Y-%m-%d %H:%M}",
    }
