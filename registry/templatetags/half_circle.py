"""The drawing of seats: a half circle as everybody knows it, a row for a few, a bar for very many.

ParliamentArch says where the seats are. The SVG is our own, with a title and a description for
those who cannot see it. On a page classes give the colours, which follow the reader's scheme; a
file has them as attributes, so that it looks the same wherever it is copied to.
Shape tells how a seat is filled, and from the second party on a mark helps where colour fails.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
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

# What the classes of the light stylesheet say, for a file that has no stylesheet.
INK, MUTED, PAPER = "#13232e", "#4a5963", "#ffffff"
FILLS = (
    "#0b7a8f", "#2b4ea8", "#b3261e", "#8a6100", "#3d7a1f", "#a8327d", "#6d4bbd", "#5a6872",
)  # fmt: skip
INKS = {f"p{place}": f'fill="{fill}"' for place, fill in enumerate(FILLS)} | {
    "m": f'fill="{PAPER}"',
    "mk": f'fill="none" stroke="{PAPER}"',
    "v": f'fill="{PAPER}" stroke="{INK}" stroke-width="2" stroke-dasharray="3.2 2.4"',
    "q": f'fill="{PAPER}" stroke="{INK}" stroke-width="1.5" stroke-dasharray="1 3" '
    'stroke-linecap="round"',
    "u": 'fill="#e9eeed" stroke="#66757f" stroke-width="1.5" stroke-dasharray="1 3" '
    'stroke-linecap="round"',
    "ring": 'fill="none" stroke="#8c1c16" stroke-width="2"',
    "sub": f'fill="{MUTED}"',
}
Paint = Callable[[str], str]  # from the class of a shape to the attributes that colour it


def classes(look: str) -> str:
    return f'class="{look}"'


def inks(look: str) -> str:
    return INKS[look]


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


@dataclass(frozen=True, slots=True)
class Picture:
    """Shapes as SVG in a box, the `number` large among them; `box` is left, top, width, height."""

    box: tuple[int, int, int, int]
    shapes: str


@register.simple_tag
def half_circle(drawing: Drawing) -> SafeString:
    """The drawing as inline SVG; everything inside is hidden from assistive technology."""
    shown = picture(drawing, classes)
    ident = escape(drawing.ident)
    return mark_safe(
        f'<svg class="hemi" viewBox="{" ".join(map(str, shown.box))}" role="img" '
        f'aria-labelledby="{ident}-t {ident}-d">'
        f'<title id="{ident}-t">{escape(drawing.title)}</title>'
        f'<desc id="{ident}-d">{escape(drawing.description)}</desc>'
        f'<g aria-hidden="true">{shown.shapes}</g></svg>'
    )


def picture(drawing: Drawing, paint: Paint) -> Picture:
    regular = [seat for seat in drawing.seats if not seat.over]
    extra = [seat for seat in drawing.seats if seat.over]
    box = (0, 0, WIDTH, TOP)
    if len(regular) > MANY:
        box, shapes = (0, 0, WIDTH, 150), _bar(drawing.seats, paint)
        number, caption = (44, 64), (84, 24)
    elif len(regular) <= FEW and len(drawing.seats) <= IN_A_ROW:
        box, shapes = (0, 0, WIDTH, 210), _row([*regular, *extra], paint)
        number, caption = (158, 58), (194, 24)
    else:
        if extra:
            box = (-EXTRA, -EXTRA, WIDTH + 2 * EXTRA, TOP + EXTRA)
        shapes = _arc(regular, paint) + _outer_row(extra, len(regular), paint)
        # A range, such as 143–144, has to fit between the innermost seats too.
        number, caption = (290, 64 if len(drawing.number) <= 3 else 46), (326, 25)
    words = (
        f'<text x="320" y="{number[0]}" text-anchor="middle" font-size="{number[1]}" '
        f'font-weight="700">{escape(drawing.number)}</text>'
        f'<text {paint("sub")} x="320" y="{caption[0]}" text-anchor="middle" '
        f'font-size="{caption[1]}">{escape(drawing.caption)}</text>'
    )
    return Picture(box, "".join(shapes) + words)


@lru_cache(maxsize=2000)
def swatch(colour: int | None, square: bool = False, look: str = "held") -> SafeString:
    """The small key beside a party or a rule, drawn as its seats are."""
    inside = key_shape(Seat("", colour, square, look=look), classes)
    return format_html(
        '<svg class="key" viewBox="0 0 20 20" aria-hidden="true">{}</svg>',
        mark_safe(inside),
    )


def key_shape(seat: Seat, paint: Paint) -> str:
    """A seat in the middle of a box of 20 by 20."""
    return _seat(seat, 10, 10, 9.2, paint)


def _arc(seats: Sequence[Seat], paint: Paint) -> list[str]:
    if not seats:
        return []
    radius = _seat_radius(len(seats))
    return [
        _seat(seat, x, y, radius, paint)
        for seat, (x, y) in zip(seats, _centers(len(seats)), strict=True)
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


def _outer_row(seats: Sequence[Seat], regular: int, paint: Paint) -> list[str]:
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
            paint,
        )
        for place, seat in enumerate(seats)
    ]


def _row(seats: Sequence[Seat], paint: Paint) -> list[str]:
    first = 320 - 45 * (len(seats) - 1)
    return [_seat(seat, first + 90 * place, 54, 36, paint) for place, seat in enumerate(seats)]


def _bar(seats: Sequence[Seat], paint: Paint) -> list[str]:
    """One stretch for each run of equal seats: thousands of circles would be dust."""
    shapes, begun = [], 0
    for place, seat in enumerate(seats):
        following = seats[place + 1] if place + 1 < len(seats) else None
        if following and (following.colour, following.look) == (seat.colour, seat.look):
            continue
        x, width = begun * WIDTH / len(seats), (place + 1 - begun) * WIDTH / len(seats)
        shapes.append(
            f'<rect {paint(_look(seat))} x="{x:.1f}" y="100" width="{width:.1f}" height="44"/>'
        )
        begun = place + 1
    return shapes


def _look(seat: Seat) -> str:
    if seat.colour is None:
        return {"vacant": "v", "open": "q"}.get(seat.look, "u")
    return f"p{seat.colour % COLOURS if seat.colour != WITHOUT else COLOURS}"


def _seat(seat: Seat, x: float, y: float, radius: float, paint: Paint) -> str:
    title = f"<title>{escape(seat.title)}</title>" if seat.title else ""
    look = paint(_look(seat))
    if seat.colour is None:
        radius -= 1
    if seat.square:
        side = radius * 0.88
        shape = (
            f'<rect {look} x="{x - side:.1f}" y="{y - side:.1f}" '
            f'width="{2 * side:.1f}" height="{2 * side:.1f}" rx="{radius / 4.5:.1f}">{title}</rect>'
        )
    else:
        shape = f'<circle {look} cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}">{title}</circle>'
    if seat.over:
        shape += f'<circle {paint("ring")} cx="{x:.1f}" cy="{y:.1f}" r="{radius + 4:.1f}"/>'
    return shape if seat.colour is None else shape + _mark(seat.colour, x, y, radius, paint)


def _mark(colour: int, x: float, y: float, r: float, paint: Paint) -> str:
    """The sign inside a seat: none for the first of the palette."""
    mark = paint("m")
    if colour == WITHOUT:
        d = r * 0.36
        return "".join(
            f'<circle {mark} cx="{x + i * d:.1f}" cy="{y + j * d:.1f}" r="{r * 0.2:.1f}"/>'
            for i in (-1, 1)
            for j in (-1, 1)
        )
    match 1 + (colour - 1) % MARKS if colour else 0:
        case 1:
            return f'<circle {mark} cx="{x:.1f}" cy="{y:.1f}" r="{r * 0.37:.1f}"/>'
        case 2:
            side = r * 0.52
            return (
                f'<path {mark} d="M{x:.1f} {y - side:.1f}l{side:.1f} {side * 1.65:.1f}'
                f'h{-2 * side:.1f}z"/>'
            )
        case 3:
            wide = r * 0.3
            return (
                f'<path {mark} d="M{x - wide / 2:.1f} {y - r * 0.62:.1f}h{wide:.1f}'
                f'v{r * 1.24:.1f}h{-wide:.1f}z"/>'
            )
        case 4:
            side = r * 0.55
            return (
                f'<path {paint("mk")} stroke-width="{r * 0.26:.1f}" d="M{x - side:.1f} '
                f'{y + side * 0.5:.1f}l{side:.1f} {-side:.1f}l{side:.1f} {side:.1f}"/>'
            )
        case 5:
            side = r * 0.36
            return (
                f'<rect {mark} x="{x - side:.1f}" y="{y - side:.1f}" '
                f'width="{2 * side:.1f}" height="{2 * side:.1f}"/>'
            )
    return ""
