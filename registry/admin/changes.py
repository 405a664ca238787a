"""Recent changes: the history of all records in one list, for whoever may see them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import CharField, Model, Q, QuerySet, Value
from django.http import (
    HttpRequest,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from registry.forms.log import LogForm
from registry.models.people import marked
from registry.rosters.reading.guard import guarded
from registry.serialise.changes import Edit as Told
from registry.serialise.changes import entries
from registry.snapshots.corrections import Edit, Work, recorded

PER_PAGE = 50
# How many are read at once for a file.
PORTION = 500


@dataclass(frozen=True, slots=True)
class Line:
    """One version of one record: what the page says of it, and where it leads."""

    told: Told
    record: int
    who: str
    reason: str
    run: int | None
    history: str
    version: str


def change_urls(site: AdminSite) -> list[URLPattern]:
    """The addresses of the log, to be put before those of the records."""

    def view(request: HttpRequest) -> HttpResponseBase:
        return changes_view(request, site)

    def table(request: HttpRequest) -> HttpResponseBase:
        return changes_file(request)

    return [
        path("changes/", site.admin_view(view), name="registry_changes"),
        path("changes.csv", site.admin_view(table), name="registry_changes_csv"),
    ]


def changes_view(request: HttpRequest, site: AdminSite) -> HttpResponseBase:
    """The newest first; a question that makes no sense answers 400, with what was entered."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    form = _asked(request)
    valid = form.is_valid()
    rows = changes(form) if valid else ()
    pages = Paginator(rows, PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        **site.each_context(request),
        "title": _("Recent changes"),
        "form": form,
        "address": request.path,
        "filtered": any(request.GET.get(name) for name in form.fields),
        "page": page,
        "found": pages.count,
        "lines": _lines(page.object_list),
        "query": query.urlencode(),
        "may_export": request.user.has_perm("registry.export_roster"),
    }
    return TemplateResponse(
        request, "admin/registry/changes.html", context, status=200 if valid else 400
    )


def changes_file(request: HttpRequest) -> HttpResponseBase:
    """The filtered list as CSV, a line for each field that changed."""
    form = _asked(request)
    if not request.user.has_perm("registry.export_roster"):
        raise PermissionDenied
    if not form.is_valid():
        # The page says what is wrong.
        return HttpResponseRedirect(
            f"{reverse('admin:registry_changes')}?{request.GET.urlencode()}"
        )
    response = StreamingHttpResponse(_csv(changes(form)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="changes.csv"'
    return response


def _asked(request: HttpRequest) -> LogForm:
    """Raises `PermissionDenied` for somebody who may see records of no kind."""
    models = [model for model in recorded().values() if _may_see(request, model)]
    if not models:
        raise PermissionDenied
    form = LogForm(models, request.GET)
    form.models = models
    return form


def _may_see(request: HttpRequest, model: type[Model]) -> bool:
    name = model._meta.model_name
    return any(request.user.has_perm(f"registry.{verb}_{name}") for verb in ("view", "change"))


def changes(form: LogForm) -> QuerySet:
    """Every version that a valid form asks for, the newest first, in one query.

    Model, version, record, kind, moment, user, reason and import run of each.
    """
    chosen = form.cleaned_data["record"]
    wanted: Q = form.wanted()
    first, *others = (
        model.history.filter(wanted)
        .order_by()
        .values_list(
            Value(model._meta.model_name, CharField()),
            "history_id",
            "id",
            "history_type",
            "history_date",
            "history_user",
            "history_change_reason",
            "run",
        )
        for model in form.models
        if chosen in ("", model._meta.model_name)
    )
    rows = first.union(*others, all=True) if others else first
    return rows.order_by("-history_date", "-history_id")


def _lines(rows: Iterable[tuple[Any, ...]]) -> list[Line]:
    """What a page says, in a fixed number of queries."""
    rows = list(rows)
    works = [Work(Edit(*row[:5])) for row in rows]
    users = get_user_model()._default_manager.in_bulk({row[5] for row in rows if row[5]})
    told = [entry.edit for entry in entries(works)]
    return [
        Line(
            edit,
            record,
            str(users.get(user) or _("the system")),
            reason or "",
            run,
            reverse(f"admin:registry_{model}_history", args=[record]),
            reverse(f"admin:registry_{model}_simple_history", args=[record, version]),
        )
        for edit, (model, version, record, _kind, _moment, user, reason, run) in zip(
            told, rows, strict=True
        )
    ]


class _Echo:
    """Gives back what a writer of CSV writes."""

    def write(self, text: str) -> str:
        return text


def _csv(rows: QuerySet) -> Iterator[str]:
    writer = csv.writer(_Echo())
    head = ("time", "who", "record", "number", "name", "what", "field", "old", "new")
    yield writer.writerow([*head, "reason", "import"])
    for number in Paginator(rows, PORTION).page_range:
        begin = (number - 1) * PORTION
        for line in _lines(rows[begin : begin + PORTION]):
            told = line.told
            about = [_time(told.moment), line.who, capfirst(told.model), line.record]
            why = [line.reason, line.run or ""]
            for field in told.fields or [None]:
                cells = (field.label, field.old, field.new) if field else ("", "", "")
                texts = [*about, marked(told.name, told.sample), told.label, *cells, *why]
                yield writer.writerow(
                    [guarded(each) if isinstance(each, str) else each for each in texts]
                )


def _time(moment: datetime) -> str:
    return localtime(moment).isoformat(timespec="seconds")
