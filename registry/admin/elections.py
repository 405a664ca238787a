"""Renewal classes, elections, and the steps of a designation."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registry.admin.records import REMARKS, RecordAdmin
from registry.admin.sources import CitationInline
from registry.models import DesignationStep, Election, RenewalClass


@admin.register(RenewalClass)
class RenewalClassAdmin(RecordAdmin):
    list_display = ("__str__", "seats", "order")
    list_select_related = ("group__institution",)
    list_filter = (("group__institution", admin.RelatedOnlyFieldListFilter),)
    search_fields = ("slug", "name__en", "group__slug", "group__institution__search_key")
    autocomplete_fields = ("group", "territories")
    fieldsets = (
        (None, {"fields": ("group", "name", "slug", "order")}),
        (_("Seats"), {"fields": ("seats", "territories")}),
        REMARKS,
    )


@admin.register(Election)
class ElectionAdmin(RecordAdmin):
    list_display = ("institution", "day", "group", "renewal_class", "called", "seats")
    list_select_related = (
        "institution",
        "group__institution",
        "renewal_class__group__institution",
    )
    list_filter = (("institution", admin.RelatedOnlyFieldListFilter),)
    search_fields = ("institution__search_key", "note")
    autocomplete_fields = (
        "institution",
        "group",
        "renewal_class",
        "convocation",
        "territories",
    )
    inlines = (CitationInline,)
    fieldsets = (
        (None, {"fields": ("institution", "day", "called")}),
        (
            _("What is filled"),
            {"fields": ("group", "renewal_class", "convocation", "territories", "seats")},
        ),
        REMARKS,
    )


@admin.register(DesignationStep)
class DesignationStepAdmin(RecordAdmin):
    list_display = ("appointment", "kind", "by", "day_earliest", "document")
    list_select_related = ("appointment__person", "appointment__institution", "by")
    list_filter = ("kind",)
    search_fields = ("appointment__person__search_key", "document")
    autocomplete_fields = ("appointment", "by")
    inlines = (CitationInline,)
    fieldsets = (
        (None, {"fields": ("appointment", "kind", "by", "document")}),
        (_("Day"), {"fields": ("day_earliest", "day_latest")}),
        REMARKS,
    )
