"""What is answered when a page cannot be: in the frame, in the language of the address, and with a
way out.
"""

from __future__ import annotations

import logging
import re
import secrets
import sys
from collections.abc import Sequence

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from registry.forms.days import DayForm
from registry.forms.posted import resendable
from registry.forms.questions import BadQuestion
from registry.models import Institution
from registry.models.busy import is_busy
from registry.views.frame import ShownDay

logger = logging.getLogger(__name__)

SLUG = re.compile(r"[-a-z0-9_]{1,80}", re.ASCII)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, with the institution that the address names, and the day kept."""
    parts = [part for part in request.path.split("/") if SLUG.fullmatch(part)]
    institution = Institution.objects.filter(slug__in=parts).first()
    _keep_day(request)
    return render(request, "404.html", {"institution": institution}, status=404)


def _keep_day(request: HttpRequest) -> None:
    """Links of an error page carry the day, if the address asked for one that makes sense."""
    today, form = localdate(), DayForm(request.GET)
    try:
        day = form.day(default=today)
    except BadQuestion:
        day = today
    request.shown = ShownDay(day, today, form)


def our_fault(request: HttpRequest) -> HttpResponse:
    """500 with a number that stands in the log too; 503 where the database does not answer, or
    somebody else holds it for too long.

    No answer asks the database, nor anything else that may be what failed.
    """
    fault = sys.exc_info()[1]
    if is_busy(fault):
        return _busy(request)
    if isinstance(fault, OperationalError | InterfaceError):
        title = _("The register cannot be read at the moment")
        said = _(
            "Its database does not answer, as happens during maintenance. Try again in a minute; "
            "nothing is lost."
        )
        return _later(request, title, [said])
    number = secrets.token_hex(4)
    logger.error("The page that failed was given the number %s", number)
    context = {"number": number, "only_read": request.method in ("GET", "HEAD")}
    return HttpResponse(render_to_string("500.html", context), status=500)


def _busy(request: HttpRequest) -> HttpResponse:
    """Nothing was stored, and what was posted can be posted once more from this page."""
    logger.warning("Busy: %s %s", request.method, request.path)
    said = [_("Somebody else was writing for longer than this could wait. Nothing was stored.")]
    entries = resendable(request)
    if entries:
        said.append(_("What you entered is kept in this page. Wait a moment, then try again."))
    elif request.method == "POST":
        said.append(_("Go back to the form, and send it again in a moment."))
    else:
        said.append(_("Try again in a moment."))
    return _later(request, _("The register is busy"), said, entries)


def _later(
    request: HttpRequest, title: str, said: list[str], entries: Sequence[tuple[str, str]] = ()
) -> HttpResponse:
    """503 with when to come back: as a page, or as the JSON interface refuses."""
    if request.path.startswith(reverse("api:api-root")):
        answer = {"detail": " ".join(said)}
        response: HttpResponse = JsonResponse(answer, json_dumps_params={"ensure_ascii": False})
        # As its other answers, it may be read by the pages of any site.
        response["Access-Control-Allow-Origin"] = "*"
    else:
        context = {"title": title, "said": said, "entries": entries}
        response = HttpResponse(render_to_string("503.html", context))
    response.status_code = 503
    response["Retry-After"] = "60"
    add_never_cache_headers(response)
    return response
