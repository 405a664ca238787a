"""Step 3: each row with its verdict, and the questions that only a curator can answer."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from registry.admin.imports.faults import faults_shown
from registry.admin.imports.pages import IMPORT, RunPages, check_again
from registry.admin.imports.questions import answers, choices_of, questions_shown
from registry.admin.imports.rows import faulty_rows, row_shown, summary, tabs
from registry.admin.imports.steps import SETTLED, Step, has_rows, is_guarded, is_ready
from registry.models.imports import ImportRun, Verdict
from registry.rosters.faults import WrongUsage

PAGE = 50
QUESTIONS_PAGE = 25
FAULTS_SHOWN = 50
DECISIONS = "decisions"


class CheckPage(RunPages):
    """The rows by verdict, fifty at a time; the questions have a tab of their own."""

    def check_view(self, request: HttpRequest, run_id: int) -> HttpResponse:
        run = self.run(request, run_id, IMPORT if request.method == "POST" else "")
        errors: dict[int, str] = {}
        page = _questions_page(request, run)
        if request.method == "POST":
            if run.state in SETTLED:
                return self.go_to(run)
            given, errors = answers(run, request.POST, page.object_list)
            run = self._decided(request, run, given)
            page = _questions_page(request, run)
            if not errors:
                left = "" if is_ready(run) else f"?{DECISIONS}=1"
                return HttpResponseRedirect(
                    reverse("admin:registry_importrun_check", args=[run.pk]) + left
                )
        if not has_rows(run):
            return self.go_to(run, Step.FILE)
        return self.step_page(request, run, Step.CHECK, _context(request, run, page, errors))

    def _decided(self, request: HttpRequest, run: ImportRun, given: dict[str, str]) -> ImportRun:
        """Check the file again under these answers, if any of them is new."""
        if all(run.decisions.get(key) == answer for key, answer in given.items()):
            return run
        try:
            return check_again(run, request.user, decisions={**run.decisions, **given})
        except WrongUsage:
            # Somebody else wrote it or gave it up meanwhile: its page says so.
            return self.run(request, run.pk)


def _questions_page(request: HttpRequest, run: ImportRun) -> Page:
    asked = list(enumerate(run.plan.get("questions", [])))
    # Those without an answer first; the number of each stays its own.
    asked.sort(key=lambda each: bool(each[1]["answer"] or each[1]["default"]))
    return Paginator(asked, QUESTIONS_PAGE).get_page(request.GET.get("questions"))


def _context(
    request: HttpRequest, run: ImportRun, page: Page, errors: dict[int, str]
) -> dict[str, Any]:
    unit = run.plan.get("unit", "line")
    deciding = bool(errors) or DECISIONS in request.GET
    verdict = request.GET.get("verdict", "")
    if verdict not in Verdict.values or deciding:
        verdict = ""
    rows = run.rows.all()
    if verdict:
        rows = rows.filter(verdict=verdict)
    shown = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    questions = list(questions_shown(run, page.object_list, errors)) if deciding else []
    whole = [each for each in run.plan.get("faults", []) if not each.get("line")]
    return {
        "summary": summary(run),
        "open": run.plan.get("open", 0),
        "questions_number": page.paginator.count,
        "ready": is_ready(run) or is_guarded(run),
        "deciding": deciding,
        "verdict": verdict,
        "tabs": list(tabs(run, None if deciding else verdict)),
        "rows": [] if deciding else [row_shown(row, run) for row in shown],
        "page": page if deciding else shown,
        "questions": questions,
        "choices": {
            kind: choices_of(kind)
            for kind in {each.kind for each in questions} & {"party", "territory"}
        },
        "warnings": list(faults_shown(run.plan.get("warnings", [])[:FAULTS_SHOWN], unit)),
        "since": list(faults_shown(run.effect.get("since", []), unit)),
        "whole_faults": list(faults_shown(whole[:FAULTS_SHOWN], unit)),
        "faulty_number": faulty_rows(run).count(),
    }
