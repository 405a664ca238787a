"""Persons and parties. A search for a person tells namesakes apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import F, Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry.admin.filters import InOfficeToday, Unsourced
from registry.admin.merges.pages import MergePages
from registry.admin.records import REMARKS, RecordAdmin, RecordInline
from registry.admin.sources import CitationInline
from registry.forms.people import PersonForm
from registry.models import (
    Appointment,
    Party,
    PartyIdentifier,
    Person,
    PersonIdentifier,
)
from registry.models.people import MERGED
from registry.templatetags.days import partial

MANDATES_NAMED = 2
MANDATES_SHOWN = 10

LATEST_FIRST = (F("start_earliest").desc(nulls_last=True), "-id")


def mandate_in_short(appointment: Appointment) -> str:
    """An appointment in a few words, such as Mazhilis 2012–2016."""
    start, end = appointment.start_earliest, appointment.end_latest
    years = f"{start.year if start else '…'}–"
    if appointment.has_ended:
        years += str(end.year) if end else "…"
    return f"{appointment.institution} {years}"


class PersonIdentifierInline(RecordInline):
    model = PersonIdentifier
    fields = ("scheme", "value")
    verbose_name_plural = _("identifiers")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        # What a merge wrote goes when the merge is taken back, and not by hand.
        return super().get_queryset(request).exclude(scheme=MERGED)


@admin.register(Person)
class PersonAdmin(MergePages, RecordAdmin):
    form = PersonForm
    change_form_template = "admin/registry/person_form.html"
    change_list_template = "admin/registry/person_list.html"
    list_display = ("listed_name", "native_name", "born", "offices", "records", "id", "sample")
    list_filter = (InOfficeToday, Unsourced, "sample")
    search_fields = ("search_key", "identifiers__value")
    readonly_fields = ("uid", "mandates")
    inlines = (PersonIdentifierInline, CitationInline)
    fieldsets = (
        (_("Name"), {"fields": ("name", "sort_name", "other_names")}),
        (_("Person"), {"fields": ("birth", "gender", "sample", "uid")}),
        (_("Appointments"), {"fields": ("mandates",)}),
        REMARKS,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related(self._latest())

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, ...]:
        """Whom other records were merged into stays: their addresses lead here."""
        deleted, counts, missing, protected = super().get_deleted_objects(objs, request)
        merged = list(PersonIdentifier.objects.filter(person__in=objs, scheme=MERGED))
        if merged and request.user.has_perm("registry.delete_personidentifier"):
            missing -= {PersonIdentifier._meta.verbose_name}
        return deleted, counts, missing, [*protected, *map(str, merged)]

    def links_of(self, request: HttpRequest, row: Person) -> Iterator[tuple[str, str]]:
        if self.may_merge(request):
            page = reverse("admin:registry_person_duplicates")
            yield f"{page}?person={row.pk}", gettext("Possible duplicates")
        yield from super().links_of(request, row)

    def prepare_labels(self, found: QuerySet) -> QuerySet:
        return found

    @staticmethod
    def _latest() -> Prefetch:
        rows = Appointment.objects.select_related("institution").order_by(*LATEST_FIRST)
        return Prefetch("appointments", queryset=rows, to_attr="latest_first")

    def label(self, person: Person) -> str:
        """Abenov, Dinara · 1970 · Mazhilis 2012–2016 · #123 · sample."""
        parts = [person.listed_name, self.born(person), self.offices(person), f"#{person.pk}"]
        if person.sample:
            parts.append(gettext("sample"))
        return " · ".join(part for part in parts if part)

    @admin.display(description=_("Name"), ordering="sort_key")
    def listed_name(self, person: Person) -> str:
        return person.listed_name

    @admin.display(description=_("In the language of the state"))
    def native_name(self, person: Person) -> str:
        return person.name.get(settings.NATIVE_LANGUAGE, "")

    @admin.display(description=_("Appointments"))
    def records(self, person: Person) -> int:
        return len(person.latest_first)

    @admin.display(description=_("Born"), ordering="birth_earliest")
    def born(self, person: Person) -> str:
        first, last = person.birth_earliest, person.birth_latest
        if first and last and first.year == last.year:
            return str(first.year)
        return partial(person.birth) if person.birth else ""

    @admin.display(description=_("Offices, the latest first"))
    def offices(self, person: Person) -> str:
        return ", ".join(mandate_in_short(row) for row in person.latest_first[:MANDATES_NAMED])

    def get_object(self, request: HttpRequest, *args: Any) -> Person | None:
        # A field that is only shown knows its record alone, not who asks.
        person = super().get_object(request, *args)
        if person is not None:
            person.may_be_seated = request.user.has_perm("registry.add_appointment")
        return person

    @admin.display(description=_("The latest"))
    def mandates(self, person: Person) -> str | SafeString:
        if person.pk is None:
            return gettext("Save the person first.")
        rows = format_html_join(
            "",
            '<tr><th scope="row"><a href="{}">{}</a></th><td>{}</td><td>{}</td></tr>',
            (
                (
                    reverse("admin:registry_appointment_change", args=[row.pk]),
                    row.institution,
                    partial(row.start),
                    partial(row.end) if row.end else "—",
                )
                for row in person.latest_first[:MANDATES_SHOWN]
            ),
        )
        every = f"{reverse('admin:registry_appointment_changelist')}?person__id__exact={person.pk}"
        pages = [(every, gettext("Show all"))]
        if person.may_be_seated:
            add = f"{reverse('admin:registry_appointment_add')}?person={person.pk}"
            pages.insert(0, (add, gettext("Add an appointment for this person")))
        links = format_html_join(" · ", '<a href="{}">{}</a>', pages)
        if not rows:
            return format_html("{} {}", gettext("No appointments."), links)
        head = format_html_join(
            "",
            '<th scope="col">{}</th>',
            ((each,) for each in (_("Institution"), _("Start"), _("End"))),
        )
        return format_html(
            '<table class="registry-mandates"><thead><tr>{}</tr></thead>'
            "<tbody>{}</tbody></table>{}",
            head,
            rows,
            links,
        )


