"""Tells from what is recorded what happened, day by day, many at once as one event."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from registry.domain.comparison import RuleChange
from registry.domain.dates import PartialDate
from registry.domain.events import (
    ORDER,
    Event,
    Happened,
    Movement,
    Mover,
    Recorded,
    Renamed,
    StatusChange,
)
from registry.domain.facts import Record, SeatRule, Sitting


def recorded_in(record: Record, beside: date | None = None) -> Recorded:
    """What a record that is loaded already says, elections and changes of party apart.

    Of mandates only those that begin or end on the known days next to `beside`, if it is given.
    """
    institution = record.institution
    sittings = record.sittings if beside is None else _moving_beside(record.sittings, beside)
    moves = [_moves(sitting) for sitting in sittings]
    return Recorded(
        institutions={institution.id: institution},
        convocations={each.id: (institution.id, each) for each in record.convocations},
        rules={institution.id: list(record.rules)},
        statuses=[
            Renamed(territory.id, territory.slug, status.names, {}, status.span)
            for territory in record.territories
            for status in territory.statuses
        ],
        coverages={institution.id: list(record.coverages)},
        came=[came for came, _left in moves],
        left=[left for _came, left in moves if left is not None],
    )


def _moving_beside(sittings: Iterable[Sitting], day: date) -> list[Sitting]:
    """Whose mandates begin or end on the last known day before `day`, or the next after it."""
    bounds = [
        (
            each,
            each.start_earliest if each.start_earliest == each.start_latest else None,
            each.end_earliest if each.end_earliest == each.end_latest else None,
        )
        for each in sittings
    ]
    days = {bound for _sitting, *both in bounds for bound in both if bound}
    near = {
        max((each for each in days if each < day), default=None),
        min((each for each in days if each > day), default=None),
    } - {None}
    return [sitting for sitting, *both in bounds if near.intersection(both)]


def _moves(sitting: Sitting) -> tuple[Movement, Movement | None]:
    """How a mandate begins, and how it ends."""
    came = Movement(
        sitting.institution_id,
        sitting.group_id,
        sitting.territory_id,
        sitting.convocation_id,
        sitting.start,
        1,
        int(sitting.sample),
        "",
        sitting.acting,
    )
    end = sitting.end
    left = None if end is None else came._replace(when=end, reason=sitting.end_reason)
    return came, left


def movers_in(record: Record, event: Event) -> tuple[Mover, ...]:
    """The people whose mandates begin or end by an event, apart from a whole convocation."""
    if event.kind not in (Happened.CAME, Happened.LEFT):
        return ()
    groups = {group.id: group.names for group in record.groups}
    territories = {each.id: each.names_on(event.day) for each in record.territories}
    whole = {
        each.id: each.term.start if event.kind is Happened.CAME else each.term.end
        for each in record.convocations
    }
    return tuple(
        Mover(
            sitting.appointment_id,
            sitting.person_id,
            sitting.person_slug,
            sitting.name,
            sitting.sample,
            sitting.acting,
            sitting.end_reason,
            groups.get(sitting.group_id or 0),
            territories.get(sitting.territory_id or 0),
        )
        for sitting in record.sittings
        if (sitting.start if event.kind is Happened.CAME else sitting.end) == event.when
        and whole.get(sitting.convocation_id or 0) != event.when
    )


def events(recorded: Recorded) -> list[Event]:
    """Everything that happened, the earliest first; days of which nothing is known are left out."""
    found = [*_mandates(recorded), *_institutions(recorded), *_rules(recorded)]
    found += [
        Event(
            Happened.ELECTION,
            PartialDate.of(each.day),
            recorded.institutions[each.institution_id],
            election=each,
        )
        for each in recorded.elections
    ]
    found += _statuses(recorded.statuses)
    found += _parties(recorded)
    known = (each for each in found if each.when.earliest or each.when.latest)
    places = {pk: place for place, pk in enumerate(recorded.institutions)}

    def in_order(event: Event) -> tuple[date, int, int, str]:
        body = event.institution
        return event.day, places[body.id] if body else -1, ORDER[event.kind], event.key

    return sorted(known, key=in_order)


def _institutions(recorded: Recorded) -> Iterator[Event]:
    for pk, institution in recorded.institutions.items():
        term = institution.term
        before = tuple(recorded.predecessors.get(pk, ()))
        after = tuple(recorded.successors.get(pk, ()))
        yield Event(Happened.FOUNDED, term.start, institution, others=before)
        if term.end is not None:
            yield Event(Happened.CLOSED, term.end, institution, others=after)


def _mandates(recorded: Recorded) -> Iterator[Event]:
    """Mandates by institution and day; those of a whole convocation are told with it."""
    edges: dict[tuple[Happened, int], Event] = {}
    for pk, (body, convocation) in recorded.convocations.items():
        institution = recorded.institutions[body]
        start, end = convocation.term.start, convocation.term.end
        edges[Happened.CONVENED, pk] = Event(
            Happened.CONVENED, start, institution, convocation=convocation
        )
        if end is not None:
            edges[Happened.DISSOLVED, pk] = Event(
                Happened.DISSOLVED, end, institution, convocation=convocation
            )
    alone: dict[tuple[Happened, int, PartialDate], list[Movement]] = defaultdict(list)
    for kind, edge, movements in (
        (Happened.CAME, Happened.CONVENED, recorded.came),
        (Happened.LEFT, Happened.DISSOLVED, recorded.left),
    ):
        for each in movements:
            with_all = edges.get((edge, each.convocation_id or 0))
            if with_all is not None and with_all.when == each.when:
                edges[edge, each.convocation_id or 0] = replace(
                    with_all,
                    number=with_all.number + each.number,
                    samples=with_all.samples + each.samples,
                )
            else:
                alone[kind, each.institution_id, each.when].append(each)
    yield from edges.values()
    taken = Counter[tuple[object, ...]]()
    for each in recorded.came:
        if each.acting:
            continue
        taken[each.institution_id, each.group_id, each.territory_id, each.when] += each.number
    for (kind, body, when), movements in alone.items():
        reasons = {each.reason for each in movements}
        yield Event(
            kind,
            when,
            recorded.institutions[body],
            number=sum(each.number for each in movements),
            samples=sum(each.samples for each in movements),
            unfilled=_unfilled(recorded, body, movements, taken) if kind is Happened.LEFT else 0,
            reason=reasons.pop() if len(reasons) == 1 else "",
        )


def _unfilled(
    recorded: Recorded, body: int, movements: Iterable[Movement], taken: Counter[tuple[object, ...]]
) -> int:
    """Seats of a complete roster that were left on a known day and that nobody took on it."""
    left = Counter[tuple[object, ...]]()
    life = recorded.institutions[body].term
    inner = {rule.group.id for rule in recorded.rules.get(body, ()) if rule.group.inner}
    for each in movements:
        day = each.when.latest
        if day is None or each.when.earliest != day or (life.end and life.end.earliest == day):
            continue
        # Whoever stands in leaves no seat, and a roster of all seats says nothing of inner offices.
        roster = {each.group_id, None} - ({None} if each.group_id in inner else set())
        covered = not each.acting and any(
            coverage.group_id in roster and coverage.span.covers(day)
            for coverage in recorded.coverages.get(body, ())
        )
        if covered:
            left[each.institution_id, each.group_id, each.territory_id, each.when] += each.number
    return sum(max(0, number - taken[key]) for key, number in left.items())


def _rules(recorded: Recorded) -> Iterator[Event]:
    """Rules that come into force, with those whose place they take, and rules that end."""
    for body, rules in recorded.rules.items():
        institution = recorded.institutions[body]
        over = institution.term.end
        days = {day for rule in rules for day in (rule.force.start, rule.force.end) if day}
        by_group: dict[int, list[SeatRule]] = defaultdict(list)
        for rule in rules:
            by_group[rule.group.id].append(rule)
        for day in sorted(days):
            changes = tuple(
                change for some in by_group.values() if (change := _change(some, day)) is not None
            )
            # The rules of a body that ends go with it.
            if changes and not (
                over and over.earliest == day and not any(c.after for c in changes)
            ):
                yield Event(Happened.RULES, PartialDate.of(day), institution, rules=changes)


def _change(rules: Iterable[SeatRule], day: date) -> RuleChange | None:
    """What a day changes in the rules of one group."""
    before = after = None
    for rule in sorted(rules, key=lambda rule: rule.force.start or date.min):
        start, end = rule.force.start, rule.force.end
        if (start is None or start < day) and (end is None or end >= day):
            before = rule
        if rule.force.covers(day):
            after = rule
    return RuleChange(before, after) if before is not after else None


def _statuses(statuses: Iterable[Renamed]) -> Iterator[Event]:
    by_day: dict[date, list[StatusChange]] = defaultdict(list)
    listed = list(statuses)
    begun = {(each.slug, each.span.start) for each in listed}
    for each in listed:
        if each.span.start is not None:
            by_day[each.span.start].append(StatusChange(each, begins=True))
        if each.span.end is not None and (each.slug, each.span.end) not in begun:
            by_day[each.span.end].append(StatusChange(each, begins=False))
    for day, changes in by_day.items():
        yield Event(
            Happened.TERRITORY,
            PartialDate.of(day),
            number=len(changes),
            statuses=tuple(changes),
        )


def _parties(recorded: Recorded) -> Iterator[Event]:
    for each in recorded.parties:
        yield Event(
            Happened.PARTY,
            each.when,
            recorded.institutions[each.institution_id],
            number=each.number,
            samples=each.samples,
            party_id=-each.party_id if each.left else each.party_id,
        )


def days_around(found: Iterable[Event], day: date) -> tuple[list[Event], list[Event]]:
    """The events of the last day before `day` on which something happened, and of the next after.

    Only days that are known exactly: a link to any other would show what may not have happened.
    """
    exact = [each for each in found if each.exact]
    before = max((each.day for each in exact if each.day < day), default=None)
    after = min((each.day for each in exact if each.day > day), default=None)
    return (
        [each for each in exact if each.day == before],
        [each for each in exact if each.day == after],
    )
