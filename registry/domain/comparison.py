"""Two days of one institution compared: who came, who left, what changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from registry.domain.composition import Composition
from registry.domain.dates import Presence
from registry.domain.facts import SeatRule, Sitting
from registry.domain.findings import Finding


@dataclass(frozen=True, slots=True)
class Moved:
    """A person who sits on both days, in another seat or for another party."""

    before: Sitting
    after: Sitting

    @property
    def party(self) -> bool:
        return self.before.party_id != self.after.party_id

    @property
    def seat(self) -> bool:
        return (self.before.group_id, self.before.territory_id) != (
            self.after.group_id,
            self.after.territory_id,
        )


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A group whose rule is another one on the second day; `None` where it has none."""

    before: SeatRule | None
    after: SeatRule | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two days, by person: a new mandate in the same seat is no change.

    `left` and `came` are persons in office on one of the days for certain and on the other
    not even possibly; `unsure` those of whom the dates leave it open.
    """

    before: Composition
    after: Composition
    came: tuple[Sitting, ...]
    left: tuple[Sitting, ...]
    unsure: tuple[Sitting, ...]
    stayed: int
    moved: tuple[Moved, ...]
    rules: tuple[RuleChange, ...]
    findings_gone: tuple[Finding, ...]
    findings_new: tuple[Finding, ...]

    @property
    def changed_party(self) -> tuple[Moved, ...]:
        return tuple(each for each in self.moved if each.party)

    @property
    def changed_seat(self) -> tuple[Moved, ...]:
        return tuple(each for each in self.moved if each.seat)

    @property
    def empty(self) -> bool:
        """Whether nothing differs."""
        return not (self.came or self.left or self.unsure or self.moved or self.rules)


def compare(
    before: Composition,
    after: Composition,
    findings_before: Iterable[Finding] = (),
    findings_after: Iterable[Finding] = (),
) -> Comparison:
    """Hold an earlier day of an institution against a later one."""
    here, there = _by_person(before), _by_person(after)
    came = [s for person, s in there.items() if person not in here]
    left = [s for person, s in here.items() if person not in there]
    both = [(here[person], there[person]) for person in here if person in there]
    moved = [Moved(one, two) for one, two in both]
    known_before = {finding.key: finding for finding in findings_before}
    known_after = {finding.key: finding for finding in findings_after}
    return Comparison(
        before=before,
        after=after,
        came=tuple(s for s in came if s.presence(after.day) is Presence.YES),
        left=tuple(s for s in left if s.presence(before.day) is Presence.YES),
        unsure=tuple(
            [s for s in left if s.presence(before.day) is Presence.POSSIBLY]
            + [s for s in came if s.presence(after.day) is Presence.POSSIBLY]
        ),
        stayed=len(both),
        moved=tuple(each for each in moved if each.party or each.seat),
        rules=tuple(_rule_changes(before, after)),
        findings_gone=tuple(f for key, f in known_before.items() if key not in known_after),
        findings_new=tuple(f for key, f in known_after.items() if key not in known_before),
    )


def _by_person(composition: Composition) -> dict[int, Sitting]:
    found: dict[int, Sitting] = {}
    for sitting in (*composition.members, *composition.officers):
        found.setdefault(sitting.person_id, sitting)
    return found


def _rule_changes(before: Composition, after: Composition) -> Iterator[RuleChange]:
    earlier = {rule.group.id: rule for rule in before.rules}
    later = {rule.group.id: rule for rule in after.rules}
    for group in dict.fromkeys([*earlier, *later]):
        one, two = earlier.get(group), later.get(group)
        if (one and one.id) != (two and two.id):
            yield RuleChange(one, two)
