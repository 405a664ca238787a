"""What the registry rests on, and where its sources disagree."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Prefetch
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from registry.forms.changes import institution_asked
from registry.forms.questions import Choice, one_of
from registry.models import (
    Act,
    Citation,
    Claim,
    Contradiction,
    Explanation,
    Institution,
    Source,
    StatedTotal,
)
from registry.models.claims import ContradictionKind
from registry.models.sources import FACTS, SourceKind
from registry.templatetags.wording import text
from registry.views.frame import ShownDay, dated
from registry.views.record.disputes import Dispute, dispute, with_facts

STATES = ("open", "settled")
DAYS = ("shown",)


class Supported(NamedTuple):
    """How many facts of a kind rest on a source."""

    label: str
    number: int


class SourceRow(NamedTuple):
    source: Source
    supports: list[Supported]


class ActRow(NamedTuple):
    """An act, and what sources disagree about in it."""

    act: Act
    disputes: list[Dispute]


class Kind(NamedTuple):
    """The sources of one kind."""

    slug: str
    label: str
    rows: list[SourceRow]


@dated
def sources(request: HttpRequest, *, on: date) -> HttpResponse:
    facts = supported()
    by_kind: dict[str, list[SourceRow]] = defaultdict(list)
    for source in Source.objects.order_by("title", "slug"):
        by_kind[source.kind].append(SourceRow(source, facts[source.pk]))
    kinds = [
        Kind(kind.value, str(kind.label), by_kind[kind.value])
        for kind in SourceKind
        if by_kind[kind.value]
    ]
    cited = Prefetch("citations", Citation.objects.select_related("source"))
    acts = Act.objects.annotate(rule_count=Count("rules")).prefetch_related(cited)
    disputed: dict[int | None, list[Dispute]] = defaultdict(list)
    for each in with_facts().filter(act__isnull=False):
        disputed[each.act_id].append(dispute(each, request.shown))
    context = {
        "kinds": kinds,
        "tables": [
            (suffix.upper(), reverse("sources_table", args=[suffix]), "")
            for suffix in ("csv", "xlsx")
        ],
        "number": sum(len(kind.rows) for kind in kinds),
        "acts": [ActRow(act, disputed[act.pk]) for act in acts],
        "claims": Contradiction.objects.count(),
        "open": Contradiction.objects.filter(is_open=True).count(),
    }
    return render(request, "registry/sources.html", context)


def supported() -> dict[int, list[Supported]]:
    """By source, how many facts of each kind rest on it, in one query for each table."""
    found: dict[int, list[Supported]] = defaultdict(list)
    counted = Citation.objects.order_by().values("source_id")
    labels = {
        name: str(Citation._meta.get_field(name).related_model._meta.verbose_name_plural)
        for name in FACTS
    }
    # Counts cannot take the names of the columns that they count.
    numbers = {f"of_{name}": Count(name) for name in FACTS}
    for row in counted.annotate(**numbers):
        for name in FACTS:
            if number := row[f"of_{name}"]:
                found[row["source_id"]].append(Supported(labels[name], number))
    for model in (StatedTotal, Claim, Explanation):
        label = str(model._meta.verbose_name_plural)
        rows = model.objects.order_by().values_list("source_id").annotate(n=Count("pk"))
        for source, number in rows:
            found[source].append(Supported(label, number))
    return found


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks of the contradictions."""

    institution: str
    kind: str
    state: str
    days: str

    @classmethod
    def read(cls, query: QueryDict, institution: Institution | None) -> Filters:
        """Raises `BadQuestion` for a value that does not exist, or anything given twice."""
        return cls(
            institution=institution.slug if institution else "",
            kind=one_of(query, "kind", ContradictionKind.values, ""),
            state=one_of(query, "state", STATES, ""),
            days=one_of(query, "days", DAYS, ""),
        )

    @property
    def narrow(self) -> bool:
        return bool(self.institution or self.kind or self.state or self.days)

    def keeps(self, contradiction: Contradiction, day: date) -> bool:
        return (
            self.institution in ("", contradiction.about)
            and self.kind in ("", contradiction.kind)
            and self.state in ("", "open" if contradiction.is_open else "settled")
            and (not self.days or contradiction.span.covers(day))
        )


class Kept(NamedTuple):
    """All contradictions, and in order of institutions those that the address asks for."""

    institutions: list[Institution]
    filters: Filters
    every: list[Contradiction]
    kept: list[Contradiction]


def kept_conflicts(query: QueryDict, day: date) -> Kept:
    """Raises `BadQuestion` for a filter that makes no sense."""
    institutions = list(Institution.objects.order_by("order", "slug"))
    filters = Filters.read(query, institution_asked(query, institutions))
    every = list(with_facts())
    order = {each.slug: position for position, each in enumerate(institutions)}
    kept = sorted(
        (each for each in every if filters.keeps(each, day)),
        key=lambda each: (order.get(each.about, len(order)), each.slug),
    )
    return Kept(institutions, filters, every, kept)


@dated
def conflicts(request: HttpRequest, *, on: date) -> HttpResponse:
    institutions, filters, every, kept = kept_conflicts(request.GET, on)
    about = Counter(each.about for each in every)
    kinds = Counter(each.kind for each in every)
    context = {
        "filters": filters,
        "tables": [
            (suffix.upper(), reverse("conflicts_table", args=[suffix]), request.GET.urlencode())
            for suffix in ("csv", "xlsx")
        ],
        "headings": list(_headings(kept, request.shown)),
        "found": len(every),
        "kept": len(kept),
        "numbers": _numbers(every),
        "institutions": [
            Choice(
                each.slug,
                f"{text(each.name)} ({about[each.slug]})",
                each.slug == filters.institution,
            )
            for each in institutions
            if about[each.slug] or each.slug == filters.institution
        ],
        "kinds": [
            Choice(kind.value, f"{kind.label} ({kinds[kind.value]})", kind.value == filters.kind)
            for kind in ContradictionKind
            if kinds[kind.value] or kind.value == filters.kind
        ],
    }
    return render(request, "registry/conflicts.html", context)


class Heading(NamedTuple):
    """Contradictions without a position of the registry, or those with one."""

    slug: str
    label: str
    rows: list[Dispute]


def _headings(kept: Iterable[Contradiction], shown: ShownDay) -> Iterator[Heading]:
    kept = list(kept)
    for slug, label in (("open", _("No position yet")), ("settled", _("Settled"))):
        rows = [dispute(each, shown) for each in kept if each.is_open == (slug == "open")]
        if rows:
            yield Heading(slug, label, rows)


def _numbers(every: Iterable[Contradiction]) -> dict[str, int]:
    """Contradictions without and with a position, and their claims."""
    listed = list(every)
    claims = [claim for each in listed for claim in each.claims.all()]
    return {
        "open": sum(each.is_open for each in listed),
        "settled": sum(not each.is_open for each in listed),
        "claims": len(claims),
        "spurious": sum(claim.spurious for claim in claims),
    }
