"""Voting rules, powers and duties, and what excludes what."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registry.admin.records import REMARKS, RecordAdmin
from registry.admin.sources import CitationInline
from registry.models import Incompatibility, Power, VotingRule

IN_FORCE = (_("Days in force"), {"fields": ("start", "end", "act", "article")})


@admin.register(VotingRule)
class VotingRuleAdmin(RecordAdmin):
    list_display = ("__str__", "institution", "procedure", "step", "start", "end", "article")
    list_select_related = ("institution",)
    list_filter = ("procedure", ("institution", admin.RelatedOnlyFieldListFilter))
    search_fields = ("slug", "subject__en", "subject__kk", "subject__ru", "subject__de")
    autocomplete_fields = ("institution", "act")
    inlines = (CitationInline,)
    fieldsets = (
        (None, {"fields": ("subject", "slug", "procedure", "step")}),
        (_("Who decides"), {"fields": ("institution", "each_part", "is_vote")}),
        (
            _("How many votes"),
            {"fields": ("comparison", "numerator", "denominator", "base")},
        ),
        (_("Conditions"), {"fields": ("within_days", "within_months", "condition")}),
        IN_FORCE,
        REMARKS,
    )


@admin.register(Power)
class PowerAdmin(RecordAdmin):
    list_display = ("__str__", "kind", "start", "end", "article", "announced")
    list_select_related = ("institution",)
    list_filter = ("kind", "announced", ("institution", admin.RelatedOnlyFieldListFilter))
    search_fields = ("slug", "text__en", "text__kk", "text__ru", "institution__search_key")
    autocomplete_fields = ("institution", "act")
    inlines = (CitationInline,)
    fieldsets = (
        (None, {"fields": ("institution", "slug", "kind", "text", "announced", "order")}),
        IN_FORCE,
        REMARKS,
    )


@admin.register(Incompatibility)
class IncompatibilityAdmin(RecordAdmin):
    list_display = ("institution", "other", "start", "end", "article")
    list_select_related = ("institution", "other")
    search_fields = ("institution__search_key", "other__search_key", "article")
    autocomplete_fields = ("institution", "other", "act")
    inlines = (CitationInline,)
    fieldsets = ((None, {"fields": ("institution", "other")}), IN_FORCE, REMARKS)
