"""Appointments, affiliations, and for which days a roster is complete."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import F, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from registry.admin.elections import StepInline
from registry.admin.filters import (
    EndingWithin,
    GroupOfInstitution,
    InOfficeOn,
    PartyOnDay,
    StateOnDay,
    Unsourced,
    day_asked,
)
from registry.admin.mandates import what_is_left, what_was_added, what_was_changed
from registry.admin.meanwhile import MOMENT, moment_of, saved_since
from registry.admin.people import mandate_in_short
from registry.admin.records import (
    REMARKS,
    TERM,
    GroupColumn,
    RecordAdmin,
    RecordInline,
    TermColumns,
)
from registry.admin.sources import CitationInline
from registry.admin.withdrawing import WithdrawnAdmin
from registry.domain.dates import Presence
from registry.forms.affiliations import AffiliationForm, AffiliationFormSet, LoneAffiliationForm
from registry.forms.appointments import AppointmentForm
from registry.forms.parts import refuse_parts_of_others
from registry.models import Affiliation, Appointment, Coverage


class AffiliationInline(TermColumns, RecordInline):
    model = Affiliation
    form = AffiliationForm
    formset = AffiliationFormSet
    fields = ("party", *TERM)
    autocomplete_fields = ("party",)
    verbose_name = _("party")
    verbose_name_plural = _("parties the person sits for")


@admin.register(Appointment)
class AppointmentAdmin(TermColumns, GroupColumn, WithdrawnAdmin, RecordAdmin):
    form = AppointmentForm
    change_form_template = "admin/registry/appointment_form.html"
    list_display = (
        "person",
        "institution",
        "starts",
        "ends",
        "state",
        "party",
        "group_name",
        "territory",
        "acting",
    )
    list_select_related = ("person", "institution", "group", "territory")
    list_filter = (
        InOfficeOn,
        StateOnDay,
        EndingWithin,
        ("institution", admin.RelatedOnlyFieldListFilter),
        GroupOfInstitution,
        PartyOnDay,
        ("territory", admin.RelatedOnlyFieldListFilter),
        "acting",
        Unsourced,
        "person__sample",
    )
    search_fields = ("person__search_key", "institution__search_key")
    autocomplete_fields = (
        "institution",
        "person",
        "group",
        "convocation",
        "territory",
        "renewal_class",
        "serves_rest_of",
    )
    label_relations = ("person", "institution")
    inlines = (AffiliationInline, StepInline, CitationInline)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "person",
                    "institution",
                    "group",
                    "convocation",
                    "territory",
                    "renewal_class",
                )
            },
        ),
        (_("Days in office"), {"fields": (*TERM, "start_inherited", "end_inherited")}),
        (_("How"), {"fields": ("designation", "acting", "serves_rest_of", "end_reason")}),
        REMARKS,
    )

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        """Without the institution where the list is of one: the dates need its room."""
        columns = super().get_list_display(request)
        of_one = "institution__id__exact" in request.GET
        return tuple(column for column in columns if not (of_one and column == "institution"))

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = Affiliation.objects.select_related("party").order_by(
            F("start_earliest").desc(nulls_last=True), "-id"
        )
        return (
            super()
            .get_queryset(request)
            .prefetch_related(Prefetch("affiliations", queryset=rows, to_attr="latest_first"))
        )

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        # The day that the columns speak of; the list is drawn from the instance it belongs to.
        changelist = super().get_changelist_instance(request)
        day = day_asked(request) or localdate()
        for row in changelist.result_list:
            row.day_asked = day
        return changelist

    def links_of(self, request: HttpRequest, row: Appointment) -> Iterator[tuple[str, str]]:
        if not row.has_ended and self.has_change_permission(request, row):
            yield _guided("end", row), pgettext("action", "End")
            if self.has_add_permission(request):
                yield _guided("replace", row), gettext("Replace")
        yield from super().links_of(request, row)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        # Another person is another appointment; swapping one would rewrite both histories.
        return ("person",) if obj is not None and obj.pk else ()

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> type[forms.ModelForm]:
        form = super().get_form(request, *args, **kwargs)
        return type(form.__name__, (form,), {"on": localdate()})

    def save_model(self, request: HttpRequest, obj: Appointment, form: Any, change: bool) -> None:
        if form.objections:
            obj._change_reason = form.cleaned_data["reason"]
        obj.recorded_before = Appointment.objects.filter(pk=obj.pk).first()
        super().save_model(request, obj, form, change)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kw: Any) -> Any:
        """Who is asked about a rule hears who saved meanwhile, and may have been first."""
        moment = moment_of(request.POST.get(MOMENT, "")) or now()
        context["moment"] = moment.isoformat()
        form = context["adminform"].form
        if form.is_bound and form.objections:
            context["since"] = saved_since(form.instance.institution, moment)
        return super().render_change_form(request, context, *args, **kw)

    def response_add(self, request: HttpRequest, obj: Appointment, *args: Any) -> HttpResponse:
        response = super().response_add(request, obj, *args)
        messages.info(request, what_was_added(obj, today=localdate()))
        self._say_what_is_left(request, obj)
        return response

    def response_change(self, request: HttpRequest, obj: Appointment) -> HttpResponse:
        response = super().response_change(request, obj)
        before = obj.recorded_before
        if before is None:
            messages.info(request, what_was_added(obj, today=localdate()))
        elif said := what_was_changed(obj, before.term, today=localdate()):
            messages.info(request, said)
        self._say_what_is_left(request, obj)
        return response

    @staticmethod
    def _say_what_is_left(request: HttpRequest, appointment: Appointment) -> None:
        for sentence in what_is_left(appointment, today=localdate()):
            messages.warning(request, sentence)

    def prepare_labels(self, found: QuerySet) -> QuerySet:
        """Those who are still in office first: most of what is done is done to them."""
        return super().prepare_labels(found).order_by("has_ended", *Appointment._meta.ordering)

    def label(self, row: Appointment) -> str:
        return f"{row.person} · {mandate_in_short(row)} · #{row.pk}"

    @admin.display(description=_("Party"))
    def party(self, row: Appointment) -> str:
        """The party on the day of the list, else the latest."""
        affiliations = row.latest_first
        term = (each for each in affiliations if each.term.covers(row.day_asked) != Presence.NO)
        found = next(term, None) or next(iter(affiliations), None)
        return str(found.party) if found else ""

    @admin.display(description=_("State"))
    def state(self, row: Appointment) -> str:
        return state_partial(row, row.day_asked)


def _guided(slug: str, appointment: Appointment) -> str:
    return f"{reverse('admin:registry_guided', args=[slug])}?appointment={appointment.pk}"


def state_partial(appointment: Appointment, day: date) -> str:
    """In office, ended, not begun yet or uncertain, on a day."""
    match appointment.term.covers(day):
        case Presence.YES:
            return gettext("In office")
        case Presence.POSSIBLY:
            return gettext("Uncertain")
    if appointment.end and appointment.end.reached_by(day) is Presence.YES:
        return gettext("Ended")
    return gettext("Not begun yet")


@admin.register(Affiliation)
class AffiliationAdmin(TermColumns, RecordAdmin):
    form = LoneAffiliationForm
    list_display = ("person", "institution", "party", "starts", "ends")
    list_select_related = ("appointment__person", "appointment__institution", "party")
    list_filter = (("party", admin.RelatedOnlyFieldListFilter),)
    label_relations = ("appointment__person", "party")
    search_fields = ("appointment__person__search_key", "party__search_key")
    autocomplete_fields = ("appointment", "party")
    fieldsets = ((None, {"fields": ("appointment", "party", *TERM)}), REMARKS)

    @admin.display(description=_("Person"), ordering="appointment__person__sort_key")
    def person(self, row: Affiliation) -> str:
        return str(row.appointment.person)

    @admin.display(description=_("Institution"))
    def institution(self, row: Affiliation) -> str:
        return str(row.appointment.institution)


class CoverageForm(forms.ModelForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        refuse_parts_of_others(self, "group")
        return cleaned


@admin.register(Coverage)
class CoverageAdmin(RecordAdmin):
    form = CoverageForm
    list_display = ("institution", "group", "start", "end", "sample")
    list_select_related = ("institution", "group__institution")
    list_filter = ("sample", ("institution", admin.RelatedOnlyFieldListFilter))
    label_relations = ("institution",)
    search_fields = ("institution__search_key", "group__slug")
    autocomplete_fields = ("institution", "group")
    inlines = (CitationInline,)
    fieldsets = (
        (
            None,
            {
                "fields": ("institution", "group", "start", "end", "sample"),
                "description": _(
                    "Declares that everybody who sat on these days is recorded: an empty seat is "
                    "then a vacancy, and not a gap in the register."
                ),
            },
        ),
        REMARKS,
    )