class PartyIdentifierInline(RecordInline):
    model = PartyIdentifier
    fields = ("scheme", "value")
    verbose_name_plural = _("identifiers")


@admin.register(Party)
class PartyAdmin(RecordAdmin):
    list_display = ("__str__", "abbreviation", "slug", "colour", "sample")
    list_filter = ("sample",)
    search_fields = ("search_key", "slug", "identifiers__value")
    inlines = (PartyIdentifierInline, CitationInline)
    fieldsets = (
        (None, {"fields": ("name", "slug", "abbreviation", "other_names", "colour", "sample")}),
        REMARKS,
    )


@admin.register(PersonIdentifier)
class PersonIdentifierAdmin(RecordAdmin):
    list_display = ("person", "scheme", "value")
    list_select_related = ("person",)
    list_filter = ("scheme",)
    search_fields = ("value", "scheme", "person__search_key")
    autocomplete_fields = ("person",)
    fieldsets = ((None, {"fields": ("person", "scheme", "value")}), REMARKS)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What a merge wrote leads from old addresses to the person, as long as it stands."""
        return super().has_change_permission(request, obj) and not _by_a_merge(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not _by_a_merge(obj)


def _by_a_merge(identifier: PersonIdentifier | None) -> bool:
    return identifier is not None and identifier.scheme == MERGED


@admin.register(PartyIdentifier)
class PartyIdentifierAdmin(RecordAdmin):
    list_display = ("party", "scheme", "value")
    list_select_related = ("party",)
    list_filter = ("scheme",)
    search_fields = ("value", "scheme", "party__search_key")
    autocomplete_fields = ("party",)
    fieldsets = ((None, {"fields": ("party", "scheme", "value")}), REMARKS)
