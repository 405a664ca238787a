"""What an institution is, on what basis, who leads it, and what came before and after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from registry.domain.alphabets import sort_key
from registry.domain.composition import Composition, State
from registry.domain.facts import SeatRule
from registry.domain.terms import ScheduledEnd
from registry.models import Citation, Institution
from registry.models.fields import best_text
from registry.models.law import PowerKind
from registry.serialise import linked_data
from registry.snapshots import compositions_on, review_of
from registry.templatetags.pages import names_by_language
from registry.templatetags.wording import article
from registry.views import tallies
from registry.views.compositions import renewing, roster, seat_table, timeline
from registry.views.compositions.page import (
    consists_of_chambers,
    neighbours,
    related,
    row_words,
    rule_sources,
)
from registry.views.compositions.pictures import preview
from registry.views.drawings import drawing
from registry.views.frame import dated
from registry.views.institutions.standing import Standing
from registry.views.record.disputes import about_institution, disputes


@dated
def detail(request: HttpRequest, slug: str, *, on: date) -> HttpResponse:
    rows = Institution.objects.select_related("parent", "territory")
    institution = get_object_or_404(rows, slug=slug)
    review = review_of(institution, on=on)
    composition = review.composition
    language = get_language() or "en"
    near = related(institution)
    parts = compositions_on(on, near["parts"]) if near["parts"] else []
    chambers = _chambers(institution, composition, parts)
    writer = roster.Writer(
        composition,
        drawing.Palette(composition),
        today=request.shown.today,
        language=language,
        carry=request.shown.carry,
    )
    office = _is_office(composition)
    ever = []
    if office:
        ever = institution.appointments.order_by("-start_earliest", "-id").as_sittings(on)
    holders = [writer.row(sitting) for sitting in ever]
    shape = roster.Shape.of(holders, seats=False)
    picture = drawing.Drawn(None, [])
    if composition.state is State.IN_OFFICE:
        natural = drawing.natural_colouring(composition)
        picture = drawing.drawn(composition, institution, natural, language)
    context = {
        "institution": institution,
        "crumbs": [institution.parent],
        "standing": Standing.of(
            institution,
            composition,
            request.shown.today,
            office=office,
            chambers=[each.institution for each in chambers],
            successors=near["successors"],
            ever=ever,
        ),
        "convocations": institution.convocations.all(),
        "linked_data": [linked_data.organization(institution, request.build_absolute_uri)],
        "composition": composition,
        "findings": review.findings,
        "state": composition.state.value,
        "alive": composition.state.exists,
        "office": office,
        "holders": holders,
        "in_office": [writer.row(sitting) for sitting in composition.members] if office else [],
        "term_ends": _scheduled_ends(composition) if office else [],
        "drawing": picture.drawing,
        "shares": picture.shares,
        "picture": preview(
            "composition_picture", [picture.drawing], request.shown.carry, institution.slug
        ),
        "legal_basis": "; ".join(filter(None, dict.fromkeys(map(article, composition.rules)))),
        "term_years": [
            *filter(None, dict.fromkeys(line.rule.term_years for line in composition.lines))
        ],
        "offices": [
            (row, [writer.row(sitting) for sitting in row.holders])
            for row in seat_table.inner_offices(composition)
        ],
        "shape": shape,
        "columns": shape.columns(),
        "table": seat_table.seat_table(composition, rule_sources(composition), language),
        "tags": tallies.headline_tags(composition) if composition.rules else [],
        "held": tallies.held_in_all(composition),
        "chambers": chambers,
        "chambers_required": sum(each.composition.required or 0 for each in chambers),
        "chambers_held": tallies.held_in_all(*(each.composition for each in chambers)),
        "nothing": tallies.NOTHING,
        "other_parts": []
        if chambers
        else [each for each in near["parts"] if each.territory_id is None],
        "local_parts": _by_name(each for each in near["parts"] if each.territory_id is not None),
        "powers": _powers(institution, on),
        "renewals": renewing.renewals_of(renewing.law_of(composition.snapshot), on),
        "disputes": disputes(about_institution(institution), request.shown, institution),
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


class Power(NamedTuple):
    """What the institution may do on the day, or must; `announced` is a list that nobody gives."""

    text: Mapping[str, str]
    announced: bool
    act: Mapping[str, str]
    article: str
    note: str
    citations: list[Citation]


class Powers(NamedTuple):
    """Powers, or duties, of the day."""

    kind: PowerKind
    rows: list[Power]


def _powers(institution: Institution, day: date) -> list[Powers]:
    """Each kind that there is on the day."""
    recorded = (
        institution.powers.on(day)
        .select_related("act")
        .prefetch_related(Prefetch("citations", Citation.objects.select_related("source")))
    )
    by_kind: dict[str, list[Power]] = {kind: [] for kind in PowerKind.values}
    for each in recorded:
        by_kind[each.kind].append(
            Power(
                each.text,
                each.announced,
                each.act.title if each.act else {},
                each.article,
                each.note,
                list(each.citations.all()),
            )
        )
    return [Powers(PowerKind(kind), rows) for kind, rows in by_kind.items() if rows]


def _by_name(institutions: Iterable[Institution]) -> list[Institution]:
    language = get_language() or "en"
    return sorted(
        institutions, key=lambda each: sort_key(best_text(each.name, language)[0], language)
    )


def _scheduled_ends(composition: Composition) -> list[ScheduledEnd]:
    """When the terms of those in office are to end, where no end is recorded."""
    ends = (
        composition.terms.scheduled_end(sitting, composition.day)
        for sitting in composition.members
        if not sitting.has_ended
    )
    return [end for end in ends if end]


class Chamber(NamedTuple):
    """A part of a parliament, and how many of its seats are held."""

    institution: Institution
    composition: Composition
    held: str


def _chambers(
    institution: Institution,
    composition: Composition,
    parts: Iterable[tuple[Institution, Composition]],
) -> list[Chamber]:
    """The parts whose seats make up the seats of a body that has no rule of its own."""
    if not consists_of_chambers(institution, composition):
        return []
    return [
        Chamber(part, each, tallies.held_in_all(each))
        for part, each in parts
        if each.required is not None
    ]


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
