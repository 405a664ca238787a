"""Step 1: a file comes in, is read, and is shown as it was understood."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.timezone import localdate

from registry.admin.imports.faults import faults_shown
from registry.admin.imports.forms import (
    DELIMITERS,
    LAYOUT_NAMES,
    FileForm,
    said_of,
)
from registry.admin.imports.pages import IMPORT, RunPages
from registry.admin.imports.steps import SETTLED, Step, address, has_rows, is_plain_list
from registry.admin.remits import require_remit
from registry.models import Institution
from registry.models.imports import ImportRun, RunState
from registry.rosters.faults import Code, WrongUsage
from registry.rosters.imports import check
from registry.rosters.matching.order import order_from
from registry.rosters.reading.glance import glance
from registry.rosters.reading.options import Limits, Reading

UNFINISHED = 5
FAULTS_SHOWN = 50
FIRST_ROWS = 10


class NewRunPage(RunPages):
    """Beside the form of an institution: the page on which an import begins."""

    def new_run_urls(self) -> list[URLPattern]:
        return [
            path(
                "<int:object_id>/import-roster/",
                self.admin_site.admin_view(self.new_run_view),
                name="registry_institution_import_roster",
            )
        ]

    def new_run_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        if not request.user.has_perm(IMPORT):
            raise PermissionDenied
        institution = self.get_object(request, str(object_id))
        if institution is None:
            raise Http404
        require_remit(request, institution)
        form = FileForm(institution, request.POST or None, request.FILES or None)
        if form.is_valid() and (run := _checked(form, institution, request.user)):
            return self.go_to(run, Step.FILE)
        context = {
            "form": form,
            "institution": institution,
            "unfinished": _unfinished(institution),
        }
        return self.step_page(request, None, Step.FILE, context)


class FilePage(RunPages):
    """The file of a run as it was read, and the same form to read it otherwise."""

    def file_view(self, request: HttpRequest, run_id: int) -> HttpResponse:
        run = self.run(request, run_id, IMPORT if request.method == "POST" else "")
        if request.method == "POST" and run.state in SETTLED:
            return self.go_to(run)
        data = self._chosen_encoding(request, run) or request.POST or None
        initial = said_of(order_from(run.order), run.reading)
        form = FileForm(run.institution, data, request.FILES or None, kept=True, initial=initial)
        if form.is_valid() and _checked(form, run.institution, request.user, run):
            return self.go_to(run, Step.FILE)
        plain = is_plain_list(run)
        # With rows, the next step shows the faults where they are.
        faults = [] if has_rows(run) else run.plan.get("faults", [])
        # The page asks the question itself, with the lines to look at.
        faults = [each for each in faults if each.get("code") != Code.ENCODING_NOT_STATED]
        context = {
            "form": form,
            "faults": list(faults_shown(faults[:FAULTS_SHOWN], run.plan.get("unit", "line"))),
            "faults_number": len(faults),
            "plain": plain,
            "onward": _onward(run, plain),
            "imported_before": _imported_before(run),
            **_understood(run),
        }
        return self.step_page(request, run, Step.FILE, context)

    @staticmethod
    def _chosen_encoding(request: HttpRequest, run: ImportRun) -> dict[str, Any] | None:
        """The form as it was, with the encoding of the button under one of the readings."""
        if request.method != "POST" or "as" not in request.POST:
            return None
        known = said_of(order_from(run.order), run.reading)
        said = {name: value for name, value in known.items() if value not in (None, False)}
        return said | {"encoding": request.POST["as"]}


def _checked(
    form: FileForm, institution: Institution, user: Any, run: ImportRun | None = None
) -> ImportRun | None:
    """Check the file of a form; what keeps it from being read at all stands in the form then."""
    upload = form.cleaned_data["file"]
    reading = {**(run.reading if run else {}), **form.reading()}
    try:
        return check(
            institution,
            upload.read() if upload else None,
            upload.name if upload else run.name,
            form.order(on=localdate()),
            reading=reading,
            decisions=run.decisions if run else None,
            limits=Limits.admin(),
            user=user,
            run=run,
        )
    except WrongUsage as wrong:
        form.add_error(None, str(wrong))
    return None


def _onward(run: ImportRun, plain: bool) -> str:
    if plain and run.state not in SETTLED:
        return address(run, Step.COLUMNS)
    return address(run, Step.CHECK) if has_rows(run) else ""


def _understood(run: ImportRun) -> dict[str, Any]:
    """How the file was read and its first rows, and how it reads in other encodings."""
    seen = glance(run.file.data, run.name, Reading.of(run.reading), Limits.admin())
    columns, first = seen.columns, seen.first
    if not first and has_rows(run):
        # Memberships of a document, which has no lines.
        columns = tuple(run.plan.get("columns", []))
        first = tuple((row.line, tuple(row.cells)) for row in run.rows.all()[:FIRST_ROWS])
    # Our own layout has forty columns, most of them empty: those with something in them tell more.
    filled = [
        number
        for number in range(len(columns))
        if any(number < len(cells) and cells[number] for _line, cells in first)
    ]
    return {
        "glance": None if seen.faults else seen,
        "layout_name": LAYOUT_NAMES.get(seen.layout, seen.layout),
        "delimiter": DELIMITERS.get(seen.delimiter, ""),
        "columns": [columns[number] for number in filled],
        "lines": [
            (line, [cells[number] if number < len(cells) else "" for number in filled])
            for line, cells in first
        ],
        "empty_columns": len(columns) - len(filled),
        "sightings": seen.sightings,
    }


def _imported_before(run: ImportRun) -> ImportRun | None:
    """The latest import of the same bytes into the same institution that still stands."""
    same = ImportRun.objects.filter(file=run.file, institution=run.institution)
    return same.filter(state=RunState.APPLIED).exclude(pk=run.pk).first()


def _unfinished(institution: Institution) -> list[ImportRun]:
    waiting = institution.import_runs.filter(state__in=(RunState.CHECKED, RunState.REFUSED))
    return list(waiting.select_related("author")[:UNFINISHED])
