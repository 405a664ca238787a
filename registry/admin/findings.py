"""Findings as the admin lists them: why one is accepted, and where to say so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.urls import reverse

from registry.admin.filters import DAY
from registry.domain.checks import judge
from registry.domain.dates import Span
from registry.domain.explanations import explain
from registry.domain.findings import Explained, Finding, Problem
from registry.forms.guided.filling import Filling
from registry.forms.guided.vacancies import key_of
from registry.models import Assignment, Explanation, Institution
from registry.models.roles import keeps
from registry.snapshots import compositions_on, findings_of, told_once

# No row has this key.
UNSAVED = 0


class Listed(NamedTuple):
    """A finding, and the addresses of the pages that explain, assign and cure it.

    An address is "" for who may not, and where there is no such page.
    """

    finding: Finding
    address: str = ""
    task: str = ""
    cure: str = ""


def listed(
    findings: Iterable[Finding], institution: Institution, day: date, user: User
) -> list[Listed]:
    """The findings of a day for the panel, those that alarm before those that are explained."""
    in_order = sorted(findings, key=lambda finding: finding.explained is not None)
    return [
        Listed(each, *(ask(each, institution, day, user) for ask in (_address, _task, _cure)))
        for each in in_order
    ]


def _address(finding: Finding, institution: Institution, day: date, user: User) -> str:
    """The form of its explanation, or one that knows the finding already."""
    if finding.explained is None:
        page, needed = reverse("admin:registry_explanation_add"), "registry.add_explanation"
        facts = dict(_known(finding, institution, day))
    else:
        page = reverse("admin:registry_explanation_change", args=[finding.explained.id])
        needed = "registry.view_explanation"
        facts = {DAY: day.isoformat()}
    return f"{page}?{urlencode(facts)}" if user.has_perm(needed) else ""


def _task(finding: Finding, institution: Institution, day: date, user: User) -> str:
    """The form that gives the finding to somebody, the user first."""
    if finding.explained is not None or not user.has_perm("registry.add_assignment"):
        return ""
    known = {key: value for key, value in _known(finding, institution, day) if key != "start"}
    page = reverse("admin:registry_assignment_add")
    return f"{page}?{urlencode(known | {'assignee': user.pk})}"


def _cure(finding: Finding, institution: Institution, day: date, user: User) -> str:
    """The action that fills a vacancy, on the day that is looked at."""
    may = user.has_perms(Filling.permissions) and keeps(user, institution)
    if finding.problem is not Problem.VACANT_SEATS or not may or finding.rule is None:
        return ""
    seat = key_of(finding.rule, finding.territory)
    known = {"institution": institution.pk, "start": day.isoformat(), "seat": seat}
    return f"{reverse('admin:registry_guided', args=[Filling.slug])}?{urlencode(known)}"


def _known(finding: Finding, institution: Institution, day: date) -> Iterator[tuple[str, Any]]:
    """What the address of the form fills in, as narrow as the finding is."""
    yield "institution", institution.pk
    yield "code", finding.problem.value
    if finding.rule:
        yield "group", finding.rule.group.id
    if finding.territory:
        yield "territory", finding.territory.id
    people = {sitting.person_id for sitting in finding.sittings}
    if len(people) == 1:
        yield "person", people.pop()
    since = finding.days.start if finding.days else finding.since
    if since:
        yield "start", since.isoformat()
    yield DAY, day.isoformat()


def explained_by(explanation: Explanation, day: date) -> list[Finding]:
    """The findings of its institution on `day` that an explanation, saved or not, speaks of.

    Its own days are left aside, and so is whatever else explains them.
    """
    findings = explain(findings_of(explanation.institution, on=day), [about(explanation)], day)
    return [each for each in findings if each.explained is not None]


def unexplained(institution: Institution, day: date) -> list[Finding]:
    """The findings of a day that alarm; without their days, which take longer to tell."""
    known = [_fact(each) for each in institution.explanations.all()]
    findings = explain(findings_of(institution, on=day), known, day)
    return [each for each in findings if each.explained is None]


def found_on(day: date, institutions: Iterable[Institution]) -> list[tuple[Institution, Finding]]:
    """The findings of a day, explained or not, what two institutions report alike once.

    Without their days: to tell those takes the whole life of each institution.
    """
    known = defaultdict(list)
    for each in Explanation.objects.filter(institution__in=institutions):
        known[each.institution_id].append(_fact(each))
    composed = compositions_on(day, institutions)
    found = [explain(judge(composition), known[body.pk], day) for body, composition in composed]
    once = told_once(found, lambda finding: finding.pair)
    return [
        (body, finding)
        for (body, _), findings in zip(composed, once, strict=True)
        for finding in findings
    ]


def _fact(explanation: Explanation) -> Explained:
    return replace(about(explanation), reason=explanation.reason, span=explanation.span)


def about(record: Explanation | Assignment) -> Explained:
    """The findings that a record speaks of, on whatever day."""
    return Explained(
        id=record.pk or UNSAVED,
        problem=record.code,
        reason="",
        source="",
        source_url="",
        span=Span(),
        group_id=record.group_id,
        territory_id=record.territory_id,
        person_id=record.person_id,
    )
