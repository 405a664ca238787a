"""Checks that count: seats required against seats held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from registry.domain.composition import Composition, Line, State
from registry.domain.dates import months_after
from registry.domain.facts import Sitting
from registry.domain.findings import Doubt, Finding, Problem


def vacant_seats(composition: Composition) -> Iterator[Finding]:
    """Where the roster is complete, every seat that the rules give is held."""
    if composition.state is not State.IN_OFFICE:
        return
    named = 0
    for line in (*composition.lines, *composition.inner):
        if line.vacant and line.required is not None:
            since, predecessors = _emptied(composition, line, line.vacant)
            months = line.rule.vacancy_months
            named += 0 if line.rule.group.inner else line.vacant
            yield Finding(
                Problem.VACANT_SEATS,
                rule=line.rule,
                territory=line.territory,
                expected=line.required,
                found=line.filled,
                doubtful=len(line.possible),
                since=since,
                predecessors=predecessors,
                due=months_after(since, months) if since and months is not None else None,
            )
    if composition.vacant and composition.vacant > named:
        yield Finding(Problem.VACANT_SEATS, expected=composition.required, found=composition.filled)


def _emptied(
    composition: Composition, line: Line, vacancies: int
) -> tuple[date | None, tuple[Sitting, ...]]:
    """Since when a line has been short, and who left it then without being followed.

    A seat that nobody held under this rule and convocation has been empty from their start.
    Whoever only acted held no seat, and whoever holds one again, or whose term somebody
    completes, left none empty.
    """
    convocation = composition.convocation
    begun = [line.rule.force.start, composition.snapshot.institution.term.start.earliest]
    if convocation:
        begun = [convocation.term.start.latest]
    if line.territory and (status := line.territory.on(composition.day)):
        begun.append(status.span.start)
    floor = max((day for day in begun if day), default=None)
    gone = [
        sitting
        for sitting in composition.snapshot.departures
        if sitting.group_id in (line.rule.group.id, None)
        and (line.territory is None or sitting.territory_id == line.territory.id)
        and (floor is None or _left(sitting) > floor)
        and not sitting.acting
    ]
    since = _short_since(line, gone, floor)
    followed = {s.serves_rest_of for s in (*line.holders, *gone)}
    holding = {s.person_id for s in line.holders}
    left = [
        sitting
        for sitting in reversed(gone)
        if (since is None or _left(sitting) >= since)
        and sitting.appointment_id not in followed
        and sitting.person_id not in holding
    ]
    return since, tuple(left[:vacancies])


def _left(sitting: Sitting) -> date:
    return sitting.end_latest or date.min


def _short_since(line: Line, gone: list[Sitting], floor: date | None) -> date | None:
    """The first day of those without a break on which fewer held the seats than there are.

    Whoever may have left by now had not when others did.
    """
    changes: Counter[date] = Counter()
    departed = {sitting.appointment_id for sitting in gone}
    for sitting in (*line.holders, *line.possible, *gone):
        changes[max(sitting.start_latest or date.min, floor or date.min)] += 1
        if sitting.appointment_id in departed:
            changes[_left(sitting)] -= 1
    held, short = 0, floor
    full = False
    for day in sorted(changes):
        held += changes[day]
        if full and held < (line.required or 0):
            short = day
        full = held >= (line.required or 0)
    return short


def too_many_members(composition: Composition) -> Iterator[Finding]:
    """Nobody sits beyond the number of seats: not in a group, a territory or the body.

    Who sits for a territory that has no such seat is reported as that, and not again here.
    """
    named = sum(1 for sitting in composition.misplaced if sitting.territory_id is not None)
    for line in composition.lines:
        named += line.over
        if line.over and not line.single_office:
            yield Finding(
                Problem.TOO_MANY_MEMBERS,
                rule=line.rule,
                territory=line.territory,
                expected=line.required,
                found=len(line.holders),
                sittings=line.holders,
            )
    if composition.over > named:
        yield Finding(
            Problem.TOO_MANY_MEMBERS,
            expected=composition.required,
            found=composition.filled,
            sittings=composition.members,
        )


def two_holders(composition: Composition) -> Iterator[Finding]:
    """An office of one seat has one holder, those acting for the holder apart."""
    for line in (*composition.lines, *composition.inner):
        if line.single_office and line.over:
            yield Finding(
                Problem.TWO_HOLDERS,
                rule=line.rule,
                territory=line.territory,
                expected=1,
                found=len(line.holders),
                sittings=line.holders,
            )


def undecided_count(composition: Composition) -> Iterator[Finding]:
    """Everybody's group and days are known well enough to count every seat."""
    doubtful = {
        Doubt.GROUPS: composition.unassigned if composition.rules else (),
        Doubt.DATES: composition.possible,
    }
    for doubt, sittings in doubtful.items():
        if sittings:
            yield Finding(
                Problem.UNDECIDED_COUNT,
                expected=composition.required,
                found=composition.filled,
                doubtful=len(sittings),
                doubt=doubt,
                sittings=sittings,
            )


def no_rule(composition: Composition) -> Iterator[Finding]:
    """Members sit by a rule."""
    if composition.ruleless and composition.state.exists:
        yield Finding(
            Problem.NO_RULE, found=len(composition.ruleless), sittings=composition.ruleless
        )


def total_mismatch(composition: Composition) -> Iterator[Finding]:
    """What the rules add up to is what the sources state."""
    if composition.required is None:
        return
    for stated in composition.stated_totals:
        if stated.total != composition.required:
            yield Finding(
                Problem.TOTAL_MISMATCH,
                expected=stated.total,
                found=composition.required,
                stated=stated,
            )
