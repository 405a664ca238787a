"""The colours of the stylesheet, recomputed with the WCAG formula."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

import registry

CSS = Path(registry.__file__).parent / "static" / "registry" / "site.css"
SURFACES = ("bg", "surface", "sunk")
TEXTS = [
    *[("ink", ground) for ground in SURFACES],
    *[("muted", ground) for ground in SURFACES],
    *[("link", ground) for ground in SURFACES],
    ("linkhover", "bg"),
    ("visited", "bg"),
    ("visited", "surface"),
    ("brandink", "brand"),
    ("accentink", "accent"),
    ("asofink", "asof"),
    ("link", "asof"),
    *[(tag, f"{tag}bg") for tag in ("ok", "warn", "bad", "info", "hist", "unk")],
    *[(tag, "bg") for tag in ("ok", "warn", "bad", "info", "hist", "unk")],
    ("link", "warnbg"),
    ("link", "badbg"),
    ("link", "histbg"),
    ("ink", "histbg"),
    ("ink", "infobg"),
    ("ink", "unkbg"),
]
GRAPHICS = [
    *[("control", ground) for ground in ("bg", "surface")],
    *[("accent", ground) for ground in ("bg", "surface")],
    *[(f"p{n}", ground) for n in range(8) for ground in ("bg", "surface")],
    *[("mark", f"p{n}") for n in range(8)],
]


def tokens(scheme):
    """The custom properties of a scheme; dark ones override light ones."""
    text = CSS.read_text()
    light, dark = text.split("@media (prefers-color-scheme: dark)")[:2]
    found = dict(re.findall(r"--([\w]+): (#[0-9a-f]{6})", light))
    if scheme == "dark":
        found |= dict(re.findall(r"--([\w]+): (#[0-9a-f]{6})", dark.split("@layer base")[0]))
    return found


def luminance(colour):
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(TEXTS, 4.5), (GRAPHICS, 3)], ids=["text", "shape"])
def test_every_pair_of_colours_has_enough_contrast(scheme, pairs, least):
    colours = tokens(scheme)
    weak = {
        pair: round(found, 2)
        for pair in pairs
        if (found := ratio(colours[pair[0]], colours[pair[1]])) < least
    }

    assert weak == {}


def test_the_stylesheet_stays_within_its_budget():
    assert len(gzip.compress(CSS.read_bytes())) <= 7_500


def test_the_stylesheet_asks_nothing_of_other_hosts():
    assert not re.search(r"url\(|@import|https?:", CSS.read_text())
