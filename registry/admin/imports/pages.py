"""What every page of an import has in common: who may see it, its run, its frame."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.timezone import localdate

from registry.admin.imports.steps import SETTLED, Step, address, come_to, steps
from registry.admin.remits import require_remit
from registry.models.imports import ImportRun
from registry.models.roles import keeps
from registry.rosters.faults import Refused, WrongUsage
from registry.rosters.imports import Order, check
from registry.rosters.matching.order import order_from
from registry.rosters.planning.report import fault_sentence
from registry.rosters.reading.options import Limits

IMPORT = "registry.import_roster"
CONFIRM = "registry.confirm_import"
UNDO = "registry.undo_import"
UNDO_ANY = "registry.undo_any_import"
LOOK = ("registry.view_importrun", IMPORT, CONFIRM, UNDO, UNDO_ANY)


class RunPages:
    """Pages of one run; each says itself which permission its form needs."""

    def may_look(self, request: HttpRequest) -> bool:
        return any(request.user.has_perm(each) for each in LOOK)

    def run(self, request: HttpRequest, run_id: int, needed: str = "") -> ImportRun:
        """The run of an address, for whoever may see it, and do there what they ask for.

        Raises `PermissionDenied`, `Http404`.
        """
        if not (request.user.has_perm(needed) if needed else self.may_look(request)):
            raise PermissionDenied
        related = ("institution", "file", "author", "applied_by", "undone_by")
        found = ImportRun.objects.select_related(*related).defer("file__packed")
        run = found.filter(pk=run_id).first()
        if run is None:
            raise Http404
        if request.method == "POST":
            require_remit(request, run.institution)
        return run

    def step_page(
        self,
        request: HttpRequest,
        run: ImportRun | None,
        step: Step,
        context: dict[str, Any],
        template: str = "",
    ) -> HttpResponse:
        user = request.user
        kept = run is None or keeps(user, run.institution)
        return TemplateResponse(
            request,
            f"admin/registry/{template or f'import_{step.value}.html'}",
            {
                **self.admin_site.each_context(request),
                "title": step.title,
                "opts": ImportRun._meta,
                "module_name": capfirst(ImportRun._meta.verbose_name_plural),
                "run": run,
                "institution": run.institution if run else None,
                "step": step.value,
                "steps": list(steps(run, step)),
                "settled": run is not None and run.state in SETTLED,
                "may_import": kept and user.has_perm(IMPORT),
                "may_confirm": kept and user.has_perm(CONFIRM),
                "may_undo": run is not None and kept and may_undo(user, run),
                **context,
            },
        )

    def go_to(self, run: ImportRun, step: Step | None = None) -> HttpResponse:
        return HttpResponseRedirect(address(run, (step or come_to(run)).value))

    def refused(
        self, request: HttpRequest, run: ImportRun, problem: Refused | WrongUsage, step: Step
    ) -> HttpResponse:
        """Back to a step, which says what stood in the way."""
        for sentence in said(problem):
            messages.error(request, sentence)
        return self.go_to(run, step)


def may_undo(user: Any, run: ImportRun) -> bool:
    """Whoever wrote an import may take it back; anybody else's takes a permission of its own."""
    own = run.applied_by_id is not None and run.applied_by_id == user.pk
    return user.has_perm(UNDO_ANY) or (own and user.has_perm(UNDO))


def check_again(
    run: ImportRun,
    user: Any,
    *,
    order: Order | None = None,
    reading: Mapping[str, Any] | None = None,
    decisions: Mapping[str, str] | None = None,
) -> ImportRun:
    """Check the kept file of a run anew: under another order, read or decided otherwise.

    Raises `WrongUsage` for a run that somebody wrote or gave up meanwhile.
    """
    return check(
        run.institution,
        None,
        run.name,
        replace(order or order_from(run.order), on=localdate()),
        reading=run.reading if reading is None else reading,
        decisions=run.decisions if decisions is None else decisions,
        limits=Limits.admin(),
        user=user,
        run=run,
    )


def said(problem: Refused | WrongUsage, shown: int = 20) -> list[str]:
    """Why something is refused, as sentences."""
    if isinstance(problem, WrongUsage):
        return [str(problem)]
    return [fault_sentence(fault) for fault in problem.faults[:shown]]
