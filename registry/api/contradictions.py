"""What sources disagree about."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query

from registry.api.door import OfInstitution, YesNo, get, institution_called
from registry.api.schemas.contradictions import ContradictionData
from registry.serialise.contradictions import contradiction_data
from registry.serialise.contradictions import contradictions as all_contradictions

Open = Annotated[
    YesNo | None,
    Query(
        None,
        alias="open",
        description="Only those without a position of the registry, or only the others.",
    ),
]


@get("/contradictions", list[ContradictionData])
def contradictions(
    request: HttpRequest, institution: OfInstitution = None, is_open: Open = None
) -> list[dict[str, Any]]:
    """What sources disagree about: their claims, the position of the registry, and why."""
    rows = all_contradictions()
    if institution:
        rows = rows.filter(about=institution_called(institution).slug)
    if is_open is not None:
        rows = rows.filter(is_open=is_open)
    return [contradiction_data(each) for each in rows]
