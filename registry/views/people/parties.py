"""Parties: how many sit for each, and of one its names, its members and its convocations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from registry.domain.alphabets import sort_key
from registry.domain.composition import Composition
from registry.domain.dates import Presence, Term
from registry.domain.facts import Sitting
from registry.models import Affiliation, Convocation, Institution, Party
from registry.models.dated import covering
from registry.models.fields import best_text
from registry.serialise.sheets import NAMES, ON, Cell, Column, Sheet, name_cells
from registry.snapshots import compositions_on
from registry.templatetags.half_circle import swatch
from registry.templatetags.pages import names_by_language, native_spelling
from registry.views.compositions import roster
from registry.views.compositions.edges import Edge, first_of, last_of
from registry.views.compositions.page import row_words
from registry.views.download import download
from registry.views.drawings.palette import Palette, square
from registry.views.frame import ShownDay, dated
from registry.views.record.disputes import about_party, disputes

COLUMNS = (
    ON,
    Column("party", gettext_lazy("The permanent short name of the party.")),
    *NAMES,
    Column("abbreviation", gettext_lazy("Its name as it is shortened.")),
    Column("colour", gettext_lazy("Its colour, as #0b7a8f, where one is recorded.")),
    Column("sample", gettext_lazy("1 for an invented party, else 0.")),
    Column("institution", gettext_lazy("An institution in which somebody sits for it.")),
    Column("seats", gettext_lazy("How many certainly sit for it there on the day.")),
)


@dataclass(frozen=True, slots=True)
class Seated:
    """Those who sit for the party in one institution on the day.

    `key` is the colour and mark that the drawing of the institution gives the party; `certain`
    counts those whose days are known, as every other page counts them.
    """

    institution: Institution
    composition: Composition
    key: SafeString
    certain: int
    rows: list[roster.Row]
    shape: roster.Shape


class Sat(NamedTuple):
    """How many sat for the party in a convocation: on its first and last day, and ever.

    `None` where no such day is certain; of a convocation in session the last day is the shown.
    """

    convocation: Convocation
    first: Edge | None
    at_first: int | None
    last: Edge | None
    at_last: int | None
    ever: int


class InBody(NamedTuple):
    """The certain members of a party in one institution on the day."""

    institution: Institution
    key: SafeString
    certain: int


class Line(NamedTuple):
    """A party of the list, with its seats on the day."""

    party: Party
    name: str
    native: str
    native_lang: str
    bodies: list[InBody]

    @property
    def certain(self) -> int:
        return sum(each.certain for each in self.bodies)


@dated
def listing(request: HttpRequest, *, on: date) -> HttpResponse:
    lines, sample = _lines(on)
    carry = request.shown.carry
    context = {
        "seated": [line for line in lines if line.bodies],
        "others": [line for line in lines if not line.bodies],
        "number": len(lines),
        "files": [
            (suffix, reverse("parties_table", args=[suffix]) + carry) for suffix in ("csv", "xlsx")
        ],
        "sample": sample,
    }
    return render(request, "registry/parties.html", context)


@dated
def table(request: HttpRequest, suffix: str, *, on: date) -> HttpResponse:
    rows = [row for line in _lines(on)[0] for row in _file_rows(line, on)]
    return download(request, Sheet("parties", _("Parties and groups"), COLUMNS, rows, on), suffix)


def _lines(day: date) -> tuple[list[Line], bool]:
    """Every party, those with most seats first, and whether invented people are among them."""
    language = get_language() or "en"
    sitting = covering(day) & covering(day, "appointment__")
    held = Affiliation.objects.filter(sitting).values("appointment__institution")
    composed = compositions_on(day, Institution.objects.filter(pk__in=held))
    seats: dict[str, list[InBody]] = defaultdict(list)
    for institution, composition in composed:
        palette = Palette(composition)
        first = {each.party_slug: each for each in reversed(composition.members)}
        for party in composition.parties:
            if party.slug is not None:
                key = _key(composition, palette, first[party.slug])
                seats[party.slug].append(InBody(institution, key, party.seats))
    lines = []
    for party in Party.objects.all():
        name = best_text(party.name, language)[0]
        native, native_lang = native_spelling(party.name, name, language)
        lines.append(Line(party, name or party.slug, native, native_lang, seats[party.slug]))
    lines.sort(key=lambda line: (-line.certain, sort_key(line.name, language)))
    return lines, any(composition.sample for _institution, composition in composed)


def _file_rows(line: Line, day: date) -> Iterator[dict[str, Cell]]:
    """A row for each institution in which somebody sits for the party, or one without."""
    about = {
        "on": day,
        "party": line.party.slug,
        **name_cells(line.party.name),
        "abbreviation": line.party.abbreviation,
        "colour": line.party.colour,
        "sample": line.party.sample,
    }
    for each in line.bodies:
        yield about | {"institution": each.institution.slug, "seats": each.certain}
    if not line.bodies:
        yield about


def _key(composition: Composition, palette: Palette, member: Sitting) -> SafeString:
    """The colour and mark that the drawing of the institution gives the party of a member."""
    return swatch(palette.party(member.party_slug), square(composition.rule_of(member)))


@dated
def detail(request: HttpRequest, slug: str, *, on: date) -> HttpResponse:
    party = get_object_or_404(Party, slug=slug)
    seats = _seats(party, request.shown)
    context = {
        "party": party,
        "seats": seats,
        "total": sum(each.certain for each in seats),
        "convocations": _convocations(party),
        "names": names_by_language(party.name, party.other_names),
        "identifiers": party.identifiers.all(),
        "citations": party.citations.select_related("source"),
        "disputes": disputes(about_party(party), request.shown),
        "sample": party.sample or any(row.sample for each in seats for row in each.rows),
        **row_words(),
    }
    return render(request, "registry/party.html", context)


def _seats(party: Party, shown: ShownDay) -> list[Seated]:
    """Composed as the pages of the institutions are, so that the numbers are the same."""
    language = get_language() or "en"
    sitting = covering(shown.day) & covering(shown.day, "appointment__")
    held = Affiliation.objects.filter(sitting, party=party).values("appointment__institution")
    bodies = Institution.objects.filter(pk__in=held)
    found = []
    for institution, composition in compositions_on(shown.day, bodies):
        palette = Palette(composition)
        writer = roster.Writer(
            composition, palette, today=shown.today, language=language, carry=shown.carry
        )
        members = [each for each in composition.members if each.party_slug == party.slug]
        if not members:
            continue
        rows = [writer.row(each) for each in members]
        certain = sum(each.presence(shown.day) is Presence.YES for each in members)
        key = _key(composition, palette, members[0])
        shape = roster.Shape.of(row._replace(party="") for row in rows)
        found.append(Seated(institution, composition, key, certain, rows, shape))
    return found


def _convocations(party: Party) -> list[Sat]:
    """Every convocation in which somebody sat for the party, those of one body together."""
    rows = (
        Affiliation.objects.filter(party=party, appointment__convocation__isnull=False)
        .exclude(Q(appointment__group__inner=True))
        .select_related("appointment__convocation__institution")
        .order_by("appointment__convocation__institution__order", "appointment_id", "id")
    )
    gathered: dict[int, list[Affiliation]] = defaultdict(list)
    for row in rows:
        gathered[row.appointment.convocation_id].append(row)
    found = [_sat(affiliations) for affiliations in gathered.values()]
    return sorted(
        found,
        key=lambda sat: (
            sat.convocation.institution.order,
            sat.convocation.institution.slug,
            -sat.convocation.number,
        ),
    )


def _sat(affiliations: list[Affiliation]) -> Sat:
    convocation = affiliations[0].appointment.convocation
    first, last = first_of(convocation.term), last_of(convocation.term)
    return Sat(
        convocation,
        first,
        _number(affiliations, first),
        last,
        _number(affiliations, last),
        len({each.appointment.person_id for each in affiliations}),
    )


def _number(affiliations: Iterable[Affiliation], edge: Edge | None) -> int | None:
    if edge is None:
        return None
    return len(
        {
            each.appointment.person_id
            for each in affiliations
            if each.appointment.term.covers(edge.day) is Presence.YES
            and _holds(each.term, edge.day)
        }
    )


def _holds(term: Term, day: date) -> bool:
    """An affiliation without dates holds as long as its mandate."""
    return term.covers(day) is not Presence.NO
