"""The pages about the register itself, and what crawlers are told."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from registry.templatetags.frame import report_address
from registry.views.frame import public

# When somebody last looked through the pages as the accessibility statement says.
CHECKED = date(2026, 11, 22)


@public
def page(request: HttpRequest, name: str) -> HttpResponse:
    """One of about, method, accessibility and privacy: text, with what the settings say."""
    context = {
        "licence": settings.DATA_LICENCE,
        "publisher": settings.PUBLISHER,
        "contact": settings.CONTACT and report_address(request),
        "checked": CHECKED,
        "cookie": settings.LANGUAGE_COOKIE_NAME,
    }
    return render(request, f"registry/{name}.html", context)


@public
def robots(request: HttpRequest) -> HttpResponse:
    """Crawlers read everything but the admin and the addresses that choose a language."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /language/",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
