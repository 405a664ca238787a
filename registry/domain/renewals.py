"""Which seats are filled anew, and when: known elections, and what the rules let one expect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from registry.domain.dates import Presence, months_after, years_after
from registry.domain.facts import (
    Election,
    Record,
    RenewalClass,
    SeatGroup,
    SeatRule,
    Territory,
)
from registry.domain.seats import entitled, required, rules_of_day, total


@dataclass(frozen=True, slots=True)
class Renewal:
    """Seats that are filled anew on a day: of one class, of a group, or of the whole body.

    `known` is the election that was called or held; without one the day is a forecast, so many
    years after the last known one. `terms_end` is when the terms before it run out and
    `due` the last day on which the law wants the election; `None` when nothing says so. They
    are counted from the election `before`: from the day on which those elected took office,
    or from its own where nobody recorded that. `seats` follows from rule, class and the
    territories of the day.
    """

    day: date
    group: SeatGroup | None
    renewal_class: RenewalClass | None
    seats: int | None
    rule: SeatRule | None = None
    known: Election | None = None
    before: Election | None = None
    terms_end: date | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class FirstTerm:
    """The first term of a seat of a new territory: it lasts until its class is renewed.

    `until` is `None` when no renewal after `begun` is known or can be forecast.
    """

    territory: Territory
    renewal_class: RenewalClass
    begun: date
    until: date | None


def seats_of_class(
    renewal_class: RenewalClass, rule: SeatRule, territories: Iterable[Territory], day: date
) -> int | None:
    """How many seats a class has on `day`; `None` when no number is recorded."""
    if renewal_class.seats is not None:
        return renewal_class.seats
    if not rule.territorial:
        return None
    here = entitled(rule, territories, day)
    listed = renewal_class.territories
    return sum(1 for territory in here if not listed or territory.id in listed)


def renewals(record: Record, first: date, last: date) -> tuple[Renewal, ...]:
    """Renewals from `first` up to, not on, `last`, in order.

    Known elections stand for themselves. After the last known one of its kind each renewal is
    forecast by the term of the rule, as long as the institution and the rule go on.
    """
    found: list[Renewal] = []
    own = [each for each in record.elections if each.institution == record.institution.slug]
    own = sorted((each for each in own if not each.partial), key=lambda each: each.day)
    for group, renewal_class in _kinds(record, own):
        whole = {None, group.id if group else None} if renewal_class else {group and group.id}
        known = [
            each
            for each in own
            if each.group_id in whole
            and each.class_id in (None, renewal_class.id if renewal_class else None)
        ]
        before: Election | None = None
        for election in known:
            found.append(_renewal(record, group, renewal_class, election.day, before, election))
            before = election
        found += _forecasts(record, group, renewal_class, before, last)
    inside = (each for each in found if first <= each.day < last)
    return tuple(sorted(inside, key=_in_order))


def _in_order(renewal: Renewal) -> tuple[date, str, str]:
    group, renewal_class = renewal.group, renewal.renewal_class
    return renewal.day, group.slug if group else "", renewal_class.slug if renewal_class else ""


def _kinds(
    record: Record, elections: Iterable[Election]
) -> Iterator[tuple[SeatGroup | None, RenewalClass | None]]:
    """What is filled together: each class, each group that an election names, or the body."""
    classed = {group.id for group in record.groups if group.classes}
    named = {each.group_id for each in elections} - classed
    for group in record.groups:
        for renewal_class in group.classes:
            yield group, renewal_class
        if group.id in named:
            yield group, None
    if None in named and not classed:
        yield None, None


def _rule_on(record: Record, group: SeatGroup | None, day: date) -> SeatRule | None:
    in_force = [
        rule
        for rule in rules_of_day(record.rules, day)
        if not rule.group.inner and (group is None or rule.group.id == group.id)
    ]
    return next((rule for rule in in_force if rule.term_years is not None), None) or next(
        iter(in_force), None
    )


def _renewal(
    record: Record,
    group: SeatGroup | None,
    renewal_class: RenewalClass | None,
    day: date,
    before: Election | None,
    known: Election | None,
) -> Renewal:
    rule = _rule_on(record, group, day)
    ends = _terms_end(record, group, before) if before else None
    return Renewal(
        day=day,
        group=group,
        renewal_class=renewal_class,
        seats=_seats(record, group, renewal_class, rule, day),
        rule=rule,
        known=known,
        before=before,
        terms_end=ends,
        due=_due(rule, ends),
    )


def _seats(
    record: Record,
    group: SeatGroup | None,
    renewal_class: RenewalClass | None,
    rule: SeatRule | None,
    day: date,
) -> int | None:
    if rule is None:
        return None
    if renewal_class is not None:
        return seats_of_class(renewal_class, rule, record.territories, day)
    if group is not None:
        return required(rule, record.territories, day)
    return total(rules_of_day(record.rules, day), record.territories, day)


def _terms_end(record: Record, group: SeatGroup | None, election: Election) -> date | None:
    """When the terms of those elected run out: years after they took office, or were elected."""
    rule = _rule_on(record, group, election.day)
    if rule is None or rule.term_years is None:
        return None
    return years_after(election.in_office or election.day, rule.term_years)


def _due(rule: SeatRule | None, ends: date | None) -> date | None:
    if rule is None or rule.election_months is None or ends is None:
        return None
    return months_after(ends, -rule.election_months)


def _forecasts(
    record: Record,
    group: SeatGroup | None,
    renewal_class: RenewalClass | None,
    before: Election | None,
    last: date,
) -> Iterator[Renewal]:
    """What is to be expected after the last known election, one term after another."""
    if before is None:
        return
    day, ends = before.day, _terms_end(record, group, before)
    rule = _rule_on(record, group, day)
    while rule is not None and rule.term_years:  # a term of no years would never end
        day = years_after(day, rule.term_years)
        alive = record.institution.term.covers(day) is not Presence.NO
        rule = _rule_on(record, group, day)
        if day >= last or not alive or rule is None:
            return
        yield Renewal(
            day=day,
            group=group,
            renewal_class=renewal_class,
            seats=_seats(record, group, renewal_class, rule, day),
            rule=rule,
            before=before,
            terms_end=ends,
            due=_due(rule, ends),
        )
        # Those elected then take office when the terms before them run out.
        ends = years_after(ends, rule.term_years) if ends and rule.term_years else None


def first_terms(record: Record, territory: Territory, begun: date) -> tuple[FirstTerm, ...]:
    """The first terms of a new territory's seats, which differ in length: one for each class."""
    found = []
    for group in record.groups:
        rule = _rule_on(record, group, begun)
        for renewal_class in group.classes:
            listed = renewal_class.territories
            if rule is None or not rule.territorial or (listed and territory.id not in listed):
                continue
            horizon = years_after(begun, 2 * (rule.term_years or 0) + 1)
            later = [
                each.day
                for each in renewals(record, begun, horizon)
                if each.renewal_class == renewal_class and each.day > begun
            ]
            found.append(FirstTerm(territory, renewal_class, begun, min(later, default=None)))
    return tuple(found)
