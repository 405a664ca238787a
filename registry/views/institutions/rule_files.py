"""The file beside the rules of an institution: each rule it ever had, with its law and sources."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from registry.domain.composition import Composition
from registry.models import Institution
from registry.serialise.rules import rules_data
from registry.serialise.sheets import ON, Cell, Column, Sheet
from registry.snapshots import composition_of
from registry.templatetags.wording import text
from registry.views.download import download
from registry.views.frame import dated

COLUMNS = (
    Column("institution", _("The address of the institution.")),
    Column("rule", _("The number of the rule, the same in all files.")),
    Column("group", _("The address of the seat group.")),
    Column("name", _("The name of the seat group.")),
    Column("inner", _("1 for an office held beside a seat, such as the chair; it adds no seat.")),
    Column("start", _("The first day in force."), days=True),
    Column("end", _("The first day out of force; empty while it is in force."), days=True),
    Column("first_applied", _("The first election held under the rule, if recorded."), days=True),
    Column("in_force", _("1 if the rule was the law of the day.")),
    Column("sitting_under", _("1 if the body that sat on the day sat under this rule.")),
    Column("seats", _("How many seats it gives; empty for so many for each territory.")),
    Column("seats_per_territory", _("How many seats it gives for each territory, if it does.")),
    Column("territory_kinds", _("The kinds of territory it counts, with a space between them.")),
    Column("required", _("What it gave on the day in all; empty if it was not applied.")),
    Column("designation", _("How the seats are filled: elected, appointed or ex_officio.")),
    Column("method", _("How the seats are filled, in words.")),
    Column("chosen_by", _("The institution that elects or appoints; empty for the voters.")),
    Column("proposed_by", _("The institution that proposes, if any.")),
    Column("consented_by", _("The institution that gives its consent, if any.")),
    Column("term_years", _("The length of the term, in years.")),
    Column("renewal_years", _("Every how many years a part of the seats is renewed.")),
    Column("minimum_age", _("The least age, in years.")),
    Column("act", _("The act that the rule stands in.")),
    Column("article", _("The article of that act.")),
    Column("confidence", _("How sure the registry is: high, medium or low.")),
    Column("remark", _("A remark of the registry.")),
    Column("sources", _("The sources of the rule, with | between them.")),
    ON,
)


@dated
def table(request: HttpRequest, slug: str, suffix: str, *, on: date) -> HttpResponse:
    institution = get_object_or_404(Institution, slug=slug)
    composition = composition_of(institution, on=on)
    title = _("%(name)s: seat rules") % {"name": text(institution.name)}
    rows = list(_rows(institution, composition))
    return download(request, Sheet(f"{slug}-rules", title, COLUMNS, rows, on), suffix)


def _rows(institution: Institution, composition: Composition) -> Iterator[dict[str, Cell]]:
    data = rules_data(institution, composition)
    for rule in data["rules"]:
        lines = [
            line
            for line in (*composition.lines, *composition.inner)
            if line.rule.id == rule["rule"]
        ]
        known = lines and all(line.required is not None for line in lines)
        yield {
            **{column.name: rule[column.name] for column in COLUMNS if column.name in rule},
            "institution": institution.slug,
            "in_force": rule["rule"] in data["in_force"],
            "sitting_under": rule["rule"] in data["sitting_under"],
            "territory_kinds": " ".join(rule["territory_kinds"]),
            "required": sum(line.required or 0 for line in lines) if known else None,
            "sources": " | ".join(each["source"] for each in rule["sources"]),
            "on": composition.day,
        }
