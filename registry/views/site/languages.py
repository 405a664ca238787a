"""Which language a reader gets, and the only cookie that a reader who does not log in ever gets."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request

from registry.views.frame import public

A_YEAR = 365 * 24 * 60 * 60


@public
def negotiate(request: HttpRequest) -> HttpResponse:
    """From the root to the reader's language: the cookie's, the browser's, else English."""
    language = get_language_from_request(request)
    response = HttpResponseRedirect(f"/{language}/")
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


@public
def choose(request: HttpRequest, language: str, rest: str = "") -> HttpResponse:
    """Where a language link leads: the choice is kept, and the page shown in that language.

    Whatever `rest` is, it follows the language, so that this leads to no other site.
    """
    if language not in dict(settings.LANGUAGES):
        raise Http404
    asked = request.META.get("QUERY_STRING", "")
    response = HttpResponseRedirect(f"/{language}/{quote(rest)}" + (f"?{asked}" if asked else ""))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=A_YEAR,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response
