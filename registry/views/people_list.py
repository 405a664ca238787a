"""The list of people: found by name, by office, party and territory, a hundred on a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Exists, F, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from registry.domain.alphabets import sort_key
from registry.domain.dates import PartialDate
from registry.forms.questions import BadQuestion, given_once, one_of, shortened
from registry.models import Affiliation, Appointment, Institution, Party, Person, Territory
from registry.models.appointments import AppointmentQuerySet
from registry.models.dated import covering
from registry.models.fields import best_text
from registry.serialise.sheets import ON, Cell, Column, Sheet
from registry.templatetags.days import term_in_words
from registry.templatetags.pages import native_spelling
from registry.views.download import download
from registry.views.frame import ShownDay, dated

ON_A_PAGE = 100
LANGUAGES = ("en", "kk", "ru", "de", "und")

COLUMNS = (
    ON,
    Column("person", gettext_lazy("The number of the person in the addresses of this site.")),
    Column("person_id", gettext_lazy("The permanent id of the person.")),
    *(Column(f"name_{code}", gettext_lazy("The name in full.")) for code in LANGUAGES),
    *(Column(f"sort_name_{code}", gettext_lazy("The name in lists.")) for code in LANGUAGES),
    Column("sample", gettext_lazy("1 for an invented person, else 0.")),
    Column("mandates", gettext_lazy("How many mandates of the person the list is about.")),
    Column("institution", gettext_lazy("The institution of the latest of these mandates.")),
    Column("convocation", gettext_lazy("Its convocation; empty for a body that knows none.")),
    Column("group", gettext_lazy("Its seat group; empty if not recorded.")),
    Column("territory", gettext_lazy("Its territory; empty if it has none.")),
    Column("party", gettext_lazy("The party or group that the person sits for.")),
    Column("start", gettext_lazy("The first day in office."), days=True),
    Column("start_precision", gettext_lazy("How much of that day is known.")),
    Column("end", gettext_lazy("The first day out of office."), days=True),
    Column("end_precision", gettext_lazy("How much of that day is known; empty if in office.")),
)


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


class Mandate(NamedTuple):
    """One appointment, as it is read: a list of people has thousands."""

    person: int
    appointment: int
    institution: str
    institution_name: Mapping[str, str]
    number: int | None
    group: str | None
    group_name: Mapping[str, str] | None
    territory: str | None
    territory_name: Mapping[str, str] | None
    start_earliest: date | None
    start_latest: date | None
    has_ended: bool
    end_earliest: date | None
    end_latest: date | None

    @property
    def start(self) -> PartialDate:
        return PartialDate(self.start_earliest, self.start_latest)

    @property
    def end(self) -> PartialDate | None:
        return PartialDate(self.end_earliest, self.end_latest) if self.has_ended else None


MANDATE_COLUMNS = (
    "person_id",
    "id",
    "institution__slug",
    "institution__name",
    "convocation__number",
    "group__slug",
    "group__name",
    "territory__slug",
    "territory__name",
    "start_earliest",
    "start_latest",
    "has_ended",
    "end_earliest",
    "end_latest",
)


class Row(NamedTuple):
    """One person with the latest mandate that the list is about; `more` is how many others."""

    person: Person
    name: str
    lang: str
    native: str
    native_lang: str
    mandate: Mandate | None
    parties: list[tuple[str, str]]
    term: str
    more: int


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
        return {name: value for name, value in asked.items() if value and value != "ever"}

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
    rows = _rows(page.object_list, filters, request.shown, language)
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
        "ellipsis": page.paginator.ELLIPSIS,
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
    return download(
        request, Sheet(name, _("People"), COLUMNS, _file(found, filters, on), on), suffix
    )


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


def _mandates(filters: Filters, people: Any, day: date) -> dict[int, list[Mandate]]:
    """By person, the mandates that the list is about, the latest first, in one query."""
    rows = (
        filters.appointments(day)
        .filter(person__in=people)
        .order_by(F("start_earliest").desc(nulls_last=True), "-id")
        .values_list(*MANDATE_COLUMNS)
    )
    found: dict[int, list[Mandate]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(Mandate(*row))
    return found


def _parties(appointments: Any, day: date) -> dict[int, list[tuple[str, Mapping[str, str]]]]:
    """By appointment, the parties of the day, else all those that it ever was for."""
    every: dict[int, list[tuple[str, Mapping[str, str]]]] = defaultdict(list)
    current: dict[int, list[tuple[str, Mapping[str, str]]]] = defaultdict(list)
    rows = Affiliation.objects.filter(appointment__in=appointments)
    holding = set(rows.filter(covering(day)).order_by().values_list("pk", flat=True))
    for pk, appointment, slug, name in rows.values_list(
        "pk", "appointment_id", "party__slug", "party__name"
    ):
        every[appointment].append((slug, name))
        if pk in holding:
            current[appointment].append((slug, name))
    return every | current


def _rows(people: Iterable[Person], filters: Filters, shown: ShownDay, language: str) -> list[Row]:
    people = list(people)
    mandates = _mandates(filters, [each.pk for each in people], shown.day)
    latest = [some[0].appointment for some in mandates.values()]
    parties = _parties(latest, shown.day)
    rows = []
    for person in people:
        held = mandates.get(person.pk, [])
        mandate = held[0] if held else None
        name, lang = best_text(person.sort_name or person.name, language)
        native, native_lang = native_spelling(person.sort_name or person.name, name, language)
        rows.append(
            Row(
                person=person,
                name=name,
                lang="" if lang in (language, "und") else lang,
                native=native,
                native_lang=native_lang,
                mandate=mandate,
                parties=[
                    (slug, best_text(texts, language)[0] or slug)
                    for slug, texts in (parties.get(mandate.appointment, ()) if mandate else ())
                ],
                term=term_in_words(mandate.start, mandate.end, shown.today) if mandate else "",
                more=max(0, len(held) - 1),
            )
        )
    return rows


def _file(people: QuerySet[Person], filters: Filters, day: date) -> Iterator[Mapping[str, Cell]]:
    everybody = people.order_by()
    mandates = _mandates(filters, everybody.values("pk"), day)
    about = filters.appointments(day).filter(person__in=everybody.values("pk")).order_by()
    parties = _parties(about.values("pk"), day)
    for person in people:
        held = mandates.get(person.pk, [])
        row: dict[str, Cell] = {
            "on": day,
            "person": person.pk,
            "person_id": str(person.uid),
            **{f"name_{code}": person.name.get(code, "") for code in LANGUAGES},
            **{f"sort_name_{code}": person.sort_name.get(code, "") for code in LANGUAGES},
            "sample": person.sample,
            "mandates": len(held),
        }
        if held:
            mandate = held[0]
            row |= {
                "institution": mandate.institution,
                "convocation": mandate.number,
                "group": mandate.group,
                "territory": mandate.territory,
                "party": " ".join(slug for slug, _name in parties.get(mandate.appointment, ())),
                "start": str(mandate.start),
                "start_precision": mandate.start.precision.value,
                "end": str(mandate.end) if mandate.end else "",
                "end_precision": mandate.end.precision.value if mandate.end else "",
            }
        yield row
