"""The first page: the branches of the state on a day, and the way to any other day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Q, Subquery, Value
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registry.domain.alphabets import sort_key
from registry.domain.checks import judge
from registry.domain.composition import Composition
from registry.domain.events import Event, Happened
from registry.domain.facts import Texts
from registry.domain.findings import Finding, Severity
from registry.forms.questions import BadQuestion, given_once, shortened
from registry.models import Branch, Contradiction, Institution
from registry.models.fields import best_text
from registry.serialise.linked_data import website
from registry.snapshots import compositions_on
from registry.snapshots.changes import happened
from registry.snapshots.movers import with_people
from registry.views.compositions import timeline
from registry.views.compositions.chambers import (
    Chamber,
    chamber_of,
    common_parent,
    ended_by,
    is_chamber,
    totals_of,
)
from registry.views.compositions.pictures import preview
from registry.views.frame import ShownDay, dated
from registry.views.home.questions import Asked, questions_of
from registry.views.institutions.bodies import Body, body_of

LOCAL = (Branch.LOCAL_REPRESENTATIVE, Branch.LOCAL_EXECUTIVE)
EVENTS_BEFORE, EVENTS_AFTER = 5, 3

Composed = Sequence[tuple[Institution, Composition]]


@dated
def home(request: HttpRequest, *, on: date) -> HttpResponse:
    institutions = _institutions()
    if "institution" in request.GET:
        return _to_composition(request, institutions, on)
    language = get_language() or "en"
    composed = compositions_on(on, institutions)
    alive = [pair for pair in composed if pair[1].state.exists]
    chambers = [chamber_of(*pair, language) for pair in alive if is_chamber(*pair)]
    bodies = _bodies(alive, chambers, request.shown)
    territories = _territories(composed, on, language)
    known = happened(institutions)
    asked = Asked(
        [(chamber.institution, chamber.composition) for chamber in chambers],
        len(territories),
        _contradictions(institutions),
        known,
        {each.slug: each for each in institutions},
        on,
        language,
        request.shown.carry,
    )
    context = {
        "chambers": chambers,
        "parliament": common_parent(chambers, {each.pk: each for each in institutions}),
        "branches": [
            (Branch(branch), bodies[branch])
            for branch in Branch.values
            if bodies[branch] and branch not in LOCAL
        ],
        "local": [body for branch in LOCAL for body in bodies[branch]],
        "ended": ended_by(on, institutions),
        "findings": _findings(composed),
        "bands": [
            (institution, timeline.band_of(composition, today=request.shown.today))
            for institution, composition in composed
            if institution.branch == Branch.LEGISLATIVE and composition.snapshot.rules
        ],
        "territories": territories,
        "questions": questions_of(asked),
        "changes": _changes(known, on),
        "institutions": [each for each in institutions if not each.territory_id],
        "of_territories": [each for each in institutions if each.territory_id],
        "sample": any(composition.sample for _institution, composition in alive),
        "totals": totals_of(chambers),
        "default_address": "/",
        "picture": preview(
            "chambers_picture", (each.drawing for each in chambers), request.shown.carry
        ),
        "linked_data": [website(request.build_absolute_uri)],
    }
    return render(request, "registry/home.html", context)


def _institutions() -> list[Institution]:
    """All of them; each carries the number of contradictions, which saves a query of its own."""
    counted = (
        Contradiction.objects.order_by()
        .values(alone=Value(1))  # a group of all rows
        .annotate(n=Count("pk"), open=Count("pk", Q(is_open=True)))
    )
    return list(
        Institution.objects.annotate(
            disagreements=Subquery(counted.values("n")),
            open_disagreements=Subquery(counted.values("open")),
        ).order_by("order", "slug")
    )


def _contradictions(institutions: Sequence[Institution]) -> tuple[int, int]:
    for each in institutions[:1]:
        return each.disagreements or 0, each.open_disagreements or 0
    return 0, 0


def _to_composition(
    request: HttpRequest, institutions: Iterable[Institution], day: date
) -> HttpResponse:
    """Where the look-up form leads."""
    slug = given_once(request.GET, "institution")
    if slug not in {each.slug for each in institutions}:
        raise BadQuestion(
            _("There is no institution “%(value)s”. Choose one from the list.")
            % {"value": shortened(slug)}
        )
    carry = ShownDay(day, request.shown.today, request.shown.form).carry
    return HttpResponseRedirect(reverse("composition", args=[slug]) + carry)


def _bodies(alive: Composed, chambers: Iterable[Chamber], shown: ShownDay) -> dict[str, list[Body]]:
    """A line for each body by branch, but for those drawn and for parts of another that is listed
    and counts them."""
    drawn = {chamber.institution.pk for chamber in chambers}
    listed = {each.pk for each, _composition in alive}
    local = Counter(each.parent_id for each, _composition in alive if each.territory_id)
    bodies = defaultdict(list)
    for institution, composition in alive:
        under_another = institution.territory_id and institution.parent_id in listed
        if institution.pk not in drawn and not under_another:
            number = local[institution.pk]
            body = body_of(institution, composition, shown, number)
            bodies[institution.branch].append(body)
    return bodies


def _findings(composed: Composed) -> list[tuple[Institution, Finding]]:
    """All findings of the day, those of the API too, the gravest first."""
    found = [
        (institution, finding)
        for institution, composition in composed
        for finding in judge(composition)
    ]
    order = list(Severity)
    return sorted(found, key=lambda pair: order.index(pair[1].severity))


class Changes(NamedTuple):
    """What happened up to the day, the latest first, and what comes after it."""

    before: list[Event]
    after: list[Event]


def _changes(known: Sequence[Event], day: date) -> Changes:
    """The events nearest to the day; who changed the party is left to the page of changes."""
    past = [each for each in known if each.day <= day][-EVENTS_BEFORE:]
    coming = [each for each in known if each.day > day][:EVENTS_AFTER]
    listed = [*reversed(past), *coming]
    named = iter(with_people(each for each in listed if each.kind is not Happened.PARTY))
    told = [each if each.kind is Happened.PARTY else next(named) for each in listed]
    return Changes(told[: len(past)], told[len(past) :])


def _territories(composed: Composed, day: date, language: str) -> list[tuple[str, Texts]]:
    """Slugs and names of the territories of the day that any seat was ever of, by name."""
    found = {
        territory.slug: territory.names_on(day)
        for _institution, composition in composed
        for territory in composition.snapshot.territories
        if territory.on(day)
    }

    def in_order(place: tuple[str, Texts]) -> str:
        return sort_key(best_text(place[1], language)[0], language)

    return sorted(found.items(), key=in_order)
