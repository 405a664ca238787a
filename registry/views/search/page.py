"""Search: one field for names in any script or spelling, and for days."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from registry.forms.days import read_day
from registry.forms.questions import BadQuestion, given_once, one_of, shortened
from registry.models.typed import Typed
from registry.views.frame import dated
from registry.views.search.hits import KINDS, Group, Search
from registry.views.search.nearest import nearest

FIRST = 10
ALL = 500
LONGEST = 200

_NUMBERS = re.compile(r"(?<!\d)(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\.\d{1,2}\.\d{4})(?!\d)", re.ASCII)
# 1 June 2014, 1. Juni 2014, 1 июня 2014 года; and 2014 ж. 1 маусым.
_DAY_FIRST = re.compile(
    r"(?P<day>\b\d{1,2})\.?\s+(?P<month>[^\W\d_]+)\s+(?P<year>\d{4})(?:\s+(?:года|г\.))?\b"
)
_YEAR_FIRST = re.compile(
    r"\b(?P<year>\d{4})\s+(?:ж\.|жыл\w*)\s+(?P<day>\d{1,2})\s+(?P<month>[^\W\d_]+)"
)


class Asked(NamedTuple):
    """What the address asks: the words, and a day that was among them."""

    q: str
    words: str
    day: date | None
    group: str
    similar: bool

    @classmethod
    def read(cls, query: QueryDict) -> Asked:
        """Raises `BadQuestion` for what nobody can be called, or a day that does not exist."""
        q = given_once(query, "q").strip()
        if len(q) > LONGEST:
            raise BadQuestion(
                ngettext(
                    "“%(value)s” has %(number)s character. A search takes at most %(most)s.",
                    "“%(value)s” has %(number)s characters. A search takes at most %(most)s.",
                    len(q),
                )
                % {"value": shortened(q), "number": len(q), "most": LONGEST}
            )
        if any(unicodedata.category(c) in ("Cc", "Cs") and not c.isspace() for c in q):
            raise BadQuestion(
                _("“%(value)s” holds a character that cannot be typed. Use letters and digits.")
                % {"value": shortened(q)}
            )
        words, day = without_day(q)
        return cls(
            q=q,
            words=words.strip(),
            day=day,
            group=one_of(query, "group", KINDS, ""),
            similar=one_of(query, "similar", ("1",), "") == "1",
        )

    def address(self, **change: str) -> str:
        """This search with something else, on the same day."""
        query = {"q": self.q, "group": self.group, "similar": "1" if self.similar else ""} | change
        return "?" + urlencode({name: value for name, value in query.items() if value})


@dated
def search(request: HttpRequest, *, on: date) -> HttpResponse:
    try:
        asked = Asked.read(request.GET)
    except BadQuestion as problem:
        q = shortened(request.GET.get("q", ""))
        context = {"problem": str(problem), "q": q, "quoted": q}
        return render(request, "registry/search.html", context, status=400)
    typed = Typed(asked.words)
    question = Search(
        typed=typed,
        text=asked.words,
        nearly=asked.similar,
        shown=request.shown,
        day=asked.day or on,
        language=get_language() or "en",
        most=ALL if asked.group else FIRST,
    )
    groups = question.groups(asked.group) if typed else []
    if typed and not asked.similar and not any(group.number for group in groups):
        question = replace(question, nearly=True)
        groups = question.groups(asked.group)
    number = sum(group.number for group in groups)
    kept = {"on": on.isoformat()} if on != request.shown.today else {}
    context = {
        "q": asked.q,
        "quoted": shortened(asked.q),
        "words": shortened(asked.words),
        "day": asked.day,
        "carry": question.carry,
        "asked": bool(typed),
        "number": number,
        "nearly": question.nearly,
        "groups": [
            replace(group, all_url=_all(asked, group, question, kept))
            for group in groups
            if group.number
        ],
        "one_group": asked.group,
        "more_url": asked.address(similar="1", **kept) if number and not question.nearly else "",
        "every_group_url": asked.address(group="", **kept),
        "suggestion": nearest(typed) if typed and not number else "",
        "sample": any(hit.sample for group in groups for hit in group.hits),
    }
    return render(request, "registry/search.html", context)


def _all(asked: Asked, group: Group, question: Search, kept: dict[str, str]) -> str:
    """Where all of a group stand, "" where they do here."""
    if group.number <= len(group.hits):
        return ""
    if group.slug == "people":
        try:
            name = urlencode({"name": asked.words})
            return reverse("people") + (
                f"{question.carry}&{name}" if question.carry else f"?{name}"
            )
        except NoReverseMatch:
            pass
    return asked.address(group=group.slug, **kept)


def without_day(q: str) -> tuple[str, date | None]:
    """What was typed without the first day in it, and that day.

    Raises `BadQuestion` where digits are written as a day and it does not exist.
    """
    if found := _NUMBERS.search(q):
        return q[: found.start()] + q[found.end() :], read_day(found[0])
    for pattern in (_DAY_FIRST, _YEAR_FIRST):
        for found in pattern.finditer(q):
            text = "{day} {month} {year}".format(**found.groupdict())
            for day in _days_in_words(text):
                return q[: found.start()] + q[found.end() :], day
    return q, None


def _days_in_words(text: str) -> Iterator[date]:
    """A day as the reader's language names its month, else as another one of the site does."""
    for language in (get_language(), *(code for code, _label in settings.LANGUAGES)):
        try:
            with override(language):
                yield read_day(text)
        except BadQuestion:
            continue
