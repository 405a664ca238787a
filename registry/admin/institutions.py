"""Institutions: with the form comes who sits in them on a day, and what the checks say of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry.admin.convocations import ConvocationInline, saying_what_moves
from registry.admin.exports import ExportPages
from registry.admin.filters import DAY
from registry.admin.findings import listed
from registry.admin.guided import GuidedPages
from registry.admin.imports.file_page import NewRunPage
from registry.admin.imports.pages import IMPORT
from registry.admin.records import REMARKS, TERM, RecordAdmin, RecordInline, TermColumns
from registry.admin.sources import CitationInline
from registry.admin.what_if import WhatIfPage
from registry.domain.composition import Line
from registry.forms.days import read_day
from registry.forms.partial_dates import TermForm
from registry.forms.questions import BadQuestion
from registry.models import Convocation, Institution, RenewalClass, Succession
from registry.models.roles import keeps
from registry.snapshots import compositions_on, review_of


class SuccessorInline(RecordInline):
    model = Succession
    fk_name = "predecessor"
    fields = ("successor", "note")
    autocomplete_fields = ("successor",)
    verbose_name = _("successor")
    verbose_name_plural = _("followed by")


class PredecessorInline(RecordInline):
    model = Succession
    fk_name = "successor"
    fields = ("predecessor", "note")
    autocomplete_fields = ("predecessor",)
    verbose_name = _("predecessor")
    verbose_name_plural = _("took the place of")


@admin.register(Institution)
class InstitutionAdmin(GuidedPages, NewRunPage, ExportPages, WhatIfPage, TermColumns, RecordAdmin):
    form = TermForm
    change_form_template = "admin/registry/institution_form.html"
    list_display = ("__str__", "branch", "starts", "ends", "seats", "parent")
    list_select_related = ("parent",)
    list_filter = ("branch", "has_ended")
    search_fields = ("search_key", "slug")
    autocomplete_fields = ("parent", "territory")
    long_texts = ("description",)
    inlines = (ConvocationInline, PredecessorInline, SuccessorInline, CitationInline)
    fieldsets = (
        (None, {"fields": ("name", "slug", "branch", "parent", "territory", "order")}),
        (_("Days"), {"fields": TERM}),
        (_("Description"), {"fields": ("description", "other_names"), "classes": ("collapse",)}),
        REMARKS,
    )

    def get_urls(self) -> list[URLPattern]:
        return [
            *self.guided_urls(),
            *self.new_run_urls(),
            *self.export_urls(),
            *self.what_if_urls(),
            *super().get_urls(),
        ]

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        changelist = super().get_changelist_instance(request)
        composed = compositions_on(localdate(), changelist.result_list, last_holders=False)
        for row, (_institution, composition) in zip(changelist.result_list, composed, strict=True):
            row.composed = composition
        return changelist

    @admin.display(description=_("Seats filled today"))
    def seats(self, institution: Institution) -> str:
        composition = institution.composed
        if not composition.state.exists or composition.required is None:
            return "–"
        numbers = {"filled": composition.filled, "required": composition.required}
        return gettext("%(filled)s of %(required)s") % numbers

    def links_of(self, request: HttpRequest, row: Institution) -> Iterator[tuple[str, str]]:
        rules = reverse("admin:registry_seatrule_changelist")
        yield f"{rules}?group__institution__id__exact={row.pk}", gettext("Seat rules")
        yield from super().links_of(request, row)

    def day_shown(self, institution: Institution) -> date:
        """The day that its pages speak of unless another one is asked for."""
        return _latest_day(institution, today=localdate())

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        rows = [each.instance for each in formset.forms] if formset.model is Convocation else []
        with saying_what_moves(request, rows):
            super().save_formset(request, form, formset, change)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        institution = self.get_object(request, object_id)
        if institution is not None and self.has_view_permission(request, institution):
            extra_context = panel(institution, request) | (extra_context or {})
            may_keep = keeps(request.user, institution)
            extra_context["may_keep"] = may_keep
            extra_context["may_import"] = may_keep and request.user.has_perm(IMPORT)
            classes = RenewalClass.objects.filter(group__institution=institution)
            extra_context["renews_in_parts"] = may_keep and classes.exists()
        return super().change_view(request, object_id, form_url, extra_context)


def panel(institution: Institution, request: HttpRequest) -> dict[str, Any]:
    """The composition on the day asked for; without a question, today or the last day there was."""
    text = request.GET.get(DAY)
    context: dict[str, Any] = {"institution": institution, "day_text": text or ""}
    try:
        day = read_day(text) if text is not None else _latest_day(institution, today=localdate())
    except BadQuestion as error:
        return context | {"day_error": str(error)}
    review = review_of(institution, on=day)
    composition = review.composition
    return context | {
        "day": day,
        "day_text": day.isoformat(),
        "composition": composition,
        "unrecorded": not composition.covered and not composition.members,
        "seat_lines": [line for line in composition.lines if _worth_showing(line)],
        "quiet_lines": sum(not _worth_showing(line) for line in composition.lines),
        "inner_lines": composition.inner,
        "day_findings": listed(review.findings, institution, day, request.user),
    }


def _latest_day(institution: Institution, *, today: date) -> date:
    over = institution.end_latest
    return over - timedelta(days=1) if over and over <= today else today


def _worth_showing(line: Line) -> bool:
    """One line stands for a rule; of the lines of territories only those that do not fit."""
    return line.territory is None or line.filled != line.required


@admin.register(Succession)
class SuccessionAdmin(RecordAdmin):
    list_display = ("predecessor", "successor")
    list_select_related = ("predecessor", "successor")
    ordering = ("predecessor", "successor")
    label_relations = ("predecessor", "successor")
    search_fields = ("predecessor__search_key", "successor__search_key")
    autocomplete_fields = ("predecessor", "successor")
    inlines = (CitationInline,)
    fieldsets = ((None, {"fields": ("predecessor", "successor")}), REMARKS)
