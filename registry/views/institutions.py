"""What an institution is, on what basis, who leads it, and what came before and after."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from registry.domain.composition import Composition, State
from registry.domain.facts import SeatRule
from registry.models import Institution
from registry.snapshots import composition_of, compositions_on
from registry.templatetags.pages import names_by_language
from registry.views import drawing, roster, seat_table, timeline
from registry.views.compositions import neighbours, related, row_words, rule_sources
from registry.views.frame import dated


@dated
def detail(request: HttpRequest, slug: str, *, on: date) -> HttpResponse:
    institution = get_object_or_404(Institution.objects.select_related("parent"), slug=slug)
    composition = composition_of(institution, on=on)
    language = get_language() or "en"
    near = related(institution)
    parts = compositions_on(on, near["parts"]) if near["parts"] else []
    seated = [(part, each) for part, each in parts if each.required is not None]
    writer = roster.Writer(
        composition,
        drawing.Palette(composition),
        today=request.shown.today,
        language=language,
        carry=request.shown.carry,
    )
    office = _is_office(composition)
    holders = []
    if office:
        ever = institution.appointments.order_by("-start_earliest", "-id").as_sittings(on)
        holders = [writer.row(sitting) for sitting in ever]
    shape = roster.Shape.of(holders, seats=False)
    context = {
        "institution": institution,
        "crumbs": [institution.parent],
        "composition": composition,
        "state": composition.state.value,
        "alive": composition.state not in (State.NOT_YET, State.ENDED),
        "office": office,
        "holders": holders,
        "in_office": [writer.row(sitting) for sitting in composition.members] if office else [],
        "offices": [
            (row, [writer.row(sitting) for sitting in row.holders])
            for row in seat_table.inner_offices(composition)
        ],
        "shape": shape,
        "columns": shape.columns(),
        "table": seat_table.seat_table(composition, rule_sources(composition), language),
        "tags": seat_table.headline_tags(composition) if composition.rules else [],
        "seated": seated,
        "seated_total": sum(each.required or 0 for _part, each in seated),
        "seated_filled": sum(each.filled for _part, each in seated),
        "other_parts": [part for part, each in parts if each.required is None],
        "names": names_by_language(institution.name, institution.other_names),
        "citations": institution.citations.select_related("source"),
        "band": timeline.band_of(composition, today=request.shown.today),
        "sample": composition.sample
        or any(row.sample for row in holders)
        or any(each.sample for _part, each in parts),
        **near,
        **neighbours(composition),
        **row_words(),
    }
    return render(request, "registry/institution.html", context)


def _is_office(composition: Composition) -> bool:
    """Whether the institution is a single office: never more than one seat under any rule."""
    counted = [rule for rule in composition.snapshot.rules if not rule.group.inner]
    return (
        bool(counted)
        and all(_one_seat(rule) for rule in counted)
        and (len({rule.group.id for rule in counted}) == 1)
    )


def _one_seat(rule: SeatRule) -> bool:
    return rule.seats == 1 and not rule.territorial
