"""A drawing of seats as a file that stands alone: title, date, key, source and licence in it.

Colours are attributes, so that they survive wherever the file is copied to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap

from django.utils.html import escape
from django.utils.translation import gettext as _

from registry.serialise.imprint import Imprint
from registry.templatetags.half_circle import INK, MUTED, PAPER, Drawing, inks, key_shape, picture
from registry.views.drawings.drawing import Share

WIDTH, MARGIN = 720, 40
LINE = 26  # of the key
FONT = "system-ui, 'Noto Sans', 'Liberation Sans', Arial, sans-serif"
# What XML does not allow, whatever way it is written.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Words:
    """What is written around a drawing: `heading` and `day` above it, `address` below.

    With `sample` some of the people drawn are invented, and the file says so.
    """

    heading: str
    day: str
    address: str
    language: str
    sample: bool = False


def svg_file(drawing: Drawing, shares: Sequence[Share], words: Words, said: Imprint) -> str:
    """The text of the file: some 15 KB for a hundred seats."""
    shown = picture(drawing, inks)
    heading = list(_lines(wrap(words.heading, 52), MARGIN + 10, 26, size=24, weight=700))
    day_at = MARGIN + 26 * len(heading) + 12
    left, top, width, height = shown.box
    drawn_at = day_at + 24
    key_at = drawn_at + height * (WIDTH - 2 * MARGIN) / width + 24
    foot_at = key_at + LINE * len(shares) + 20
    warned = [_("Sample data: some of the people are invented.")] if words.sample else []
    foot = [
        *warned,
        *wrap(_("Source: %(address)s") % {"address": words.address}, 96),
        _origin(said),
    ]
    whole = foot_at + 18 * len(foot) + 12
    return "".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>\n',
            f'<svg xmlns="http://www.w3.org/2000/svg" xml:lang="{words.language}" width="{WIDTH}" '
            f'height="{whole:.0f}" viewBox="0 0 {WIDTH} {whole:.0f}" role="img" '
            f'aria-labelledby="title description" font-family="{FONT}" fill="{INK}">',
            f'<title id="title">{_xml(drawing.title)}</title>',
            f'<desc id="description">{_xml(drawing.description)}</desc>',
            _metadata(drawing, words, said),
            f'<rect width="{WIDTH}" height="{whole:.0f}" fill="{PAPER}"/>',
            *heading,
            *_lines([words.day], day_at, 0, size=17, colour=MUTED),
            f'<svg x="{MARGIN}" y="{drawn_at:.0f}" width="{WIDTH - 2 * MARGIN}" '
            f'height="{key_at - drawn_at - 24:.0f}" viewBox="{left} {top} {width} {height}">'
            f"{_FORBIDDEN.sub('', shown.shapes)}</svg>",
            *_key(shares, key_at),
            *_lines(foot, foot_at, 18, size=12.5, colour=MUTED),
            "</svg>\n",
        )
    )


def _origin(said: Imprint) -> str:
    return _("Licence: %(licence)s. Revision of the record: %(revision)s") % {
        "licence": said.licence,
        "revision": said.revision or "–",
    }


def _key(shares: Sequence[Share], at: float) -> Iterator[str]:
    """What the colours and shapes mean, with the numbers of the table beside the drawing."""
    for place, share in enumerate(shares):
        y = at + LINE * place
        yield (
            f'<svg x="{MARGIN}" y="{y - 15:.0f}" width="20" height="20" viewBox="0 0 20 20">'
            f"{key_shape(share.seat, inks)}</svg>"
        )
        yield f'<text x="{MARGIN + 30}" y="{y:.0f}" font-size="16">{_xml(share.name)}</text>'
        yield (
            f'<text x="{WIDTH - MARGIN}" y="{y:.0f}" font-size="16" font-weight="700" '
            f'text-anchor="end">{share.seats}</text>'
        )


def _lines(
    lines: Sequence[str], at: float, step: float, *, size: float, weight: int = 400, colour=INK
) -> Iterator[str]:
    for place, line in enumerate(lines):
        yield (
            f'<text x="{MARGIN}" y="{at + step * place:.0f}" font-size="{size}" '
            f'font-weight="{weight}" fill="{colour}">{_xml(line)}</text>'
        )


def _metadata(drawing: Drawing, words: Words, said: Imprint) -> str:
    """Title, day, source and licence in the words of Dublin Core and Creative Commons."""
    facts = {
        "title": drawing.title,
        "date": said.revision,
        "source": words.address,
        "publisher": said.publisher,
        "language": words.language,
    }
    said_of_it = "".join(
        f"<dc:{name}>{_xml(text)}</dc:{name}>" for name, text in facts.items() if text
    )
    return (
        '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:cc="http://creativecommons.org/ns#">'
        f'<cc:Work rdf:about=""><dc:format>image/svg+xml</dc:format>{said_of_it}'
        f'<cc:license rdf:resource="{_xml(said.licence_url)}"/></cc:Work></rdf:RDF></metadata>'
    )


def _xml(text: str) -> str:
    return escape(_FORBIDDEN.sub("", text))
