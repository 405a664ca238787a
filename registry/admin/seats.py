"""Seat groups, seat rules and stated totals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from registry.admin.elections import ClassInline
from registry.admin.filters import InForceToday
from registry.admin.records import REMARKS, RecordAdmin, RecordInline
from registry.admin.sources import CitationInline
from registry.forms.seats import SeatRuleForm, StatedTotalForm
from registry.models import SeatGroup, SeatRule, StatedTotal


class RuleInline(RecordInline):
    """The rules of a group, to read and to open; they have too many fields for a row."""

    model = SeatRule
    fields = ("start", "end", "seats", "seats_per_territory", "article")
    can_delete = False

    def has_add_permission(self, *args: Any) -> bool:
        return False

    def has_change_permission(self, *args: Any) -> bool:
        # Rows that nobody edits here are not judged here either.
        return False


@admin.register(SeatGroup)
class SeatGroupAdmin(RecordAdmin):
    change_form_template = "admin/registry/seatgroup_form.html"
    list_display = ("named", "institution", "inner", "order")
    list_select_related = ("institution",)
    list_filter = ("inner", ("institution", admin.RelatedOnlyFieldListFilter))
    label_relations = ("institution",)
    search_fields = ("slug", "name__en", "name__kk", "name__ru", "institution__search_key")
    autocomplete_fields = ("institution",)
    inlines = (RuleInline, ClassInline, CitationInline)
    fieldsets = (
        (None, {"fields": ("institution", "name", "slug", "inner", "order")}),
        REMARKS,
    )

    @admin.display(description=pgettext_lazy("of a thing", "Name"), ordering="slug")
    def named(self, group: SeatGroup) -> str:
        return group.name.get("en") or group.slug


@admin.register(SeatRule)
class SeatRuleAdmin(RecordAdmin):
    form = SeatRuleForm
    list_display = ("group", "start", "end", "seats", "seats_per_territory", "article")
    list_select_related = ("group__institution",)
    list_filter = (
        InForceToday,
        ("end", admin.EmptyFieldListFilter),
        "designation",
        ("group__institution", admin.RelatedOnlyFieldListFilter),
    )
    label_relations = ("group__institution",)

    search_fields = (
        "group__slug",
        "group__name__en",
        "group__institution__search_key",
        "article",
        "act__slug",
    )
    autocomplete_fields = (
        "group",
        "territory_kinds",
        "chosen_by",
        "proposed_by",
        "consented_by",
        "resigns_before",
        "act",
    )
    inlines = (CitationInline,)
    fieldsets = (
        (None, {"fields": ("group", "act", "article")}),
        (_("Days in force"), {"fields": ("start", "end", "first_applied")}),
        (
            _("How many seats"),
            {"fields": ("seats", "seats_per_territory", "territory_kinds", "unlimited")},
        ),
        (
            _("How they are filled"),
            {
                "fields": (
                    "designation",
                    "method",
                    "chosen_by",
                    "proposed_by",
                    "consented_by",
                    "by_act",
                )
            },
        ),
        (_("Who may hold one"), {"fields": ("minimum_age", "eligibility")}),
        (
            _("For how long"),
            {
                "fields": (
                    "term_years",
                    "resigns_before",
                    "renewal_years",
                    "renewal",
                    "election_months",
                    "vacancy_months",
                )
            },
        ),
        REMARKS,
    )

    def links_of(self, request: HttpRequest, row: SeatRule) -> Iterator[tuple[str, str]]:
        if self.has_add_permission(request) and self.has_change_permission(request, row):
            era = reverse("admin:registry_guided", args=["era"])
            yield f"{era}?institution={row.group.institution_id}", gettext("Start a new rule era")
        yield from super().links_of(request, row)


@admin.register(StatedTotal)
class StatedTotalAdmin(RecordAdmin):
    form = StatedTotalForm
    list_display = ("institution", "total", "start", "end", "convocation", "source", "place")
    list_select_related = ("institution", "convocation__institution", "source")
    list_filter = (("institution", admin.RelatedOnlyFieldListFilter),)
    search_fields = ("institution__search_key", "source__title", "place")
    autocomplete_fields = ("institution", "convocation", "source")
    fieldsets = (
        (None, {"fields": ("institution", "total")}),
        (_("When"), {"fields": ("start", "end", "convocation")}),
        (_("Source"), {"fields": ("source", "place")}),
        REMARKS,
    )
