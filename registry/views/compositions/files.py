"""The files beside a composition: whom the page lists, as it lists them, and the drawing alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registry.domain.checks import judge
from registry.domain.composition import Composition
from registry.forms.questions import one_of
from registry.models import Institution
from registry.models.fields import best_text
from registry.serialise.imprint import imprint, opened
from registry.serialise.roster_sheet import COLUMNS, filled_rows, vacant_row
from registry.serialise.sheets import Cell, Sheet
from registry.snapshots import composition_of
from registry.templatetags.days import long_day
from registry.views.compositions.listing import Filters, Listing, listing_of
from registry.views.compositions.roster import Writer
from registry.views.download import download
from registry.views.drawings.drawing import COLOURINGS, drawn, natural_colouring
from registry.views.drawings.palette import Palette
from registry.views.drawings.svg import Words, svg_file
from registry.views.frame import dated


@dated
def table(request: HttpRequest, slug: str, suffix: str, *, on: date) -> HttpResponse:
    """A row for each seat that the page lists: the vacant ones first, then who sits or may sit."""
    institution = get_object_or_404(Institution, slug=slug)
    composition = composition_of(institution, on=on)
    filters = Filters.read(request.GET, composition)
    language = get_language() or "en"
    writer = Writer(
        composition,
        Palette(composition),
        today=request.shown.today,
        language=language,
        carry=request.shown.carry,
    )
    listing = listing_of(composition, judge(composition), filters, writer)
    name = f"{institution.slug}-filtered" if filters.active else institution.slug
    title = _("%(institution)s: composition on %(day)s") % {
        "institution": best_text(institution.name, language)[0],
        "day": long_day(on),
    }
    rows = _rows(institution, composition, listing)
    return download(request, Sheet(name, title, COLUMNS, rows, on), suffix)


@dated
def svg(request: HttpRequest, slug: str, *, on: date) -> HttpResponse:
    """The drawing alone, coloured as the page is; 404 where there is nothing to draw."""
    institution = get_object_or_404(Institution, slug=slug)
    composition = composition_of(institution, on=on)
    language = get_language() or "en"
    by_default = natural_colouring(composition)
    colouring = one_of(request.GET, "colour", COLOURINGS, by_default)
    drawing, shares = drawn(composition, institution, colouring, language)
    if drawing is None:
        raise Http404
    page = f"{reverse('composition', args=[slug])}?on={on.isoformat()}"
    words = Words(
        heading=best_text(institution.name, language)[0],
        day=_("Composition on %(day)s") % {"day": long_day(on)},
        address=request.build_absolute_uri(page),
        language=language,
        sample=composition.sample,
    )
    said = imprint()
    response = HttpResponse(svg_file(drawing, shares, words, said), content_type="image/svg+xml")
    name = f"{slug}-{on.isoformat()}.svg"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return opened(response, said, on)


def _rows(
    institution: Institution, composition: Composition, listing: Listing
) -> Iterator[dict[str, Cell]]:
    for vacancy in listing.vacancies:
        row = vacant_row(institution, composition, vacancy.group_slug, vacancy.territory_slug)
        yield from [row] * vacancy.seats
    shown = [row.appointment for row in (*listing.rows, *listing.possible)]
    yield from filled_rows(institution, composition, shown)
