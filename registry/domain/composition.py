"""Who sat on a day, held against the seat rules: the composition of one institution."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registry.domain import seats
from registry.domain.dates import Presence
from registry.domain.facts import (
    Convocation,
    SeatGroup,
    SeatRule,
    Sitting,
    Snapshot,
    StatedTotal,
    Territory,
    Texts,
)


class State(StrEnum):
    """What there is to say of an institution on a day; the values are those of the API."""

    IN_OFFICE = "in_office"
    NOT_YET = "not_yet"
    ENDED = "ended"
    NO_RULE = "no_rule"
    BETWEEN_CONVOCATIONS = "between_convocations"


@dataclass(frozen=True, slots=True)
class Line:
    """The seats of one rule, or of one territory under it, and who holds them.

    `required` is `None` when the number is not recorded. `others` is how many members of the
    body belong to no line and might hold one of these seats. `recorded` says that the roster
    is declared complete, so that an empty seat is a vacancy.
    """

    rule: SeatRule
    territory: Territory | None
    required: int | None
    holders: tuple[Sitting, ...]
    acting: tuple[Sitting, ...]
    possible: tuple[Sitting, ...]
    others: int
    recorded: bool

    @property
    def filled(self) -> int:
        """Seats held for certain. Somebody acting fills a seat that nobody else holds."""
        empty = max(0, (self.required or 0) - len(self.holders))
        return len(self.holders) + min(len(self.acting), empty)

    @property
    def unheld(self) -> int:
        """Seats that nobody holds, not even possibly, whoever the `others` are."""
        if self.required is None or self.rule.unlimited:
            return 0
        return max(0, self.required - self.filled - len(self.possible))

    @property
    def undecided(self) -> bool:
        return bool(self.others and self.unheld)

    @property
    def vacant(self) -> int | None:
        """Vacancies; `None` when the roster is not declared complete or leaves it open."""
        if not self.unheld:
            return 0 if self.required is not None else None
        return self.unheld if self.recorded and not self.undecided else None

    @property
    def over(self) -> int:
        """Holders beyond the rule."""
        if self.required is None or self.rule.unlimited:
            return 0
        return max(0, len(self.holders) - self.required)

    @property
    def single_office(self) -> bool:
        return self.required == 1


@dataclass(frozen=True, slots=True)
class PartySeats:
    """How many certain members sit for a party; `slug` is `None` for those without one."""

    slug: str | None
    names: Texts | None
    seats: int


@dataclass(frozen=True, slots=True)
class Composition:
    """One institution on one day.

    `rules` are those the sitting body is under, `lines` the counted seats, `inner` the offices
    held beside a seat. `unassigned` are certain members without a group where the rules know
    several, `misplaced` those whose territory fills no seat of their group, and `ruleless`
    those of a group that no rule covers. `law` is the total the rules in force on the day
    give, which may differ from `required` while a convocation sits under an older rule.
    """

    snapshot: Snapshot
    state: State
    convocation: Convocation | None
    rules: tuple[SeatRule, ...]
    lines: tuple[Line, ...]
    inner: tuple[Line, ...]
    unassigned: tuple[Sitting, ...]
    misplaced: tuple[Sitting, ...]
    ruleless: tuple[Sitting, ...]
    inner_ruleless: tuple[Sitting, ...]
    possible: tuple[Sitting, ...]
    required: int | None
    law: int | None
    stated_totals: tuple[StatedTotal, ...]

    @property
    def day(self) -> date:
        return self.snapshot.day

    @property
    def covered(self) -> bool:
        """Whether the roster of the counted seats is declared complete on the day."""
        return None in self.snapshot.covered

    @property
    def filled(self) -> int:
        outside_lines = len(self.unassigned) + len(self.misplaced) + len(self.ruleless)
        return sum(line.filled for line in self.lines) + outside_lines

    @property
    def vacant(self) -> int | None:
        """Seats of the body that are certainly vacant; `None` when that cannot be said."""
        if self.required is None or self.state is not State.IN_OFFICE:
            return None
        if not self.unheld:
            return 0
        if self.covered or all(line.recorded for line in self.lines if line.unheld):
            return self.unheld
        return None

    @property
    def unheld(self) -> int:
        """Seats that nobody holds, not even possibly."""
        empty = sum(line.unheld for line in self.lines)
        loose = {sitting.appointment_id for line in self.lines for sitting in line.possible}
        possible = sum(1 for sitting in self.possible if sitting.appointment_id not in loose)
        return max(0, empty - len(self.unassigned) - len(self.misplaced) - possible)

    @property
    def over(self) -> int:
        """Certain members beyond what the rules allow."""
        if self.required is None:
            return 0
        empty = sum(
            max(0, (line.required or 0) - line.filled)
            for line in self.lines
            if not line.rule.unlimited
        )
        unplaced = len(self.unassigned) + len(self.misplaced)
        return sum(line.over for line in self.lines) + max(0, unplaced - empty)

    @property
    def members(self) -> tuple[Sitting, ...]:
        """Everybody who sits in the body certainly or possibly, inner offices apart."""
        inner = self._inner_ids()
        return tuple(s for s in self.snapshot.sittings if s.appointment_id not in inner)

    @property
    def officers(self) -> tuple[Sitting, ...]:
        """Holders of inner offices, such as the chair."""
        inner = self._inner_ids()
        return tuple(s for s in self.snapshot.sittings if s.appointment_id in inner)

    def _inner_ids(self) -> set[int]:
        held = {
            sitting.appointment_id
            for line in self.inner
            for sitting in (*line.holders, *line.acting, *line.possible)
        }
        return held | {sitting.appointment_id for sitting in self.inner_ruleless}

    def rule_of(self, sitting: Sitting) -> SeatRule | None:
        """The rule of the group a sitting belongs to."""
        counted = [rule for rule in self.rules if not rule.group.inner]
        if sitting.group_id is None:
            return counted[0] if len(counted) == 1 else None
        return next((rule for rule in self.rules if rule.group.id == sitting.group_id), None)

    @property
    def parties(self) -> tuple[PartySeats, ...]:
        """Certain members by party, the largest first, those without one last."""
        names: dict[str | None, Texts | None] = {}
        counts: Counter[str | None] = Counter()
        for sitting in self.members:
            if sitting.presence(self.day) is Presence.YES:
                counts[sitting.party_slug] += 1
                names[sitting.party_slug] = sitting.party_name
        ranked = sorted(counts.items(), key=lambda item: (item[0] is None, -item[1], item[0] or ""))
        return tuple(PartySeats(slug, names[slug], number) for slug, number in ranked)

    @property
    def sample(self) -> bool:
        """Whether invented people are among those shown."""
        return self.snapshot.sample_coverage or any(s.sample for s in self.snapshot.sittings)

    @property
    def seats_by_group(self) -> tuple[tuple[SeatGroup, tuple[Line, ...]], ...]:
        """Lines gathered under their groups, in the order of the rules."""
        gathered: dict[int, list[Line]] = defaultdict(list)
        groups = {}
        for line in self.lines:
            gathered[line.rule.group.id].append(line)
            groups[line.rule.group.id] = line.rule.group
        return tuple((groups[key], tuple(lines)) for key, lines in gathered.items())


def sitting_convocation(snapshot: Snapshot) -> Convocation | None:
    """The convocation in session on the day: one that certainly covers it, else possibly."""
    found = None
    for convocation in snapshot.convocations:
        match convocation.term.covers(snapshot.day):
            case Presence.YES:
                return convocation
            case Presence.POSSIBLY:
                found = convocation
    return found


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


@dataclass(slots=True)
class _Places:
    """The lines of the day by what a sitting says of itself: its group and territory."""

    by_group: dict[int, SeatRule]
    territorial: dict[tuple[int, int], Territory]
    carried_on: dict[int, int]

    def territory_of(self, sitting: Sitting) -> int | None:
        """The territory a member sits for on the day, followed through its renamings."""
        here = sitting.territory_id
        seen = set()
        while here in self.carried_on and here not in seen:
            seen.add(here)
            here = self.carried_on[here]
        return here


def _places(snapshot: Snapshot, rules: Iterable[SeatRule]) -> _Places:
    day = snapshot.day
    territorial = {
        (rule.group.id, territory.id): territory
        for rule in rules
        if rule.territorial
        for territory in seats.entitled(rule, snapshot.territories, day)
    }
    carried_on = {
        territory.id: territory.continued_by
        for territory in snapshot.territories
        if territory.continued_by is not None and territory.on(day) is None
    }
    return _Places({rule.group.id: rule for rule in rules}, territorial, carried_on)


def compose(snapshot: Snapshot) -> Composition:
    """Hold the roster of a day against the rules of that day.

    A member without a group belongs to the only group there is; where there are several, the
    parts stay undecided while the whole can still be counted.
    """
    day = snapshot.day
    convocation = sitting_convocation(snapshot)
    law = seats.rules_of_day(snapshot.rules, day)
    rules_day = convocation.rules_day if convocation else None
    rules = seats.rules_of_election(snapshot.rules, rules_day) if rules_day else law
    state = _state(snapshot, rules, convocation)
    alive = state not in (State.NOT_YET, State.ENDED)
    if not alive:
        rules = law = ()

    places = _places(snapshot, rules)
    inner_groups = {group.id for group in snapshot.groups if group.inner}
    counted = [rule for rule in rules if not rule.group.inner]
    only_group = counted[0].group.id if len({rule.group.id for rule in counted}) == 1 else None

    held: dict[tuple[int, int | None], list[tuple[Sitting, Presence]]] = defaultdict(list)
    loose: dict[str, list[Sitting]] = defaultdict(list)
    possible = []
    for sitting in snapshot.sittings:
        presence = sitting.presence(day)
        if presence is Presence.NO:
            continue
        group_id = sitting.group_id if sitting.group_id is not None else only_group
        rule = places.by_group.get(group_id) if group_id is not None else None
        if presence is Presence.POSSIBLY and group_id not in inner_groups:
            possible.append(sitting)
        if rule is None:
            if group_id is None:
                kind = "unassigned"
            else:
                kind = "inner_ruleless" if group_id in inner_groups else "ruleless"
        elif rule.territorial:
            territory_id = places.territory_of(sitting)
            if territory_id is not None and (rule.group.id, territory_id) in places.territorial:
                held[rule.group.id, territory_id].append((sitting, presence))
                continue
            kind = "misplaced"
        else:
            held[rule.group.id, None].append((sitting, presence))
            continue
        if presence is Presence.YES or kind == "inner_ruleless":
            loose[kind].append(sitting)

    if not rules:
        # Without any rule there is nothing to assign to: everybody sits without a rule.
        loose["ruleless"] = loose.pop("unassigned", []) + loose["ruleless"]

    lines: list[Line] = []
    inner: list[Line] = []
    for rule in rules:
        slots: list[Territory | None] = [None]
        if rule.territorial:
            slots = list(seats.entitled(rule, snapshot.territories, day))
        covered = rule.group.id in snapshot.covered
        if not rule.group.inner:
            covered = covered or None in snapshot.covered
        others = 0
        if not rule.group.inner:
            strays = [s for s in loose["misplaced"] if s.group_id in (rule.group.id, None)]
            others = len(loose["unassigned"]) + len(strays)
            others += sum(1 for s in possible if s.group_id is None and only_group is None)
        for territory in slots:
            here = held[rule.group.id, territory.id if territory else None]
            line = Line(
                rule=rule,
                territory=territory,
                required=rule.seats_per_territory if rule.territorial else rule.seats,
                holders=tuple(s for s, p in here if p is Presence.YES and not s.acting),
                acting=tuple(s for s, p in here if p is Presence.YES and s.acting),
                possible=tuple(s for s, p in here if p is Presence.POSSIBLY),
                others=others,
                recorded=covered and state is State.IN_OFFICE,
            )
            (inner if rule.group.inner else lines).append(line)

    stated_day = rules_day or day
    return Composition(
        snapshot=snapshot,
        state=state,
        convocation=convocation if alive else None,
        rules=rules,
        lines=tuple(lines),
        inner=tuple(inner),
        unassigned=tuple(loose["unassigned"]),
        misplaced=tuple(loose["misplaced"]),
        ruleless=tuple(loose["ruleless"]),
        inner_ruleless=tuple(loose["inner_ruleless"]),
        possible=tuple(possible),
        required=seats.total(rules, snapshot.territories, day),
        law=seats.total(law, snapshot.territories, day),
        stated_totals=tuple(
            stated
            for stated in snapshot.stated_totals
            if alive
            and (
                stated.convocation_id == convocation.id
                if stated.convocation_id and convocation
                else not stated.convocation_id and stated.span.covers(stated_day)
            )
        ),
    )
