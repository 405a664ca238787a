"""Two days of one institution held against each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from registry.domain.comparison import Comparison, Moved, RuleChange, compare
from registry.domain.composition import Composition, State
from registry.domain.dates import years_after
from registry.domain.facts import SeatRule
from registry.models import Institution
from registry.models.fields import best_text
from registry.snapshots import review_of
from registry.templatetags.days import long_day
from registry.views.compositions import roster
from registry.views.compositions.edges import first_of, last_of
from registry.views.compositions.listing import sorted_rows
from registry.views.compositions.page import row_words
from registry.views.compositions.timeline import formula_of
from registry.views.drawings import drawing
from registry.views.frame import ShownDay, dated, days_of, moved_to_days
from registry.views.tallies import nobody_recorded


class Difference(NamedTuple):
    """A number on two days, and by how much it differs in words; `None` is not recorded."""

    label: str
    before: int | None
    after: int | None
    party: bool = False

    @property
    def words(self) -> str:
        if self.before is None or self.after is None:
            return _("cannot be said")
        more = self.after - self.before
        if more > 0:
            return ngettext("+%(n)s more", "+%(n)s more", more) % {"n": more}
        if more < 0:
            return ngettext("−%(n)s fewer", "−%(n)s fewer", -more) % {"n": -more}
        return _("the same")


class Side(NamedTuple):
    """One of the two days. `carry` leads there, `formula` is the sum of the seats, `note` what
    is to be known of it first.
    """

    day: date
    carry: str
    note: str
    formula: str


class Move(NamedTuple):
    """Somebody who sits on both days, as a row of each."""

    before: roster.Row
    after: roster.Row


class RuleSide(NamedTuple):
    """A rule on one of the days, and how many seats it gave in words."""

    rule: SeatRule
    seats: str


@dated
def detail(request: HttpRequest, slug: str, *, on: date) -> HttpResponse:
    institution = get_object_or_404(Institution.objects.select_related("parent"), slug=slug)
    days = days_of(request, *_by_default(institution, on))
    if days.form.submitted:
        return HttpResponseRedirect(moved_to_days(request, days))
    swapped = days.last < days.first
    found = compared(request, institution, on)
    days, before, after = request.days, found.before, found.after
    context = {
        "institution": institution,
        "crumbs": [institution.parent, institution],
        "same": days.first == days.last,
        "swapped": swapped,
        "sides": [_side(before), _side(after)],
        "numbers": list(_numbers(before, after)),
        "comparison": found,
        "rules": [
            ((each.before or each.after).group, _rule_sides(found, each)) for each in found.rules
        ],
        "sample": before.sample or after.sample,
        "permalink": f"{request.build_absolute_uri(request.path)}?{urlencode(days.query)}",
        "tables": [
            (suffix.upper(), reverse("compare_table", args=[slug, suffix]), urlencode(days.query))
            for suffix in ("csv", "xlsx")
        ],
        **_people(found, request.shown.today),
        **row_words(),
    }
    return render(request, "registry/compare.html", context)


def compared(request: HttpRequest, institution: Institution, on: date) -> Comparison:
    """The two days that the address names, the earlier first. Raises `BadQuestion`."""
    days = days_of(request, *_by_default(institution, on))
    days.first, days.last = sorted((days.first, days.last))
    request.shown = ShownDay(days.last, request.shown.today, request.shown.form)
    before, after = (review_of(institution, on=day) for day in (days.first, days.last))
    return compare(before.composition, after.composition, before.findings, after.findings)


def _by_default(institution: Institution, day: date) -> tuple[date, date]:
    """A year before the day, and the day; of a body that is over, its last year."""
    first, last = first_of(institution.term), last_of(institution.term)
    if last and day > last.day:
        day = last.day
    before = years_after(day, -1) if day.year > 1 else day
    if first and before < first.day <= day:
        before = first.day
    return before, day


def _side(composition: Composition) -> Side:
    return Side(
        composition.day,
        f"?on={composition.day.isoformat()}",
        _note(composition),
        formula_of(composition),
    )


def _silent(composition: Composition) -> bool:
    """Whether people may have sat of whom nobody is recorded, so that nobody came or left."""
    sits = composition.state in (State.IN_OFFICE, State.NO_RULE)
    return sits and nobody_recorded(composition)


def _note(composition: Composition) -> str:
    """What is to be known before anything is read out of that day; "" if nothing."""
    words = {"day": long_day(composition.day)}
    match composition.state:
        case State.NOT_YET:
            return _("On %(day)s it did not exist yet.") % words
        case State.ENDED:
            return _("On %(day)s it had ended.") % words
        case State.BETWEEN_CONVOCATIONS:
            return _("On %(day)s no convocation was in session.") % words
    if nobody_recorded(composition):
        return (
            _("Who sat on %(day)s is not recorded, so nobody can be said to have come or left.")
            % words
        )
    if not composition.covered and composition.filled != composition.required:
        return (
            _("The roster of %(day)s is not declared complete: others may have sat as well.")
            % words
        )
    return ""


def _numbers(before: Composition, after: Composition) -> Iterator[Difference]:
    one, two = (None if _silent(each) else each for each in (before, after))
    yield Difference(_("Seats by rule"), before.required, after.required)
    yield Difference(_("Filled"), one and one.filled, two and two.filled)
    yield Difference(_("Vacant"), before.vacant, after.vacant)
    yield Difference(_("Over the rule"), before.over, after.over)
    if one and two and any(party.slug for each in (one, two) for party in each.parties):
        yield from _parties(one, two)


def _parties(before: Composition, after: Composition) -> Iterator[Difference]:
    """The seats of each party, the largest of the second day first."""
    language = get_language() or "en"
    earlier = {party.slug: party for party in before.parties}
    later = {party.slug: party for party in after.parties}
    for slug in dict.fromkeys([*later, *earlier]):
        party = later.get(slug) or earlier[slug]
        name = best_text(party.names, language)[0] if slug else drawing.no_party()
        seats = (each[slug].seats if slug in each else 0 for each in (earlier, later))
        yield Difference(name, *seats, party=True)


def _people(found: Comparison, today: date) -> dict[str, Any]:
    """Who came, left and changed, as rows; nobody where one of the rosters is not recorded."""
    if _silent(found.before) or _silent(found.after):
        return {}
    earlier, later = (
        roster.Writer(
            composition,
            drawing.Palette(composition),
            today=today,
            language=get_language() or "en",
            carry=f"?on={composition.day.isoformat()}",
        )
        for composition in (found.before, found.after)
    )
    there = {sitting.appointment_id for sitting in found.after.snapshot.sittings}
    lists = {
        "came": [later.row(sitting) for sitting in found.came],
        "left": [earlier.row(sitting) for sitting in found.left],
        "unsure": [
            (later if sitting.appointment_id in there else earlier).row(sitting)
            for sitting in found.unsure
        ],
    }

    def moves(moved: Iterable[Moved]) -> list[Move]:
        return [Move(earlier.row(each.before), later.row(each.after)) for each in moved]

    lists = {name: sorted_rows(rows, "name") for name, rows in lists.items()}
    shape = roster.Shape.of(row for rows in lists.values() for row in rows)
    return lists | {
        "told": True,
        "changed_party": moves(found.changed_party),
        "changed_seat": moves(found.changed_seat),
        "again": moves(_again(found)),
        "shape": shape,
        "columns": shape.columns(),
    }


def _again(found: Comparison) -> Iterator[Moved]:
    """Who sits on both days, but under no mandate that covers both: came back, or was renewed."""
    earlier, later = (
        {sitting.person_id: sitting for sitting in (*each.officers, *each.members)}
        for each in (found.before, found.after)
    )
    kept = {sitting.appointment_id for sitting in found.before.snapshot.sittings} & {
        sitting.appointment_id for sitting in found.after.snapshot.sittings
    }
    stayed = {
        sitting.person_id
        for sitting in found.after.snapshot.sittings
        if sitting.appointment_id in kept
    }
    for person, after in later.items():
        if person in earlier and person not in stayed:
            yield Moved(earlier[person], after)


def _rule_sides(found: Comparison, change: RuleChange) -> list[RuleSide | None]:
    pairs = ((found.before, change.before), (found.after, change.after))
    return [rule and RuleSide(rule, _seats(composition, rule)) for composition, rule in pairs]


def _seats(composition: Composition, rule: SeatRule) -> str:
    """How many seats a rule gives on the day of a composition, in words."""
    if rule.unlimited:
        return _("as many as qualify")
    lines = [line for line in (*composition.lines, *composition.inner) if line.rule.id == rule.id]
    numbers = [line.required for line in lines]
    if not numbers or None in numbers:
        return _("number not recorded")
    seats = sum(n or 0 for n in numbers)
    if rule.territorial:
        return f"{rule.seats_per_territory} × {len(lines)} = {seats}"
    return ngettext("%(n)s seat", "%(n)s seats", seats) % {"n": seats}
