"""Compose: hold the roster of a day against the rules of that day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from registry.domain import seats
from registry.domain.composition import Composition, Line, State
from registry.domain.dates import Presence
from registry.domain.facts import (
    Convocation,
    SeatRule,
    Sitting,
    Snapshot,
    StatedTotal,
    Territory,
    convocation_on,
)
from registry.domain.terms import Terms


def compose(snapshot: Snapshot, terms: Terms | None = None) -> Composition:
    """Hold the roster of a day against the rules of that day.

    A convocation sits under the rules of its election, any other body under those of the day.
    A member without a group belongs to the only group there is; where there are several, the
    parts stay undecided while the whole can still be counted.
    """
    day = snapshot.day
    convocation = convocation_on(snapshot.convocations, day)
    law = seats.rules_of_day(snapshot.rules, day)
    rules_day = convocation.rules_day if convocation else None
    rules = law
    if convocation and rules_day:
        others = snapshot.convocations
        rules = seats.rules_of_convocation(snapshot.rules, convocation, others, day)
        since = (rule.first_applied for rule in rules if rule.first_applied is not None)
        rules_day = max([rules_day, *(applied for applied in since if applied <= day)])
    state = _state(snapshot, rules, convocation)
    stated = tuple(_stated(snapshot, convocation, rules_day or day))
    if not state.exists:
        rules, law, convocation, stated = (), (), None, ()

    seating = _Seating(snapshot, rules)
    lines = tuple(seating.lines(recorded=state is State.IN_OFFICE))
    return Composition(
        snapshot=snapshot,
        terms=terms or Terms(snapshot),
        certain=tuple(seating.certain),
        state=state,
        convocation=convocation,
        rules=rules,
        lines=tuple(line for line in lines if not line.rule.group.inner),
        inner=tuple(line for line in lines if line.rule.group.inner),
        unassigned=tuple(seating.unassigned),
        misplaced=tuple(seating.misplaced),
        ruleless=tuple(seating.ruleless),
        inner_ruleless=tuple(seating.inner_ruleless),
        possible=tuple(seating.possible),
        required=seats.total(rules, snapshot.territories, day),
        law=seats.total(law, snapshot.territories, day),
        stated_totals=stated,
    )


def _state(snapshot: Snapshot, rules: Sequence[SeatRule], convocation: Convocation | None) -> State:
    life = snapshot.institution.term
    if life.start.reached_by(snapshot.day) is Presence.NO:
        return State.NOT_YET
    if life.covers(snapshot.day) is Presence.NO:
        return State.ENDED
    if not rules:
        return State.NO_RULE
    if snapshot.convocations and convocation is None:
        return State.BETWEEN_CONVOCATIONS
    return State.IN_OFFICE


def _stated(
    snapshot: Snapshot, convocation: Convocation | None, rules_day: date
) -> Iterator[StatedTotal]:
    """What sources say of the sitting convocation, or of the days whose rules it sits under."""
    for stated in snapshot.stated_totals:
        if stated.convocation_id is None:
            if stated.span.covers(rules_day):
                yield stated
        elif convocation and stated.convocation_id == convocation.id:
            yield stated


@dataclass(slots=True)
class _Seating:
    """Where everybody of a day sits: by group and territory, or in no line at all."""

    snapshot: Snapshot
    rules: Sequence[SeatRule]
    certain: list[Sitting] = field(default_factory=list)
    unassigned: list[Sitting] = field(default_factory=list)
    misplaced: list[Sitting] = field(default_factory=list)
    ruleless: list[Sitting] = field(default_factory=list)
    inner_ruleless: list[Sitting] = field(default_factory=list)
    possible: list[Sitting] = field(default_factory=list)
    _held: dict[tuple[int, int | None], list[tuple[Sitting, Presence]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    _slots: dict[int, tuple[Territory | None, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        day, territories = self.snapshot.day, self.snapshot.territories
        for each in self.rules:
            entitled = seats.entitled(each, territories, day) if each.territorial else (None,)
            self._slots[each.group.id] = entitled
        rule_of = {rule.group.id: rule for rule in self.rules}
        places = {
            (group_id, territory.id if territory else None)
            for group_id, slots in self._slots.items()
            for territory in slots
        }
        inner = {group.id for group in self.snapshot.groups if group.inner}
        counted = rule_of.keys() - inner
        only_group = next(iter(counted)) if len(counted) == 1 else None
        renamed = {
            territory.id: territory.continued_by
            for territory in territories
            if territory.continued_by is not None and territory.on(day) is None
        }
        for sitting in self.snapshot.sittings:
            presence = sitting.presence(day)
            group_id = only_group if sitting.group_id is None else sitting.group_id
            if presence is Presence.NO:
                continue
            if presence is Presence.YES:
                self.certain.append(sitting)
            if presence is Presence.POSSIBLY and group_id not in inner:
                self.possible.append(sitting)
            rule = rule_of.get(group_id) if group_id is not None else None
            if rule is not None:
                place = (rule.group.id, _followed(sitting, renamed) if rule.territorial else None)
                if place in places:
                    self._held[place].append((sitting, presence))
                    continue
            if group_id in inner:
                self.inner_ruleless.append(sitting)
            elif presence is Presence.YES:
                self._loose(group_id, rule).append(sitting)

    def _loose(self, group_id: int | None, rule: SeatRule | None) -> list[Sitting]:
        """The list for a certain member who holds no seat of any line."""
        if rule is not None:
            return self.misplaced
        # Without any rule there is no part to be assigned to.
        return self.unassigned if group_id is None and self.rules else self.ruleless

    def lines(self, *, recorded: bool) -> Iterator[Line]:
        """The seats of every rule; `recorded` says whether empty ones may count as vacant."""
        covered = self.snapshot.covered
        for rule in self.rules:
            group = rule.group
            declared = group.id in covered or (not group.inner and None in covered)
            others = 0 if group.inner else self._others(group.id)
            for territory in self._slots[group.id]:
                here = self._held[group.id, territory.id if territory else None]
                yield Line(
                    rule=rule,
                    territory=territory,
                    required=rule.seats_per_territory if rule.territorial else rule.seats,
                    holders=tuple(s for s, p in here if p is Presence.YES and not s.acting),
                    acting=tuple(s for s, p in here if p is Presence.YES and s.acting),
                    possible=tuple(s for s, p in here if p is Presence.POSSIBLY),
                    others=others,
                    recorded=recorded and declared,
                )

    def _others(self, group_id: int) -> int:
        """Members in no line who might hold a seat of this group."""
        strays = [s for s in self.misplaced if s.group_id in (group_id, None)]
        placed = {s.appointment_id for here in self._held.values() for s, _ in here}
        doubtful = [s for s in self.possible if s.group_id is None]
        unplaced = [s for s in doubtful if s.appointment_id not in placed]
        return len(self.unassigned) + len(self.ruleless) + len(strays) + len(unplaced)


def _followed(sitting: Sitting, renamed: dict[int, int]) -> int | None:
    """The territory a member sits for on the day, followed through its renamings."""
    here, seen = sitting.territory_id, set[int]()
    while here in renamed and here not in seen:
        seen.add(here)
        here = renamed[here]
    return here
