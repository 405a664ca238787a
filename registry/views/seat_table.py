"""Seats against the rule: one line for each rule of the day, and what they add up to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.domain.alphabets import sort_key
from registry.domain.checks.counts import total_mismatch
from registry.domain.composition import Composition, Line, State
from registry.domain.facts import SeatRule, Sitting, StatedTotal, Territory
from registry.domain.findings import Problem
from registry.models.fields import best_text
from registry.templatetags.wording import TITLES


@dataclass(frozen=True, slots=True)
class Tag:
    """A word on a tint: ok, warn, bad, info, hist or unk."""

    look: str
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """One territory under a rule."""

    territory: Territory
    line: Line
    held: str
    vacant: str
    tag: Tag


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule. `held` and `vacant` are words, see `held_words`; `beside` counts who only acts."""

    rule: SeatRule
    formula: str
    required: int | None
    held: str
    vacant: str
    beside: int
    tag: Tag
    places: tuple[Place, ...] = ()
    sources: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LooseRow:
    """Members who belong to no rule, and why."""

    name: str
    filled: int


@dataclass(frozen=True, slots=True)
class Stated:
    """A total, whether the rules add up to it, and which sources state it."""

    total: int
    equal: bool
    sources: tuple[StatedTotal, ...]


@dataclass(frozen=True, slots=True)
class SeatTable:
    rows: tuple[RuleRow, ...]
    loose: tuple[LooseRow, ...]
    required: int | None
    held: str
    vacant: str
    over: int
    stated: tuple[Stated, ...] = field(default=())


def seat_table(
    composition: Composition,
    sources: Mapping[int, list[tuple[str, str, str]]],
    language: str,
) -> SeatTable:
    """`sources` gives title, address and place of each citation by the id of the rule."""
    rows = [
        _rule_row(composition, lines, sources, language) for lines in composition.lines_by_group
    ]
    loose = (
        LooseRow(_("Seat group not recorded"), len(composition.unassigned)),
        LooseRow(_("Territory missing, or without such a seat"), len(composition.misplaced)),
        LooseRow(_("Without a rule"), len(composition.ruleless)),
    )
    return SeatTable(
        rows=tuple(rows),
        loose=tuple(row for row in loose if row.filled),
        required=composition.required,
        held=held_in_all(composition),
        vacant=_vacant(composition.vacant, nobody_recorded(composition)),
        over=composition.over,
        stated=tuple(_stated(composition)),
    )


def _stated(composition: Composition) -> Iterator[Stated]:
    """The totals that sources state for the day; that of the rules comes first."""
    by_total: dict[int, list[StatedTotal]] = defaultdict(list)
    for each in composition.stated_totals:
        by_total[each.total].append(each)
    for total in sorted(by_total, key=lambda total: (total != composition.required, total)):
        yield Stated(total, total == composition.required, tuple(by_total[total]))


def _rule_row(
    composition: Composition,
    lines: tuple[Line, ...],
    sources: Mapping[int, list[tuple[str, str, str]]],
    language: str,
) -> RuleRow:
    rule = lines[0].rule
    numbers = [line.required for line in lines]
    known = None not in numbers
    places = [
        Place(line.territory, line, held_words((line,)), vacant_words((line,)), tag_of((line,)))
        for line in lines
        if line.territory
    ]
    places.sort(
        key=lambda each: sort_key(
            best_text(each.territory.names_on(composition.day), language)[0], language
        )
    )
    tag = tag_of(lines)
    if composition.state is State.BETWEEN_CONVOCATIONS and _nobody(lines):
        tag = Tag("hist", _("Not in session"))
    return RuleRow(
        rule=rule,
        formula=_formula(rule, lines),
        required=sum(n for n in numbers if n is not None) if known else None,
        held=held_words(lines),
        vacant=vacant_words(lines),
        beside=acting_beside(lines),
        tag=tag,
        places=tuple(places),
        sources=tuple(sources.get(rule.id, ())),
    )


def nobody_recorded(composition: Composition) -> bool:
    """Whether the zeros of the page mean that nothing is recorded, and not that seats are empty."""
    lines = composition.lines
    if composition.state is State.BETWEEN_CONVOCATIONS or lines:
        declared = any(line.recorded for line in lines)
    else:
        declared = composition.covered
    return not composition.filled and not composition.possible and not declared


def held_in_all(*compositions: Composition) -> str:
    """How many seats of a body, or of several, are held, in the words of `held_words`."""
    if any(nobody_recorded(each) for each in compositions):
        return NOTHING
    most = 0
    for each in compositions:
        could = each.filled + len(each.possible)
        limited = not any(line.rule.unlimited for line in each.lines) and each.required is not None
        most += max(each.filled, min(could, each.required or 0)) if limited else could
    return _between(sum(each.filled for each in compositions), most)


