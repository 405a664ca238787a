"""What every open file and answer says of itself: whose it is, what is allowed, and how new it is.

Open data may be read by the pages of any site, so these answers, and no others, say so to browsers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import HttpResponse

from registry.models.history import revision, revision_text

# What a script on a page of another site may read beside the body.
EXPOSED = ("Content-Disposition", "Link", "Registry-Day", "Registry-Revision")


@dataclass(frozen=True, slots=True)
class Imprint:
    """`licence` is its short name, as SPDX lists it; `revision` the moment of the newest change
    of the record, such as 2026-11-22T08:15:00Z, "" while nothing is recorded."""

    licence: str
    licence_url: str
    publisher: str
    revision: str


def imprint() -> Imprint:
    """The imprint of this moment; one query."""
    licence = settings.DATA_LICENCE
    return Imprint(licence["id"], licence["url"], settings.PUBLISHER, revision_text(revision()))


def opened(response: HttpResponse, said: Imprint, day: date | None = None) -> HttpResponse:
    """The answer as open data, with its licence, its revision and its `day` in the headers."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = ", ".join(EXPOSED)
    response["Link"] = f'<{said.licence_url}>; rel="license"'
    if said.revision:
        response["Registry-Revision"] = said.revision
    if day is not None:
        response["Registry-Day"] = day.isoformat()
    return response
