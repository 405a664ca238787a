"""The files beside the sources: each source, and each claim where sources disagree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from registry.models import Contradiction, Source
from registry.serialise.contradictions import contradiction_data
from registry.serialise.sheets import Cell, Column, Sheet
from registry.views.download import download
from registry.views.frame import dated
from registry.views.record.sources import kept_conflicts, supported

SOURCE_COLUMNS = (
    Column("source", _("The permanent short name of the source.")),
    Column("title", _("Its title.")),
    Column("kind", _("What kind of source it is; law is the text of an act itself.")),
    Column("url", _("Where it is found on the web; empty if it is not.")),
    Column("facts", _("How many recorded facts rest on it.")),
    Column("confidence", _("How sure the registry is: high, medium or low.")),
    Column("remark", _("A remark of the registry.")),
)

CONFLICT_COLUMNS = (
    Column("contradiction", _("The permanent short name of the contradiction; one row a claim.")),
    Column("kind", _("What they disagree about: a date, a number, a word.")),
    Column("subject", _("The question, in words.")),
    Column("institution", _("The address of the institution that it is about, if any.")),
    Column("fact", _("The recorded fact that it is about.")),
    Column("open", _("1 while the registry takes no position.")),
    Column("position", _("The position of the registry, and why.")),
    Column("start", _("The first day that it is about, if recorded."), days=True),
    Column("end", _("The first day that it is no longer about, if recorded."), days=True),
    Column("claim", _("What one source says, in our words.")),
    Column("source", _("The title of that source.")),
    Column("source_url", _("Where that source is found.")),
    Column("place", _("The place in the source: a page, an article.")),
    Column("adopted", _("1 for the claim that the registry follows.")),
    Column("spurious", _("1 for a claim that only seemed to be one.")),
)


@dated
def sources(request: HttpRequest, suffix: str, *, on: date) -> HttpResponse:
    facts = supported()
    rows: list[dict[str, Cell]] = [
        {
            "source": source.slug,
            "title": source.title,
            "kind": source.kind,
            "url": source.url,
            "facts": sum(each.number for each in facts[source.pk]),
            "confidence": source.confidence,
            "remark": source.note,
        }
        for source in Source.objects.order_by("title", "slug")
    ]
    return download(request, Sheet("sources", str(_("Sources")), SOURCE_COLUMNS, rows), suffix)


@dated
def conflicts(request: HttpRequest, suffix: str, *, on: date) -> HttpResponse:
    """The claims of the contradictions that the page lists, filtered as the page is."""
    question = kept_conflicts(request.GET, on)
    name = "conflicts-filtered" if question.filters.narrow else "conflicts"
    title = str(_("Where sources disagree"))
    rows = list(_claims(question.kept))
    return download(request, Sheet(name, title, CONFLICT_COLUMNS, rows), suffix)


def _claims(contradictions: Iterable[Contradiction]) -> Iterator[dict[str, Cell]]:
    for contradiction in contradictions:
        data = contradiction_data(contradiction)
        shared: dict[str, Cell] = {
            "contradiction": data["slug"],
            "institution": data["fact"]["institution"],
            "fact": data["fact"]["name"],
            **{
                name: data[name] for name in ("kind", "subject", "open", "position", "start", "end")
            },
        }
        for claim in data["claims"]:
            cells = ("source", "source_url", "place", "adopted", "spurious")
            yield {**shared, "claim": claim["text"], **{name: claim[name] for name in cells}}
