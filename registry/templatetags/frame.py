"""What the frame of a page says of the page itself: where it stands in other languages, under
which address it is worth keeping, what it is for machines, and whom to tell of an error.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from registry.models.history import revision as newest_change
from registry.models.history import revision_text

register = template.Library()

# How a reader looks for each language; Django calls Kazakh «Қазақ».
OWN_NAMES = {"kk": "Қазақша"}
# Open Graph wants a country with each language.
LOCALES = {"en": "en_GB", "kk": "kk_KZ", "ru": "ru_RU", "de": "de_DE"}
# The sections of the site, by the name of their first page, in the order of the menu.
SECTIONS = {
    "institutions": _("Institutions"),
    "people": _("People"),
    "territories": _("Regions and cities"),
    "parties": _("Parties"),
    "calendar": _("Calendar"),
    "changes": _("Changes"),
    "checks": _("Checks"),
    "sources": _("Sources"),
    "data": _("Data"),
}
# A longer question is nonsense, which eight links need not repeat.
LONGEST = 1000
# What a form that asks for a day asks itself, or what makes no sense on another day.
OF_A_DAY = ("on", "day", "month", "year", "page")
# What would end a script, or begin markup, inside a script.
UNSAFE = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class InLanguage:
    """This page in one language: `url` without, `choice` with a lasting choice of the language."""

    code: str
    name: str
    locale: str
    current: bool
    url: str
    choice: str


class Section(NamedTuple):
    """An entry of the menu; `current` is what it says to assistive technology of this page."""

    label: str
    url: str
    current: str


@register.inclusion_tag("registry/parts/menu.html", takes_context=True)
def menu(context: dict) -> dict[str, list[Section]]:
    """The sections of the site, on the day of the page."""
    request = context.get("request")
    carry = getattr(getattr(request, "shown", None), "carry", "")
    path = request.path if request else ""
    listed = []
    for name, label in SECTIONS.items():
        url = reverse(name)
        here = "page" if path == url else "true" if path.startswith(url) else ""
        listed.append(Section(str(label), url + carry, here))
    return {"sections": listed}


@register.simple_block_tag
def line(content: str) -> SafeString:
    """What a block says, on one line, for a title that stands in several places."""
    return mark_safe(" ".join(content.split()))


@register.simple_tag(takes_context=True)
def in_languages(context: dict) -> list[InLanguage]:
    """The page in every language of the site; of an address without a language, the first page."""
    request = context.get("request")
    rest = _after_language(request.path) if request else ""
    asked = request.GET.urlencode() if request else ""
    if len(asked) > LONGEST:
        asked = ""
    shown = get_language() or settings.LANGUAGE_CODE
    found = []
    for code, _name in settings.LANGUAGES:
        choice = reverse("choose", args=[code]) + quote(rest)
        found.append(
            InLanguage(
                code=code,
                name=OWN_NAMES.get(code) or get_language_info(code)["name_local"],
                locale=LOCALES.get(code, code),
                current=code == shown,
                url=f"/{code}/{quote(rest)}" + (lasting_query(request) if request else ""),
                choice=f"{choice}?{asked}" if asked else choice,
            )
        )
    return found


def _after_language(path: str) -> str:
    """The part of an address after the language, "" if it has none."""
    code, _slash, rest = path.removeprefix("/").partition("/")
    return rest if code in dict(settings.LANGUAGES) else ""


def lasting_query(request: HttpRequest) -> str:
    """What of a question belongs to the page itself: its days, and no filter or order."""
    days = getattr(request, "days", None)
    if days and days.form.asked:
        return f"?{urlencode(days.query)}"
    shown = getattr(request, "shown", None)
    return shown.carry if shown else ""


@register.simple_tag(takes_context=True)
def lasting(context: dict) -> str:
    """The page's address with its day, without filters and order."""
    request = context.get("request")
    return (
        request.build_absolute_uri(quote(request.path) + lasting_query(request)) if request else ""
    )


@register.filter
def absolute(path: str, request: HttpRequest) -> str:
    """An address with the host that was asked."""
    return request.build_absolute_uri(path)


@register.simple_tag(takes_context=True)
def today_address(context: dict) -> str:
    """The same page with the same filters, today."""
    request = context["request"]
    query = request.GET.copy()
    query.pop("on", None)
    return f"{request.path}?{query.urlencode()}" if query else request.path


@register.inclusion_tag("registry/parts/kept_fields.html", takes_context=True)
def kept_fields(context: dict) -> dict[str, list[tuple[str, str]]]:
    """The filters and the order of a page as hidden fields of the form that asks for its day."""
    asked = context["request"].GET
    listed = [(name, value) for name in asked for value in asked.getlist(name)]
    return {"kept": [each for each in listed if each[1] and each[0] not in OF_A_DAY]}


@register.simple_tag(takes_context=True)
def crumb(context: dict, name: str, url: str = "") -> SafeString:
    """One step of the way to a page, on the same day, noted for machines too.

    The last one has no `url`: it is the page itself.
    """
    request = context.get("request")
    if url and (shown := getattr(request, "shown", None)):
        path, *fragment = url.partition("#")
        url = path + shown.carry + "".join(fragment)
    if request:
        request.crumbs = [*getattr(request, "crumbs", ()), (name, url)]
    if not url:
        return format_html('<li aria-current="page">{}</li>', name)
    return format_html('<li><a href="{}">{}</a></li>', url, name)


@register.simple_tag(takes_context=True)
def linked_data(context: dict) -> SafeString | str:
    """What the page is about, as JSON-LD: the view's `linked_data` and the way to the page."""
    request = context.get("request")
    graph = [*context.get("linked_data", ())]
    if steps := getattr(request, "crumbs", ()):
        graph.append(_breadcrumbs(request, steps))
    if not graph:
        return ""
    data = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
    return mark_safe(f'<script type="application/ld+json">{data.translate(UNSAFE)}</script>')


def _breadcrumbs(request: HttpRequest, steps: list[tuple[str, str]]) -> dict[str, Any]:
    listed = []
    for position, (name, url) in enumerate(steps, start=1):
        step = {"@type": "ListItem", "position": position, "name": str(name)}
        if url:
            step["item"] = request.build_absolute_uri(url)
        listed.append(step)
    return {"@type": "BreadcrumbList", "itemListElement": listed}


@register.inclusion_tag("registry/parts/about_data.html", takes_context=True)
def about_data(context: dict) -> dict[str, Any]:
    """The licence, the publisher, how new the record is, and whom to tell of an error."""
    request = context.get("request")
    return {
        "licence": settings.DATA_LICENCE,
        "publisher": settings.PUBLISHER,
        "revision": _revision(request),
        "report": report_address(request),
    }


@register.simple_tag(takes_context=True)
def revision(context: dict) -> str:
    """The revision of the record as files write it, asked for once a page."""
    return revision_text(_revision(context.get("request")))


def _revision(request: HttpRequest | None) -> datetime | None:
    if request is None:
        return newest_change()
    if not hasattr(request, "revision"):
        request.revision = newest_change()
    return request.revision


def report_address(request: HttpRequest | None) -> str:
    """Where an error on a page is reported to; without a contact, where that is explained."""
    contact = settings.CONTACT
    if contact.startswith(("https://", "http://")):
        return contact
    if contact:
        page = request.get_full_path() if request else "/"
        return f"mailto:{contact}?" + urlencode({"subject": page}, quote_via=quote)
    return reverse("about") + "#errors"