def held_words(lines: Iterable[Line]) -> str:
    """How many seats of one rule are held: "46", "46–47" where that is open, else "–".

    The most is what those of uncertain days, and those in no line, could fill at once.
    """
    lines = tuple(lines)
    if _nobody(lines):
        return NOTHING
    certain = sum(line.filled for line in lines)
    most = lines[0].others if any(line.undecided for line in lines) else 0
    for line in lines:
        could = line.filled + len(line.possible)
        most += could if line.required is None else max(line.filled, min(could, line.required))
    if all(line.required is not None for line in lines):
        most = max(certain, min(most, sum(line.required or 0 for line in lines)))
    return _between(certain, most)


def vacant_words(lines: Iterable[Line]) -> str:
    """How many seats of one rule are vacant: a number, "?" where that is open, else "–"."""
    lines = tuple(lines)
    numbers = [line.vacant for line in lines]
    known = None if None in numbers else sum(n for n in numbers if n is not None)
    return _vacant(known, _nobody(lines))


def acting_beside(lines: Iterable[Line]) -> int:
    """How many act beside a holder and so fill no seat."""
    return sum(len(line.holders) + len(line.acting) - line.filled for line in lines)


NOTHING = "–"


def _nobody(lines: Iterable[Line]) -> bool:
    """Whether nothing is recorded of these seats, not even that they are empty."""
    return not any(
        line.filled or line.possible or line.recorded or line.undecided for line in lines
    )


def _between(certain: int, most: int) -> str:
    return f"{certain}–{most}" if most > certain else str(certain)


def _vacant(number: int | None, nobody: bool) -> str:
    if nobody:
        return NOTHING
    return "?" if number is None else str(number)


def _formula(rule: SeatRule, lines: tuple[Line, ...]) -> str:
    if rule.seats_per_territory is not None:
        territories = sum(1 for line in lines if line.territory)
        return ngettext(
            "%(seats)s × %(n)s territory", "%(seats)s × %(n)s territories", territories
        ) % {"seats": rule.seats_per_territory, "n": territories}
    if rule.unlimited:
        return _("as many as qualify")
    return ""


def tag_of(lines: Iterable[Line]) -> Tag:
    """The gravest thing to say of some lines."""
    lines = tuple(lines)
    over = sum(line.over for line in lines)
    vacant = sum(line.vacant or 0 for line in lines)
    if over and vacant:
        return Tag("bad", _("%(over)s over, %(vacant)s vacant") % {"over": over, "vacant": vacant})
    if over:
        return Tag("bad", _("%(n)s over the rule") % {"n": over})
    if vacant:
        return Tag("warn", _("%(n)s vacant") % {"n": vacant})
    if any(line.undecided for line in lines):
        return Tag("unk", _("Left open"))
    if any(line.possible for line in lines):
        return Tag("unk", _("Date uncertain"))
    if any(line.unheld for line in lines) or _nobody(lines):
        return Tag("unk", _("Not recorded"))
    if any(line.required is None for line in lines) and not lines[0].rule.unlimited:
        return Tag("unk", _("Number not recorded"))
    return Tag("ok", _("Conforms"))


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """An office held beside a seat, such as the chair."""

    line: Line
    holders: tuple[Sitting, ...]
    tag: Tag | None


def inner_offices(composition: Composition) -> list[OfficeRow]:
    rows = []
    for line in composition.inner:
        holders = (*line.holders, *line.acting, *line.possible)
        tag = tag_of((line,))
        rows.append(OfficeRow(line, holders, None if tag.look == "ok" else tag))
    return rows


def headline_tags(composition: Composition) -> list[Tag]:
    """What stands under the title: the state, vacancies, what is over, disputed or left open."""
    tags = []
    if composition.state is State.BETWEEN_CONVOCATIONS:
        tags.append(Tag("hist", _("Between convocations")))
    if composition.vacant:
        text = ngettext("%(n)s seat vacant", "%(n)s seats vacant", composition.vacant)
        tags.append(Tag("warn", text % {"n": composition.vacant}))
    if composition.over:
        tags.append(Tag("bad", _("%(n)s over the rule") % {"n": composition.over}))
    if any(total_mismatch(composition)):
        tags.append(Tag("bad", str(TITLES[Problem.TOTAL_MISMATCH])))
    if composition.unassigned and composition.rules:
        tags.append(Tag("unk", _("Parts left open")))
    if composition.possible:
        tags.append(Tag("unk", _("Dates uncertain")))
    complete = composition.required is not None and composition.filled >= composition.required
    if complete and not tags and not nobody_recorded(composition):
        tags.append(Tag("ok", _("Conforms")))
    return tags
