"""Convocations, and how their dates move those of their members."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import admin, messages
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import ngettext

from registry.admin.records import REMARKS, TERM, RecordAdmin, RecordInline, TermColumns
from registry.admin.sources import CitationInline
from registry.forms.convocations import ConvocationForm, ConvocationFormSet
from registry.models import Appointment, Convocation
from registry.models.dated import TERM_DAYS


class ConvocationInline(TermColumns, RecordInline):
    model = Convocation
    form = ConvocationForm
    formset = ConvocationFormSet
    fields = ("number", "elected", *TERM)


@admin.register(Convocation)
class ConvocationAdmin(TermColumns, RecordAdmin):
    form = ConvocationForm
    list_display = ("institution", "number", "elected", "starts", "ends")
    list_display_links = ("institution", "number")
    list_select_related = ("institution",)
    list_filter = (("institution", admin.RelatedOnlyFieldListFilter),)
    label_relations = ("institution",)
    search_fields = ("institution__search_key", "=number")
    autocomplete_fields = ("institution",)
    inlines = (CitationInline,)
    fieldsets = ((None, {"fields": ("institution", "number", "elected", *TERM)}), REMARKS)

    def save_model(self, request: HttpRequest, obj: Convocation, form: Any, change: bool) -> None:
        with saying_what_moves(request, [obj]):
            super().save_model(request, obj, form, change)


@contextmanager
def saying_what_moves(request: HttpRequest, convocations: Iterable[Convocation]) -> Iterator[None]:
    """Tell the curator whose dates moved with those of the convocations saved meanwhile."""
    recorded = Convocation.objects.in_bulk([each.pk for each in convocations if each.pk])
    before = {pk: (row.start, row.end, _inherited_days(row)) for pk, row in recorded.items()}
    yield
    for convocation in Convocation.objects.filter(pk__in=before).select_related("institution"):
        start, end, days = before[convocation.pk]
        if (start, end) != (convocation.start, convocation.end):
            for sentence in _what_moved(convocation, days):
                messages.info(request, sentence)


def _inherited_days(convocation: Convocation) -> dict[int, tuple[Any, ...]]:
    """The dates of those that take one or both of them from the convocation, by their key."""
    inheriting = convocation.appointments.filter(Q(start_inherited=True) | Q(end_inherited=True))
    return {pk: days for pk, *days in inheriting.values_list("pk", "has_ended", *TERM_DAYS)}


def _what_moved(convocation: Convocation, before: dict[int, tuple[Any, ...]]) -> Iterator[str]:
    after = _inherited_days(convocation)
    moved = sum(days != before.get(pk) for pk, days in after.items())
    if moved:
        yield ngettext(
            "%(convocation)s: %(number)s appointment moved with its dates.",
            "%(convocation)s: %(number)s appointments moved with its dates.",
            moved,
        ) % {"convocation": convocation, "number": moved}
    stated = convocation.appointments.exclude(start_inherited=True, end_inherited=True)
    outside = sum(_outside(appointment, convocation) for appointment in stated)
    if outside:
        yield ngettext(
            "%(convocation)s: %(number)s appointment with dates of its own lies outside it now.",
            "%(convocation)s: %(number)s appointments with dates of their own lie outside it now.",
            outside,
        ) % {"convocation": convocation, "number": outside}


def _outside(appointment: Appointment, convocation: Convocation) -> bool:
    """Whether somebody certainly sits on a day on which the convocation does not."""
    start, end = convocation.start, convocation.end
    begun, over = appointment.start, appointment.end
    if begun.latest and start.earliest and begun.latest < start.earliest:
        return True
    if end is None or end.latest is None:
        return False
    return over is None or bool(over.earliest and over.earliest > end.latest)
