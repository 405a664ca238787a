"""Contradictions between sources: the claims side by side, and the position of the registry."""

from __future__ import annotations

from django.contrib import admin
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from registry.admin.records import REMARKS, Fields, RecordAdmin
from registry.admin.sources import FACT_NAMES
from registry.models import Claim, Contradiction
from registry.models.sources import FACTS
from registry.templatetags.wording import text


class ClaimInline(Fields, admin.StackedInline):
    """Stacked: a claim has a text in each language, too wide for a row."""

    model = Claim
    extra = 0
    show_change_link = True
    fields = (("source", "place"), "text", ("adopted", "spurious", "order"), "note")
    autocomplete_fields = ("source",)
    long_texts = ("text",)


@admin.register(Contradiction)
class ContradictionAdmin(RecordAdmin):
    list_display = ("__str__", "kind", "fact", "is_open")
    list_select_related = FACT_NAMES
    list_filter = ("is_open", "kind", "confidence")
    search_fields = (
        "slug",
        "subject__en",
        "subject__kk",
        "subject__ru",
        "subject__de",
        "position__en",
        "position__kk",
        "position__ru",
        "position__de",
    )
    autocomplete_fields = FACTS
    long_texts = ("position",)
    inlines = (ClaimInline,)
    fieldsets = (
        (None, {"fields": ("subject", "slug", "kind")}),
        (
            _("Position"),
            {
                "fields": ("position", "is_open", "start", "end"),
                "description": _(
                    "An open contradiction is a finding on the days that it bears on; with "
                    "neither day, on all."
                ),
            },
        ),
        (_("The fact: exactly one of these"), {"fields": FACTS}),
        REMARKS,
    )

    @admin.display(description=_("Fact"))
    def fact(self, contradiction: Contradiction) -> str:
        return str(contradiction.fact)


@admin.register(Claim)
class ClaimAdmin(RecordAdmin):
    list_display = ("contradiction", "source", "place", "said", "adopted", "spurious")
    list_select_related = ("contradiction", "source")
    list_filter = ("adopted", "spurious")
    label_relations = ("contradiction", "source")
    search_fields = (
        "contradiction__slug",
        "source__title",
        "place",
        "text__en",
        "text__kk",
        "text__ru",
        "text__de",
    )
    autocomplete_fields = ("contradiction", "source")
    long_texts = ("text",)
    fieldsets = (
        (None, {"fields": ("contradiction", "order")}),
        (_("What the source says"), {"fields": ("source", "place", "text")}),
        (_("What the registry makes of it"), {"fields": ("adopted", "spurious")}),
        REMARKS,
    )

    @admin.display(description=_("Claim"))
    def said(self, claim: Claim) -> str:
        return Truncator(text(claim.text)).chars(120)
