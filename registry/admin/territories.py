"""Territories, their kinds, and what each was called and counted as over time."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registry.admin.records import REMARKS, RecordAdmin, RecordInline
from registry.admin.sources import CitationInline
from registry.models import Territory, TerritoryIdentifier, TerritoryKind, TerritoryStatus


class StatusInline(RecordInline):
    model = TerritoryStatus
    fields = ("name", "kind", "start", "end", "event")
    autocomplete_fields = ("kind",)
    verbose_name_plural = _("what it was called and counted as")


class IdentifierInline(RecordInline):
    model = TerritoryIdentifier
    fields = ("scheme", "value")
    verbose_name_plural = _("identifiers")


@admin.register(Territory)
class TerritoryAdmin(RecordAdmin):
    list_display = ("__str__", "slug", "part_of", "continued_by")
    list_select_related = ("part_of", "continued_by")
    list_filter = ("statuses__kind",)
    search_fields = ("search_key", "slug", "identifiers__value")
    autocomplete_fields = ("continued_by", "part_of")
    inlines = (StatusInline, IdentifierInline, CitationInline)
    fieldsets = (
        (None, {"fields": ("name", "slug")}),
        (_("Other territories"), {"fields": ("part_of", "continued_by")}),
        REMARKS,
    )


@admin.register(TerritoryKind)
class TerritoryKindAdmin(RecordAdmin):
    list_display = ("__str__", "slug", "order")
    search_fields = ("slug", "name__en", "name__kk", "name__ru", "name__de")
    fieldsets = ((None, {"fields": ("name", "slug", "order")}), REMARKS)


@admin.register(TerritoryStatus)
class TerritoryStatusAdmin(RecordAdmin):
    list_display = ("territory", "kind", "start", "end", "event")
    list_select_related = ("territory", "kind")
    list_filter = ("kind",)
    label_relations = ("territory", "kind")
    search_fields = ("territory__search_key", "territory__slug", "event")
    autocomplete_fields = ("territory", "kind")
    inlines = (CitationInline,)
    fieldsets = (
        (None, {"fields": ("territory", "name", "kind")}),
        (_("Days"), {"fields": ("start", "end", "event")}),
        REMARKS,
    )


@admin.register(TerritoryIdentifier)
class TerritoryIdentifierAdmin(RecordAdmin):
    list_display = ("territory", "scheme", "value")
    list_select_related = ("territory",)
    list_filter = ("scheme",)
    search_fields = ("value", "scheme", "territory__search_key")
    autocomplete_fields = ("territory",)
    fieldsets = ((None, {"fields": ("territory", "scheme", "value")}), REMARKS)
