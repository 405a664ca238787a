"""Voting rules, powers and duties, and what excludes what."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry.admin.records import REMARKS, RecordAdmin
from registry.admin.sources import CitationInline
from registry.forms.law import IncompatibilityForm, VotingRuleForm
from registry.models import Incompatibility, Power, VotingRule

IN_FORCE = (_("Days in force"), {"fields": ("start", "end", "act", "article")})


@admin.register(VotingRule)
class VotingRuleAdmin(RecordAdmin):
    form = VotingRuleForm
    list_display = (
        "__str__",
        "institution",
        "procedure",
        "step",
        "threshold",
        "start",
        "end",
        "article",
    )
    list_select_related = ("institution",)
    list_filter = ("procedure", ("institution", admin.RelatedOnlyFieldListFilter))
    search_fields = (
        "slug",
        "subject__en",
        "subject__kk",
        "subject__ru",
        "subject__de",
        "institution__search_key",
        "article",
    )
    autocomplete_fields = ("institution", "act")
    inlines = (CitationInline,)
    fieldsets = (
        (None, {"fields": ("subject", "slug", "procedure", "step")}),
        (_("Who decides"), {"fields": ("institution", "each_part", "is_vote")}),
        (
            _("How many votes"),
            {
                "fields": ("comparison", "numerator", "denominator", "base"),
                "description": _(
                    "Such as “at least 2 / 3 of all seats”. Leave all of it empty if no source "
                    "gives the number."
                ),
            },
        ),
        (_("Conditions"), {"fields": ("within_days", "within_months", "condition")}),
        IN_FORCE,
        REMARKS,
    )

    @admin.display(description=_("Votes"))
    def threshold(self, rule: VotingRule) -> str:
        """At least 2/3 of all seats; a quorum has such a number too, and is no vote."""
        if rule.numerator is None:
            return gettext("Not recorded") if rule.is_vote else gettext("Not decided by vote")
        return gettext("%(comparison)s %(numerator)s/%(denominator)s of %(base)s") % {
            "comparison": rule.get_comparison_display(),
            "numerator": rule.numerator,
            "denominator": rule.denominator,
            "base": rule.get_base_display(),
        }


@admin.register(Power)
class PowerAdmin(RecordAdmin):
    list_display = ("__str__", "kind", "start", "end", "article", "announced")
    list_select_related = ("institution",)
    list_filter = ("kind", "announced", ("institution", admin.RelatedOnlyFieldListFilter))
    label_relations = ("institution",)
    search_fields = (
        "slug",
        "text__en",
        "text__kk",
        "text__ru",
        "text__de",
        "institution__search_key",
        "article",
    )
    autocomplete_fields = ("institution", "act")
    long_texts = ("text",)
    inlines = (CitationInline,)
    fieldsets = (
        (None, {"fields": ("institution", "slug", "kind", "text", "announced", "order")}),
        IN_FORCE,
        REMARKS,
    )


@admin.register(Incompatibility)
class IncompatibilityAdmin(RecordAdmin):
    form = IncompatibilityForm
    list_display = ("institution", "other", "start", "end", "article")
    list_display_links = ("institution", "other")
    list_select_related = ("institution", "other")
    list_filter = (("institution", admin.RelatedOnlyFieldListFilter),)
    label_relations = ("institution", "other")
    search_fields = ("institution__search_key", "other__search_key", "article")
    autocomplete_fields = ("institution", "other", "act")
    inlines = (CitationInline,)
    fieldsets = (
        (
            None,
            {
                "fields": ("institution", "other"),
                "description": _(
                    "Nobody may hold a mandate in both on one day. It holds in both directions: "
                    "record it once."
                ),
            },
        ),
        IN_FORCE,
        REMARKS,
    )
