"""The addresses under /api/v1/. The clock is read here, once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from pydantic import BeforeValidator, WithJsonSchema

from registry.api.schemas import CompositionData, FindingData, InstitutionData, Refusal
from registry.domain.dates import PartialDate, Precision
from registry.models import Institution, Succession
from registry.serialise import composition_data, finding_data, institution_data
from registry.snapshots import once_each, review_of, reviews_on

api = NinjaAPI(
    title="Institutions register",
    version="1",
    description="Who sat in any institution on any day, checked against the rules of that day.",
    docs_url=None,
    urls_namespace="api",
)


def _get(path: str, **options: Any) -> Callable[[Callable], Callable]:
    """Answer GET, and HEAD as any page does; the document lists one operation for both."""

    def register(view: Callable) -> Callable:
        api.api_operation(["HEAD"], path, include_in_schema=False, **options)(view)
        return api.get(path, **options)(view)

    return register


def _day(value: Any) -> date:
    if isinstance(value, date):
        return value
    try:
        parsed = PartialDate.parse(value)
    except ValueError:
        parsed = None
    if parsed is None or parsed.precision is not Precision.DAY or parsed.earliest is None:
        raise ValueError(f"{str(value)[:40]!r} is not a day such as 2014-06-01")
    return parsed.earliest


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]


@api.exception_handler(ValidationError)
def refuse(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A question that makes no sense is answered with a sentence for each parameter."""
    said = [
        f"{each['loc'][-1]}: {each['msg'].removeprefix('Value error, ')}." for each in error.errors
    ]
    return api.create_response(request, {"detail": " ".join(said)}, status=400)


def _asked(request: HttpRequest, on: date | None) -> date:
    for name in request.GET:
        if len(request.GET.getlist(name)) > 1:
            raise HttpError(400, _("%(name)s: give one, not several.") % {"name": name[:40]})
    return on or localdate()


def _institution(slug: str) -> Institution:
    found = Institution.objects.filter(slug=slug).first() if "\0" not in slug else None
    if found is None:
        raise HttpError(
            404, _("No institution has the address %(slug)s.") % {"slug": repr(slug[:80])}
        )
    return found


@_get("/institutions", response={200: list[InstitutionData], 400: Refusal})
def institutions(request: HttpRequest, on: Day | None = None) -> list[dict[str, Any]]:
    """All institutions, or those that existed on a day, certainly or possibly."""
    rows = Institution.objects.select_related("parent")
    day = _asked(request, on)
    if on is not None:
        rows = rows.on(day)
    successors = defaultdict(list)
    for before, after in Succession.objects.values_list("predecessor_id", "successor__slug"):
        successors[before].append(after)
    return [institution_data(each, successors[each.pk]) for each in rows]


@_get(
    "/institutions/{slug}/composition",
    response={200: CompositionData, 400: Refusal, 404: Refusal},
)
def composition(request: HttpRequest, slug: str, on: Day | None = None) -> dict[str, Any]:
    """Who sat in an institution on a day, today if none is given."""
    day = _asked(request, on)
    institution = _institution(slug)
    return composition_data(review_of(institution, on=day))


@_get("/findings", response={200: list[FindingData], 400: Refusal, 404: Refusal})
def findings(
    request: HttpRequest, on: Day | None = None, institution: str | None = None
) -> list[dict[str, Any]]:
    """What does not fit the rules of a day, in one institution or in all."""
    day = _asked(request, on)
    asked = [_institution(institution)] if institution else Institution.objects.all()
    return [
        finding_data(finding, review.institution, day)
        for review in once_each(reviews_on(day, asked))
        for finding in review.findings
    ]
