"""The list of people: found by name, by office, party and territory, a hundred on a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registry.domain.alphabets import sort_key
from registry.forms.questions import BadQuestion, given_once, one_of, shortened
from registry.models import Affiliation, Appointment, Institution, Party, Person, Territory
from registry.models.appointments import AppointmentQuerySet
from registry.models.fields import best_text
from registry.serialise.sheets import Sheet
from registry.views.download import download
from registry.views.frame import dated
from registry.views.people.rows import COLUMNS, file_rows, page_rows

ON_A_PAGE = 100


class Option(NamedTuple):
    """What the list can be narrowed to; `lang` is that of a name in another language."""

    value: str
    label: str
    lang: str
    chosen: bool


class Letter(NamedTuple):
    letter: str
    url: str
    chosen: bool


class Narrowing(NamedTuple):
    """Something that the address asks, in words, and the address without it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks of the list."""

    name: str
    institution: str
    party: str
    territory: str
    when: str
    letter: str

    @classmethod
    def read(cls, query: QueryDict) -> Filters:
        """Raises `BadQuestion` for what does not exist."""
        letter = given_once(query, "letter").strip()
        if len(letter) > 1:
            raise BadQuestion(
                _("“%(value)s” is not one letter. Give one, for example letter=A.")
                % {"value": shortened(letter)}
            )
        return cls(
            name=given_once(query, "name").strip()[:100],
            institution=given_once(query, "institution"),
            party=given_once(query, "party"),
            territory=given_once(query, "territory"),
            when=one_of(query, "when", ("ever", "day"), "ever"),
            letter=letter.upper(),
        )

    @property
    def query(self) -> dict[str, str]:
        asked = {name: getattr(self, name) for name in self.__slots__}
        by_default = {"when": "ever"}
        return {name: value for name, value in asked.items() if value != by_default.get(name, "")}

    @property
    def by_office(self) -> bool:
        return bool(self.institution or self.party or self.territory or self.when == "day")

    def appointments(self, day: date) -> AppointmentQuerySet:
        """The mandates that the list is about."""
        rows = Appointment.objects.all()
        if self.institution:
            rows = rows.filter(institution__slug=self.institution)
        if self.territory:
            rows = rows.filter(territory__slug=self.territory)
        if self.party:
            sits = Affiliation.objects.filter(appointment=OuterRef("pk"), party__slug=self.party)
            rows = rows.filter(Exists(sits.on(day) if self.when == "day" else sits))
        return rows.on(day) if self.when == "day" else rows

    def people(self, day: date, language: str) -> QuerySet[Person]:
        """Everybody whom they keep, the letter apart, in the order of the page's language."""
        people = Person.objects.in_alphabetical_order(language)
        if self.name:
            people = people.called(self.name)
        if self.by_office:
            people = people.filter(Exists(self.appointments(day).filter(person=OuterRef("pk"))))
        return people


@dated
def people(request: HttpRequest, *, on: date) -> HttpResponse:
    language = get_language() or "en"
    filters = Filters.read(request.GET)
    choices = _choices(filters, language)
    found = filters.people(on, language)
    letters = found.initials(language)
    if filters.letter:
        found = found.beginning_with(filters.letter, language)
    page = _page(request, found)
    rows = page_rows(page.object_list, filters.appointments(on), request.shown, language)
    day = {} if request.shown.is_today else {"on": on.isoformat()}
    asked = day | filters.query
    context = {
        "filters": filters,
        "choices": choices,
        "letters": [
            Letter(letter, _address(asked | {"letter": letter}), letter == filters.letter)
            for letter in letters
            if letter
        ],
        "all_letters": _address(_without(asked, "letter")),
        "narrowings": _narrowings(filters, choices, asked),
        "page": page,
        "pages": [
            (number, _address(asked | {"page": str(number)}) if isinstance(number, int) else "")
            for number in page.paginator.get_elided_page_range(page.number, on_each_side=2)
        ],
        "previous": _address(asked | {"page": str(page.number - 1)}),
        "next": _address(asked | {"page": str(page.number + 1)}),
        "rows": rows,
        "everybody": Person.objects.count() if not rows else 0,
        "sample": any(row.person.sample for row in rows),
        "files": [
            (suffix, f"{reverse('people_table', args=[suffix])}{_address(asked)}")
            for suffix in ("csv", "xlsx")
        ],
    }
    return render(request, "registry/people.html", context)


@dated
def table(request: HttpRequest, suffix: str, *, on: date) -> HttpResponse:
    """Everybody whom the page and all that follow it list."""
    language = get_language() or "en"
    filters = Filters.read(request.GET)
    _choices(filters, language)
    found = filters.people(on, language)
    if filters.letter:
        found = found.beginning_with(filters.letter, language)
    name = "people-filtered" if filters.query else "people"
    rows = file_rows(found, filters.appointments(on), on)
    return download(request, Sheet(name, _("People"), COLUMNS, rows, on), suffix)


def _choices(filters: Filters, language: str) -> dict[str, list[Option]]:
    """What each filter can be; raises `BadQuestion` for a value that is none of them."""
    sentences = {
        "institution": _("There is no institution “%(value)s”. Choose one from the list."),
        "party": _("There is no party “%(value)s”. Choose one from the list."),
        "territory": _("There is no territory “%(value)s”. Choose one from the list."),
    }
    models = {"institution": Institution, "party": Party, "territory": Territory}
    found = {}
    for name, model in models.items():
        chosen = getattr(filters, name)
        options = [
            _option(slug, texts, language, chosen)
            for slug, texts in model.objects.values_list("slug", "name")
        ]
        if chosen and not any(each.chosen for each in options):
            raise BadQuestion(sentences[name] % {"value": shortened(chosen)})
        if name != "institution":  # these stand in the order of the state
            options.sort(key=lambda option: sort_key(option.label, language))
        found[name] = options
    return found


def _option(slug: str, texts: Mapping[str, str], language: str, chosen: str) -> Option:
    label, code = best_text(texts, language)
    return Option(slug, label or slug, "" if code in (language, "und") else code, slug == chosen)


def _page(request: HttpRequest, found: QuerySet[Person]) -> Page:
    """Raises `BadQuestion` for a page that there is not."""
    paginator = Paginator(found, ON_A_PAGE)
    given = given_once(request.GET, "page") or "1"
    number = int(given) if given.isascii() and given.isdecimal() and len(given) < 8 else 0
    if not 1 <= number <= paginator.num_pages:
        raise BadQuestion(
            _("There is no page “%(value)s”. The last page is %(last)s.")
            % {"value": shortened(given), "last": paginator.num_pages}
        )
    return paginator.page(number)


def _address(asked: Mapping[str, str]) -> str:
    return f"?{urlencode(asked)}" if asked else ""


def _without(asked: Mapping[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in asked.items() if key != name}


def _narrowings(
    filters: Filters, choices: Mapping[str, list[Option]], asked: Mapping[str, str]
) -> list[Narrowing]:
    """Each filter in words, with the way to the list without it."""
    labels = {
        "name": _("Name: %(value)s"),
        "institution": _("Institution: %(value)s"),
        "party": _("Party or group: %(value)s"),
        "territory": _("Territory: %(value)s"),
        "when": _("In office on the day"),
        "letter": _("Letter: %(value)s"),
    }
    found = []
    for name, value in filters.query.items():
        shown = next((each.label for each in choices.get(name, ()) if each.chosen), value)
        address = _address(_without(asked, name)) or reverse("people")
        found.append(Narrowing(labels[name] % {"value": shown}, address))
    return found
