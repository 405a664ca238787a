"""The first page: the branches of the state on a day, and the way to any other day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registry.domain.checks import judge
from registry.domain.composition import Composition, State
from registry.domain.dates import PartialDate, Presence
from registry.domain.findings import Finding, Severity
from registry.domain.majorities import Majority, majorities
from registry.forms.questions import BadQuestion, given_once, shortened
from registry.models import Branch, Institution, TerritoryStatus
from registry.models.fields import best_text
from registry.snapshots import compositions_on
from registry.templatetags.half_circle import Drawing
from registry.views import drawing, seat_table, timeline
from registry.views.bodies import body_of
from registry.views.edges import Edge, last_of
from registry.views.frame import ShownDay, dated
from registry.views.questions import questions_of
from registry.views.seat_table import Tag, nobody_recorded

LOCAL = (Branch.LOCAL_REPRESENTATIVE, Branch.LOCAL_EXECUTIVE)


@dataclass(frozen=True, slots=True)
class Chamber:
    """A body with seats, large enough to draw."""

    institution: Institution
    composition: Composition
    drawing: Drawing | None
    shares: list[drawing.Share]
    tags: list[Tag]
    formula: str
    majorities: tuple[Majority, ...]


@dated
def home(request: HttpRequest, *, on: date) -> HttpResponse:
    institutions = list(Institution.objects.order_by("order", "slug"))
    if "institution" in request.GET:
        return _to_composition(request, institutions, on)
    language = get_language() or "en"
    composed = compositions_on(on, institutions)
    alive = [
        (institution, composition)
        for institution, composition in composed
        if composition.state not in (State.NOT_YET, State.ENDED)
    ]
    chambers = [
        _chamber(institution, composition, language)
        for institution, composition in alive
        if _is_chamber(institution, composition)
    ]
    drawn = {chamber.institution.pk for chamber in chambers}
    bodies = defaultdict(list)
    local = Counter(each.parent_id for each, _composition in alive if each.territory_id)
    listed = {each.pk for each, _composition in alive}
    for institution, composition in alive:
        under_another = institution.territory_id and institution.parent_id in listed
        if institution.pk not in drawn and not under_another:
            number = local[institution.pk]
            body = body_of(institution, composition, request.shown, language, number)
            bodies[institution.branch].append(body)
    parents = {each.pk: each for each in institutions}
    territories = _territories(on, language)
    context = {
        "chambers": chambers,
        "parliament": _common_parent(chambers, parents),
        "branches": [
            (Branch(branch), bodies[branch])
            for branch in Branch.values
            if bodies[branch] and branch not in LOCAL
        ],
        "local": [body for branch in LOCAL for body in bodies[branch]],
        "ended": _ended(institutions, on),
        "findings": _findings(composed),
        "bands": [
            (institution, timeline.band_of(composition, today=request.shown.today))
            for institution, composition in composed
            if institution.branch == Branch.LEGISLATIVE and composition.snapshot.rules
        ],
        "territories": territories,
        "questions": questions_of(
            [(chamber.institution, chamber.composition) for chamber in chambers],
            sum(len(places) for _kind, places in territories),
            on,
            language,
            request.shown.carry,
        ),
        "institutions": [each for each in institutions if not each.territory_id],
        "of_territories": [each for each in institutions if each.territory_id],
        "sample": any(composition.sample for _institution, composition in alive),
        "totals": _totals(chambers),
    }
    return render(request, "registry/home.html", context)


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


def _is_chamber(institution: Institution, composition: Composition) -> bool:
    return institution.branch == Branch.LEGISLATIVE and any(
        not rule.group.inner for rule in composition.rules
    )


def _chamber(institution: Institution, composition: Composition, language: str) -> Chamber:
    palette = drawing.Palette(composition)
    colouring = drawing.natural_colouring(composition)
    shares_of = drawing.party_shares if colouring == "party" else drawing.rule_shares
    shares = shares_of(composition, palette, language)
    seats = drawing.seats_of(composition, colouring, palette, language)
    name = best_text(institution.name, language)[0]
    tags = seat_table.headline_tags(composition)
    if composition.state is State.BETWEEN_CONVOCATIONS:
        tags = [Tag("hist", _("Between convocations"))]
    elif nobody_recorded(composition):
        tags = [Tag("unk", _("Not recorded who sits"))]
    return Chamber(
        institution=institution,
        composition=composition,
        drawing=None
        if nobody_recorded(composition)
        else drawing.drawing_of(composition, name, seats, shares, f"seats-{institution.slug}"),
        shares=shares,
        tags=tags,
        formula=timeline.formula_of(composition),
        majorities=majorities(composition.required) if composition.required else (),
    )


def _common_parent(
    chambers: Iterable[Chamber], institutions: dict[int, Institution]
) -> Institution | None:
    """The body that all chambers are part of, such as a parliament."""
    parents = {chamber.institution.parent_id for chamber in chambers}
    return institutions.get(parents.pop() or 0) if len(parents) == 1 else None


def _ended(
    institutions: Iterable[Institution], day: date
) -> list[tuple[PartialDate, list[tuple[Institution, Edge | None]]]]:
    """Legislative bodies that ended by the day, those that ended together in one group."""
    groups: dict[str, tuple[PartialDate, list[tuple[Institution, Edge | None]]]] = {}
    for institution in institutions:
        end = institution.end
        if institution.branch != Branch.LEGISLATIVE or end is None:
            continue
        if end.reached_by(day) is Presence.YES and end.latest:
            ending = (institution, last_of(institution.term))
            groups.setdefault(str(end), (end, []))[1].append(ending)
    return sorted(groups.values(), key=lambda group: str(group[0]), reverse=True)


def _findings(
    composed: Iterable[tuple[Institution, Composition]],
) -> list[tuple[Institution, Finding]]:
    """All findings of the day, those of the API too, the gravest first."""
    found = [
        (institution, finding)
        for institution, composition in composed
        for finding in judge(composition)
    ]
    order = list(Severity)
    return sorted(found, key=lambda pair: order.index(pair[1].severity))


def _territories(day: date, language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Slugs and names of the territories of the day, by kind."""
    rows = (
        TerritoryStatus.objects.on(day)
        .order_by("kind__order", "kind__slug")
        .values_list("kind__name", "territory__slug", "name", F("territory__name"))
    )
    kinds: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for kind, slug, name, lasting_name in rows:
        shown = best_text(name or lasting_name, language)[0]
        kinds[best_text(kind, language)[0]].append((slug, shown))
    return [(kind, sorted(places, key=lambda place: place[1])) for kind, places in kinds.items()]


def _totals(chambers: list[Chamber]) -> dict[str, int | bool | None]:
    """Seats by rule, filled, perhaps filled and vacant of all chambers.

    `None` where one of them leaves it open; `part` says that of some nobody is recorded.
    """
    compositions = [chamber.composition for chamber in chambers]
    required = [each.required for each in compositions]
    vacant = [each.vacant for each in compositions]
    without = [each for each in compositions if nobody_recorded(each)]
    known = len(without) < len(compositions)
    return {
        "required": sum(n or 0 for n in required) if None not in required else None,
        "filled": sum(each.filled for each in compositions) if known else None,
        "part": known and bool(without),
        "perhaps": sum(len(each.possible) for each in compositions),
        "vacant": sum(n or 0 for n in vacant) if None not in vacant else None,
    }
