"""Which colour and which shape the seats of a composition have."""

from __future__ import annotations

from functools import cached_property

from registry.domain.composition import Composition
from registry.domain.facts import Designation, SeatRule, Sitting
from registry.templatetags.half_circle import WITHOUT


class Palette:
    """Which colour of the palette stands for which party, rule or year of one composition."""

    def __init__(self, composition: Composition) -> None:
        self._composition = composition
        named = [party.slug for party in composition.parties if party.slug]
        self._parties = {slug: place for place, slug in enumerate(named)}
        self._rules = {
            rule.group.id: place
            for place, rule in enumerate(r for r in composition.rules if not r.group.inner)
        }

    def party(self, slug: str | None) -> int:
        return self._parties.get(slug or "", WITHOUT)

    def rule(self, rule: SeatRule | None) -> int:
        return self._rules.get(rule.group.id, WITHOUT) if rule else WITHOUT

    def year(self, year: int | None) -> int:
        return self._years.get(year, WITHOUT)

    @cached_property
    def _years(self) -> dict[int | None, int]:
        members = certain_members(self._composition)
        years = {term_year(self._composition, sitting) for sitting, _rule in members}
        return {year: place for place, year in enumerate(sorted(filter(None, years)))}


def term_year(composition: Composition, sitting: Sitting) -> int | None:
    """The year in which the term of a member is to end, `None` when nothing says so."""
    end = composition.terms.scheduled_end(sitting, composition.day)
    return end.day.year if end else None


def square(rule: SeatRule | None) -> bool:
    """Whether a named body fills the seat, and not the voters or those of a territory."""
    if rule is None:
        return False
    by_a_body = rule.chosen_by is not None and not rule.territorial
    return by_a_body or rule.designation is not Designation.ELECTED


def certain_members(composition: Composition) -> list[tuple[Sitting, SeatRule | None]]:
    """Those who hold the counted seats for certain, with their rules, in the order of the rules."""
    held: list[tuple[Sitting, SeatRule | None]] = []
    for line in composition.lines:
        acting = line.acting[: line.filled - len(line.holders)]
        held += [(sitting, line.rule) for sitting in (*line.holders, *acting)]
    loose = (*composition.unassigned, *composition.misplaced, *composition.ruleless)
    return held + [(sitting, composition.rule_of(sitting)) for sitting in loose]
