"""The map of the state: the institutions of a day by branch, with their parts below them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from registry.domain.alphabets import sort_key
from registry.domain.composition import Composition, State
from registry.forms.questions import one_of
from registry.models import Branch, Institution, Territory
from registry.models.fields import best_text
from registry.serialise.sheets import NAMES, ON, Cell, Column, Sheet, name_cells
from registry.snapshots import compositions_on
from registry.templatetags.pages import native_spelling
from registry.views.download import download
from registry.views.frame import ShownDay, dated
from registry.views.institutions.bodies import Body, body_of
from registry.views.tallies import NOTHING, held_in_all

Composed = tuple[Institution, Composition]


COLUMNS = (
    ON,
    Column("institution", gettext_lazy("The permanent short name of the institution.")),
    *NAMES,
    Column("branch", gettext_lazy("The branch of the state that it belongs to.")),
    Column("part_of", gettext_lazy("The institution that it is a part of.")),
    Column("territory", gettext_lazy("The territory whose body it is; empty for all others.")),
    Column(
        "state",
        gettext_lazy("in_office, not_yet, ended, no_rule or between_convocations, on the day."),
    ),
    Column("required", gettext_lazy("Seats by the rules of the day; empty if not recorded.")),
    Column("filled", gettext_lazy("Seats that somebody is certainly recorded to hold.")),
    Column("possible", gettext_lazy("Members whose recorded dates leave the day open.")),
    Column("vacant", gettext_lazy("Vacant seats; empty where the record leaves it open.")),
    Column("over", gettext_lazy("Members beyond what the rules allow.")),
    Column("coverage", gettext_lazy("1 if the roster of the day is declared complete, else 0.")),
    Column("start", gettext_lazy("The first day of the institution."), days=True),
    Column("start_precision", gettext_lazy("How much of that day is known.")),
    Column("end", gettext_lazy("The first day on which it no longer existed."), days=True),
    Column("end_precision", gettext_lazy("How much of that day is known; empty if it exists.")),
)


@dataclass(frozen=True, slots=True)
class Node:
    """An institution in the tree; `ended` says that it is listed for its past alone."""

    body: Body
    native: str
    native_lang: str
    figures: str
    ended: bool
    parts: list[Node] = field(default_factory=list)


class BranchOfState(NamedTuple):
    branch: Branch
    nodes: list[Node]


class Place(NamedTuple):
    """A territory with its own bodies."""

    territory: Territory
    name: str
    nodes: list[Node]


@dataclass(frozen=True, slots=True)
class Listed:
    """What the page and its files list: the bodies of the day, with those that ended or not."""

    composed: list[Composed]
    with_ended: bool
    hidden: int

    @classmethod
    def read(cls, request: HttpRequest, day: date) -> Listed:
        """Raises `BadQuestion`."""
        with_ended = one_of(request.GET, "ended", ("0", "1"), "0") == "1"
        rows = Institution.objects.select_related("parent", "territory").order_by("order", "slug")
        everything = compositions_on(day, rows)
        begun = [each for each in everything if each[1].state is not State.NOT_YET]
        living = [each for each in begun if each[1].state is not State.ENDED]
        hidden = len(begun) - len(living)
        return cls(begun if with_ended else living, with_ended, hidden)


@dated
def tree(request: HttpRequest, *, on: date) -> HttpResponse:
    listed = Listed.read(request, on)
    day = {} if request.shown.is_today else {"on": on.isoformat()}
    asked = day | ({"ended": "1"} if listed.with_ended else {})
    places = _places(listed.composed, request.shown)
    context = {
        "branches": _branches(listed.composed, request.shown),
        "places": places,
        "of_territories": sum(len(place.nodes) for place in places),
        "listed": listed,
        "number": len(listed.composed),
        "files": [
            (suffix, reverse("institutions_table", args=[suffix]) + f"?{urlencode(asked)}")
            for suffix in ("csv", "xlsx")
        ],
        "sample": any(composition.sample for _institution, composition in listed.composed),
    }
    return render(request, "registry/institutions.html", context)


@dated
def table(request: HttpRequest, suffix: str, *, on: date) -> HttpResponse:
    listed = Listed.read(request, on)
    rows = (_row(*each, on) for each in listed.composed)
    return download(request, Sheet("institutions", _("Institutions"), COLUMNS, rows, on), suffix)


def _branches(composed: Iterable[Composed], shown: ShownDay) -> list[BranchOfState]:
    """Branches in the order of their first institutions; a part stands below its whole.

    A part of another branch than its whole begins a line of its own branch.
    """
    composed = list(composed)
    central = {each.pk: each for each, _ in composed if each.territory_id is None}
    local = Counter(each.parent_id for each, _ in composed if each.territory_id is not None)
    below: dict[int | None, list[Composed]] = defaultdict(list)
    for institution, composition in composed:
        if institution.pk in central:
            whole = central.get(institution.parent_id or 0)
            under = whole is not None and whole.branch == institution.branch
            below[institution.parent_id if under else None].append((institution, composition))

    def nodes(parent: int | None) -> Iterator[tuple[str, Node]]:
        for institution, composition in below[parent]:
            node = _node(institution, composition, shown, local[institution.pk])
            node.parts.extend(part for _branch, part in nodes(institution.pk))
            yield institution.branch, node

    gathered: dict[str, list[Node]] = defaultdict(list)
    for branch, node in nodes(None):
        gathered[branch].append(node)
    return [BranchOfState(Branch(branch), found) for branch, found in gathered.items()]


def _places(composed: Iterable[Composed], shown: ShownDay) -> list[Place]:
    """The bodies of territories, by the name of the territory."""
    language = get_language() or "en"
    found: dict[int, Place] = {}
    for institution, composition in composed:
        territory = institution.territory
        if territory is not None:
            name = best_text(territory.name, language)[0]
            place = found.setdefault(territory.pk, Place(territory, name, []))
            place.nodes.append(_node(institution, composition, shown))
    return sorted(found.values(), key=lambda place: sort_key(place.name, language))


def _node(
    institution: Institution, composition: Composition, shown: ShownDay, local: int = 0
) -> Node:
    language = get_language() or "en"
    name = best_text(institution.name, language)[0]
    native, native_lang = native_spelling(institution.name, name, language)
    body = body_of(institution, composition, shown, local)
    ended = composition.state is State.ENDED
    figures = "" if ended or body.holders else _figures(composition)
    return Node(body, native, native_lang, figures, ended)


def _figures(composition: Composition) -> str:
    """Required, filled and vacant seats, as far as each is known."""
    held = held_in_all(composition)
    if composition.required is None:
        return _("%(n)s recorded") % {"n": composition.filled} if composition.filled else ""
    words = {"required": composition.required, "filled": held, "vacant": composition.vacant}
    if held == NOTHING:
        return _("%(required)s by rule") % words
    if composition.vacant is None:
        return _("%(required)s by rule · %(filled)s filled") % words
    return _("%(required)s by rule · %(filled)s filled · %(vacant)s vacant") % words


def _row(institution: Institution, composition: Composition, day: date) -> dict[str, Cell]:
    alive = composition.state.exists
    end = institution.end
    return {
        "on": day,
        "institution": institution.slug,
        **name_cells(institution.name),
        "branch": institution.branch,
        "part_of": institution.parent.slug if institution.parent else "",
        "territory": institution.territory.slug if institution.territory else "",
        "state": composition.state.value,
        "required": composition.required if alive else None,
        "filled": composition.filled if alive else None,
        "possible": len(composition.possible) if alive else None,
        "vacant": composition.vacant if alive else None,
        "over": composition.over if alive else None,
        "coverage": composition.covered if alive else None,
        "start": str(institution.start),
        "start_precision": institution.start.precision.value,
        "end": str(end) if end else "",
        "end_precision": end.precision.value if end else "",
    }
