"""The drawing of seats: a half circle as everybody knows it, a row for a few, a bar for very many.

ParliamentArch says where the seats are. The SVG is our own: classes for colours, because the
content policy forbids inline styles, and a title and a description for those who cannot see it.
Shape tells how a seat is filled, and from the second party on a mark helps where colour fails.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, sin

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from parliamentarch.geometry import get_nrows_from_nseats, get_row_thickness, get_seats_centers

register = template.Library()

COLOURS = 7  # and one more, the last, for those without a party
MARKS = 5  # and none, for the first of the palette
WITHOUT = -1
FEW, MANY = 4, 700
IN_A_ROW = 6  # as many as a row has room for, those beyond the rule included
WIDTH, RADIUS, BASE, TOP = 640, 310, 330, 352
EXTRA = 34  # room around the half circle for seats beyond the rule


@dataclass(frozen=True, slots=True)
class Seat:
    """`colour` is a place in the palette, `None` for a seat that nobody holds.

    There are more places than colours: with the mark, 35 of them look different.
    """

    title: str
    colour: int | None = None
    square: bool = False
    over: bool = False
    look: str = "held"  # or vacant, open, unrecorded


@dataclass(frozen=True, slots=True)
class Drawing:
    """Seats from left to right with what the picture says in words."""

    seats: tuple[Seat, ...]
    title: str
    description: str
    number: str
    caption: str
    ident: str = "seats"


@register.simple_tag
def half_circle(drawing: Drawing) -> SafeString:
    """The drawing as inline SVG; everything inside is hidden from assistive technology."""
    regular = [seat for seat in drawing.seats if not seat.over]
    extra = [seat for seat in drawing.seats if seat.over]
    if len(regular) > MANY:
        box, shapes = f"0 0 {WIDTH} 150", _bar(drawing.seats)
        number, caption = (44, 64), (84, 24)
    elif len(regular) <= FEW and len(drawing.seats) <= IN_A_ROW:
        box, shapes = f"0 0 {WIDTH} 210", _row([*regular, *extra])
        number, caption = (158, 58), (194, 24)
    else:
        box = f"0 0 {WIDTH} {TOP}"
        if extra:
            box = f"{-EXTRA} {-EXTRA} {WIDTH + 2 * EXTRA} {TOP + EXTRA}"
        shapes = _arc(regular) + _outer_row(extra, len(regular))
        number, caption = (290, 64), (326, 25)
    ident = escape(drawing.ident)
    return mark_safe(
        f'<svg class="hemi" viewBox="{box}" role="img" aria-labelledby="{ident}-t {ident}-d">'
        f'<title id="{ident}-t">{escape(drawing.title)}</title>'
        f'<desc id="{ident}-d">{escape(drawing.description)}</desc><g aria-hidden="true">'
        f"{''.join(shapes)}"
        f'<text x="320" y="{number[0]}" text-anchor="middle" font-size="{number[1]}" '
        f'font-weight="700">{escape(drawing.number)}</text>'
        f'<text class="sub" x="320" y="{caption[0]}" text-anchor="middle" '
        f'font-size="{caption[1]}">{escape(drawing.caption)}</text></g></svg>'
    )


@lru_cache(maxsize=2000)
def swatch(colour: int | None, square: bool = False, look: str = "held") -> SafeString:
    """The small key beside a party or a rule, drawn as its seats are."""
    inside = _seat(Seat("", colour, square, look=look), 10, 10, 9.2)
    return format_html(
        '<svg class="key" viewBox="0 0 20 20" aria-hidden="true">{}</svg>',
        mark_safe(inside),
    )


def _arc(seats: Sequence[Seat]) -> list[str]:
    if not seats:
        return []
    radius = _seat_radius(len(seats))
    return [
        _seat(seat, x, y, radius) for seat, (x, y) in zip(seats, _centers(len(seats)), strict=True)
    ]


def _seat_radius(seats: int) -> float:
    rows = get_nrows_from_nseats(seats)
    factor = 0.84 if rows > 4 else 0.8
    return min(34.0, get_row_thickness(rows) * RADIUS * factor)


@lru_cache(maxsize=64)
def _centers(seats: int) -> tuple[tuple[float, float], ...]:
    """Where the seats are, from left to right, the outer ones of an angle first."""
    angles = get_seats_centers(seats)
    ordered = sorted(angles, key=lambda center: (-angles[center], center))
    return tuple((320 + (x - 1) * RADIUS, BASE - y * RADIUS) for x, y in ordered)


def _outer_row(seats: Sequence[Seat], regular: int) -> list[str]:
    """Seats beyond the rule, outside the arc."""
    radius = min(12.0, _seat_radius(max(regular, 1)))
    distance = RADIUS + radius + 8
    step = 2.6 * radius / distance
    first = pi / 2 + step * (len(seats) - 1) / 2
    return [
        _seat(
            seat,
            320 + distance * cos(first - place * step),
            BASE - distance * sin(first - place * step),
            radius,
        )
        for place, seat in enumerate(seats)
    ]


def _row(seats: Sequence[Seat]) -> list[str]:
    first = 320 - 45 * (len(seats) - 1)
    return [_seat(seat, first + 90 * place, 54, 36) for place, seat in enumerate(seats)]


def _bar(seats: Sequence[Seat]) -> list[str]:
    """One stretch for each run of equal seats: thousands of circles would be dust."""
    shapes, begun = [], 0
    for place, seat in enumerate(seats):
        following = seats[place + 1] if place + 1 < len(seats) else None
        if following and (following.colour, following.look) == (seat.colour, seat.look):
            continue
        x, width = begun * WIDTH / len(seats), (place + 1 - begun) * WIDTH / len(seats)
        shapes.append(
            f'<rect class="{_look(seat)}" x="{x:.1f}" y="100" width="{width:.1f}" height="44"/>'
        )
        begun = place + 1
    return shapes


def _look(seat: Seat) -> str:
    if seat.colour is None:
        return {"vacant": "v", "open": "q"}.get(seat.look, "u")
    return f"p{seat.colour % COLOURS if seat.colour != WITHOUT else COLOURS}"


def _seat(seat: Seat, x: float, y: float, radius: float) -> str:
    title = f"<title>{escape(seat.title)}</title>" if seat.title else ""
    look = _look(seat)
    if seat.colour is None:
        radius -= 1
    if seat.square:
        side = radius * 0.88
        shape = (
            f'<rect class="{look}" x="{x - side:.1f}" y="{y - side:.1f}" '
            f'width="{2 * side:.1f}" height="{2 * side:.1f}" rx="{radius / 4.5:.1f}">{title}</rect>'
        )
    else:
        shape = (
            f'<circle class="{look}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}">{title}</circle>'
        )
    if seat.over:
        shape += f'<circle class="ring" cx="{x:.1f}" cy="{y:.1f}" r="{radius + 4:.1f}"/>'
    return shape if seat.colour is None else shape + _mark(seat.colour, x, y, radius)


def _mark(colour: int, x: float, y: float, r: float) -> str:
    """The sign inside a seat: none for the first of the palette."""
    if colour == WITHOUT:
        d = r * 0.36
        return "".join(
            f'<circle class="m" cx="{x + i * d:.1f}" cy="{y + j * d:.1f}" r="{r * 0.2:.1f}"/>'
            for i in (-1, 1)
            for j in (-1, 1)
        )
    match 1 + (colour - 1) % MARKS if colour else 0:
        case 1:
            return f'<circle class="m" cx="{x:.1f}" cy="{y:.1f}" r="{r * 0.37:.1f}"/>'
        case 2:
            side = r * 0.52
            return (
                f'<path class="m" d="M{x:.1f} {y - side:.1f}l{side:.1f} {side * 1.65:.1f}'
                f'h{-2 * side:.1f}z"/>'
            )
        case 3:
            wide = r * 0.3
            return (
                f'<path class="m" d="M{x - wide / 2:.1f} {y - r * 0.62:.1f}h{wide:.1f}'
                f'v{r * 1.24:.1f}h{-wide:.1f}z"/>'
            )
        case 4:
            side = r * 0.55
            return (
                f'<path class="mk" stroke-width="{r * 0.26:.1f}" d="M{x - side:.1f} '
                f'{y + side * 0.5:.1f}l{side:.1f} {-side:.1f}l{side:.1f} {side:.1f}"/>'
            )
        case 5:
            side = r * 0.36
            return (
                f'<rect class="m" x="{x - side:.1f}" y="{y - side:.1f}" '
                f'width="{2 * side:.1f}" height="{2 * side:.1f}"/>'
            )
    return ""
