"""The small dated facts of institutions: periods, elections, coverage, claims, explanations.

There are few of each and many kinds, so one query reads them all: every kind is a part of a
union, each row the institution and its columns as JSON.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, JSONObject

from registry.domain import facts
from registry.domain.dates import PartialDate, Span, Term
from registry.domain.findings import Explained
from registry.models import (
    Appointment,
    Contradiction,
    Convocation,
    Coverage,
    DesignationStep,
    Election,
    Explanation,
    Incompatibility,
    Power,
    SeatRule,
    StatedTotal,
)
from registry.models.claims import INSTITUTION_OF_FACT
from registry.models.dated import covering

# Which territories voted in an election; none stand for all.
Territories = Election.territories.through

SPAN = {"start": "start", "end": "end"}
TERM = {
    name: name
    for name in ("start_earliest", "start_latest", "has_ended", "end_earliest", "end_latest")
}


class Forbidden(NamedTuple):
    """An institution in which a mandate is forbidden beside one in this."""

    other: int
    body: facts.Body
    force: Span
    article: str
    act: facts.Texts | None


class DatedFacts(NamedTuple):
    """Each kind of fact by institution."""

    convocations: dict[int, list[facts.Convocation]]
    elections: dict[int, list[facts.Election]]
    coverages: dict[int, list[facts.CoveredDays]]
    stated_totals: dict[int, list[facts.StatedTotal]]
    disputes: dict[int, list[facts.Dispute]]
    announced: dict[int, list[facts.Announced]]
    steps: dict[int, list[tuple[int, facts.Step]]]
    forbidden: dict[int, list[Forbidden]]
    explanations: dict[int, list[Explained]]


def dated_facts(ids: Iterable[int], day: date | None = None) -> DatedFacts:
    """All small facts about some institutions, of every day, in one query.

    Steps are those of the mandates that cover `day`, where one is given.

    Elections are those of the institutions themselves and of those before whose new election
    somebody in them resigns; the latter stand under their own institution.
    """
    first, *others = (
        rows.order_by().values_list(Value(kind, CharField()), institution, JSONObject(**columns))
        for kind, (rows, institution, columns) in _parts(list(ids), day).items()
    )
    found: dict[str, dict[int, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for kind, institution, columns in first.union(*others, all=True):
        read, _order = READERS[kind]
        found[kind][institution].append(read(columns))
    for kind, by_institution in found.items():
        for facts_of_kind in by_institution.values():
            facts_of_kind.sort(key=READERS[kind][1])
    for institution, rows in found["forbidden_too"].items():
        found["forbidden"][institution] += rows
    return DatedFacts(**{kind: found[kind] for kind in DatedFacts._fields})


def _parts(ids: list[int], day: date | None) -> dict[str, tuple[QuerySet, Any, dict[str, Any]]]:
    steps = DesignationStep.objects.filter(appointment__institution__in=ids)
    if day is not None:
        completed = Appointment.objects.filter(serves_rest_of__isnull=False)
        steps = steps.filter(
            covering(day, "appointment__") | Q(appointment__in=completed.values("serves_rest_of"))
        )
    awaited = SeatRule.objects.filter(group__institution__in=ids).values("resigns_before")
    disputes = Contradiction.objects.filter(is_open=True).annotate(
        about=Coalesce(*(f"{path}_id" for path in INSTITUTION_OF_FACT))
    )
    forbidden = {
        **SPAN,
        "article": "article",
        "act": "act__title",
    }
    return {
        "convocations": (
            Convocation.objects.filter(institution__in=ids),
            "institution_id",
            {"id": "id", "number": "number", "elected": "elected", **TERM},
        ),
        "elections": (
            Election.objects.filter(institution__in=ids)
            | Election.objects.filter(institution__in=awaited),
            "institution_id",
            {
                "id": "id",
                "institution": "institution__slug",
                "day": "day",
                "called": "called",
                "in_office": Coalesce("took_office", "convocation__start_latest"),
                "group": "group_id",
                "class": "renewal_class_id",
                "convocation": "convocation_id",
                "partial": Exists(Territories.objects.filter(election=OuterRef("pk"))),
            },
        ),
        "coverages": (
            Coverage.objects.filter(institution__in=ids),
            "institution_id",
            {"group": "group_id", "sample": "sample", **SPAN},
        ),
        "stated_totals": (
            StatedTotal.objects.filter(institution__in=ids),
            "institution_id",
            {
                "total": "total",
                "source": "source__title",
                "slug": "source__slug",
                "url": "source__url",
                "convocation": "convocation_id",
                **SPAN,
            },
        ),
        "disputes": (
            disputes.filter(about__in=ids),
            "about",
            {"slug": "slug", "subject": "subject", **SPAN},
        ),
        "announced": (
            Power.objects.filter(institution__in=ids, announced=True),
            "institution_id",
            {"slug": "slug", "text": "text", **SPAN},
        ),
        "steps": (
            steps,
            "appointment__institution_id",
            {
                "appointment": "appointment_id",
                "kind": "kind",
                "earliest": "day_earliest",
                "latest": "day_latest",
                "by": "by__slug",
                "document": "document",
            },
        ),
        "forbidden": (
            Incompatibility.objects.filter(institution__in=ids),
            "institution_id",
            {"other": "other_id", "slug": "other__slug", "name": "other__name", **forbidden},
        ),
        "forbidden_too": (
            Incompatibility.objects.filter(other__in=ids),
            "other_id",
            {
                "other": "institution_id",
                "slug": "institution__slug",
                "name": "institution__name",
                **forbidden,
            },
        ),
        "explanations": (
            Explanation.objects.filter(institution__in=ids),
            "institution_id",
            {
                "id": "id",
                "code": "code",
                "group": "group_id",
                "territory": "territory_id",
                "person": "person_id",
                "reason": "reason",
                "source": "source__title",
                "url": "source__url",
                "place": "place",
                **SPAN,
            },
        ),
    }


def day_of(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def texts_of(value: Any) -> Any:
    """Texts in JSON within JSON: SQLite hands them over as text."""
    return json.loads(value) if isinstance(value, str) else value


def span_of(row: dict[str, Any]) -> Span:
    return Span(day_of(row["start"]), day_of(row["end"]))


def term_of(row: dict[str, Any]) -> Term:
    start = PartialDate(day_of(row["start_earliest"]), day_of(row["start_latest"]))
    if not row["has_ended"]:
        return Term(start)
    return Term(start, PartialDate(day_of(row["end_earliest"]), day_of(row["end_latest"])))


def _convocation(row: dict[str, Any]) -> facts.Convocation:
    return facts.Convocation(row["id"], row["number"], term_of(row), day_of(row["elected"]))


def _election(row: dict[str, Any]) -> facts.Election:
    return facts.Election(
        id=row["id"],
        institution=row["institution"],
        day=date.fromisoformat(row["day"]),
        called=day_of(row["called"]),
        in_office=day_of(row["in_office"]),
        group_id=row["group"],
        class_id=row["class"],
        convocation_id=row["convocation"],
        partial=bool(row["partial"]),
    )


def _coverage(row: dict[str, Any]) -> facts.CoveredDays:
    return facts.CoveredDays(row["group"], span_of(row), bool(row["sample"]))


def _stated_total(row: dict[str, Any]) -> facts.StatedTotal:
    return facts.StatedTotal(
        row["total"], row["source"], row["slug"], row["url"], span_of(row), row["convocation"]
    )


def _dispute(row: dict[str, Any]) -> facts.Dispute:
    return facts.Dispute(row["slug"], texts_of(row["subject"]), span_of(row))


def _announced(row: dict[str, Any]) -> facts.Announced:
    return facts.Announced(row["slug"], texts_of(row["text"]), span_of(row))


def _step(row: dict[str, Any]) -> tuple[int, facts.Step]:
    day = PartialDate(day_of(row["earliest"]), day_of(row["latest"]))
    kind = facts.StepKind(row["kind"])
    return row["appointment"], facts.Step(kind, day, row["by"] or "", row["document"])


def _forbidden(row: dict[str, Any]) -> Forbidden:
    body = facts.Body(row["slug"], texts_of(row["name"]))
    return Forbidden(row["other"], body, span_of(row), row["article"], texts_of(row["act"]))


def _explanation(row: dict[str, Any]) -> Explained:
    return Explained(
        id=row["id"],
        problem=row["code"],
        reason=row["reason"],
        source=row["source"],
        source_url=row["url"],
        span=span_of(row),
        place=row["place"],
        group_id=row["group"],
        territory_id=row["territory"],
        person_id=row["person"],
    )


def _first(span: Span) -> date:
    return span.start or date.min


# How a row of each kind becomes a fact, and what facts of the kind are put in order by.
READERS: dict[str, tuple[Callable[[dict[str, Any]], Any], Callable[[Any], Any]]] = {
    "convocations": (_convocation, lambda fact: fact.number),
    "elections": (_election, lambda fact: (fact.day, fact.id)),
    "coverages": (_coverage, lambda fact: _first(fact.span)),
    "stated_totals": (_stated_total, lambda fact: (_first(fact.span), fact.source_slug)),
    "disputes": (_dispute, lambda fact: fact.slug),
    "announced": (_announced, lambda fact: fact.slug),
    "steps": (_step, lambda fact: (fact[0], fact[1].day.earliest or date.min)),
    "forbidden": (_forbidden, lambda fact: fact.other),
    "forbidden_too": (_forbidden, lambda fact: fact.other),
    "explanations": (_explanation, lambda fact: fact.id),
}
