"""Whoever was signed out while typing loses nothing: what was posted travels over the sign-in.

It travels signed in the page of the sign-in, and nothing of it is stored. Who it is of says a
cookie of the last sign-in; for anybody else it is left aside.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from registry.forms.posted import resendable

KEPT = "_kept"
COOKIE = "registry_curator"
SALT = "registry.admin.signing_in"
# Of a form that is longer, or older, somebody opens the page anew.
LONGEST = 300_000
SECONDS = 12 * 60 * 60


def keeping(request: HttpRequest, site: AdminSite) -> HttpResponse | None:
    """The form of the sign-in, holding what was posted; `None` where there is nothing to keep."""
    if request.method != "POST" or request.user.is_authenticated:
        return None
    owner = request.get_signed_cookie(COOKIE, "", salt=SALT)
    # The sign-in replaces the token of every form.
    entries = [each for each in resendable(request) if each[0] != "csrfmiddlewaretoken"]
    kept = signing.dumps([owner, request.get_full_path(), entries], salt=SALT, compress=True)
    if not owner or not entries or len(kept) > LONGEST:
        return None
    # What was posted is no attempt to sign in.
    request.method = "GET"
    context = {
        "kept": kept,
        "app_path": reverse("admin:login"),
        "said": _("You were signed out. Sign in to go on; what you entered is kept."),
    }
    return AdminSite.login(site, request, context)


def sign_in(request: HttpRequest, site: AdminSite, context: dict[str, Any]) -> HttpResponse:
    """The sign-in of the site, and after it what was kept of the same user, to be sent again."""
    kept = request.POST.get(KEPT, "")[: LONGEST + 1]
    response = AdminSite.login(site, request, {**context, "kept": kept})
    user = request.user
    if request.method != "POST" or not isinstance(response, HttpResponseRedirect):
        return response
    owner, address, entries = _restored(kept) or ("", "", [])
    if owner and owner != str(user.pk):
        said = _("What was entered before is of another account. It was not saved.")
        messages.warning(request, said)
    elif owner:
        page = {**site.each_context(request), "address": address, "entries": entries}
        page["title"] = _("You are signed in again")
        response = TemplateResponse(request, "admin/registry/signed_in_again.html", page)
    response.set_signed_cookie(
        COOKIE,
        str(user.pk),
        salt=SALT,
        max_age=settings.SESSION_COOKIE_AGE,
        path=reverse("admin:index"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _restored(kept: str) -> tuple[str, str, list[tuple[str, str]]] | None:
    try:
        return signing.loads(kept, salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return None
