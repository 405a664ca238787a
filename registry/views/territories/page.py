"""A territory: what it is on the day, who sits for it, and how its name and kind changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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
from registry.domain.terms import ScheduledEnd
from registry.models import Appointment, Institution, Succession, Territory, TerritoryStatus
from registry.models.fields import best_text
from registry.models.naming import folded
from registry.serialise import linked_data
from registry.snapshots import compositions_on
from registry.templatetags.days import day_before, term_in_words
from registry.templatetags.half_circle import swatch
from registry.templatetags.pages import names_by_language
from registry.views.compositions import roster
from registry.views.compositions.edges import Edge, last_of
from registry.views.compositions.page import row_words
from registry.views.drawings import drawing
from registry.views.frame import ShownDay, dated
from registry.views.institutions.bodies import body_of
from registry.views.record.disputes import about_territory, disputes
from registry.views.tallies import NOTHING, Tag, held_words, tag_of


class Seat(NamedTuple):
    """Somebody in a seat; `end` is when the term is to end, `renewed` the class of the seat."""

    row: roster.Row
    end: ScheduledEnd | None
    renewed: Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class Seats:
    """The seats that a territory fills in one institution on a day."""

    institution: Institution
    line: Line
    held: str
    tag: Tag
    holders: list[Seat]
    vacancies: list[roster.Vacancy]

    @property
    def recorded(self) -> bool:
        return self.held != NOTHING


class Elsewhere(NamedTuple):
    """A mandate for the territory in a body that counts no seats by territories."""

    appointment: Appointment
    sample: bool
    term: str


class Ended(NamedTuple):
    """An institution that is over, what followed it, and who sat for the territory at its end."""

    institution: Institution
    successors: list[Institution]
    last: Edge | None
    seats: list[Seats]


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
    ended = _ended(composed, territory, request.shown)
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
        "ended": ended,
        "others": _others(territory, composed, request.shown),
        "bodies": [
            body_of(institution, composition, request.shown)
            for institution, composition in own
            if composition.state.exists
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
        "linked_data": [linked_data.area(territory, request.build_absolute_uri)],
        **row_words(),
    }
    shown = [*context["seats"], *(seats for each in ended for seats in each.seats)]
    context["sample"] = any(
        (
            *(holder.row.sample for seats in shown for holder in seats.holders),
            *(row.sample for row in context["others"]),
            *(composition.sample for _institution, composition in own),
        )
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

    def seat(sitting: facts.Sitting) -> Seat:
        scheduled = None if sitting.has_ended else composition.terms.scheduled_end(sitting, day)
        return Seat(writer.row(sitting), scheduled, classes.get(sitting.class_id))

    day = composition.day
    classes = {
        each.id: each.names for group in composition.snapshot.groups for each in group.classes
    }
    return [
        Seats(
            institution,
            line,
            held_words((line,)),
            tag_of((line,)),
            [seat(each) for each in (*line.holders, *line.acting, *line.possible)],
            writer.vacancies(
                finding
                for finding in findings
                if finding.problem is Problem.VACANT_SEATS and _is_of(finding.territory, line)
            ),
        )
        for line in composition.lines
        if line.territory and line.territory.id == territory.pk
    ]


def _ended(
    composed: Sequence[tuple[Institution, Composition]], territory: Territory, shown: ShownDay
) -> list[Ended]:
    """Those that are over on the day, each as it was on its last day; one more day a query set."""
    over = [institution for institution, each in composed if each.state is State.ENDED]
    last = {each.pk: last_of(each.term) for each in over}
    days: dict[date, list[Institution]] = defaultdict(list)
    for institution in over:
        if edge := last[institution.pk]:
            days[edge.day].append(institution)
    seats = {
        institution.pk: _seats(institution, composition, territory, shown)
        for day, bodies in days.items()
        for institution, composition in compositions_on(day, bodies)
    }
    followed: dict[int, list[Institution]] = defaultdict(list)
    for each in Succession.objects.filter(predecessor__in=over).select_related("successor"):
        followed[each.predecessor_id].append(each.successor)
    return [Ended(each, followed[each.pk], last[each.pk], seats.get(each.pk, [])) for each in over]


def _others(
    territory: Territory, composed: Iterable[tuple[Institution, Composition]], shown: ShownDay
) -> list[Elsewhere]:
    """Who sits for the territory in a body whose rules give it no seats of its own."""
    known = [institution.pk for institution, _composition in composed]
    rows = (
        Appointment.objects.filter(territory=territory)
        .exclude(institution__in=known)
        .on(shown.day)
        .select_related("institution", "person", "group")
        .order_by("institution__order", "person__sort_key", "pk")
    )
    return [
        Elsewhere(each, each.person.sample, term_in_words(each.start, each.end, shown.today))
        for each in rows
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
