"""Filters of the lists: a day typed in, what depends on that day, and what is lacking."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from registry.forms.days import read_day
from registry.forms.questions import BadQuestion, is_key
from registry.models import Affiliation, Appointment, Party, SeatGroup
from registry.models.fields import best_text

DAY = "on"


def day_asked(request: HttpRequest) -> date | None:
    """The day in the address of a list, if it names one."""
    try:
        return read_day(request.GET.get(DAY, ""))
    except BadQuestion:
        return None


class InOfficeOn(admin.SimpleListFilter):
    """Appointments that cover a day, certainly or possibly: `?on=2014-06-01`."""

    title = _("in office on")
    parameter_name = DAY
    template = "admin/registry/day_filter.html"

    def __init__(self, request: HttpRequest, *args: Any) -> None:
        super().__init__(request, *args)
        self.error = ""
        self.day: date | None = None
        if text := self.value():
            try:
                self.day = read_day(text)
            except BadQuestion as error:
                self.error = str(error)
                messages.error(request, self.error)

    def lookups(self, *args: Any) -> list[tuple[str, str]]:
        # Without a choice the filter would not be shown at all.
        return [("", "")]

    def choices(self, changelist: Any) -> Iterator[dict[str, Any]]:
        """One choice for the template: the text typed and the other parameters to keep."""
        kept = changelist.get_filters_params().items()
        others = [
            (name, each)
            for name, values in kept
            if name != self.parameter_name
            for each in (values if isinstance(values, list) else [values])
        ]
        if changelist.query:
            others.append(("q", changelist.query))
        yield {
            "text": self.value() or "",
            "error": self.error,
            "others": others,
            "without": changelist.get_query_string(remove=[self.parameter_name]),
        }

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.error:
            return queryset.none()
        return queryset.on(self.day) if self.day else queryset


class PartyOnDay(admin.SimpleListFilter):
    """The party on the day of the list; without a day, at any time."""

    title = _("party")
    parameter_name = "party"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        parties = Party.objects.filter(affiliations__isnull=False).distinct()
        return [(str(party.pk), str(party)) for party in parties] + [("none", gettext("No party"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() is None:
            return queryset
        rows = Affiliation.objects.filter(appointment=OuterRef("pk"))
        if day := day_asked(request):
            rows = rows.on(day)
        if self.value() == "none":
            return queryset.filter(~Exists(rows))
        known = {key for key, _name in self.lookup_choices}
        if self.value() not in known:
            return queryset.none()
        return queryset.filter(Exists(rows.filter(party=self.value())))


class StateOnDay(admin.SimpleListFilter):
    """What can be said of an appointment on the day of the list, else today."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, *args: Any) -> list[tuple[str, Any]]:
        return [
            ("in_office", _("In office")),
            ("ended", _("Ended")),
            ("future", _("Not begun yet")),
            ("uncertain", _("Uncertain")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        day = day_asked(request) or localdate()
        ended = Q(has_ended=True, end_latest__lte=day)
        future = Q(start_earliest__gt=day) & ~ended
        # Written so that no comparison meets an empty date: that would be neither true nor false.
        goes_on = Q(has_ended=False) | Q(end_earliest__isnull=False, end_earliest__gt=day)
        in_office = Q(start_latest__isnull=False, start_latest__lte=day) & goes_on
        match self.value():
            case "in_office":
                return queryset.filter(in_office)
            case "ended":
                return queryset.filter(ended)
            case "future":
                return queryset.filter(future)
            case "uncertain":
                return queryset.on(day).exclude(pk__in=queryset.filter(in_office).values("pk"))
        return queryset


class EndingWithin(admin.SimpleListFilter):
    """Those in office whose recorded end comes within so many days."""

    title = _("ending within")
    parameter_name = "ending"

    def lookups(self, *args: Any) -> list[tuple[str, Any]]:
        return [
            (str(days), ngettext("%(days)s day", "%(days)s days", days) % {"days": days})
            for days in (30, 90, 365)
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() not in {key for key, _name in self.lookup_choices}:
            return queryset
        today = localdate()
        ahead = Q(end_latest__gt=today, end_latest__lte=today + timedelta(days=int(self.value())))
        return queryset.on(today).filter(ahead)


class GroupOfInstitution(admin.SimpleListFilter):
    """The seat groups of the institution that the list is of; without one there is no choice."""

    title = _("seat group")
    parameter_name = "group"

    def lookups(self, request: HttpRequest, *args: Any) -> list[tuple[str, str]]:
        # Without its institution a group that was chosen before stands alone.
        asked = {"institution": "institution__id__exact", "pk": self.parameter_name}
        keys = {name: request.GET.get(key, "") for name, key in asked.items()}
        known = [(name, key) for name, key in keys.items() if is_key(key)]
        groups = SeatGroup.objects.filter(known[0]) if known else SeatGroup.objects.none()
        groups = groups.order_by("order", "slug")
        return [(str(group.pk), best_text(group.name, "en")[0] or group.slug) for group in groups]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() is None:
            return queryset
        known = {key for key, _name in self.lookup_choices}
        return queryset.filter(group=self.value()) if self.value() in known else queryset.none()


class Unsourced(admin.SimpleListFilter):
    """Facts for which no source is cited."""

    title = _("sources")
    parameter_name = "sources"

    def lookups(self, *args: Any) -> list[tuple[str, Any]]:
        return [("none", _("Without a source"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(citations__isnull=True) if self.value() == "none" else queryset


class InOfficeToday(admin.SimpleListFilter):
    """Persons who hold something today, certainly or possibly."""

    title = _("in office today")
    parameter_name = "office"

    def lookups(self, *args: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Yes")), ("no", _("No"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        holding = Exists(Appointment.objects.on(localdate()).filter(person=OuterRef("pk")))
        match self.value():
            case "yes":
                return queryset.filter(holding)
            case "no":
                return queryset.filter(~holding)
        return queryset


class InForceToday(admin.SimpleListFilter):
    """Rows with a first day and an end, by what holds today."""

    title = _("holds today")
    parameter_name = "today"

    def lookups(self, *args: Any) -> list[tuple[str, Any]]:
        return [("holds", _("Yes")), ("over", _("Expired")), ("coming", _("Not yet"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        today = localdate()
        match self.value():
            case "holds":
                return queryset.on(today)
            case "over":
                return queryset.filter(end__lte=today)
            case "coming":
                return queryset.filter(start__gt=today)
        return queryset
