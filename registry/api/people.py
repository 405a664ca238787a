"""People and the mandates they held, and what else the registry has lists of."""

from __future__ import annotations

from typing import Annotated, Any

from django.core.paginator import Paginator
from django.db.models import F, Prefetch
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Path, Query
from ninja.errors import HttpError

from registry.api.door import OfInstitution, OnDay, Slug, day_asked, get, institution_called
from registry.api.schemas.people import (
    ConvocationData,
    PartyData,
    PeopleData,
    PersonInFull,
    TerritoryData,
)
from registry.models import Affiliation, Party, Person, Territory
from registry.serialise.people import (
    convocation_data,
    party_data,
    person_data,
    person_in_full,
    territory_data,
)

PAGE = 100  # people

Number = Annotated[int, Path(..., description="The number of the person.", example=1)]
Named = Annotated[
    str | None, Query(None, description="Only people who go by these words.", max_length=200)
]
PageNumber = Annotated[
    int | None, Query(None, description="The page, from 1; a page has 100 people.", ge=1)
]


@get("/people", PeopleData)
def people(
    request: HttpRequest,
    name: Named = None,
    institution: OfInstitution = None,
    page: PageNumber = None,
) -> dict[str, Any]:
    """All people, in the alphabet of the language asked for.

    Names are found in every script: Әбенов, Абенов and Abenov are one. With `institution` they
    are those who ever held a seat or an office of it.
    """
    found = Person.objects.prefetch_related("identifiers")
    if name:
        found = found.called(name)
    if institution:
        body = institution_called(institution)
        found = found.filter(pk__in=body.appointments.values("person"))
    pages = Paginator(found.in_alphabetical_order(get_language() or "en"), PAGE)
    number = page or 1
    if number > pages.num_pages:
        raise HttpError(
            400,
            _("page: there are %(pages)s; give a number from 1 to that.")
            % {"pages": pages.num_pages},
        )
    return {
        "count": pages.count,
        "page": number,
        "pages": pages.num_pages,
        "people": [person_data(person) for person in pages.page(number)],
    }


@get("/people/{number}", PersonInFull)
def person(request: HttpRequest, number: Number, on: OnDay = None) -> dict[str, Any]:
    """A person with every mandate that is recorded, the newest first.

    `in_office` says of each whether it covered the day asked about. The number of a record that
    was merged into another one answers with that one, whose number it gives.
    """
    persons = Person.objects.prefetch_related("identifiers")
    found = persons.filter(pk=number).first() or persons.merged_from(number)
    if found is None:
        raise HttpError(404, _("Nobody has the number %(number)s.") % {"number": number})
    mandates = (
        found.appointments.select_related("institution", "group", "territory", "convocation")
        .prefetch_related(Prefetch("affiliations", Affiliation.objects.select_related("party")))
        .order_by(F("start_earliest").desc(nulls_last=True), "-id")
    )
    return person_in_full(found, mandates, day_asked(request, on))


@get("/parties", list[PartyData])
def parties(request: HttpRequest) -> list[dict[str, Any]]:
    """All parties and groups that anybody ever sat for."""
    return [party_data(each) for each in Party.objects.prefetch_related("identifiers")]


@get("/territories", list[TerritoryData])
def territories(request: HttpRequest, on: OnDay = None) -> list[dict[str, Any]]:
    """All territories, with the name and the kind that each had on a day."""
    rows = Territory.objects.select_related("continued_by", "part_of")
    day = day_asked(request, on)
    return [territory_data(each, day) for each in rows.prefetch_related("statuses__kind")]


@get("/institutions/{slug}/convocations", list[ConvocationData])
def convocations(request: HttpRequest, slug: Slug) -> list[dict[str, Any]]:
    """The convocations of an institution, the first one first."""
    institution = institution_called(slug)
    rows = institution.convocations.select_related("institution").order_by("number")
    return [convocation_data(each) for each in rows]
