"""Everybody in office on a day in Popolo's own words."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from registry.api.door import OfInstitution, OnDay, day_asked, get, institution_called
from registry.api.schemas.popolo import PopoloData
from registry.models import Institution
from registry.rosters.export.popolo import popolo_data, popolo_of_all
from registry.rosters.export.rows import Wanted


@get("/popolo.json", PopoloData)
def popolo(
    request: HttpRequest, on: OnDay = None, institution: OfInstitution = None
) -> dict[str, Any]:
    """Persons, organizations, memberships, areas, events and posts of a day, as Popolo has them.

    Those whose dates leave it open whether they were in office are among them, with the precision
    of their dates. With `institution` the answer is one that `import_roster` reads back.
    """
    day = day_asked(request, on)
    if institution:
        found = popolo_data(institution_called(institution), Wanted(on=day))
    else:
        found = popolo_of_all(Institution.objects.on(day).order_by("order", "slug"), Wanted(on=day))
    return {**found, "on": day}
