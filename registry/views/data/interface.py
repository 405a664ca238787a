"""How programs ask: addresses, parameters, and examples that work as they stand."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.views.frame import dated


class Example(NamedTuple):
    """A question to the interface that works as it stands: what it asks, and its address."""

    what: str | Promise
    path: str


EXAMPLES = (
    Example(
        _("Who sat in the Mazhilis on 1 June 2014, against the rules of that day:"),
        "institutions/mazhilis/composition?on=2014-06-01",
    ),
    Example(
        _("What did not fit in the Senate on that day, vacant seats alone:"),
        "findings?on=2014-06-01&institution=senate&code=vacant_seats",
    ),
    Example(
        _("Everybody in office on that day, in all bodies, in Popolo's words:"),
        "popolo.json?on=2014-06-01",
    ),
)

# The parameters that several addresses share.
PARAMETERS = (
    ("on", _("The day, such as 2014-06-01; without it, today.")),
    ("from, to", _("A period: its first day, and the first day after it.")),
    ("institution", _("The address of an institution, such as mazhilis.")),
    ("page", _("Of a long list, which page; the answer says how many there are.")),
)


@dated
def interface(request: HttpRequest, *, on: date) -> HttpResponse:
    base = request.build_absolute_uri(reverse("api:api-root"))
    context = {
        "base": base,
        "document": reverse("api:openapi-json"),
        "examples": [(each.what, f"{base}{each.path}") for each in EXAMPLES],
        "parameters": PARAMETERS,
    }
    return render(request, "registry/data_api.html", context)
