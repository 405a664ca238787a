"""A territory: what it is on the day, who sits for it, and how its name and kind changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import F, Manager, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from registry.domain import facts
from registry.domain.checks import judge
from registry.domain.composition import Composition, Line, State
from registry.domain.dates import Span
from registry.domain.findings import Problem
from registry.models import Institution, Territory, TerritoryStatus
from registry.models.fields import best_text
from registry.models.naming import folded
from registry.snapshots import compositions_on
from registry.templatetags.days import day_before
from registry.templatetags.half_circle import swatch
from registry.templatetags.pages import names_by_language
from registry.views import drawing, roster
from registry.views.bodies import body_of
from registry.views.compositions import row_words
from registry.views.disputes import about_territory, disputes
from registry.views.edges import last_of
from registry.views.frame import ShownDay, dated
from registry.views.seat_table import NOTHING, Tag, held_words, tag_of


@dataclass(frozen=True, slots=True)
class Seats:
    """The seats that a territory fills in one institution on the day."""

    institution: Institution
    line: Line
    held: str
    tag: Tag
    rows: list[roster.Row]
    vacancies: list[roster.Vacancy]

    @property
    def recorded(self) -> bool:
        return self.held != NOTHING


@dated
def detail(request: HttpRequest, slug: str, *, on: date) -> HttpResponse:
    territory = get_object_or_404(
        Territory.objects.select_related("continued_by", "part_of"), slug=slug
    )
    statuses = list(territory.statuses.select_related("kind"))
    current = next((status for status in statuses if status.span.covers(on)), None)
    bodies = Institution.objects.filter(
        Q(seat_groups__rules__seats_per_territory__isnull=False) | Q(territory=territory)
    ).distinct()
    composed = compositions_on(on, bodies)
    own = [pair for pair in composed if pair[0].territory_id == territory.pk]
    context = {
        "territory": territory,
        "statuses": statuses,
        "current": current,
        "name": current.name if current and current.name else territory.name,
        "seats": [
            seats
            for institution, composition in composed
            for seats in _seats(institution, composition, territory, request.shown)
        ],
        "ended": [
            (institution, last_of(institution.term))
            for institution, composition in composed
            if composition.state is State.ENDED
        ],
        "bodies": [
            body_of(institution, composition, request.shown, get_language() or "en")
            for institution, composition in own
            if composition.state not in (State.NOT_YET, State.ENDED)
        ],
        "disputes": disputes(about_territory(territory), request.shown),
        "names": names_by_language(territory.name),
        "identifiers": territory.identifiers.all(),
        "namesakes": _namesakes(territory, on, get_language() or "en"),
        "continues": territory.continues.all(),
        "split_off": territory.parts.all(),
        "citations": territory.citations.select_related("source"),
        "first_day": next((s.start for s in statuses if s.start and s.start > on), None),
        "last_day": _last_day(statuses, on),
        "vacant_key": swatch(None, look="vacant"),
        **row_words(),
    }
    context["sample"] = any(row.sample for seats in context["seats"] for row in seats.rows) or any(
        composition.sample for _institution, composition in own
    )
    return render(request, "registry/territory.html", context)


def _seats(
    institution: Institution, composition: Composition, territory: Territory, shown: ShownDay
) -> list[Seats]:
    writer = roster.Writer(
        composition,
        drawing.Palette(composition),
        today=shown.today,
        language=get_language() or "en",
        carry=shown.carry,
    )
    findings = judge(composition)
    return [
        Seats(
            institution,
            line,
            held_words((line,)),
            tag_of((line,)),
            [writer.row(each) for each in (*line.holders, *line.acting, *line.possible)],
            writer.vacancies(
                finding
                for finding in findings
                if finding.problem is Problem.VACANT_SEATS and _is_of(finding.territory, line)
            ),
        )
        for line in composition.lines
        if line.territory and line.territory.id == territory.pk
    ]


class Namesake(NamedTuple):
    """Another territory whose name is easily taken for this one's."""

    slug: str
    name: str
    kind: str


def _namesakes(territory: Territory, day: date, language: str) -> list[Namesake]:
    """Territories whose name begins with the same telling word, as they are on the day.

    Words that kinds are called by, such as "region", tell nothing. English names are compared:
    the grammar of other languages gives the same place several forms.
    """
    rows = (
        TerritoryStatus.objects.order_by("territory__slug", F("start").asc(nulls_first=True))
        .exclude(territory__in=[territory.continued_by_id or 0, *_ids(territory.continues)])
        .values_list("territory__slug", "territory__name", "name", "kind__name", "start", "end")
    )
    rows = list(rows)
    common = {word for row in rows for word in folded(best_text(row[3], "en")[0]).split()}
    word = _telling_word(territory.name, common)
    found: dict[str, Namesake] = {}
    for slug, lasting, name, kind, start, end in rows:
        if slug == territory.slug or not word or _telling_word(lasting, common) != word:
            continue
        if slug not in found or Span(start, end).covers(day):
            shown = best_text(name or lasting, language)[0]
            found[slug] = Namesake(slug, shown, best_text(kind, language)[0])
    return list(found.values())


def _ids(territories: Manager[Territory]) -> list[int]:
    return list(territories.values_list("pk", flat=True))


def _telling_word(name: Mapping[str, str], common: set[str]) -> str:
    words = folded(best_text(name, "en")[0]).split()
    return next((word for word in words if word not in common), "")


def _is_of(territory: facts.Territory | None, line: Line) -> bool:
    return (
        territory is not None and line.territory is not None and territory.id == line.territory.id
    )


def _last_day(statuses: list, day: date) -> date | None:
    """The last day of the latest status that was over by `day`."""
    over = [status.end for status in statuses if status.end and status.end <= day]
    return day_before(max(over)) if over else None
