"""What changed: in the world, as far as it is recorded, and in the register itself."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from registry.forms.changes import Asked, Tab
from registry.forms.questions import BadQuestion, given_once, shortened
from registry.models import Institution
from registry.serialise.changes import Entry, changes, entries
from registry.templatetags.edits import KINDS as EDITS
from registry.templatetags.happenings import KINDS
from registry.views.frame import dated, days_of, moved_to_days

PER_PAGE = 50


@dated
def listed(request: HttpRequest, *, on: date) -> HttpResponse:
    """Both kinds of change, on two tabs; up to the day shown unless the address says until when."""
    institutions = list(Institution.objects.order_by("order", "slug"))
    tomorrow = on + timedelta(days=1) if on < date.max else on
    days = days_of(request, date.min, tomorrow, period=True)
    if days.form.submitted:
        return HttpResponseRedirect(moved_to_days(request, days))
    first = None if days.open else days.first
    asked = Asked.read(request.GET, institutions, first, days.last)
    found = changes(asked, institutions)
    page = _page(request, Paginator(found, PER_PAGE))
    shown = entries(page.object_list)
    given = {name: value for name, value in asked.query.items() if name in request.GET}
    on_tab = {} if request.shown.is_today else {"on": on.isoformat()}
    kept = {name: value for name, value in given.items() if name not in ("kind", "what")} | on_tab
    context = {
        "asked": asked,
        "corrected": asked.tab is Tab.CORRECTED,
        "institutions": institutions,
        "kinds": EDITS if asked.tab is Tab.CORRECTED else KINDS,
        "months": _by_month(shown),
        "found": len(found),
        "page": page,
        "pages": _pages(page, given | on_tab),
        "tabs": {
            "happened": "?" + urlencode(kept),
            "corrected": "?" + urlencode(kept | {"what": Tab.CORRECTED.value}),
        },
        "unfiltered": "?" + urlencode({"what": asked.tab.value} | on_tab),
        "feed": _feed(given),
        "sample": any(_is_sample(entry) for entry in shown),
    }
    return render(request, "registry/changes.html", context)


def _page(request: HttpRequest, pages: Paginator) -> Page:
    """The page that the address asks for. Raises `BadQuestion` if there is none."""
    asked = given_once(request.GET, "page") or "1"
    if not asked.isascii() or not asked.isdigit() or not 1 <= int(asked[:9]) <= pages.num_pages:
        raise BadQuestion(
            _("There is no page “%(value)s”. Use a number from 1 to %(last)s.")
            % {"value": shortened(asked), "last": pages.num_pages}
        )
    return pages.page(int(asked))


def _pages(page: Page, query: dict[str, str]) -> list[tuple[str, str]]:
    """Numbers of the pages near this one with their addresses, "" for those left out."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return [
        (str(n), "?" + urlencode(query | {"page": n}) if isinstance(n, int) else "")
        for n in numbers
    ]


def _feed(query: dict[str, str]) -> str:
    asked = {name: value for name, value in query.items() if name != "page"}
    address = reverse("changes_atom")
    return f"{address}?{urlencode(asked)}" if asked else address


def _by_month(shown: list[Entry]) -> list[tuple[str, list[Entry]]]:
    return [
        (date_format(month, "YEAR_MONTH_FORMAT"), list(group))
        for month, group in groupby(shown, key=lambda entry: _day(entry).replace(day=1))
    ]


def _day(entry: Entry) -> date:
    if entry.event is not None:
        return entry.event.day
    return localtime(entry.edit.moment).date() if entry.edit else date.min


def _is_sample(entry: Entry) -> Any:
    return entry.event.samples if entry.event else entry.edit and entry.edit.sample
