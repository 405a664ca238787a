"""What is true of an institution on a day, in one sentence, and what is true of it today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from registry.domain.composition import Composition, State
from registry.domain.dates import PartialDate, Precision, Presence
from registry.domain.facts import Sitting
from registry.models import Institution
from registry.models.fields import best_text
from registry.templatetags.days import long_day, when_ended
from registry.views.compositions.page import around
from registry.views.tallies import held_in_all, nobody_recorded


@dataclass(frozen=True, slots=True)
class Standing:
    """The sentence about the day shown, and the one about today where it says something else."""

    on_the_day: str
    today: str

    @classmethod
    def of(
        cls,
        institution: Institution,
        composition: Composition,
        today: date,
        *,
        office: bool,
        chambers: Iterable[Institution] = (),
        successors: Iterable[Institution] = (),
        ever: Iterable[Sitting] = (),
    ) -> Standing:
        """`chambers` are those that make up a parliament, `ever` whoever held a single office."""
        day = composition.day
        values = {"name": _name(institution), "day": _named(day, today)}
        past = day < today
        state = composition.state
        if state is State.ENDED:
            said = _ended(institution, successors, today)
        elif state is State.NOT_YET:
            said = _not_yet(institution, values, today)
        elif _existed_perhaps(institution, composition, past):
            said = _("%(name)s: the recorded dates leave open whether it existed on %(day)s.")
            said %= values
        elif office:
            said = _office(composition, values, past)
        elif state is State.BETWEEN_CONVOCATIONS:
            said = _between(composition, values, past)
        elif composition.required is None:
            said = _without_number(composition, chambers, values, past)
        else:
            said = _seats(composition, values, past)
        if day == today:
            return cls(said, "")
        return cls(said, _today(institution, composition, today, successors, ever))


def _name(institution: Institution) -> str:
    return best_text(institution.name, get_language() or "en")[0] or institution.slug


def _named(day: date, today: date) -> str:
    """The day in words; of one to come, that what is said of it may change."""
    if day > today:
        return _("%(day)s (as far as is known today)") % {"day": long_day(day)}
    return long_day(day)


def _names(institutions: Iterable[Institution]) -> str:
    return ", ".join(_name(each) for each in institutions)


def _people(sittings: Iterable[Sitting]) -> str:
    language = get_language() or "en"
    return "; ".join(best_text(each.name, language)[0] for each in sittings)


def _existed_perhaps(institution: Institution, composition: Composition, past: bool) -> bool:
    """Whether the bounds leave it open, and neither a dated rule nor a member shows it existed."""
    day, end = composition.day, institution.end
    ruled = any(rule.force.start for rule in composition.rules)
    shown = bool(ruled or composition.filled) or not past
    begun = institution.start.reached_by(day) is Presence.YES
    over = end is not None and end.reached_by(day) is not Presence.NO
    return over or not (begun or shown)


def _ended(institution: Institution, successors: Iterable[Institution], today: date) -> str:
    end = institution.end
    followers = _names(successors)
    if end is None or end.precision is not Precision.DAY:
        return when_ended(institution.name, end or PartialDate(None, None))
    values = {
        "name": _name(institution),
        "end": long_day(end.earliest),
        "successors": followers,
    }
    if end.earliest > today:
        return _("%(name)s is to end on %(end)s.") % values
    if followers:
        said = _("%(name)s ended on %(end)s; its place was taken by: %(successors)s.")
        return said % values
    return when_ended(institution.name, end)


def _not_yet(institution: Institution, values: dict[str, str], today: date) -> str:
    start = institution.start
    if start.precision is Precision.DAY:
        values = values | {"start": long_day(start.earliest)}
        if start.earliest > today:
            said = _("%(name)s: not in existence on %(day)s; the first day is to be %(start)s.")
        else:
            said = _("%(name)s did not exist yet on %(day)s; the first day was %(start)s.")
        return said % values
    return _("%(name)s did not exist yet on %(day)s.") % values


def _office(composition: Composition, values: dict[str, str], past: bool) -> str:
    certain = [
        each for each in composition.members if each.presence(composition.day) is Presence.YES
    ]
    holders = [each for each in certain if not each.acting]
    if holders:
        values = values | {"holders": _people(holders)}
        if past:
            return _("%(name)s: on %(day)s, the office was held by %(holders)s.") % values
        return _("%(name)s: on %(day)s, the office is held by %(holders)s.") % values
    if certain:
        values = values | {"holders": _people(certain)}
        if past:
            return _("%(name)s: on %(day)s, %(holders)s was acting in the office.") % values
        return _("%(name)s: on %(day)s, %(holders)s is acting in the office.") % values
    if composition.possible:
        values = values | {"holders": _people(composition.possible)}
        return _("%(name)s: perhaps held on %(day)s by %(holders)s; the dates leave it open.") % (
            values
        )
    if composition.vacant:
        if past:
            return _("%(name)s: on %(day)s, the office was vacant.") % values
        return _("%(name)s: on %(day)s, the office is vacant.") % values
    if past:
        return _("%(name)s: who held the office on %(day)s is not recorded.") % values
    return _("%(name)s: who holds the office on %(day)s is not recorded.") % values


def _between(composition: Composition, values: dict[str, str], past: bool) -> str:
    before, after = around(composition)
    ended = before.term.end if before else None
    begins = after.term.start if after else None
    if ended and begins and ended.earliest and begins.earliest:
        exact = ended.precision is begins.precision is Precision.DAY
        if exact:
            return _(
                "%(name)s: no convocation was in session on %(day)s; convocation %(before)s ended "
                "on %(end)s, convocation %(after)s began on %(start)s."
            ) % {
                **values,
                "before": before.number,
                "end": long_day(ended.earliest),
                "after": after.number,
                "start": long_day(begins.earliest),
            }
    if past:
        return _("%(name)s: no convocation was in session on %(day)s.") % values
    return _("%(name)s: no convocation is in session on %(day)s.") % values


def _without_number(
    composition: Composition,
    chambers: Iterable[Institution],
    values: dict[str, str],
    past: bool,
) -> str:
    if parts := _names(chambers):
        values = values | {"chambers": parts}
        if past:
            return _("%(name)s: on %(day)s, its seats were those of: %(chambers)s.") % values
        return _("%(name)s: on %(day)s, its seats are those of: %(chambers)s.") % values
    if composition.filled:
        said = ngettext(
            "%(name)s: %(n)s member is recorded for %(day)s, and no number of seats.",
            "%(name)s: %(n)s members are recorded for %(day)s, and no number of seats.",
            composition.filled,
        )
        return said % {**values, "n": composition.filled}
    said = _("%(name)s: on %(day)s, neither a number of seats nor a member is recorded.")
    return said % values


def _seats(composition: Composition, values: dict[str, str], past: bool) -> str:
    required = composition.required or 0
    numbers = {**values, "n": required, "filled": held_in_all(composition)}
    if nobody_recorded(composition):
        if past:
            said = ngettext(
                "%(name)s: on %(day)s, it had %(n)s seat by rule; who held it is not recorded.",
                "%(name)s: on %(day)s, it had %(n)s seats by rule; who held them is not recorded.",
                required,
            )
        else:
            said = ngettext(
                "%(name)s: on %(day)s, it has %(n)s seat by rule; who holds it is not recorded.",
                "%(name)s: on %(day)s, it has %(n)s seats by rule; who holds them is not recorded.",
                required,
            )
    elif composition.vacant:
        numbers["vacant"] = composition.vacant
        if past:
            said = ngettext(
                "%(name)s: on %(day)s, %(filled)s of %(n)s seat was filled; vacant: %(vacant)s.",
                "%(name)s: on %(day)s, %(filled)s of %(n)s seats were filled; vacant: %(vacant)s.",
                required,
            )
        else:
            said = ngettext(
                "%(name)s: on %(day)s, %(filled)s of %(n)s seat is filled; vacant: %(vacant)s.",
                "%(name)s: on %(day)s, %(filled)s of %(n)s seats are filled; vacant: %(vacant)s.",
                required,
            )
    elif composition.vacant is None:
        if past:
            said = ngettext(
                "%(name)s: on %(day)s, %(filled)s of %(n)s seat was filled, as far as recorded.",
                "%(name)s: on %(day)s, %(filled)s of %(n)s seats were filled, as far as recorded.",
                required,
            )
        else:
            said = ngettext(
                "%(name)s: on %(day)s, %(filled)s of %(n)s seat is filled, as far as recorded.",
                "%(name)s: on %(day)s, %(filled)s of %(n)s seats are filled, as far as recorded.",
                required,
            )
    elif past:
        said = ngettext(
            "%(name)s: on %(day)s, %(filled)s of %(n)s seat was filled.",
            "%(name)s: on %(day)s, %(filled)s of %(n)s seats were filled.",
            required,
        )
    else:
        said = ngettext(
            "%(name)s: on %(day)s, %(filled)s of %(n)s seat is filled.",
            "%(name)s: on %(day)s, %(filled)s of %(n)s seats are filled.",
            required,
        )
    return said % numbers


def _today(
    institution: Institution,
    composition: Composition,
    today: date,
    successors: Iterable[Institution],
    ever: Iterable[Sitting],
) -> str:
    """The truth of today, where the sentence about the day does not say it."""
    day, end = composition.day, institution.end
    if end is not None and end.reached_by(today) is Presence.YES:
        if composition.state is State.ENDED:
            return ""
        if end.precision is not Precision.DAY:
            return _("It has ended since.")
        values = {"end": long_day(end.earliest), "successors": _names(successors)}
        if values["successors"]:
            return _("It ended on %(end)s; its place was taken by: %(successors)s.") % values
        return _("It ended on %(end)s.") % values
    if end is not None and end.precision is Precision.NONE:
        return _("It has ended since.")
    if institution.start.reached_by(today) is Presence.NO:
        return _("It does not exist yet today.")
    holders = [each for each in ever if each.presence(today) is Presence.YES]
    if not holders:
        return _("It exists today.")
    if day > today and all(each.presence(day) is Presence.YES for each in holders):
        return ""
    return _("Today the office is held by %(holders)s.") % {"holders": _people(holders)}
