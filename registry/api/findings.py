"""What does not fit, on a day or over a period."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query
from ninja.errors import HttpError

from registry.api.door import (
    Code,
    FirstDay,
    Gravity,
    LastDay,
    OfInstitution,
    OnDay,
    YesNo,
    day_asked,
    get,
    institution_called,
    period,
    today,
    tomorrow,
)
from registry.api.schemas.findings import FindingData
from registry.models import Institution
from registry.serialise import finding_data, listed_between, listed_on

Explained = Annotated[
    YesNo | None,
    Query(None, description="Only findings that a curator has explained, or only the others."),
]


@get("/findings", list[FindingData])
def findings(
    request: HttpRequest,
    on: OnDay = None,
    from_: FirstDay = None,
    to: LastDay = None,
    institution: OfInstitution = None,
    code: Code = None,
    severity: Gravity = None,
    explained: Explained = None,
) -> list[dict[str, Any]]:
    """What does not fit the rules of a day, or of any day from `from` up to, not on, `to`.

    Each finding comes with the days on which it holds, which may reach beyond the period. Without
    `to` the period goes up to and with today.
    """
    asked = [institution_called(institution)] if institution else Institution.objects.all()
    if from_ is None and to is None:
        found = listed_on(day_asked(request, on), asked)
    elif on is not None:
        raise HttpError(400, _("on: give one day, or a period with from and to, not both."))
    elif from_ is None:
        raise HttpError(400, _("from: it is missing; give the first day of the period."))
    else:
        found = listed_between(*period(from_, to, lasting=tomorrow(today())), asked)
    return [
        finding_data(*each)
        for each in found
        if code in (None, each.finding.problem)
        and severity in (None, each.finding.severity)
        and explained in (None, each.finding.explained is not None)
    ]
