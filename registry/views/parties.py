"""A party: what it is called, whom it seats in which body on the day, and in each convocation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from registry.domain.composition import Composition
from registry.domain.dates import Presence, Term
from registry.models import Affiliation, Convocation, Institution, Party
from registry.models.dated import covering
from registry.snapshots import compositions_on
from registry.templatetags.half_circle import swatch
from registry.templatetags.pages import names_by_language
from registry.views import drawing, roster
from registry.views.compositions import row_words
from registry.views.disputes import about_party, disputes
from registry.views.edges import Edge, first_of, last_of
from registry.views.frame import ShownDay, dated


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
        palette = drawing.Palette(composition)
        writer = roster.Writer(
            composition, palette, today=shown.today, language=language, carry=shown.carry
        )
        members = [each for each in composition.members if each.party_slug == party.slug]
        if not members:
            continue
        square = drawing.square(composition.rule_of(members[0]))
        rows = [writer.row(each) for each in members]
        certain = sum(each.presence(shown.day) is Presence.YES for each in members)
        key = swatch(palette.party(party.slug), square)
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
