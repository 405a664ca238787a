"""Seats against the rule: one line for each rule of the day, and what they add up to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.domain.alphabets import sort_key
from registry.domain.composition import Composition, Line, State
from registry.domain.facts import SeatRule, Sitting, StatedTotal, Territory
from registry.models.fields import best_text
from registry.views.tallies import (
    Tag,
    acting_beside,
    held_in_all,
    held_words,
    nobody_in,
    nobody_recorded,
    tag_of,
    vacant_word,
    vacant_words,
)


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
        vacant=vacant_word(composition.vacant, nobody_recorded(composition)),
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
    if composition.state is State.BETWEEN_CONVOCATIONS and nobody_in(lines):
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


def _formula(rule: SeatRule, lines: tuple[Line, ...]) -> str:
    if rule.seats_per_territory is not None:
        territories = sum(1 for line in lines if line.territory)
        return ngettext(
            "%(seats)s × %(n)s territory", "%(seats)s × %(n)s territories", territories
        ) % {"seats": rule.seats_per_territory, "n": territories}
    if rule.unlimited:
        return _("as many as qualify")
    return ""


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
