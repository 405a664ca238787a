"""Two days of an institution compared."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query
from ninja.errors import HttpError

from registry.api.door import Day, Slug, get, institution_called, today
from registry.api.schemas.comparisons import ComparisonData
from registry.domain.comparison import compare as compared
from registry.serialise.comparisons import comparison_data
from registry.snapshots import review_of

EarlierDay = Annotated[Day, Query(..., alias="from", description="The earlier of the two days.")]
LaterDay = Annotated[Day | None, Query(None, description="The later day; else today.")]


@get("/institutions/{slug}/compare", ComparisonData)
def compare(
    request: HttpRequest, slug: Slug, from_: EarlierDay, to: LaterDay = None
) -> dict[str, Any]:
    """Who came and who left between two days, what they changed, and what the law did."""
    institution = institution_called(slug)
    later = to or today()
    if later < from_:
        raise HttpError(
            400,
            _("to: %(later)s is before %(earlier)s; give the earlier of the two days as from.")
            % {"earlier": from_, "later": later},
        )
    before, after = review_of(institution, on=from_), review_of(institution, on=later)
    return comparison_data(
        institution,
        compared(before.composition, after.composition, before.findings, after.findings),
    )
