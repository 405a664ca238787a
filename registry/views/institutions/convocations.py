"""The convocations of a body: when each sat, how it opened and closed, and who ever sat in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from registry.domain.composition import Composition
from registry.domain.dates import PartialDate, Presence, Term
from registry.domain.facts import Sitting
from registry.models import Convocation, Institution
from registry.models.fields import best_text
from registry.rosters.columns import COLUMNS as IMPORTED
from registry.rosters.export.rows import appointment_cells, party_cells, roster_of
from registry.serialise.roster_sheet import COLUMNS as MEMBERS
from registry.serialise.sheets import Sheet
from registry.snapshots import composition_of
from registry.templatetags.half_circle import Drawing
from registry.views import tallies
from registry.views.compositions import roster
from registry.views.compositions.edges import Edge, first_of, last_of
from registry.views.compositions.page import row_words
from registry.views.download import download
from registry.views.drawings import drawing
from registry.views.drawings.palette import Palette
from registry.views.frame import dated
from registry.views.record.disputes import about_convocation, disputes

# A file of people who sat at any time says nothing of one day.
OF_A_DAY = ("status", "on")
COLUMNS = tuple(
    column for column in MEMBERS if column.name in IMPORTED and column.name not in OF_A_DAY
)

# Its number in words, as far as people say it so.
IN_WORDS = {
    1: _("First convocation"),
    2: _("Second convocation"),
    3: _("Third convocation"),
    4: _("Fourth convocation"),
    5: _("Fifth convocation"),
    6: _("Sixth convocation"),
    7: _("Seventh convocation"),
    8: _("Eighth convocation"),
    9: _("Ninth convocation"),
    10: _("Tenth convocation"),
}
ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass(frozen=True, slots=True)
class Session:
    """The composition on a day at one end of a convocation; no drawing where nobody is recorded."""

    edge: Edge
    composition: Composition
    held: str
    drawing: Drawing | None
    shares: list[drawing.Share]


class Replacement(NamedTuple):
    """Somebody who came later; the `predecessor` is known where the rest of a term is served."""

    row: roster.Row
    predecessor: roster.Row | None


class Turnover(NamedTuple):
    """Who took a seat after the convocation began, and who left before it ended."""

    came: list[Replacement]
    left: list[roster.Row]


@dated
def listing(request: HttpRequest, slug: str, *, on: date) -> HttpResponse:
    institution = get_object_or_404(Institution.objects.select_related("parent"), slug=slug)
    counted = Q(appointments__group__inner=False) | Q(appointments__group=None)
    rows = institution.convocations.annotate(
        people=Count("appointments__person", filter=counted, distinct=True)
    )
    convocations = [(each, each.term.covers(on) is Presence.YES) for each in rows]
    context = {
        "institution": institution,
        "crumbs": [institution.parent, institution],
        "convocations": convocations,
    }
    return render(request, "registry/convocations.html", context)


@dated
def detail(request: HttpRequest, slug: str, number: int, *, on: date) -> HttpResponse:
    rows = Convocation.objects.select_related("institution__parent")
    convocation = get_object_or_404(rows, institution__slug=slug, number=number)
    institution, term = convocation.institution, convocation.term
    opening = _session(institution, first_of(term), "opening")
    closing = _session(institution, _last_day(term, request.shown.today), "closing")
    known = closing or opening
    composition = known.composition if known else composition_of(institution, on=on)
    sittings = _everybody(convocation, composition.day)
    writer = roster.Writer(
        composition,
        Palette(composition),
        today=request.shown.today,
        language=get_language() or "en",
        carry=request.shown.carry,
    )
    everybody = [writer.row(each) for each in sittings]
    shape = roster.Shape.of(everybody)
    others = {each.number: each for each in institution.convocations.exclude(pk=convocation.pk)}
    context = {
        "institution": institution,
        "convocation": convocation,
        "crumbs": [institution.parent, institution],
        "in_words": IN_WORDS.get(number, ""),
        "roman": roman(number),
        "presence": term.covers(on).value,
        "before": others.get(max((n for n in others if n < number), default=0)),
        "after": others.get(min((n for n in others if n > number), default=0)),
        "elections": convocation.elections.order_by("day", "pk"),
        "first_mandate": _first_mandate(sittings),
        "opening": opening,
        "closing": closing,
        "sessions": [each for each in (opening, closing) if each],
        "everybody": everybody,
        "people": len({each.person_id for each in sittings}),
        "files": [
            (suffix, reverse("convocation_table", args=[slug, number, suffix]))
            for suffix in ("csv", "xlsx")
        ],
        "turnover": _turnover(convocation, sittings, everybody),
        "shape": shape,
        "columns": shape.columns(),
        "disputes": disputes(about_convocation(convocation), request.shown, institution),
        "citations": convocation.citations.select_related("source"),
        "sample": any(each.sample for each in sittings),
        **row_words(),
    }
    return render(request, "registry/convocation.html", context)


@dated
def table(request: HttpRequest, slug: str, number: int, suffix: str, *, on: date) -> HttpResponse:
    """Everybody whom the page lists, with a row for each party; no day, as it tells of a period."""
    rows = Convocation.objects.select_related("institution")
    convocation = get_object_or_404(rows, institution__slug=slug, number=number)
    title = gettext("%(body)s, convocation %(n)s") % {
        "body": best_text(convocation.institution.name, get_language() or "en")[0],
        "n": number,
    }
    sheet = Sheet(f"{slug}-convocation-{number}", title, COLUMNS, _file_rows(convocation))
    return download(request, sheet, suffix)


def _file_rows(convocation: Convocation) -> Iterator[dict[str, str]]:
    for each in roster_of(convocation.institution).filter(_seats_in(convocation)):
        if each.convocation_id is not None or each.term.overlaps(convocation.term):
            for party in party_cells(each) or [{}]:
                yield appointment_cells(each) | party


def roman(number: int) -> str:
    """A number as convocations are often counted: VIII."""
    written = ""
    for value, letters in ROMAN:
        times, number = divmod(number, value)
        written += letters * times
    return written


def _last_day(term: Term, today: date) -> Edge | None:
    """The last day that is certain; of a convocation in session, today."""
    if term.end is None and term.covers(today) is Presence.YES:
        return Edge(today, exact=False)
    return last_of(term)


def _session(institution: Institution, edge: Edge | None, ident: str) -> Session | None:
    if edge is None:
        return None
    composition = composition_of(institution, on=edge.day)
    palette = Palette(composition)
    language = get_language() or "en"
    colouring = drawing.natural_colouring(composition)
    shares_of = drawing.party_shares if colouring == "party" else drawing.rule_shares
    shares = shares_of(composition, palette, language)
    drawn = None
    if not tallies.nobody_recorded(composition):
        seats = drawing.seats_of(composition, colouring, palette, language)
        name = best_text(institution.name, language)[0]
        drawn = drawing.drawing_of(composition, name, seats, shares, ident)
    return Session(edge, composition, tallies.held_in_all(composition), drawn, shares)


def _everybody(convocation: Convocation, day: date) -> list[Sitting]:
    """Whoever sat in it, with the party of `day`; inner offices apart.

    Who is recorded without a convocation belongs to it by the days in office.
    """
    rows = convocation.institution.appointments.filter(_seats_in(convocation))
    return [
        each
        for each in rows.in_roster_order().as_sittings(day)
        if each.convocation_id is not None or each.term.overlaps(convocation.term)
    ]


def _seats_in(convocation: Convocation) -> Q:
    """Seats, and no inner offices, that are those of the convocation or of no recorded one."""
    counted = Q(group=None) | Q(group__inner=False)
    return counted & (Q(convocation=convocation) | Q(convocation=None))


def _first_mandate(sittings: Iterable[Sitting]) -> PartialDate | None:
    """When the first mandates began, as far as that is recorded apart from the convocation."""
    stated = [each.start for each in sittings if not each.start_inherited]
    return min((each for each in stated if each.earliest), key=_earliest, default=None)


def _earliest(when: PartialDate) -> date:
    return when.earliest or date.max


def _turnover(
    convocation: Convocation, sittings: Sequence[Sitting], rows: Sequence[roster.Row]
) -> Turnover:
    row_of = {each.appointment_id: row for each, row in zip(sittings, rows, strict=True)}
    begun = convocation.start.latest
    over = convocation.end.earliest if convocation.end else None
    came = [
        Replacement(row_of[each.appointment_id], row_of.get(each.serves_rest_of or 0))
        for each in sorted(sittings, key=lambda each: _earliest(each.start))
        if begun and each.start_earliest and each.start_earliest > begun
    ]
    left = [
        row_of[each.appointment_id]
        for each in sorted(sittings, key=lambda each: each.end_latest or date.max)
        if each.end_latest and (over is None or each.end_latest < over)
    ]
    return Turnover(came, left)
