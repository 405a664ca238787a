"""Seats against the rule: one line for each rule of the day, and what they add up to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.domain.composition import Composition, Line
from registry.domain.facts import SeatRule, Sitting, StatedTotal, Territory
from registry.models.fields import best_text


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
    tag: Tag


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule. `vacant` is `None` when the record leaves it open."""

    rule: SeatRule
    formula: str
    required: int | None
    filled: int
    vacant: int | None
    over: int
    tag: Tag
    places: tuple[Place, ...] = ()
    sources: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LooseRow:
    """Members who belong to no rule, and why."""

    name: str
    filled: int


@dataclass(frozen=True, slots=True)
class SeatTable:
    rows: tuple[RuleRow, ...]
    loose: tuple[LooseRow, ...]
    required: int | None
    filled: int
    vacant: int | None
    over: int
    stated: tuple[tuple[StatedTotal, bool], ...] = field(default=())


def seat_table(
    composition: Composition,
    sources: Mapping[int, list[tuple[str, str, str]]],
    language: str,
) -> SeatTable:
    """`sources` gives title, address and place of each citation by the id of the rule."""
    rows = []
    for _group, lines in composition.seats_by_group:
        rows.append(_rule_row(composition, lines, sources, language))
    loose = (
        LooseRow(_("Seat group not recorded"), len(composition.unassigned)),
        LooseRow(_("Territory missing, or without such a seat"), len(composition.misplaced)),
        LooseRow(_("No seat rule recorded"), len(composition.ruleless)),
    )
    return SeatTable(
        rows=tuple(rows),
        loose=tuple(row for row in loose if row.filled),
        required=composition.required,
        filled=composition.filled,
        vacant=composition.vacant,
        over=composition.over,
        stated=tuple(
            (stated, stated.total == composition.required) for stated in composition.stated_totals
        ),
    )


def _rule_row(
    composition: Composition,
    lines: tuple[Line, ...],
    sources: Mapping[int, list[tuple[str, str, str]]],
    language: str,
) -> RuleRow:
    rule = lines[0].rule
    numbers = [line.required for line in lines]
    vacant = [line.vacant for line in lines]
    known = None not in numbers
    required = sum(n for n in numbers if n is not None) if known else None
    row = RuleRow(
        rule=rule,
        formula=_formula(rule, lines),
        required=required,
        filled=sum(line.filled for line in lines),
        vacant=sum(n for n in vacant if n is not None) if None not in vacant else None,
        over=sum(line.over for line in lines),
        tag=tag_of(lines),
        sources=tuple(sources.get(rule.id, ())),
    )
    if not rule.territorial:
        return row
    places = sorted(
        (Place(line.territory, line, tag_of((line,))) for line in lines if line.territory),
        key=lambda place: best_text(place.territory.names_on(composition.day), language)[0],
    )
    return RuleRow(
        rule=row.rule,
        formula=row.formula,
        required=row.required,
        filled=row.filled,
        vacant=row.vacant,
        over=row.over,
        tag=row.tag,
        places=tuple(places),
        sources=row.sources,
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
    if any(line.unheld for line in lines):
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
    """What stands under the title: vacancies, a surplus, what is left open."""
    tags = []
    if composition.vacant:
        text = ngettext("%(n)s seat vacant", "%(n)s seats vacant", composition.vacant)
        tags.append(Tag("warn", text % {"n": composition.vacant}))
    if composition.over:
        tags.append(Tag("bad", _("%(n)s over the rule") % {"n": composition.over}))
    if composition.unassigned and composition.rules:
        tags.append(Tag("unk", _("Parts left open")))
    if composition.possible:
        tags.append(Tag("unk", _("Dates uncertain")))
    complete = composition.required is not None and composition.filled >= composition.required
    if complete and not tags:
        tags.append(Tag("ok", _("Conforms")))
    return tags
