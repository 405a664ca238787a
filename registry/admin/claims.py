"""Contradictions between sources, and explanations of findings."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registry.admin.records import REMARKS, RecordAdmin, RecordInline
from registry.models import Claim, Contradiction, Explanation
from registry.models.sources import FACTS


class ClaimInline(RecordInline):
    model = Claim
    fields = ("order", "source", "place", "text", "adopted", "spurious")
    autocomplete_fields = ("source",)


@admin.register(Contradiction)
class ContradictionAdmin(RecordAdmin):
    list_display = ("__str__", "kind", "is_open", "confidence")
    list_filter = ("kind", "is_open", "confidence")
    search_fields = ("slug", "subject__en", "subject__kk", "subject__ru", "position__en")
    autocomplete_fields = FACTS
    inlines = (ClaimInline,)
    fieldsets = (
        (None, {"fields": ("subject", "slug", "kind")}),
        (_("Position"), {"fields": ("position", "is_open", "start", "end")}),
        (_("The fact: exactly one of these"), {"fields": FACTS}),
        REMARKS,
    )


@admin.register(Explanation)
class ExplanationAdmin(RecordAdmin):
    list_display = ("institution", "code", "group", "territory", "person", "start", "end")
    list_select_related = ("institution", "group__institution", "territory", "person")
    list_filter = ("code", ("institution", admin.RelatedOnlyFieldListFilter))
    search_fields = ("institution__search_key", "code", "reason")
    autocomplete_fields = ("institution", "group", "territory", "person", "source")
    fieldsets = (
        (_("The finding"), {"fields": ("institution", "code", "group", "territory", "person")}),
        (_("The explanation"), {"fields": ("reason", "source", "place", "start", "end")}),
        REMARKS,
    )
