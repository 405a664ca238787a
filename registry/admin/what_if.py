"""What if a body had other seats: a page that answers beside its question and writes nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.text import capfirst
from django.utils.translation import gettext

from registry.admin.effects import groups, numbers, sentences
from registry.admin.filters import DAY
from registry.domain.comparison import Comparison, compare
from registry.domain.composition import Composition
from registry.domain.drafts import Draft, Effect, effect_of
from registry.domain.findings import Finding
from registry.forms.days import read_day
from registry.forms.drafts import ASKED, DraftForm, new_territories
from registry.forms.questions import BadQuestion
from registry.models import Institution
from registry.snapshots import composition_of


class WhatIfPage:
    """A page beside the form of an institution, for everybody who may see that."""

    def what_if_urls(self) -> list[URLPattern]:
        return [
            path(
                "<int:object_id>/what-if/",
                self.admin_site.admin_view(self.what_if_view),
                name="registry_institution_what_if",
            )
        ]

    def what_if_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        institution = self.get_object(request, str(object_id))
        if not self.has_view_permission(request, institution):
            raise PermissionDenied
        if institution is None:
            raise Http404
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("What if?"),
            "subtitle": str(institution),
            "opts": self.opts,
            "module_name": capfirst(self.opts.verbose_name_plural),
            "institution": institution,
            **_answer(institution, request, self.day_shown(institution)),
        }
        return TemplateResponse(request, "admin/registry/what_if.html", context)


def _answer(institution: Institution, request: HttpRequest, shown: date) -> dict[str, Any]:
    """The form for a day and, once it is filled in, what would follow."""
    text = request.GET.get(DAY)
    try:
        day = read_day(text) if text is not None else shown
    except BadQuestion as error:
        return {"day_text": text, "day_error": str(error)}
    composition = composition_of(institution, on=day)
    data = request.GET if ASKED in request.GET else None
    form, rows = DraftForm(composition, data), new_territories(composition, data)
    context = {"day": day, "day_text": day.isoformat(), "composition": composition, "form": form}
    if data is not None and form.is_valid() and (rows is None or rows.is_valid()):
        draft = form.draft(rows.founded() if rows else iter(()))
        context |= _effect(draft, composition)
        rows = rows and rows.with_room()
    return context | {"rows": rows}


def _effect(draft: Draft, composition: Composition) -> dict[str, Any]:
    if draft == Draft():
        return {"nothing_changes": True}
    effect = effect_of(draft, composition.snapshot)
    comparison = compare(effect.before, effect.after, effect.findings_before, effect.findings_after)
    return {
        "effect": effect,
        "sentences": list(sentences(effect)),
        "groups": list(groups(effect)),
        "numbers": list(numbers(effect)),
        "comparison": comparison,
        "staying": _staying(effect, comparison),
    }


def _staying(effect: Effect, comparison: Comparison) -> list[Finding]:
    new = {finding.key for finding in comparison.findings_new}
    return [finding for finding in effect.findings_after if finding.key not in new]
