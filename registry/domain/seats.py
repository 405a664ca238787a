"""Which seat rules hold on a day, how many seats they give, and the eras that follow from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from registry.domain.dates import Span
from registry.domain.facts import Convocation, SeatGroup, SeatRule, Snapshot, Territory


def rules_of_day(rules: Iterable[SeatRule], day: date) -> tuple[SeatRule, ...]:
    """The law of the day: for each group the rule in force on it.

    Where two are recorded for one group, the later one took the place of the earlier, whose end
    nobody wrote down.
    """
    in_force: dict[int, SeatRule] = {}
    for rule in sorted(rules, key=lambda rule: rule.force.start or date.min):
        if rule.force.covers(day):
            in_force[rule.group.id] = rule
    return tuple(rule for rule in rules if in_force.get(rule.group.id) is rule)


def rules_of_election(rules: Iterable[SeatRule], elected: date) -> tuple[SeatRule, ...]:
    """The rules that whoever was elected on `elected` sits under.

    They are those in force on that day, but where a source says when a rule was first applied,
    that decides: until then the rule before it, of the same group, goes on.
    """
    by_group: dict[int, list[SeatRule]] = defaultdict(list)
    for rule in rules:
        by_group[rule.group.id].append(rule)
    applied = []
    for group_rules in by_group.values():
        group_rules.sort(key=lambda rule: rule.applies_from or date.min)
        begun = [r for r in group_rules if r.applies_from is None or r.applies_from <= elected]
        if not begun:
            continue
        last = begun[-1]
        waiting = any(
            later.force.start == last.force.end for later in group_rules[len(begun) :]
        ) and (last.force.end is not None)
        if waiting or last.force.end is None or last.force.end > elected:
            applied.append(last)
    order = {rule.id: position for position, rule in enumerate(rules)}
    return tuple(sorted(applied, key=lambda rule: order[rule.id]))


def rules_of_convocation(
    rules: Iterable[SeatRule], convocation: Convocation, later: Iterable[Convocation], day: date
) -> tuple[SeatRule, ...]:
    """The rules that a convocation sits under on `day`: those of its election.

    A rule that a source says was first applied since, before a later convocation was elected,
    was applied to this one: as when a state grows in the middle of a period.
    """
    elected = convocation.rules_day
    if elected is None:
        return rules_of_day(rules, day)
    listed = tuple(rules)
    following = [
        each.rules_day for each in later if each.rules_day is not None and each.rules_day > elected
    ]
    until = min(following, default=None)
    applied = {rule.group.id: rule for rule in rules_of_election(listed, elected)}
    if not applied:
        # Elected before there was any rule, as the body that a constitution founds may be.
        return rules_of_day(listed, day)
    for rule in sorted(listed, key=lambda rule: rule.applies_from or date.min):
        since = rule.first_applied
        if since is None or not elected < since <= day or not rule.force.covers(day):
            continue
        if until is None or since < until:
            applied[rule.group.id] = rule
    return tuple(rule for rule in listed if applied.get(rule.group.id) is rule)


def entitled(rule: SeatRule, territories: Iterable[Territory], day: date) -> tuple[Territory, ...]:
    """The territories that fill seats under `rule` on `day`."""
    return tuple(
        territory
        for territory in territories
        if (status := territory.on(day)) and status.kind in rule.kinds
    )


def required(rule: SeatRule, territories: Iterable[Territory], day: date) -> int | None:
    """How many seats `rule` gives on `day`; `None` when no number is recorded."""
    if rule.seats_per_territory is not None:
        return rule.seats_per_territory * len(entitled(rule, territories, day))
    if rule.unlimited:
        return 0
    return rule.seats


def total(rules: Iterable[SeatRule], territories: Iterable[Territory], day: date) -> int | None:
    """Seats of the whole body on `day`, inner offices apart; `None` when a part is not recorded."""
    return _whole([required(rule, territories, day) for rule in rules if not rule.group.inner])


def _whole(numbers: list[int | None]) -> int | None:
    """The sum, `None` when there is nothing to add or a part is not recorded."""
    known = [number for number in numbers if number is not None]
    return sum(known) if numbers and len(known) == len(numbers) else None


@dataclass(frozen=True, slots=True)
class Part:
    """One rule's share of an era, such as 2 x 16 or 15."""

    group: SeatGroup
    rule: SeatRule
    seats: int | None
    territories: int | None


@dataclass(frozen=True, slots=True)
class Era:
    """A span of days on which the law asked for the same seats."""

    span: Span
    total: int | None
    parts: tuple[Part, ...]


def _parts(snapshot: Snapshot, day: date) -> tuple[Part, ...]:
    parts = []
    for rule in rules_of_day(snapshot.rules, day):
        if rule.group.inner:
            continue
        count = len(entitled(rule, snapshot.territories, day)) if rule.territorial else None
        parts.append(Part(rule.group, rule, required(rule, snapshot.territories, day), count))
    return tuple(parts)


def eras(snapshot: Snapshot) -> tuple[Era, ...]:
    """The eras of the law within the life of the body; days without any rule are left out.

    An era begins whenever the law asks for other seats, be it by a new rule or because a
    territory came or went.
    """
    life = snapshot.institution.term
    begun = life.start.earliest
    over = life.end.earliest if life.end else None
    turns = {bound for rule in snapshot.rules for bound in (rule.force.start, rule.force.end)}
    if any(rule.territorial for rule in snapshot.rules):
        for territory in snapshot.territories:
            for status in territory.statuses:
                turns |= {status.span.start, status.span.end}
    turns |= {begun, over}
    days = sorted(
        day for day in turns if day and (not begun or day >= begun) and (not over or day <= over)
    )
    found: list[Era] = []
    for position, day in enumerate(days):
        end = days[position + 1] if position + 1 < len(days) else None
        parts = _parts(snapshot, day)
        if not parts or day == over:
            continue
        same = found and [(p.group.id, p.seats, p.territories) for p in found[-1].parts] == [
            (p.group.id, p.seats, p.territories) for p in parts
        ]
        if same and found[-1].span.end == day:
            found[-1] = Era(Span(found[-1].span.start, end), found[-1].total, found[-1].parts)
        else:
            found.append(Era(Span(day, end), _whole([part.seats for part in parts]), parts))
    return tuple(found)
