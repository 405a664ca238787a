"""What does not fit the rules: all findings of a day, or of one institution over a period."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.domain.checks import CHECKS
from registry.domain.findings import Finding, Problem, Severity
from registry.forms.changes import institution_asked
from registry.forms.questions import BadQuestion, Choice, one_of
from registry.models import Institution
from registry.snapshots import history_of, once_each, reviews_on
from registry.templatetags.days import day_before
from registry.templatetags.wording import SEVERITIES, TITLES
from registry.views.frame import ShownDay, ShownDays, dated, days_of, moved_to, moved_to_days

# The most findings on one page; their numbers stand above, and the filters lead to the others.
MOST = 300
EXPLAINED = ("yes", "no")
HEADINGS = {
    Severity.ERROR: gettext_lazy("Errors"),
    Severity.WARNING: gettext_lazy("Warnings"),
    Severity.INFORMATION: gettext_lazy("Information"),
}


class Listed(NamedTuple):
    """A finding on the page. `day` is one on which it holds, and `carry` leads there."""

    finding: Finding
    institution: Institution
    day: date
    carry: str


class Group(NamedTuple):
    """The findings of one institution, all as grave; `number` counts those not listed too."""

    institution: Institution
    number: int
    rows: list[Listed]


class Heading(NamedTuple):
    """How grave the findings below it are, and of which institutions."""

    severity: Severity
    label: str
    number: int
    groups: list[Group]


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks of the findings."""

    institution: str
    code: str
    severity: str
    explained: str

    @classmethod
    def read(cls, query: QueryDict, chosen: Institution | None) -> Filters:
        """Raises `BadQuestion` for a value that does not exist, or anything given twice."""
        return cls(
            institution=chosen.slug if chosen else "",
            code=one_of(query, "code", list(Problem), ""),
            severity=one_of(query, "severity", list(Severity), ""),
            explained=one_of(query, "explained", EXPLAINED, ""),
        )

    @property
    def query(self) -> dict[str, str]:
        asked = {
            "institution": self.institution,
            "code": self.code,
            "severity": self.severity,
            "explained": self.explained,
        }
        return {name: value for name, value in asked.items() if value}

    @property
    def narrow(self) -> bool:
        """Whether they leave findings out of those of the institutions asked about."""
        return bool(self.code or self.severity or self.explained)

    def keeps(self, finding: Finding) -> bool:
        return (
            self.code in ("", finding.problem)
            and self.severity in ("", finding.severity)
            and self.explained in ("", "yes" if finding.explained else "no")
        )


class Tile(NamedTuple):
    """How many findings there are of a kind; the link shows these alone."""

    number: int
    label: str
    url: str


class Asked(NamedTuple):
    """What the address asks, and what was found; `kept` is what the filters keep of it."""

    institutions: list[Institution]
    chosen: Institution | None
    filters: Filters
    over_time: bool
    found: list[Listed]
    kept: list[Listed]


def asked(request: HttpRequest, on: date) -> Asked:
    """The findings of a day, or of a period for one institution. Raises `BadQuestion`."""
    institutions = list(Institution.objects.order_by("order", "slug"))
    chosen = institution_asked(request.GET, institutions)
    filters = Filters.read(request.GET, chosen)
    days = days_of(request, date.min, request.shown.today + timedelta(days=1), period=True)
    over_time = days.form.asked
    if over_time and chosen is None:
        raise BadQuestion(_("Findings over a period are shown for one institution. Choose one."))
    if days.form.submitted or request.shown.form.submitted:
        found = []  # the answer is another address
    elif over_time and chosen is not None:
        found = list(_over(days, chosen, request.shown.today))
    else:
        found = list(_on(request.shown, [chosen] if chosen else institutions))
    kept = [each for each in found if filters.keeps(each.finding)]
    return Asked(institutions, chosen, filters, over_time, found, kept)


