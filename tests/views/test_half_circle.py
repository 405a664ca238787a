"""The drawing: as many seats as there are, each told apart by shape and mark."""

from __future__ import annotations

import re

import pytest

from registry.templatetags.half_circle import WITHOUT, Drawing, Seat, half_circle, swatch


def drawn(*seats):
    return half_circle(Drawing(tuple(seats), "Mazhilis", "Nur Otan 82", "82", "of 107"))


def held(number, colour=0, **fields):
    return [Seat("Abenov, Dinara", colour, **fields)] * number


@pytest.mark.parametrize("number", [1, 4, 5, 47, 107, 145, 700])
def test_every_seat_is_drawn_once(number):
    assert drawn(*held(number)).count('class="p0"') == number


def test_two_holders_of_one_office_are_drawn_side_by_side():
    row = drawn(*held(1), *held(1, over=True))

    assert re.findall(r'class="p0" cx="([\d.]+)" cy="([\d.]+)"', row) == [
        ("275.0", "54.0"),
        ("365.0", "54.0"),
    ]
    assert row.count('class="ring"') == 1


def test_thousands_of_seats_become_a_bar_with_a_stretch_for_each_party():
    bar = drawn(*held(2000), *held(1000, 1))

    assert re.findall(r'<rect class="(p\d)" x="([\d.]+)" y="100" width="([\d.]+)"', bar) == [
        ("p0", "0.0", "426.7"),
        ("p1", "426.7", "213.3"),
    ]


@pytest.mark.parametrize("number", [5, 47, 107, 145, 700])
def test_no_seat_lies_outside_the_picture(number):
    circles = re.findall(r'cx="([-\d.]+)" cy="([-\d.]+)" r="([\d.]+)"', drawn(*held(number)))
    for x, y, radius in (map(float, circle) for circle in circles):
        assert radius <= x <= 640 - radius
        assert radius <= y <= 352 - radius


def test_thirty_five_parties_look_different():
    looks = {swatch(place) for place in range(35)} | {swatch(WITHOUT)}

    assert len(looks) == 36


def test_only_the_first_colour_needs_no_mark():
    marked = [place for place in range(35) if re.search(r'class="mk?"', swatch(place))]

    assert marked == list(range(1, 35))


def test_shape_tells_how_a_seat_is_filled():
    assert "<circle" in swatch(0)
    assert "<rect" in swatch(0, square=True)


def test_words_are_there_for_those_who_cannot_see_it():
    picture = drawn(*held(5))

    assert 'role="img" aria-labelledby="seats-t seats-d"' in picture
    assert '<title id="seats-t">Mazhilis</title>' in picture
    assert '<desc id="seats-d">Nur Otan 82</desc>' in picture


def test_names_are_escaped():
    assert "<script" not in drawn(*[Seat("<script>", 0)] * 5)


def test_a_vacant_seat_differs_from_one_that_is_not_recorded():
    assert swatch(None, look="vacant") != swatch(None, look="unrecorded")
