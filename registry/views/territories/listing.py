"""The list of territories: those of the day by kind with the seats they fill, and all others."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from registry.domain.alphabets import sort_key
from registry.domain.dates import Span
from registry.models import Institution, Territory, TerritoryStatus
from registry.models.fields import best_text
from registry.serialise.sheets import NAMES, ON, Cell, Column, Sheet, name_cells
from registry.snapshots import compositions_on
from registry.templatetags.pages import native_spelling
from registry.views.download import download
from registry.views.frame import dated
from registry.views.tallies import NOTHING, Tag, held_words, tag_of

COLUMNS = (
    ON,
    Column("territory", gettext_lazy("The permanent short name of the territory.")),
    *NAMES,
    Column("kind", gettext_lazy("What it was on the day; empty if it did not exist.")),
    Column("start", gettext_lazy("The first day of this name and kind."), days=True),
    Column("end", gettext_lazy("The first day after them."), days=True),
    Column("continued_by", gettext_lazy("The territory that carries on its seats.")),
    Column("part_of", gettext_lazy("The territory that it was split off from.")),
)


class Seats(NamedTuple):
    """How many of the seats that a territory fills in one institution are held, in words."""

    institution: Institution
    required: int | None
    held: str
    tag: Tag

    @property
    def recorded(self) -> bool:
        return self.held != NOTHING


@dataclass(frozen=True, slots=True)
class Line:
    """A territory as it is on the day; `status` is `None` if it does not exist then."""

    territory: Territory
    status: TerritoryStatus | None
    names: dict[str, str]
    name: str
    native: str
    native_lang: str
    seats: list[Seats]


class Kind(NamedTuple):
    name: str
    lines: list[Line]


@dated
def listing(request: HttpRequest, *, on: date) -> HttpResponse:
    seats, sample = _seats(on)
    lines = _lines(on, seats)
    kinds: dict[tuple[int, str], Kind] = {}
    for line in lines:
        if line.status:
            kind = line.status.kind
            name = best_text(kind.name, get_language() or "en")[0]
            kinds.setdefault((kind.order, kind.slug), Kind(name, [])).lines.append(line)
    carry = request.shown.carry
    context = {
        "kinds": [kinds[key] for key in sorted(kinds)],
        "others": [line for line in lines if not line.status],
        "number": sum(len(kind.lines) for kind in kinds.values()),
        "seated": bool(seats),
        "files": [
            (suffix, reverse("territories_table", args=[suffix]) + carry)
            for suffix in ("csv", "xlsx")
        ],
        "sample": sample,
    }
    return render(request, "registry/territories.html", context)


@dated
def table(request: HttpRequest, suffix: str, *, on: date) -> HttpResponse:
    rows = [_row(line, on) for line in _lines(on, {})]
    return download(request, Sheet("territories", _("Territories"), COLUMNS, rows, on), suffix)


def _seats(day: date) -> tuple[dict[int, list[Seats]], bool]:
    """By territory, the seats that it fills; and whether invented people are among the holders."""
    bodies = Institution.objects.filter(
        seat_groups__rules__seats_per_territory__isnull=False
    ).distinct()
    found: dict[int, list[Seats]] = defaultdict(list)
    composed = compositions_on(day, bodies)
    for institution, composition in composed:
        for line in composition.lines:
            if line.territory:
                seats = Seats(institution, line.required, held_words((line,)), tag_of((line,)))
                found[line.territory.id].append(seats)
    return found, any(composition.sample for _institution, composition in composed)


def _lines(day: date, seats: dict[int, list[Seats]]) -> list[Line]:
    """Every territory that ever was, in the alphabet of the page."""
    language = get_language() or "en"
    statuses = {
        status.territory_id: status
        for status in TerritoryStatus.objects.select_related("kind")
        if Span(status.start, status.end).covers(day)
    }
    lines = []
    for territory in Territory.objects.select_related("continued_by", "part_of"):
        status = statuses.get(territory.pk)
        names = (status.name if status else None) or territory.name
        name = best_text(names, language)[0] or territory.slug
        native, native_lang = native_spelling(names, name, language)
        held = seats.get(territory.pk, [])
        lines.append(Line(territory, status, names, name, native, native_lang, held))
    return sorted(lines, key=lambda line: sort_key(line.name, language))


def _row(line: Line, day: date) -> dict[str, Cell]:
    territory, status = line.territory, line.status
    return {
        "on": day,
        "territory": territory.slug,
        **name_cells(line.names),
        "kind": status.kind.slug if status else "",
        "start": status.start if status else None,
        "end": status.end if status else None,
        "continued_by": territory.continued_by.slug if territory.continued_by else "",
        "part_of": territory.part_of.slug if territory.part_of else "",
    }
