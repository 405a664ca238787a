"""The one use case that crosses models: compose an institution on a day, and over time.

Rows become facts here, each kind in one query, whatever the size of the roster.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from registry.domain import facts
from registry.domain.checks import judge
from registry.domain.chronicle import Chronicle
from registry.domain.composing import compose
from registry.domain.composition import Composition
from registry.domain.dates import Span
from registry.domain.explanations import explain
from registry.domain.findings import Finding
from registry.models import Appointment, Institution
from registry.snapshots.records import gathered, load, no_garbage_collection

__all__ = [
    "Review",
    "composition_of",
    "compositions_on",
    "findings_of",
    "history_of",
    "once_each",
    "record_of",
    "records_on",
    "review_of",
    "reviews_on",
    "told_once",
]

# Enough to name the last holder of every empty seat; a longer list would only slow the rest.
DEPARTURES = 100


@dataclass(frozen=True, slots=True)
class Review:
    """A composition and what does not fit in it; findings carry days and explanations.

    `record` is everything recorded about the institution, that they were made from.
    """

    institution: Institution
    composition: Composition
    findings: tuple[Finding, ...]
    record: facts.Record


def composition_of(institution: Institution, *, on: date) -> Composition:
    """Who sat in `institution` on a day, held against its seat rules, with those who left."""
    record = load([institution.pk], on).record(institution)
    return compose(record.on(on, departures=_leavers([institution.pk], on)[institution.pk]))


def findings_of(institution: Institution, *, on: date) -> tuple[Finding, ...]:
    return judge(composition_of(institution, on=on))


def review_of(institution: Institution, *, on: date) -> Review:
    """A composition with its findings, the days on which each holds, and what explains it."""
    (review,) = reviews_on(on, [institution])
    return review


def reviews_on(day: date, institutions: Iterable[Institution]) -> list[Review]:
    """Each institution reviewed, in as many queries for all of them as for one.

    The days of a finding take the whole life of a body to tell; of a long roster on one day
    alone, `compositions_on` knows the findings in a fraction of the time.
    """
    listed = list(institutions)
    loaded = load([each.pk for each in listed], day, every_day=True)
    reviews = []
    for institution in listed:
        record = loaded.record(institution)
        chronicle = Chronicle(record)
        composition = chronicle.composition(day)
        findings = chronicle.with_days(composition)
        explained = explain(findings, loaded.explanations[institution.pk], day)
        reviews.append(Review(institution, composition, explained, record))
    return reviews


def once_each(reviews: Iterable[Review]) -> list[Review]:
    """Reviews for one list: what two institutions report of the same two mandates, once."""
    listed = list(reviews)
    told = told_once([review.findings for review in listed], lambda finding: finding.pair)
    return [replace(review, findings=kept) for review, kept in zip(listed, told, strict=True)]


def told_once(
    lists: Sequence[Iterable[Finding]], twin: Callable[[Finding], Hashable]
) -> list[tuple[Finding, ...]]:
    """The findings of several institutions without those that another reported before.

    Findings about a pair of mandates are one where `twin` is the same. Whoever explained it in
    one of the institutions explained it.
    """
    explained = {
        twin(finding): finding.explained
        for findings in lists
        for finding in findings
        if finding.pair and finding.explained
    }
    seen: set[Hashable] = set()
    listed = []
    for findings in lists:
        kept = []
        for finding in findings:
            if finding.pair:
                if twin(finding) in seen:
                    continue
                seen.add(twin(finding))
                finding = replace(finding, explained=explained.get(twin(finding)))
            kept.append(finding)
        listed.append(tuple(kept))
    return listed


def record_of(institution: Institution, *, on: date) -> facts.Record:
    """Everything recorded about an institution; parties are those of the day."""
    ((_, record),) = records_on(on, [institution])
    return record


def records_on(
    day: date, institutions: Iterable[Institution]
) -> list[tuple[Institution, facts.Record]]:
    """Everything recorded about each institution, in as many queries for all as for one."""
    listed = list(institutions)
    loaded = load([each.pk for each in listed], day, every_day=True)
    return [(institution, loaded.record(institution)) for institution in listed]


def history_of(
    institutions: Iterable[Institution], first: date, last: date
) -> list[tuple[Institution, tuple[Finding, ...]]]:
    """Every finding that held from `first` up to, not on, `last`, with its days.

    One is explained where an explanation holds on all of its days in the period.
    """
    listed = list(institutions)
    loaded = load([each.pk for each in listed], first, every_day=True)
    found = []
    for institution in listed:
        findings = Chronicle(loaded.record(institution)).findings_between(first, last)
        known = loaded.explanations[institution.pk]
        explained = []
        for finding in findings:
            days = finding.days or Span()
            begun, over = max(days.start or first, first), min(days.end or last, last)
            lasting = [each for each in known if each.span.end is None or each.span.end >= over]
            explained += explain([finding], lasting, begun)
        found.append((institution, tuple(explained)))
    return found


@no_garbage_collection()
def compositions_on(
    day: date, institutions: Iterable[Institution], *, last_holders: bool = True
) -> list[tuple[Institution, Composition]]:
    """Each institution with its composition, in as many queries for all of them as for one.

    Those who left are looked up only for the bodies that have a vacancy to explain, and not at
    all without `last_holders`.
    """
    listed = list(institutions)
    loaded = load([each.pk for each in listed], day)
    records = {each.pk: loaded.record(each) for each in listed}
    composed = {pk: compose(record.on(day)) for pk, record in records.items()}
    short = [pk for pk, composition in composed.items() if _has_vacancy(composition)]
    short = short if last_holders else []
    left = _leavers(short, day) if short else {}
    for pk in short:
        composed[pk] = compose(records[pk].on(day, departures=left[pk]))
    return [(institution, composed[institution.pk]) for institution in listed]


def _has_vacancy(composition: Composition) -> bool:
    lines = (*composition.lines, *composition.inner)
    return bool(composition.vacant) or any(line.vacant for line in lines)


def _leavers(ids: list[int], day: date) -> dict[int, list[facts.Sitting]]:
    """By institution, those who left before the day, the last first."""
    departed = Appointment.objects.filter(institution__in=ids).departed_by(day)
    return gathered(
        (sitting.institution_id, sitting)
        for sitting in departed.last_to_leave(DEPARTURES).as_sittings(day)
    )
