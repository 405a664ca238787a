"""The picture that other sites show beside a link: the half circle with the numbers of its day.

Drawn as SVG and rendered to PNG, once for each revision of the record, with a font that comes
along, so that it has every Kazakh letter on whatever server.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from resvg_py import svg_to_bytes

from registry.models import Institution
from registry.models.fields import best_text
from registry.models.history import revision
from registry.snapshots import composition_of, compositions_on
from registry.templatetags.days import long_day
from registry.templatetags.half_circle import INK, MUTED, PAPER, Drawing, inks, key_shape, picture
from registry.views.compositions.chambers import chamber_of, is_chamber
from registry.views.drawings.drawing import Share, drawn, natural_colouring
from registry.views.frame import dated

WIDTH, HEIGHT, MARGIN = 1200, 630, 60
BAND = 92  # the dark one at the top, with the name of the site
BRAND, GOLD = "#0c3b4a", "#d9a400"
LETTER = 0.55  # how wide a letter is on average, of its height
KEYS, KEY_LINE = 8, 40
ARC = 620  # how wide the half circle is beside its key, which has names as long as parties have
MOST = 2  # drawings in one picture
FONTS = Path(__file__).parent.parent / "fonts"


class Preview(NamedTuple):
    """Where the picture of a page is, and what it shows in words."""

    url: str
    title: str


def preview(
    name: str, drawings: Iterable[Drawing | None], carry: str, *args: str
) -> Preview | None:
    """The picture of a page that has such drawings; `name` is that of its address."""
    titles = [drawing.title for drawing in drawings if drawing]
    if not titles:
        return None
    return Preview(reverse(name, args=args) + carry, ". ".join(titles[:MOST]))


class Shown(NamedTuple):
    """One body of a picture; `drawing` is of one in which somebody is recorded to sit."""

    name: str
    drawing: Drawing
    shares: Sequence[Share]


@dated
def of_institution(request: HttpRequest, slug: str, *, on: date) -> HttpResponse:
    institution = get_object_or_404(Institution, slug=slug)
    language = get_language() or "en"

    def svg() -> str:
        composition = composition_of(institution, on=on)
        found = drawn(composition, institution, natural_colouring(composition), language)
        if found.drawing is None:
            return ""
        name = best_text(institution.name, language)[0]
        return card(on, [Shown(name, *found)], sample=composition.sample)

    return _png(f"{language}/{slug}/{on}", svg)


@dated
def of_chambers(request: HttpRequest, *, on: date) -> HttpResponse:
    """The chambers of the first page, as many as find room."""
    language = get_language() or "en"

    def svg() -> str:
        composed = compositions_on(on, Institution.objects.order_by("order", "slug"))
        chambers = [chamber_of(*pair, language) for pair in composed if is_chamber(*pair)]
        shown = [
            Shown(best_text(each.institution.name, language)[0], each.drawing, each.shares)
            for each in chambers
            if each.drawing
        ]
        sample = any(each.composition.sample for each in chambers)
        return card(on, shown[:MOST], sample=sample) if shown else ""

    return _png(f"{language}//{on}", svg)


def _png(name: str, svg: Callable[[], str]) -> HttpResponse:
    """The picture, kept under its name and the revision; 404 where there is nothing to draw."""
    key = f"picture/{name}/{revision()}".replace(" ", "T")
    data = cache.get(key)
    if data is None:
        text = svg()
        data = rendered(text) if text else b""
        cache.set(key, data, timeout=24 * 60 * 60)
    if not data:
        raise Http404
    return HttpResponse(data, content_type="image/png")


def rendered(svg: str) -> bytes:
    return bytes(
        svg_to_bytes(
            svg_string=svg,
            skip_system_fonts=True,
            font_files=[str(path) for path in sorted(FONTS.glob("*.ttf"))],
            font_family="Roboto",
        )
    )


def card(day: date, bodies: Sequence[Shown], *, sample: bool) -> str:
    """The text of the picture as SVG."""
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
            f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="Roboto" fill="{INK}">',
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>',
            f'<rect width="{WIDTH}" height="{BAND}" fill="{BRAND}"/>',
            f'<rect y="{BAND}" width="{WIDTH}" height="6" fill="{GOLD}"/>',
            _text(_("Institutions Register"), MARGIN, 58, 34, WIDTH / 2, PAPER, bold=True),
            f'<g text-anchor="end">'
            f"{_text(long_day(day), WIDTH - MARGIN, 58, 34, WIDTH / 2, PAPER)}</g>",
            *(_one(bodies[0]) if len(bodies) == 1 else _side_by_side(bodies)),
            _text(_("Sample data"), MARGIN, HEIGHT - 24, 22, 400, MUTED) if sample else "",
            "</svg>",
        )
    )


def _one(body: Shown) -> Iterator[str]:
    """The half circle with the key of its colours beside it."""
    yield _text(body.name, MARGIN, 168, 46, WIDTH - 2 * MARGIN, bold=True)
    yield _half_circle(body.drawing, MARGIN, 216, ARC)
    left = 2 * MARGIN + ARC
    for place, share in enumerate(body.shares[:KEYS]):
        yield from _key(share, left, 260 + KEY_LINE * place, WIDTH - MARGIN - left)


def _side_by_side(bodies: Iterable[Shown]) -> Iterator[str]:
    width = (WIDTH - 3 * MARGIN) / 2
    for place, body in enumerate(bodies):
        left = MARGIN + place * (width + MARGIN)
        yield _text(body.name, left, 178, 42, width, bold=True)
        yield _half_circle(body.drawing, left, 216, width)


def _half_circle(drawing: Drawing, x: float, y: float, width: float) -> str:
    shown = picture(drawing, inks)
    left, top, wide, high = shown.box
    return (
        f'<svg x="{x:.0f}" y="{y:.0f}" width="{width:.0f}" height="{width * high / wide:.0f}" '
        f'viewBox="{left} {top} {wide} {high}">{shown.shapes}</svg>'
    )


def _key(share: Share, x: float, y: float, width: float) -> Iterator[str]:
    yield (
        f'<svg x="{x:.0f}" y="{y - 22:.0f}" width="26" height="26" viewBox="0 0 20 20">'
        f"{key_shape(share.seat, inks)}</svg>"
    )
    yield _text(share.name, x + 40, y, 26, width - 110)
    yield (
        f'<text x="{x + width:.0f}" y="{y:.0f}" font-size="26" font-weight="700" '
        f'text-anchor="end">{share.seats}</text>'
    )


def _text(
    words: str, x: float, y: float, size: float, room: float, colour: str = INK, *, bold=False
) -> str:
    """A line of text that keeps to its room: smaller if it is long, cut if it is longer still."""
    fits = int(room / (LETTER * size * 0.75))
    words = words if len(words) <= fits else words[: fits - 1].rstrip() + "…"
    size = min(size, room / (LETTER * max(len(words), 1)))
    weight = 700 if bold else 400
    return (
        f'<text x="{x:.0f}" y="{y:.0f}" font-size="{size:.1f}" font-weight="{weight}" '
        f'fill="{colour}">{escape(words)}</text>'
    )