@dated
def findings(request: HttpRequest, *, on: date) -> HttpResponse:
    shown = request.shown
    question = asked(request, on)
    chosen, filters, found, kept = (
        question.chosen,
        question.filters,
        question.found,
        question.kept,
    )
    days = request.days
    if days.form.submitted:
        return HttpResponseRedirect(moved_to_days(request, days))
    if shown.form.submitted:
        return HttpResponseRedirect(moved_to(request, on, shown.today))
    over_time = question.over_time
    of_day = {} if shown.is_today else {"on": on.isoformat()}
    when = days.query if over_time else of_day
    body = {"institution": chosen.slug} if chosen else {}
    context = {
        "chosen": chosen,
        "over_time": over_time,
        "to_this_day": days.open and days.last == shown.today + timedelta(days=1),
        "when": when,
        "ever": ever(chosen, shown.today) if chosen else "",
        "unfiltered": "?" + urlencode(body | when),
        "filters": filters,
        "tables": [
            (
                suffix.upper(),
                reverse("checks_table", args=[suffix]),
                urlencode(filters.query | when),
            )
            for suffix in ("csv", "xlsx")
        ],
        "tiles": list(_tiles(found, body | when)),
        "headings": list(_headings(kept)),
        "found": len(found),
        "kept": len(kept),
        "most": MOST,
        "institutions": question.institutions,
        "problems": _choices((each.finding.problem for each in found), TITLES, filters.code),
        "severities": [
            Choice(grave.value, str(SEVERITIES[grave]), grave == filters.severity)
            for grave in Severity
        ],
        "checks": len(CHECKS),
        "sample": any(each.finding.sample for each in kept),
    }
    return render(request, "registry/checks.html", context)


def ever(institution: Institution, today: date) -> str:
    """What this page is asked for every finding of an institution up to today."""
    tomorrow = today + timedelta(days=1)
    return "?" + urlencode({"institution": institution.slug, "to": tomorrow.isoformat()})


def _on(shown: ShownDay, institutions: Iterable[Institution]) -> Iterator[Listed]:
    for review in once_each(reviews_on(shown.day, institutions)):
        for finding in review.findings:
            yield Listed(finding, review.institution, shown.day, shown.carry)


def _over(days: ShownDays, institution: Institution, today: date) -> Iterator[Listed]:
    """Each finding as it stood when it was gone, or at the end of the period."""
    for _institution, found in history_of([institution], days.first, days.last):
        for finding in found:
            end = finding.days.end if finding.days else None
            gone = min(end or days.last, days.last)
            last = day_before(gone)
            yield Listed(finding, institution, min(gone, today), f"?on={last.isoformat()}")


def _headings(kept: Iterable[Listed]) -> Iterator[Heading]:
    """The gravest first; institutions as they come, and no more rows than a page holds."""
    left = MOST
    by_severity: dict[Severity, dict[int, list[Listed]]] = defaultdict(lambda: defaultdict(list))
    for each in kept:
        by_severity[each.finding.severity][each.institution.pk].append(each)
    for severity in Severity:
        groups = []
        bodies = by_severity[severity].values()
        for rows in bodies:
            groups.append(Group(rows[0].institution, len(rows), rows[: max(0, left)]))
            left -= len(rows)
        if groups:
            yield Heading(severity, str(HEADINGS[severity]), sum(map(len, bodies)), groups)


def _tiles(found: Iterable[Listed], kept: dict[str, str]) -> Iterator[Tile]:
    found = [each.finding for each in found]
    for severity in Severity:
        number = sum(1 for finding in found if finding.severity is severity)
        yield Tile(number, str(HEADINGS[severity]), f"?{urlencode(kept | {'severity': severity})}")
    explained = sum(1 for finding in found if finding.explained)
    yield Tile(explained, _("Explained"), f"?{urlencode(kept | {'explained': 'yes'})}")


def _choices(problems: Iterable[Problem], words: dict[Problem, Any], chosen: str) -> list[Choice]:
    """The kinds of findings that there are, with their numbers, and the one chosen."""
    counts = Counter({Problem(chosen): 0} if chosen else {})
    counts.update(problems)
    return [
        Choice(problem.value, f"{words[problem]} ({counts[problem]})", problem == chosen)
        for problem in Problem
        if problem in counts
    ]
