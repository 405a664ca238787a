"""The file beside the findings: each that the page counts, with its days and what would cure it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from registry.serialise.findings import finding_data
from registry.serialise.sheets import Cell, Column, Sheet
from registry.views.download import download
from registry.views.frame import dated
from registry.views.record.checks import Listed, asked

COLUMNS = (
    Column("code", _("What kind of finding it is; the codes never change.")),
    Column("severity", _("How grave it is: error, warning or information.")),
    Column("institution", _("The address of the institution.")),
    Column("on", _("A day on which it holds: the one asked about, or the last."), days=True),
    Column("since", _("The first day on which it holds; empty if it always did."), days=True),
    Column(
        "until", _("The first day on which it holds no longer; empty if it goes on."), days=True
    ),
    Column("message", _("The finding in words.")),
    Column("cure", _("What would settle it.")),
    Column("group", _("The seat group that it is about, if any.")),
    Column("rule", _("The number of the rule that it is held against, if any.")),
    Column("article", _("The act and the article of that rule.")),
    Column("territory", _("The territory that it is about, if any.")),
    Column("expected", _("The number that the rule expects, if it is about one.")),
    Column("found", _("The number found, if it is about one.")),
    Column("due", _("The day by which the law wants it settled, if recorded."), days=True),
    Column("people", _("Whom it is about, with | between them.")),
    Column("predecessors", _("Who held the vacant seat last, with | between them.")),
    Column("explanation", _("Why a curator accepts it, if he does.")),
    Column("sample", _("1 if it is about invented people.")),
)


@dated
def table(request: HttpRequest, suffix: str, *, on: date) -> HttpResponse:
    question = asked(request, on)
    body = question.filters.institution or "all"
    name = f"findings-{body}"
    if question.over_time:
        first, last = request.days.first, request.days.last
        begun = "" if request.days.open else f"-{first.isoformat()}"
        name = f"{name}{begun}-to"
        on = last
    if question.filters.narrow:
        name = f"{name}-filtered"
    rows = list(_rows(question.kept))
    return download(request, Sheet(name, str(_("Findings")), COLUMNS, rows, on), suffix)


def _rows(listed: Iterable[Listed]) -> Iterator[dict[str, Cell]]:
    for each in listed:
        data = finding_data(each.finding, each.institution, each.day)
        days = data["days"] or {"start": None, "end": None}
        explained = data["explanation"]
        yield {
            **{column.name: data[column.name] for column in COLUMNS if column.name in data},
            "since": days["start"],
            "until": days["end"],
            "people": " | ".join(person["name"] for person in data["people"]),
            "predecessors": " | ".join(person["name"] for person in data["predecessors"]),
            "explanation": explained["reason"] if explained else None,
        }
