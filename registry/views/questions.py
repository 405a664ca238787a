"""Questions that many come with, answered for the day on the first page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.domain.composition import Composition
from registry.domain.dates import Presence
from registry.domain.majorities import majorities
from registry.models import Branch, Contradiction, Institution, Succession
from registry.models.fields import best_text
from registry.views.seat_table import nobody_recorded


class Question(NamedTuple):
    """A question, where its full answer stands, and the answer in a line for each body."""

    text: str
    url: str
    answers: list[str]


def questions_of(
    chambers: Iterable[tuple[Institution, Composition]],
    territories: int,
    day: date,
    language: str,
    carry: str,
) -> list[Question]:
    """At most five, each with an answer; `carry` takes the day along on a link."""
    chambers = list(chambers)
    found = []
    if territories:
        choose = ngettext(
            "Choose among %(n)s territory.", "Choose among %(n)s territories.", territories
        )
        found.append(
            Question(_("Who sits for my region?"), "#territories", [choose % {"n": territories}])
        )
    if chambers:
        vacant = [_vacancies(body, each, language) for body, each in chambers]
        found.append(
            Question(_("How many seats are vacant, and under which rule?"), "#checks", vacant)
        )
        votes = [_two_thirds(body, each, language) for body, each in chambers if each.required]
        if votes:
            found.append(Question(_("How many votes are two thirds?"), "#branches", votes))
    if contradictions := Contradiction.objects.count():
        open_ones = Contradiction.objects.filter(is_open=True).count()
        answer = ngettext(
            "%(n)s contradiction, %(open)s of them without a position of the registry.",
            "%(n)s contradictions, %(open)s of them without a position of the registry.",
            contradictions,
        ) % {"n": contradictions, "open": open_ones}
        url = reverse("conflicts") + carry
        found.append(Question(_("Where do the sources disagree?"), url, [answer]))
    replaced = list(_replaced(day, language))
    if replaced:
        url = replaced[-1][0].get_absolute_url() + carry
        answers = [answer for _successor, answer in replaced]
        found.append(Question(_("What replaced a chamber that ended?"), url, answers))
    return found


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


def _replaced(day: date, language: str) -> Iterator[tuple[Institution, str]]:
    """The legislative bodies that ended by the day, each with what took its place."""
    rows = (
        Succession.objects.filter(predecessor__branch=Branch.LEGISLATIVE)
        .select_related("predecessor", "successor")
        .order_by("predecessor__end_latest", "predecessor__order", "successor__order")
    )
    for each in rows:
        end = each.predecessor.end
        if end and end.reached_by(day) is Presence.YES:
            yield (
                each.successor,
                _("%(before)s → %(after)s.")
                % {
                    "before": best_text(each.predecessor.name, language)[0],
                    "after": best_text(each.successor.name, language)[0],
                },
            )
