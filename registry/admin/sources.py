"""Sources, acts, and what is cited from them."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registry.admin.records import REMARKS, RecordAdmin, RecordInline
from registry.models import Act, Citation, Source
from registry.models.sources import FACTS

# What the names of cited facts are made of, in one query.
FACT_NAMES = (
    "act",
    "institution",
    "succession__predecessor",
    "succession__successor",
    "convocation__institution",
    "territory",
    "territory_status__territory",
    "territory_status__kind",
    "seat_group__institution",
    "seat_rule__group__institution",
    "party",
    "person",
    "appointment__person",
    "appointment__institution",
    "coverage__institution",
    "designation_step__appointment__person",
    "designation_step__appointment__institution",
    "election__institution",
    "voting_rule",
    "power__institution",
    "incompatibility__institution",
    "incompatibility__other",
)


class CitationInline(RecordInline):
    """The sources of the record it stands in."""

    model = Citation
    fields = ("source", "place", "note")
    autocomplete_fields = ("source",)
    verbose_name_plural = _("sources")


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    list_display = ("title", "kind", "url", "confidence")
    list_filter = ("kind", "confidence")
    search_fields = ("title", "slug", "url")
    prepopulated_fields = {"slug": ("title",)}
    fieldsets = ((None, {"fields": ("title", "slug", "kind", "url")}), REMARKS)


@admin.register(Act)
class ActAdmin(RecordAdmin):
    list_display = ("__str__", "date", "in_force", "slug")
    search_fields = ("slug", "title__en", "title__kk", "title__ru", "title__de")
    inlines = (CitationInline,)
    fieldsets = (
        (None, {"fields": ("title", "slug")}),
        (_("Dates"), {"fields": ("date", "in_force", "effect")}),
        REMARKS,
    )


@admin.register(Citation)
class CitationAdmin(RecordAdmin):
    list_display = ("source", "place", "fact")
    list_select_related = ("source", *FACT_NAMES)
    search_fields = ("source__title", "source__slug", "place")
    autocomplete_fields = ("source", *FACTS)
    fieldsets = (
        (None, {"fields": ("source", "place")}),
        (_("The fact: exactly one of these"), {"fields": FACTS}),
        REMARKS,
    )

    @admin.display(description=_("Fact"))
    def fact(self, citation: Citation) -> str:
        return str(citation.fact)
