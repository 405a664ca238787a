"""Checks on renewal classes: which seats are filled together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from registry.domain.composition import Composition, Line, State
from registry.domain.facts import RenewalClass, Sitting
from registry.domain.findings import Finding, Problem
from registry.domain.renewals import seats_of_class


def wrong_class(composition: Composition) -> Iterator[Finding]:
    """The seats of one territory lie in different classes, as the classes lay them out.

    Where there are more members than seats in all, that is the finding.
    """
    for line, renewal_class, sittings in _crowded(composition):
        if line.over:
            continue
        yield Finding(
            Problem.WRONG_CLASS,
            rule=line.rule,
            territory=line.territory,
            renewal_class=renewal_class,
            expected=_seats_here(renewal_class, line),
            found=len(sittings),
            sittings=sittings,
        )


def class_imbalance(composition: Composition) -> Iterator[Finding]:
    """Classes share the seats of a group evenly, and none holds more members than seats.

    What is wrong in one territory is reported as that, and not again here.
    """
    if composition.state is not State.IN_OFFICE:
        return
    crowded: Counter[int] = Counter()
    for line, renewal_class, sittings in _crowded(composition):
        crowded[renewal_class.id] += len(sittings) - _seats_here(renewal_class, line)
    territories = composition.snapshot.territories
    for lines in composition.lines_by_group:
        rule = lines[0].rule
        classes = rule.group.classes
        held: dict[int | None, list[Sitting]] = defaultdict(list)
        for line in lines:
            for sitting in line.holders:
                held[sitting.class_id].append(sitting)
        shares = [seats_of_class(each, rule, territories, composition.day) for each in classes]
        known = [share for share in shares if share is not None]
        uneven = bool(known) and len(known) == len(shares) and max(known) - min(known) > 1
        for renewal_class, share in zip(classes, shares, strict=True):
            if share is None:
                continue
            beyond = len(held[renewal_class.id]) - share - crowded[renewal_class.id]
            if beyond > 0 or (uneven and share == max(known)):
                yield Finding(
                    Problem.CLASS_IMBALANCE,
                    rule=rule,
                    renewal_class=renewal_class,
                    expected=sum(known) // len(known) if uneven and beyond <= 0 else share,
                    found=share if uneven and beyond <= 0 else len(held[renewal_class.id]),
                    sittings=tuple(held[renewal_class.id]) if beyond > 0 else (),
                )


def _crowded(
    composition: Composition,
) -> Iterator[tuple[Line, RenewalClass, tuple[Sitting, ...]]]:
    """Territories with more members of a class than seats of it."""
    for line in composition.lines:
        if line.territory is None:
            continue
        for renewal_class in line.rule.group.classes:
            here = tuple(s for s in line.holders if s.class_id == renewal_class.id)
            if len(here) > _seats_here(renewal_class, line):
                yield line, renewal_class, here


def _seats_here(renewal_class: RenewalClass, line: Line) -> int:
    listed = renewal_class.territories
    return int(not listed or (line.territory is not None and line.territory.id in listed))
