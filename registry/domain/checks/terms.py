"""Checks on how a mandate was given and how long it lasts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from registry.domain.composition import Composition
from registry.domain.dates import years_after
from registry.domain.facts import SeatRule, Sitting, StepKind
from registry.domain.findings import Demand, Finding, Problem
from registry.domain.terms import Basis, ScheduledEnd, Terms


def term_too_long(composition: Composition) -> Iterator[Finding]:
    """No mandate is recorded for longer than the term that its rule gives.

    Members of a convocation are measured by it instead.
    """
    terms = composition.terms
    for sitting in _with_a_term(composition):
        if sitting.end_earliest is None:
            continue
        limit = _limit(terms, sitting, composition.day)
        if limit is not None and limit.rule is not None and sitting.end_earliest > limit.day:
            yield Finding(
                Problem.TERM_TOO_LONG,
                rule=limit.rule,
                expected=limit.rule.term_years,
                sittings=(sitting,),
                due=limit.day,
                end=limit,
            )


def _limit(terms: Terms, sitting: Sitting, day: date) -> ScheduledEnd | None:
    """The end that the running term may not be recorded beyond.

    A term that begins anew later on is over on that day, whatever the end of the mandate.
    """
    later = [begun for begun in terms.beginnings(sitting) if begun > day]
    end = terms.scheduled_end(sitting, day)
    if end is None or end.elected is not None or end.basis is Basis.CONVOCATION:
        return None
    return None if later and later[0] <= end.day else end


def term_expired(composition: Composition) -> Iterator[Finding]:
    """Nobody stays on after the term ran out.

    That is so when the years of the rule or the convocation are over and no end is recorded,
    or when the institution before whose new election the holder resigns has been elected. The
    members of one convocation are one finding.
    """
    if not composition.state.exists:
        return
    members: dict[int, list[Sitting]] = defaultdict(list)
    ends: dict[int, ScheduledEnd] = {}
    terms = composition.terms
    for sitting in _with_a_term(composition):
        end = terms.scheduled_end(sitting, composition.day)
        if end is None or end.day > composition.day:
            continue
        recorded_over = end.convocation is not None and end.convocation.term.end is not None
        if recorded_over or (sitting.has_ended and end.elected is None):
            continue  # said by outside_convocation, or by term_too_long
        if end.convocation is None:
            yield _expired(end, (sitting,))
        else:
            members[end.convocation.id].append(sitting)
            ends[end.convocation.id] = end
    for convocation, sittings in members.items():
        yield _expired(ends[convocation], tuple(sittings))


def _expired(end: ScheduledEnd, sittings: tuple[Sitting, ...]) -> Finding:
    return Finding(Problem.TERM_EXPIRED, rule=end.rule, sittings=sittings, due=end.day, end=end)


def _with_a_term(composition: Composition) -> Iterator[Sitting]:
    """Those in office whose mandate some rule limits; nobody where no rule limits any."""
    rules = composition.snapshot.rules
    if not any(rule.term_years is not None or rule.resigns_before for rule in rules):
        return
    for sitting in composition.certain:
        if not sitting.acting:
            yield sitting


def too_young(composition: Composition) -> Iterator[Finding]:
    """Nobody takes a seat below the age that its rule demands on the first day."""
    if not any(rule.minimum_age for rule in composition.snapshot.rules):
        return
    terms = composition.terms
    for sitting in composition.certain:
        start = sitting.start_latest
        if sitting.birth_earliest is None or start is None or sitting.acting:
            continue
        rule = terms.rule_of(sitting, start)
        if rule is None or rule.minimum_age is None:
            continue
        if years_after(sitting.birth_earliest, rule.minimum_age) > start:
            yield Finding(
                Problem.TOO_YOUNG,
                rule=rule,
                expected=rule.minimum_age,
                found=_age(sitting.birth_earliest, start),
                sittings=(sitting,),
            )


def _age(born: date, day: date) -> int:
    """Full years on `day`."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def missing_step(composition: Composition) -> Iterator[Finding]:
    """A designation has every step that the law of its day demands: proposal, consent, act."""
    if not any(_demands(rule) for rule in composition.snapshot.rules):
        return
    terms = composition.terms
    for sitting in composition.certain:
        start = sitting.start_latest
        rule = terms.rule_of(sitting, start) if start and not sitting.acting else None
        if rule is None:
            continue
        missing = tuple(demand for demand in _demands(rule) if not _met(demand, sitting))
        if missing:
            yield Finding(Problem.MISSING_STEP, rule=rule, sittings=(sitting,), missing=missing)


def _met(demand: Demand, sitting: Sitting) -> bool:
    """Whether a step was taken, by the body that was to take it where one is recorded."""
    return any(
        step.kind is demand.kind and (not step.by or demand.by is None or step.by == demand.by.slug)
        for step in sitting.steps
    )


def _demands(rule: SeatRule) -> tuple[Demand, ...]:
    found = []
    if rule.proposed_by is not None:
        found.append(Demand(StepKind.PROPOSED, rule.proposed_by))
    if rule.consented_by is not None:
        found.append(Demand(StepKind.CONSENTED, rule.consented_by))
    if rule.by_act:
        found.append(Demand(StepKind.APPOINTED, rule.chosen_by))
    return tuple(found)
