"""Questions that many come with, answered for the day on the first page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.domain.composition import Composition
from registry.domain.dates import Presence
from registry.domain.events import Event, Happened
from registry.domain.facts import Record
from registry.domain.majorities import majorities
from registry.domain.renewals import Renewal, renewals
from registry.domain.terms import ending_between
from registry.models import Branch, Institution
from registry.models.fields import best_text
from registry.serialise.agenda import months_later
from registry.templatetags.days import long_day
from registry.views.compositions.renewing import YEARS_AHEAD, law_of
from registry.views.drawings.drawing import no_party
from registry.views.tallies import nobody_recorded

Chambers = Sequence[tuple[Institution, Composition]]


class Question(NamedTuple):
    """A question, where its full answer stands, and the answer in a line for each body."""

    text: str
    url: str
    answers: list[str]


class Asked(NamedTuple):
    """What the answers follow from: the chambers of a day, and all that ever `happened`.

    `territories` is how many there are, `contradictions` how many, and how many of them are
    open; `carry` takes the day along on a link.
    """

    chambers: Chambers
    territories: int
    contradictions: tuple[int, int]
    happened: Sequence[Event]
    bodies: dict[str, Institution]
    day: date
    language: str
    carry: str

    def link(self, name: str, *args: str) -> str:
        return reverse(name, args=args) + self.carry


def questions_of(asked: Asked) -> list[Question]:
    """At most nine, each with an answer."""
    return [*_of_seats(asked), *_of_time(asked), *_of_sources(asked)]


def _of_seats(asked: Asked) -> Iterator[Question]:
    language, chambers = asked.language, asked.chambers
    if n := asked.territories:
        choose = ngettext("Choose among %(n)s territory.", "Choose among %(n)s territories.", n)
        yield Question(_("Who sits for my region?"), "#territories", [choose % {"n": n}])
    if not chambers:
        return
    vacant = [_vacancies(body, each, language) for body, each in chambers]
    yield Question(_("How many seats are vacant, and under which rule?"), "#checks", vacant)
    largest, composition = max(chambers, key=lambda pair: pair[1].filled)
    if any(party.slug for party in composition.parties):
        yield Question(
            _("How many seats has each party?"),
            largest.get_composition_url() + asked.carry,
            [_parties(largest, composition, language)],
        )
    if votes := [_two_thirds(body, each, language) for body, each in chambers if each.required]:
        first = next(body for body, each in chambers if each.required)
        url = asked.link("majorities", first.slug)
        yield Question(_("How many votes are two thirds?"), url, votes)


def _of_time(asked: Asked) -> Iterator[Question]:
    day, language = asked.day, asked.language
    laws = [(body, law_of(each.snapshot), each) for body, each in asked.chambers]
    until = months_later(day, 12)
    if laws:
        ends = [_terms(body, law, each, until, language) for body, law, each in laws]
        yield Question(_("Whose terms end in the next 12 months?"), asked.link("calendar"), ends)
    ahead = [
        (body, found[0])
        for body, law, _composition in laws
        if (found := renewals(law, day, months_later(day, 12 * YEARS_AHEAD)))
    ]
    if ahead:
        first = ahead[0][0]
        answers = [_renewal(body, renewal, language) for body, renewal in ahead]
        url = asked.link("rules", first.slug) + "#renewals"
        yield Question(_("When are seats filled anew next?"), url, answers)
    begun = months_later(day, -1)
    if n := sum(1 for event in asked.happened if begun <= event.day < day):
        said = ngettext("%(n)s event is recorded.", "%(n)s events are recorded.", n) % {"n": n}
        query = urlencode({"from": begun.isoformat(), "to": day.isoformat()})
        url = f"{reverse('changes')}?{query}"
        yield Question(_("What changed in the past month?"), url, [said])
    replaced = [
        (event, after)
        for event in asked.happened
        if event.kind is Happened.CLOSED
        and event.institution
        and asked.bodies[event.institution.slug].branch == Branch.LEGISLATIVE
        and event.when.reached_by(day) is Presence.YES
        for after in event.others
    ]
    if replaced:
        url = asked.link("institution", replaced[-1][1].slug)
        said = [
            _("%(before)s → %(after)s.")
            % {
                "before": best_text(event.institution.names, language)[0],
                "after": best_text(after.names, language)[0],
            }
            for event, after in replaced
            if event.institution
        ]
        yield Question(_("What replaced a chamber that ended?"), url, said)


def _of_sources(asked: Asked) -> Iterator[Question]:
    n, of_them_open = asked.contradictions
    if n:
        answer = ngettext(
            "%(n)s contradiction, %(open)s of them without a position of the registry.",
            "%(n)s contradictions, %(open)s of them without a position of the registry.",
            n,
        ) % {"n": n, "open": of_them_open}
        yield Question(_("Where do the sources disagree?"), asked.link("conflicts"), [answer])


def _parties(body: Institution, composition: Composition, language: str) -> str:
    listed = ", ".join(
        f"{best_text(party.names, language)[0] or party.slug or no_party()} {party.seats}"
        for party in composition.parties
    )
    return _("%(body)s: %(parties)s.") % {
        "body": best_text(body.name, language)[0],
        "parties": listed,
    }


def _terms(
    body: Institution, law: Record, composition: Composition, until: date, language: str
) -> str:
    """How many of those who sit on the day leave before `until`: by the record, else by rule."""
    name = best_text(body.name, language)[0]
    if nobody_recorded(composition):
        return _("%(body)s: not recorded who sits.") % {"body": name}
    day, sittings = composition.day, composition.members
    ends = {
        each.appointment_id
        for each in sittings
        if each.end and each.end.latest and day <= each.end.latest < until
    }
    record = replace(law, sittings=sittings)
    ends |= {each.sitting.appointment_id for each in ending_between(record, day, until)}
    if not ends:
        return _("%(body)s: none.") % {"body": name}
    return _("%(body)s: %(n)s.") % {"body": name, "n": len(ends)}


def _renewal(body: Institution, renewal: Renewal, language: str) -> str:
    values = {
        "body": best_text(body.name, language)[0],
        "day": long_day(renewal.day),
        "n": renewal.seats,
    }
    if renewal.seats is None:
        return _("%(body)s: %(day)s.") % values
    if renewal.known:
        said = ngettext(
            "%(body)s: %(day)s, %(n)s seat.", "%(body)s: %(day)s, %(n)s seats.", renewal.seats
        )
    else:
        said = ngettext(
            "%(body)s: forecast for %(day)s, %(n)s seat.",
            "%(body)s: forecast for %(day)s, %(n)s seats.",
            renewal.seats,
        )
    return said % values


def _vacancies(body: Institution, composition: Composition, language: str) -> str:
    name = best_text(body.name, language)[0]
    if nobody_recorded(composition):
        return _("%(body)s: not recorded who sits.") % {"body": name}
    if composition.vacant is None:
        return _("%(body)s: the record leaves it open.") % {"body": name}
    if not composition.vacant:
        return _("%(body)s: none.") % {"body": name}
    rules = {line.rule.group.id: line.rule for line in composition.lines if line.vacant}
    if not rules:
        return _("%(body)s: %(n)s.") % {"body": name, "n": composition.vacant}
    groups = "; ".join(best_text(rule.group.names, language)[0] for rule in rules.values())
    return _("%(body)s: %(n)s (%(rules)s).") % {
        "body": name,
        "n": composition.vacant,
        "rules": groups,
    }


def _two_thirds(body: Institution, composition: Composition, language: str) -> str:
    _half, two_thirds = majorities(composition.required or 0)
    return _("%(body)s: %(votes)s of %(seats)s.") % {
        "body": best_text(body.name, language)[0],
        "votes": two_thirds.votes,
        "seats": two_thirds.of,
    }
