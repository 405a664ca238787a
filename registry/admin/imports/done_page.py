"""Step 5: what became of a run, its log, and how it is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import content_disposition_header
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from registry.admin.imports.effect_page import composition_shown, numbers_of
from registry.admin.imports.faults import faults_shown, notes_shown
from registry.admin.imports.forms import UndoForm
from registry.admin.imports.pages import IMPORT, RunPages, may_undo, said
from registry.admin.imports.rows import row_shown
from registry.admin.imports.steps import SETTLED, Step
from registry.models.imports import ImportRun, RunState
from registry.rosters.faults import Refused, WrongUsage
from registry.rosters.imports import broken_off, drop, progress_of, undo, undo_preview
from registry.rosters.planning.report import fault_sentence

# Seconds after which a page that waits asks again.
PACE = 2
GRACE = timedelta(seconds=20)
OBSTACLES_SHOWN = 200


class DonePage(RunPages):
    """A run that is written, being written, taken back or given up."""

    def done_view(self, request: HttpRequest, run_id: int) -> HttpResponse:
        run = self.run(request, run_id)
        if run.state not in SETTLED:
            return self.go_to(run)
        context: dict[str, Any] = {"numbers": numbers_of(run), **composition_shown(run)}
        if run.state != RunState.BEGUN:
            return self.step_page(request, run, Step.DONE, context)
        # Whoever has just begun reads the file before the run is held.
        just_now = timezone.now() - (run.begun_at or run.made_at) < GRACE
        context["broken_off"] = not just_now and broken_off(run)
        context["progress"] = progress_of(run)
        answer = self.step_page(request, run, Step.DONE, context)
        answer["Refresh"] = str(PACE)
        return answer

    def undo_view(self, request: HttpRequest, run_id: int) -> HttpResponse:
        run = self.run(request, run_id)
        if not may_undo(request.user, run):
            raise PermissionDenied
        if run.state != RunState.APPLIED:
            return self.go_to(run)
        form = UndoForm(request.POST or None)
        refusal: list[str] = []
        if form.is_valid():
            try:
                undo(run, user=request.user, reason=form.cleaned_data["reason"])
            except (Refused, WrongUsage) as problem:
                refusal = said(problem, OBSTACLES_SHOWN)
            else:
                return self.go_to(run, Step.DONE)
        preview = undo_preview(run)
        context = {
            "form": form,
            "refusal": refusal,
            "preview": preview,
            "obstacles": [fault_sentence(each) for each in preview.obstacles[:OBSTACLES_SHOWN]],
            "obstacles_number": len(preview.obstacles),
        }
        return self.step_page(request, run, Step.DONE, context, "import_undo.html")

    def drop_view(self, request: HttpRequest, run_id: int) -> HttpResponse:
        run = self.run(request, run_id, IMPORT)
        if request.method == "POST":
            try:
                drop(run)
            except WrongUsage as wrong:
                return self.refused(request, run, wrong, Step.DONE)
        return self.go_to(run, None if request.method != "POST" else Step.DONE)

    def log_view(self, request: HttpRequest, run_id: int) -> HttpResponse:
        """What a run was, what it changed and each of its rows, as a text to keep."""
        run = self.run(request, run_id)
        name = content_disposition_header(True, f"import-{run.pk}.txt")
        return StreamingHttpResponse(
            (f"{line}\n" for line in _log(run)),
            content_type="text/plain; charset=utf-8",
            headers={"Content-Disposition": name},
        )

    def original_view(self, request: HttpRequest, run_id: int) -> HttpResponse:
        """The file as it came."""
        run = self.run(request, run_id)
        return HttpResponse(
            run.file.data,
            content_type="application/octet-stream",
            headers={"Content-Disposition": content_disposition_header(True, run.name)},
        )


def _log(run: ImportRun) -> Iterator[str]:
    yield _("Import %(run)s into %(institution)s: %(state)s") % {
        "run": run.pk,
        "institution": run.institution,
        "state": run.get_state_display(),
    }
    yield _("File: %(name)s, %(size)s bytes, SHA-256 %(sha256)s") % {
        "name": run.name,
        "size": run.file.size,
        "sha256": run.file.sha256,
    }
    moments = (
        (_("Checked on %(day)s by %(who)s"), run.made_at, run.author),
        (_("Written on %(day)s by %(who)s"), run.applied_at, run.applied_by),
        (_("Taken back on %(day)s by %(who)s"), run.undone_at, run.undone_by),
    )
    for sentence, moment, who in moments:
        if moment:
            day = date_format(localtime(moment), "DATETIME_FORMAT")
            yield sentence % {"day": day, "who": who or "–"}
    if run.undo_reason:
        yield run.undo_reason
    yield ""
    yield from notes_shown(run)
    unit = run.plan.get("unit", "line")
    yield from (each.sentence for each in faults_shown(run.plan.get("warnings", []), unit))
    yield ""
    for row in run.rows.iterator():
        shown = row_shown(row, run)
        yield f"{shown.line}\t{shown.label}\t{shown.name}"
        for change in shown.changes:
            yield _("\t%(field)s was %(old)s, is now %(new)s.") % change
        yield from (f"\t{remark.sentence}" for remark in shown.remarks)
