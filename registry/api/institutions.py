"""Institutions, and who sat in one on a day."""

from __future__ import annotations

from collections import defaultdict
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query

from registry.api.door import Day, OnDay, Slug, day_asked, get, institution_called
from registry.api.schemas.compositions import CompositionData
from registry.api.schemas.institutions import InstitutionData
from registry.models import Institution, Succession
from registry.serialise import composition_data, institution_data
from registry.snapshots import review_of

Existing = Annotated[
    Day | None, Query(None, description="Only those that existed on this day, such as 2014-06-01.")
]

NONE = "none"  # asks for members without a party, a group or a territory
OfParty = Annotated[
    str | None, Query(None, description="Only members of this party: its address, or none.")
]
OfGroup = Annotated[
    str | None, Query(None, description="Only members of this seat group: its address, or none.")
]
OfTerritory = Annotated[
    str | None, Query(None, description="Only members for this territory: its address, or none.")
]


@get("/institutions", list[InstitutionData])
def institutions(request: HttpRequest, on: Existing = None) -> list[dict[str, Any]]:
    """All institutions, or those that existed on a day, certainly or possibly."""
    rows = Institution.objects.select_related("parent")
    if on is not None:
        rows = rows.on(day_asked(request, on))
    successors = defaultdict(list)
    for before, after in Succession.objects.values_list("predecessor_id", "successor__slug"):
        successors[before].append(after)
    return [institution_data(each, successors[each.pk]) for each in rows]


@get("/institutions/{slug}/composition", CompositionData)
def composition(
    request: HttpRequest,
    slug: Slug,
    on: OnDay = None,
    party: OfParty = None,
    group: OfGroup = None,
    territory: OfTerritory = None,
) -> dict[str, Any]:
    """Who sat in an institution on a day, held against the rules of that day.

    `party`, `group` and `territory` leave out other `members`; the numbers stay those of the
    whole body.
    """
    data = composition_data(review_of(institution_called(slug), on=day_asked(request, on)))
    asked = {"party": party, "group": group, "territory": territory}
    data["members"] = [
        member
        for member in data["members"]
        if all(value in (None, member[name] or NONE) for name, value in asked.items())
    ]
    return data
