"""The faulty rows of a run as a file: what is corrected in it can be uploaded in its place."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import content_disposition_header

from registry.admin.imports.faults import faults_shown
from registry.admin.imports.pages import RunPages
from registry.admin.imports.rows import faulty_rows
from registry.models.imports import ImportRun
from registry.rosters.columns import RAW
from registry.rosters.export.workbooks import Column, DoesNotFit, write_workbook
from registry.rosters.reading.guard import guarded
from registry.rosters.reading.headers import ERROR_COLUMNS
from registry.rosters.reading.tables import SHEET

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class FaultyRows(RunPages):
    """Two files to download."""

    def faulty_view(self, request: HttpRequest, run_id: int, suffix: str) -> HttpResponse:
        run = self.run(request, run_id)
        if suffix not in ("csv", "xlsx"):
            raise Http404
        data, kind = (_csv(run), "text/csv; charset=utf-8")
        if suffix == "xlsx":
            try:
                data, kind = _xlsx(run), XLSX
            except DoesNotFit as problem:
                messages.error(request, str(problem))
                return HttpResponseRedirect(
                    reverse("admin:registry_importrun_check", args=[run_id])
                )
        name = f"{run.name.rpartition('.')[0] or run.name}-faulty.{suffix}"
        return HttpResponse(
            data, kind, headers={"Content-Disposition": content_disposition_header(True, name)}
        )


def _table(run: ImportRun) -> Iterator[list[Any]]:
    """The header and one line for each faulty row, as it stood, with what is wrong in it."""
    columns = run.plan.get("columns", [])
    # The cells are guarded, as those of a raw file are not.
    kept = [number for number, column in enumerate(columns) if column.casefold() != RAW]
    yield [*(columns[number] for number in kept), *ERROR_COLUMNS]
    unit = run.plan.get("unit", "line")
    for row in faulty_rows(run).iterator():
        cells = [*row.cells, *[""] * (len(columns) - len(row.cells))]
        faults = list(faults_shown(row.remarks, unit))
        yield [
            *(cells[number] for number in kept),
            row.line,
            "; ".join(dict.fromkeys(each.header for each in faults if each.header)),
            "; ".join(dict.fromkeys(each.code for each in faults)),
            " ".join(each.reason for each in faults),
            "; ".join(each.suggestion for each in faults if each.suggestion),
        ]


def _safe(cell: Any) -> Any:
    return guarded(cell) if isinstance(cell, str) else cell


def _csv(run: ImportRun) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([_safe(cell) for cell in line] for line in _table(run))
    return out.getvalue().encode()


def _xlsx(run: ImportRun) -> bytes:
    header, *lines = _table(run)
    out = io.BytesIO()
    columns = [Column(name, "") for name in header]
    rows = (dict(zip(header, line, strict=True)) for line in lines)
    write_workbook(out, SHEET, columns, rows, [])
    return out.getvalue()
