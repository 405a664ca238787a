"""Renewal classes, elections, and the steps of a designation."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registry.admin.records import REMARKS, GroupColumn, RecordAdmin, RecordInline
from registry.admin.sources import CitationInline
from registry.domain.dates import UNKNOWN
from registry.forms.elections import ElectionForm, RenewalClassForm, StepForm, StepsFormSet
from registry.models import DesignationStep, Election, RenewalClass
from registry.models.fields import best_text
from registry.templatetags.days import partial


class ClassInline(RecordInline):
    """The renewal classes of a seat group."""

    model = RenewalClass
    form = RenewalClassForm
    fields = ("name", "slug", "seats", "territories", "order")
    autocomplete_fields = ("territories",)


@admin.register(RenewalClass)
class RenewalClassAdmin(RecordAdmin):
    form = RenewalClassForm
    list_display = ("__str__", "seats", "order")
    list_select_related = ("group__institution",)
    list_filter = (("group__institution", admin.RelatedOnlyFieldListFilter),)
    label_relations = ("group__institution",)
    search_fields = (
        "slug",
        "name__en",
        "name__kk",
        "name__ru",
        "name__de",
        "group__slug",
        "group__institution__search_key",
    )
    autocomplete_fields = ("group", "territories")
    fieldsets = (
        (None, {"fields": ("group", "name", "slug", "order")}),
        (
            _("Seats"),
            {
                "fields": ("seats", "territories"),
                "description": _(
                    "A number of seats, or the territories with one seat of the class each. "
                    "With neither, every territory that the rule of the day counts has one."
                ),
            },
        ),
        REMARKS,
    )


@admin.register(Election)
class ElectionAdmin(GroupColumn, RecordAdmin):
    form = ElectionForm
    list_display = ("institution", "day", "group_name", "class_name", "called", "seats")
    list_display_links = ("institution", "day")
    list_select_related = ("institution", "group", "renewal_class")
    list_filter = (("institution", admin.RelatedOnlyFieldListFilter),)
    date_hierarchy = "day"
    label_relations = ("institution",)
    search_fields = ("institution__search_key", "day", "note")
    autocomplete_fields = ("institution", "group", "renewal_class", "convocation", "territories")
    inlines = (CitationInline,)
    fieldsets = (
        (
            None,
            {
                "fields": ("institution", "called", "day", "took_office"),
                "description": _(
                    "An election that was called or held. Later ones need no record: they are "
                    "forecast from the rules."
                ),
            },
        ),
        (
            _("What is filled"),
            {"fields": ("group", "renewal_class", "convocation", "territories", "seats")},
        ),
        REMARKS,
    )

    @admin.display(description=_("Renewal class"), ordering="renewal_class__order")
    def class_name(self, election: Election) -> str:
        return best_text(election.renewal_class.name, "en")[0] if election.renewal_class else ""


class StepInline(RecordInline):
    """The steps by which somebody came into a seat."""

    model = DesignationStep
    form = StepForm
    formset = StepsFormSet
    fields = ("kind", "by", "day", "document")
    autocomplete_fields = ("by",)
    verbose_name = _("step")
    verbose_name_plural = _("steps of the designation")


@admin.register(DesignationStep)
class DesignationStepAdmin(RecordAdmin):
    form = StepForm
    list_display = ("appointment", "kind", "by", "taken_on", "document")
    list_select_related = ("appointment__person", "appointment__institution", "by")
    list_filter = ("kind",)
    label_relations = ("appointment__person", "appointment__institution")
    search_fields = (
        "appointment__person__search_key",
        "appointment__institution__search_key",
        "document",
    )
    autocomplete_fields = ("appointment", "by")
    inlines = (CitationInline,)
    fieldsets = ((None, {"fields": ("appointment", "kind", "by", "day", "document")}), REMARKS)

    @admin.display(description=_("Day"), ordering="day_earliest")
    def taken_on(self, step: DesignationStep) -> str:
        return "" if step.day == UNKNOWN else partial(step.day)
