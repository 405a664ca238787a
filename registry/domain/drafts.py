"""What if: a draft of rules or territories, held against the real roster of a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from registry.domain.checks import judge
from registry.domain.composing import compose
from registry.domain.composition import Composition
from registry.domain.dates import Span
from registry.domain.facts import SeatRule, Snapshot, Territory, TerritoryStatus, Texts
from registry.domain.findings import Finding


@dataclass(frozen=True, slots=True)
class NewTerritory:
    """A territory that the draft founds, of a kind that rules count."""

    name: Texts
    kind: str


@dataclass(frozen=True, slots=True)
class NewNumber:
    """Another number of seats for a group: of the whole, or for each territory."""

    group: str
    seats: int


@dataclass(frozen=True, slots=True)
class Draft:
    """Changes that nobody records: territories founded or dissolved, other numbers of seats."""

    founded: tuple[NewTerritory, ...] = ()
    dissolved: frozenset[str] = field(default_factory=frozenset)
    numbers: tuple[NewNumber, ...] = ()


@dataclass(frozen=True, slots=True)
class Effect:
    """A day as it is and as it would be, with the findings of both."""

    before: Composition
    after: Composition
    findings_before: tuple[Finding, ...]
    findings_after: tuple[Finding, ...]


def effect_of(draft: Draft, snapshot: Snapshot) -> Effect:
    """Hold the roster of a day against the rules as a draft would have them.

    The sitting body comes under the draft at once, whatever rules it was elected under.
    Raises `ValueError` for a group or a territory that the day does not know.
    """
    before, after = compose(snapshot), compose(drafted(draft, snapshot))
    return Effect(before, after, judge(before), judge(after))


def drafted(draft: Draft, snapshot: Snapshot) -> Snapshot:
    """The same day and roster under the rules and territories of the draft."""
    composition = compose(snapshot)
    rules = composition.rules
    if composition.convocation is not None:
        # In force for ever, so that the sitting convocation is under them as well.
        rules = tuple(replace(rule, force=Span(), first_applied=None) for rule in rules)
    seats = {each.group: each.seats for each in draft.numbers}
    if unknown := seats.keys() - {rule.group.slug for rule in rules}:
        raise ValueError(f"no rule in force for {', '.join(sorted(unknown))}")
    standing = {each.slug for each in snapshot.territories if each.on(snapshot.day)}
    if gone := draft.dissolved - standing:
        raise ValueError(f"no territory {', '.join(sorted(gone))} on {snapshot.day}")
    kept = [
        _dissolved(each, snapshot.day) if each.slug in draft.dissolved else each
        for each in snapshot.territories
    ]
    return replace(
        snapshot,
        rules=tuple(_renumbered(rule, seats) for rule in rules),
        territories=(*kept, *_founded(draft.founded, snapshot.day)),
    )


def _dissolved(territory: Territory, day: date) -> Territory:
    """The territory as one that was of no kind any more from `day` on."""
    ended = (
        replace(status, span=Span(status.span.start, day)) if status.span.covers(day) else status
        for status in territory.statuses
    )
    return replace(territory, statuses=tuple(ended))


def _renumbered(rule: SeatRule, seats: dict[str, int]) -> SeatRule:
    if rule.group.slug not in seats:
        return rule
    number = seats[rule.group.slug]
    if rule.territorial:
        return replace(rule, seats_per_territory=number)
    return replace(rule, seats=number)


def _founded(territories: Iterable[NewTerritory], day: date) -> Iterable[Territory]:
    """Territories from `day` on, with numbers of their own, below zero: no recorded one has."""
    for number, new in enumerate(territories, start=1):
        status = TerritoryStatus(new.kind, new.name, Span(day))
        yield Territory(-number, f"draft-{number}", new.name, (status,))
