"""What every page has in common: the day it shows, read once, and an answer to a bad question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from registry.forms.days import DayForm
from registry.forms.questions import BadQuestion

View = Callable[..., HttpResponse]


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


def public(view: View) -> View:
    """A page that is only ever read: anything but GET and HEAD gets 405, whoever asks.

    Nothing is written, so no token is asked for, which would answer 403 first.
    """
    return csrf_exempt(require_safe(view))


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
            day = form.day(today=today)
            request.shown = ShownDay(day, today, form)
            if form.submitted and "institution" not in request.GET:
                return HttpResponseRedirect(moved_to(request, day, today))
            return view(request, *args, on=day, **kwargs)
        except BadQuestion as problem:
            return bad_question(request, str(problem))

    return asked


def moved_to(request: HttpRequest, day: date, today: date) -> str:
    """This page's address with the day as `on=`, whatever else was asked kept."""
    query = request.GET.copy()
    for name in DayForm.FIELDS:
        query.pop(name, None)
    if day != today:
        query["on"] = day.isoformat()
    return f"{request.path}?{query.urlencode()}" if query else request.path


def bad_question(request: HttpRequest, problem: str) -> HttpResponse:
    """400, with the form and what was typed."""
    return render(request, "400.html", {"problem": problem}, status=400)
