"""Findings as plain data, and one list of them over many institutions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from registry.domain.dates import Span
from registry.domain.facts import SeatRule, Sitting
from registry.domain.findings import Explained, Finding
from registry.models import Institution
from registry.snapshots import history_of, once_each, reviews_on, told_once
from registry.templatetags.wording import article, cure, sentence, text


class Listed(NamedTuple):
    """A finding of a list; `day` is the one asked about, or its first in a period."""

    finding: Finding
    institution: Institution
    day: date


def listed_on(day: date, institutions: Iterable[Institution]) -> list[Listed]:
    """What does not fit the rules of a day; what two institutions report alike, once."""
    return [
        Listed(finding, review.institution, day)
        for review in once_each(reviews_on(day, institutions))
        for finding in review.findings
    ]


def listed_between(first: date, last: date, institutions: Iterable[Institution]) -> list[Listed]:
    """What did not fit on a day from `first` up to, not on, `last`, as `listed_on` lists it."""
    history = history_of(institutions, first, last)
    told = told_once(
        [findings for _, findings in history], lambda finding: (finding.pair, finding.days)
    )
    listed: list[Listed] = []
    for (institution, _), findings in zip(history, told, strict=True):
        for finding in findings:
            begun = finding.days.start if finding.days else None
            listed.append(Listed(finding, institution, max(begun or first, first)))
    return listed


def finding_data(finding: Finding, institution: Institution, day: date) -> dict[str, Any]:
    return {
        "code": finding.problem.value,
        "severity": finding.severity.value,
        "institution": institution.slug,
        "on": day,
        "days": span_data(finding.days),
        "message": sentence(finding),
        "cure": cure(finding),
        "group": finding.rule.group.slug if finding.rule else None,
        "rule": finding.rule.id if finding.rule else None,
        "article": article(finding.law) if finding.law else "",
        "territory": finding.territory.slug if finding.territory else None,
        "renewal_class": finding.renewal_class.slug if finding.renewal_class else None,
        "expected": finding.expected,
        "found": finding.found,
        "since": finding.since,
        "due": finding.due,
        "overdue": finding.due is not None and finding.due <= day,
        "missing": [
            {"step": demand.kind.value, "by": demand.by.slug if demand.by else None}
            for demand in finding.missing
        ],
        "elsewhere": finding.elsewhere.body.slug if finding.elsewhere else None,
        "subject": text(finding.subject) if finding.subject else None,
        "people": [person_data(sitting) for sitting in finding.sittings],
        "predecessors": [predecessor_data(sitting) for sitting in finding.predecessors],
        "filling": filling_data(finding.rule) if finding.since and finding.rule else None,
        "sample": finding.sample,
        "explanation": explanation_data(finding.explained) if finding.explained else None,
    }


def span_data(span: Span | None) -> dict[str, Any] | None:
    """The first day and the first day after; `None` is open on that side, or not asked for."""
    return {"start": span.start, "end": span.end} if span else None


def explanation_data(explained: Explained) -> dict[str, Any]:
    return {
        "reason": explained.reason,
        "source": explained.source,
        "source_url": explained.source_url,
        "expires": explained.span.end,
    }


def person_data(sitting: Sitting) -> dict[str, Any]:
    return {"person": sitting.person_id, "name": text(sitting.name), "sample": sitting.sample}


def predecessor_data(sitting: Sitting) -> dict[str, Any]:
    """Who held a vacant seat last, and why no longer."""
    return {
        **person_data(sitting),
        "left": sitting.end_latest,
        "reason": sitting.end_reason,
    }


def filling_data(rule: SeatRule) -> dict[str, Any]:
    """Who is to fill a vacancy, and how."""
    return {
        "designation": rule.designation.value,
        "method": text(rule.method),
        "chosen_by": rule.chosen_by.slug if rule.chosen_by else None,
        "proposed_by": rule.proposed_by.slug if rule.proposed_by else None,
        "consented_by": rule.consented_by.slug if rule.consented_by else None,
        "within_months": rule.vacancy_months,
    }
