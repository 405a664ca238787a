"""What is answered when a page cannot be: in the frame, in the language of the address, and with a
way out.
"""

from __future__ import annotations

import logging
import re
import secrets
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.timezone import localdate

from registry.forms.days import DayForm
from registry.forms.questions import BadQuestion
from registry.models import Institution
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
    """500 with a number that stands in the log too; 503 where the database does not answer.

    Neither page asks the database, nor anything else that may be what failed.
    """
    fault = sys.exc_info()[1]
    if isinstance(fault, OperationalError | InterfaceError):
        response = HttpResponse(render_to_string("503.html"), status=503)
        response["Retry-After"] = "60"
        return response
    number = secrets.token_hex(4)
    logger.error("The page that failed was given the number %s", number)
    context = {"number": number, "only_read": request.method in ("GET", "HEAD")}
    return HttpResponse(render_to_string("500.html", context), status=500)
