"""The composition of one institution on a day: its lines of seats, and what they add up to."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registry.domain.dates import Presence
from registry.domain.facts import (
    Convocation,
    SeatRule,
    Sitting,
    Snapshot,
    StatedTotal,
    Territory,
    Texts,
)
from registry.domain.terms import Terms


class State(StrEnum):
    """What there is to say of an institution on a day; the values are those of the API."""

    IN_OFFICE = "in_office"
    NOT_YET = "not_yet"
    ENDED = "ended"
    NO_RULE = "no_rule"
    BETWEEN_CONVOCATIONS = "between_convocations"

    @property
    def exists(self) -> bool:
        """Whether there is such an institution on the day."""
        return self not in (State.NOT_YET, State.ENDED)


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
    terms: Terms
    certain: tuple[Sitting, ...]
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
        strays = len(self.unassigned) + len(self.misplaced) + len(self.ruleless)
        return max(0, empty - strays - possible)

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
    def lines_by_group(self) -> tuple[tuple[Line, ...], ...]:
        """Lines gathered by their group, in the order of the rules."""
        gathered: dict[int, list[Line]] = defaultdict(list)
        for line in self.lines:
            gathered[line.rule.group.id].append(line)
        return tuple(map(tuple, gathered.values()))
