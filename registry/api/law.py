"""What the law says of an institution on a day: votes, rules, eras."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from registry.api.door import OnDay, Slug, day_asked, get, institution_called
from registry.api.schemas.rules import RulesData
from registry.api.schemas.votes import MajoritiesData
from registry.serialise.rules import rules_data
from registry.serialise.votes import votes_data
from registry.snapshots import composition_of
from registry.snapshots.votes import votes_of


@get("/institutions/{slug}/majorities", MajoritiesData)
def majorities(request: HttpRequest, slug: Slug, on: OnDay = None) -> dict[str, Any]:
    """The votes that decisions take on a day: for each chamber, and for a joint sitting."""
    return votes_data(votes_of(institution_called(slug), on=day_asked(request, on)))


@get("/institutions/{slug}/rules", RulesData)
def rules(request: HttpRequest, slug: Slug, on: OnDay = None) -> dict[str, Any]:
    """All seat rules of an institution, the eras that follow from them, and those of a day."""
    institution = institution_called(slug)
    return rules_data(institution, composition_of(institution, on=day_asked(request, on)))
