"""What is to come: seats filled anew, and terms that end."""

from __future__ import annotations

from operator import itemgetter
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query

from registry.api.door import (
    Day,
    FirstDay,
    LastDay,
    OfInstitution,
    OnDay,
    Slug,
    day_asked,
    get,
    institution_called,
    period,
    today,
)
from registry.api.schemas.calendar import RenewalsData, TermData
from registry.domain.dates import years_after
from registry.domain.renewals import renewals as renewals_between
from registry.domain.terms import ending_between
from registry.models import Institution
from registry.serialise.calendar import renewal_data, term_data
from registry.snapshots import record_of, records_on

# How far ahead renewals are forecast, and terms listed, unless somebody asks for more.
FORECAST_YEARS = 10
TERMS_YEARS = 1

Until = Annotated[
    Day | None,
    Query(None, description="The first day after the period; else ten years after `on`."),
]


@get("/institutions/{slug}/renewals", RenewalsData)
def renewals(
    request: HttpRequest,
    slug: Slug,
    on: OnDay = None,
    from_: FirstDay = None,
    until: Until = None,
) -> dict[str, Any]:
    """Which seats are filled anew, and by when the law wants the election.

    They are listed from `from`, else from `on`, up to, not on, `until`: elections that were held
    or called, and after the last of them forecasts.
    """
    institution = institution_called(slug)
    day = day_asked(request, on)
    first, last = period(
        from_ or day, until, lasting=years_after(day, FORECAST_YEARS), name="until"
    )
    record = record_of(institution, on=day)
    return {
        "institution": institution.slug,
        "on": day,
        "days": {"start": first, "end": last},
        "renewals": [renewal_data(each) for each in renewals_between(record, first, last)],
    }


@get("/terms", list[TermData])
def terms(
    request: HttpRequest,
    from_: FirstDay = None,
    to: LastDay = None,
    institution: OfInstitution = None,
) -> list[dict[str, Any]]:
    """The mandates whose terms are to end from `from` up to, not on, `to`, in that order.

    Without days it is the year that begins today.
    """
    begun = from_ or today()
    first, last = period(begun, to, lasting=years_after(begun, TERMS_YEARS))
    asked = [institution_called(institution)] if institution else Institution.objects.all()
    found = [
        term_data(ending, record)
        for _institution, record in records_on(first, asked)
        for ending in ending_between(record, first, last)
    ]
    return sorted(found, key=itemgetter("day"))
