"""What is to come, and what came: elections, seats filled anew, terms that end, another law."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from registry.domain.facts import Sitting
from registry.forms.changes import institution_asked, months_asked
from registry.forms.questions import one_of
from registry.models import Institution
from registry.serialise.agenda import Agenda, EndingTerms, Entry, Kind, months_later
from registry.views.frame import dated, days_of, moved_to_days

KINDS: dict[Kind, Any] = {
    Kind.RENEWAL: _("Elections and renewals"),
    Kind.TERM: _("Terms that end"),
    Kind.VACANCY: _("Vacancies to be filled"),
    Kind.LAW: _("Seat rules"),
}


class Next(NamedTuple):
    """The first day after the period on which something is to come; the link leads there."""

    day: date
    url: str


class LastDay(NamedTuple):
    """A mandate in the table of terms, with what it ends with."""

    entry: Entry
    terms: EndingTerms
    sitting: Sitting


@dated
def calendar(request: HttpRequest, *, on: date) -> HttpResponse:
    institutions = list(Institution.objects.order_by("order", "slug"))
    chosen = institution_asked(request.GET, institutions)
    kind = one_of(request.GET, "kind", list(Kind), "")
    months = months_asked(request.GET)
    days = days_of(request, on, months_later(on, months), period=True)
    if days.form.submitted:
        return HttpResponseRedirect(moved_to_days(request, days))
    if "from" in request.GET and "to" not in request.GET:
        days.last = months_later(days.first, months)
    among = [chosen] if chosen else institutions
    agenda = Agenda(among, days.first, days.last, today=request.shown.today, kind=kind)
    asked = {"institution": chosen.slug if chosen else "", "kind": kind}
    asked = {name: value for name, value in asked.items() if value}

    def address(first: date, last: date) -> str:
        return "?" + urlencode(asked | {"from": first.isoformat(), "to": last.isoformat()})

    following = agenda.next_day()
    period = days.query if days.form.asked else {}
    context = {
        "chosen": chosen,
        "kind": kind,
        "kinds": KINDS,
        "institutions": institutions,
        "months": [
            (date_format(month, "YEAR_MONTH_FORMAT"), list(group))
            for month, group in groupby(agenda.entries, key=lambda entry: entry.day.replace(day=1))
        ],
        "entries": len(agenda.entries),
        "last_days": [
            LastDay(entry, entry.terms, sitting)
            for entry in agenda.entries
            if entry.terms
            for sitting in entry.terms.people
        ],
        "next": following and Next(following, address(following, months_later(following, months))),
        "earlier": address(months_later(days.first, -months), days.first),
        "later": address(days.last, months_later(days.last, months)),
        "length": months,
        "ics": "?".join(filter(None, (reverse("calendar_ics"), urlencode(asked | period)))),
        "sample": any(entry.sample for entry in agenda.entries),
    }
    return render(request, "registry/calendar.html", context)
