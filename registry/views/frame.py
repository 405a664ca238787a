"""What every page has in common: the day it shows, read once, and an answer to a bad question."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from registry.forms.days import DayForm, DaysForm
from registry.forms.questions import BadQuestion
from registry.templatetags.days import long_day

View = Callable[..., HttpResponse]

READING = ("GET", "HEAD")


class Withdrawn(Exception):
    """The record of a page was here and was taken out: the answer is 410."""


@dataclass(frozen=True, slots=True)
class ShownDay:
    """The day a page shows. `carry` takes it along on a link, unless it is today."""

    day: date
    today: date
    form: DayForm

    @property
    def carry(self) -> str:
        return "" if self.day == self.today else f"?on={self.day.isoformat()}"

    @property
    def is_today(self) -> bool:
        return self.day == self.today

    @property
    def is_future(self) -> bool:
        return self.day > self.today

    @property
    def fields(self) -> dict[str, str]:
        return self.form.shows(self.day)


@dataclass(slots=True)
class ShownDays:
    """The two days that a page holds against each other, or a period: its last day is not in it.

    A period that begins on the first day there is has an open beginning.
    """

    first: date
    last: date
    form: DaysForm
    period: bool = False

    @property
    def open(self) -> bool:
        return self.period and self.first == date.min

    def fields(self, name: str) -> dict[str, str]:
        fields = self.form.forms[name].shows({"from": self.first, "to": self.last}[name])
        if name == "from" and self.open and not self.form.forms[name].asked:
            return fields | {"day": "", "year": ""}
        return fields

    @property
    def query(self) -> dict[str, str]:
        first = {} if self.open else {"from": self.first.isoformat()}
        return first | {"to": self.last.isoformat()}


def public(view: View) -> View:
    """A page that is only ever read: anything but GET and HEAD gets 405, whoever asks.

    Nothing is written, so no token is asked for, which would answer 403 first.
    """

    @csrf_exempt
    @wraps(view)
    def read(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in READING:
            response = render(request, "405.html", status=405)
            response["Allow"] = ", ".join(READING)
            return response
        try:
            return view(request, *args, **kwargs)
        except Withdrawn:
            return render(request, "410.html", status=410)

    return read


def dated(view: View) -> View:
    """Call a view with `on=` the day asked about; answer 400 where the question makes no sense.

    The clock is read here. A day typed into the three fields moves to `on=`, so that every
    page has one address worth keeping.
    """

    @public
    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        today = localdate()
        form = DayForm(request.GET)
        request.shown = ShownDay(today, today, form)
        try:
            day = form.day(default=today)
            request.shown = ShownDay(day, today, form)
            if form.submitted and not _looks_up(request):
                return HttpResponseRedirect(moved_to(request, day, today))
            return view(request, *args, on=day, **kwargs)
        except BadQuestion as problem:
            return bad_question(request, str(problem))

    return asked


def _looks_up(request: HttpRequest) -> bool:
    """Whether the form of the first page asks for the page of an institution."""
    return "institution" in request.GET and request.path == reverse("home")


def days_of(request: HttpRequest, first: date, last: date, *, period: bool = False) -> ShownDays:
    """The days `from=` and `to=` of the address, else those given. Raises `BadQuestion`.

    The request keeps them, so that an answer to a bad question shows what was asked.
    """
    days = request.days = ShownDays(first, last, DaysForm(request.GET), period)
    days.first = days.form.day("from", default=first, optional=days.open)
    days.last = days.form.day("to", default=last)
    if period and days.form.asked and days.last <= days.first:
        days.form.faulty = "to"
        raise BadQuestion(
            _("The period ends on %(last)s, which is not after its first day, %(first)s.")
            % {"first": long_day(days.first), "last": long_day(days.last)}
        )
    return days


def moved_to_days(request: HttpRequest, days: ShownDays) -> str:
    """This page's address with the days as `from=` and `to=`, and what else was filled in."""
    query = _kept(request, (*days.form.fields, "from", "to")) | days.query
    return f"{request.path}?{urlencode(query)}"


def moved_to(request: HttpRequest, day: date, today: date) -> str:
    """This page's address with the day as `on=`, whatever else was filled in kept."""
    query = _kept(request, request.shown.form.fields)
    if day != today:
        query["on"] = day.isoformat()
    return f"{request.path}?{urlencode(query)}" if query else request.path


def _kept(request: HttpRequest, fields: Collection[str]) -> dict[str, str]:
    """What the address asks besides some fields; nothing is asked by what is empty."""
    return {name: value for name, value in request.GET.items() if value and name not in fields}


def bad_question(request: HttpRequest, problem: str) -> HttpResponse:
    """400, with the form and what was typed."""
    return render(request, "400.html", {"problem": problem}, status=400)
