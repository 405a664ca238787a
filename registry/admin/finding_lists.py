"""Findings of all institutions on a day, and among them the vacancies, for whoever cares for them.

They are no rows: the lists are made anew from the roster and the rules of the day asked about.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import partial
from typing import NamedTuple
from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from registry.admin.filters import DAY
from registry.admin.findings import Listed, about, found_on, listed
from registry.domain.explanations import speaks_of
from registry.domain.findings import Finding
from registry.forms.findings import FindingsForm, VacanciesForm
from registry.models import Assignment, Institution
from registry.models.roles import keeps

PER_PAGE = 50


class Row(NamedTuple):
    """A finding of an institution, who looks after it, and the panel of the institution."""

    listed: Listed
    institution: Institution
    assignees: list[Assignment]
    page: str


def finding_urls(site: AdminSite) -> list[URLPattern]:
    """The addresses of both lists, to be put before those of the records."""
    lists = {"findings": FindingsForm, "vacancies": VacanciesForm}
    return [
        path(
            f"{name}/",
            site.admin_view(partial(findings_view, site=site, name=name, asks=asks)),
            name=f"registry_{name}",
        )
        for name, asks in lists.items()
    ]


def findings_view(
    request: HttpRequest, site: AdminSite, name: str, asks: type[VacanciesForm]
) -> HttpResponseBase:
    """A question that makes no sense answers 400, with what was entered."""
    if not request.user.has_perm("registry.view_institution"):
        raise PermissionDenied
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    form = asks(request.GET)
    valid = form.is_valid()
    day = form.day(today=localdate()) if valid else localdate()
    rows = _rows(form, request.user, day) if valid else []
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        **site.each_context(request),
        "title": _("Findings") if name == "findings" else _("Vacancies"),
        "form": form,
        "filtered": any(request.GET.get(each) for each in form.fields),
        "address": reverse(f"admin:registry_{name}"),
        "day": day,
        "page": page,
        "found": len(rows),
        "rows": [_with_addresses(*each, request.user, day) for each in page.object_list],
        "query": query.urlencode(),
        "file": _file(form, day) if valid and rows else "",
    }
    template = f"admin/registry/{name}_list.html"
    return TemplateResponse(request, template, context, status=200 if valid else 400)


Found = tuple[Finding, Institution, list[Assignment]]


def _rows(form: VacanciesForm, user: User, day: date) -> list[Found]:
    chosen = form.cleaned_data["institution"]
    bodies = [chosen] if chosen else Institution.objects.order_by("order", "slug")
    given: dict[int, list[Assignment]] = defaultdict(list)
    for each in Assignment.objects.select_related("assignee"):
        given[each.institution_id].append(each)
    rows = []
    for institution, finding in found_on(day, bodies):
        carers = [each for each in given[institution.pk] if speaks_of(about(each), finding)]
        ids = [each.assignee_id for each in carers]
        if form.keeps(finding, ids, user=user.pk, day=day):
            rows.append((finding, institution, carers))
    return rows


def _with_addresses(
    finding: Finding, institution: Institution, carers: list[Assignment], user: User, day: date
) -> Row:
    page = reverse("admin:registry_institution_change", args=[institution.pk])
    may = keeps(user, institution)
    (shown,) = listed([finding], institution, day, user) if may else (Listed(finding),)
    return Row(shown, institution, carers, f"{page}?{DAY}={day.isoformat()}")


def _file(form: VacanciesForm, day: date) -> str:
    """The same list as the visitors' CSV; "" where that knows no such filter."""
    asked = form.cleaned_data
    if asked.get("care") or asked.get("overdue"):
        return ""
    explained = {"explained": "yes", "open": "no"}.get(asked.get("state", ""), "")
    body = asked["institution"].slug if asked["institution"] else ""
    wanted = {"institution": body, "code": str(form.code), "explained": explained}
    query = {name: value for name, value in wanted.items() if value} | {"on": day.isoformat()}
    return f"{reverse('checks_table', args=['csv'])}?{urlencode(query)}"
