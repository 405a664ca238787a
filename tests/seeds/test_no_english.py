"""No page speaks English to a reader of another language: one walk in Kazakh over all of them.

Whatever a page asks the catalogue for, every language must have; and whatever a page says in
Latin letters without having asked is English that nobody marked for translation. So one walk, in
the language whose letters are not Latin, answers for all languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import CharField, JSONField, TextField
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import get_resolver, reverse
from django.utils import translation
from django.utils.translation import trans_real

from registry.forms.guided import ACTIONS
from registry.models import Institution, Party, Person
from registry.models.history import recorded_models
from registry.models.imports import ImportRun
from registry.views.site import errors

pytestmark = [pytest.mark.django_db]

WALKED = "kk"
LANGUAGES = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
MODELS = list(recorded_models())
# Before the beginning, with a vacancy, between two convocations, and in the future.
DAYS = ("1990-01-01", "2014-06-01", "2023-01-25", "2030-01-01")

# Where each kind of page is walked: the arguments of its address, and what is asked of it.
BODIES = ["senate", "mazhilis", "kurultai", "president", "parliament", "constitutional-court"]
EACH_BODY = [[slug] for slug in BODIES]
PAGES = {
    "home": [[]],
    "about": [[]],
    "method": [[]],
    "accessibility": [[]],
    "privacy": [[]],
    "institutions": [[]],
    "institution": EACH_BODY,
    "composition": EACH_BODY,
    "compare": [["senate"], ["mazhilis"]],
    "convocations": [["mazhilis"], ["president"]],
    "convocation": [["mazhilis", 5], ["kurultai", 1]],
    "majorities": [["mazhilis"], ["parliament"], ["kurultai"]],
    "rules": [["senate"], ["kurultai"], ["president"], ["parliament"]],
    "calendar": [[]],
    "changes": [[]],
    "checks": [[]],
    "sources": [[]],
    "conflicts": [[]],
    "territory": [["almaty-region"], ["jetisu-region"], ["astana"]],
    "search": [[]],
    "people": [[]],
    "parties": [[]],
    "territories": [[]],
    "data": [[]],
    "data_api": [[]],
}
BY_DAY = {"home", "institution", "composition", "majorities", "rules", "territory", "checks"}
ASKED = (
    "/institutions/mazhilis/composition/?on=2014-06-01&colour=rule",
    "/institutions/mazhilis/composition/?on=2014-06-01&colour=term",
    "/institutions/mazhilis/composition/?on=2014-06-01&name=щщщ",
    "/institutions/senate/compare/?from=2014-06-01&to=2017-01-01",
    "/institutions/senate/compare/?from=2014-06-01&to=2014-06-01",
    "/institutions/mazhilis/compare/?from=2020-01-15&to=2023-06-01",
    "/checks/?institution=senate&from=&to=2015-01-01",
    "/checks/?on=2014-06-01&code=vacant_seats&institution=government",
    "/calendar/?from=2014-01-01&to=2021-01-01",
    "/calendar/?institution=senate&from=2019-01-01&to=2024-01-01",
    "/changes/?institution=senate",
    "/changes/?what=corrected",
    "/search/?q=щщщщщ",
    "/search/?q=сенат",
)
REFUSED = (
    "/?on=2014-02-30",
    "/?on=06/07/2014",
    "/?on=0000-01-01",
    "/?on=14-06-01",
    "/?on-day=1&on-month=13&on-year=2014",
    "/?on-day=1&on-month=&on-year=2014",
    "/?on=2014-06-01&on=2015-06-01",
    "/checks/?institution=nothing",
    "/checks/?severity=nothing",
    "/calendar/?from=1900-01-01&to=2100-01-01",
    "/institutions/senate/composition/?colour=nothing",
    "/institutions/nothing/",
    "/nothing/",
)

# Names, abbreviations and what is typed into a computer; everything else is said in Kazakh.
# The last line is what Django itself writes into its admin, as the alternatives of its icons.
ALLOWED = re.compile(
    r"\b(?:csv|xlsx|json|svg|ics|iCal|Atom|API|UTC|CC0|WCAG|AA|axe|cookie|Popolo|EveryPolitician|"
    r"UTF-\d+|Windows-125\d|KZ-1048|KOI8-R|DOS|CP866|Mac Cyrillic|BE|LE|"
    r"SHA-256|Wikidata|ISO|NUL|CSRF|LDAP|Ctrl|Command|ID)\b"
    # addresses, identifiers, parameters and formats: /kk/, person_id, iso-3166-2:KZ-10, #0b7a8f
    r"|https?://\S+|[\w.-]+@[\w.-]+|[\w./-]*[_/][\w./-]*|#\w+|\w+=\S+|[\w-]+:[\w-]+"
    r"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{8}\b"
    # what a reader asked comes back to him in quotation marks, with the words that he may use
    r"|«[^»]*»|қолданыңыз: .*"
    r"|^(?:Search|True|False)$",
    re.IGNORECASE,
)
LATIN = re.compile(r"[A-Za-z]{2,}")


class Said(NamedTuple):
    """A text of a page, and in which language the page says it is."""

    page: str
    text: str
    language: str


class Page(HTMLParser):
    """The texts of a page that a reader sees or hears, with their languages."""

    UNSEEN = ("script", "style", "code", "pre", "kbd")
    VOID = ("meta", "link", "input", "br", "img", "hr", "wbr", "col", "use", "circle", "path")
    SPOKEN = ("title", "alt", "aria-label", "placeholder")

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.within: list[tuple[str, str]] = []
        self.said: list[Said] = []

    @property
    def language(self) -> str:
        return self.within[-1][1] if self.within else ""

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        language = given.get("lang", self.language) or ""
        spoken = [given.get(name) for name in self.SPOKEN]
        if tag == "meta" and given.get("name") == "description":
            spoken.append(given.get("content"))
        if tag == "input" and given.get("type") in ("submit", "button"):
            spoken.append(given.get("value"))
        self.said += [Said(self.address, text, language) for text in spoken if text]
        if tag not in self.VOID:
            self.within.append((tag, language))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.within.pop()

    def handle_endtag(self, tag):
        while self.within and self.within.pop()[0] != tag:
            pass

    def handle_data(self, data):
        seen = not any(tag in self.UNSEEN for tag, _ in self.within)
        if seen and (text := " ".join(data.split())):
            self.said.append(Said(self.address, text, self.language))


class Walk(NamedTuple):
    """What was said on all pages, and what they asked the catalogue for."""

    said: list[Said]
    messages: set[str]
    statuses: dict[str, int]


def public_addresses() -> Iterator[str]:
    known = {pattern.name for pattern in _pages_of_a_language()}
    arguments = PAGES | {
        "person": [
            [person.pk, person.slug]
            for person in (
                Person.objects.filter(sample=False).first(),
                Person.objects.filter(sample=True).last(),
            )
        ],
        "party": [[party.slug] for party in Party.objects.all()[:2]],
    }
    assert known - {"person_by_number"} <= arguments.keys(), "say above where this page is walked"
    for name in sorted(known & arguments.keys()):
        for given in arguments[name]:
            address = reverse(name, args=given)
            yield address
            yield from (f"{address}?on={day}" for day in (DAYS if name in BY_DAY else DAYS[1:2]))
    yield from (f"/{WALKED}{address}" for address in (*ASKED, *REFUSED))


def _pages_of_a_language() -> Iterator[object]:
    """The routes below /kk/ that are pages and not files."""
    for resolver in get_resolver().url_patterns:
        for pattern in getattr(resolver, "url_patterns", ()):
            route = str(pattern.pattern)
            if resolver.pattern.__class__.__name__ == "LocalePrefixPattern" and (
                route == "" or route.endswith("/")
            ):
                yield pattern


def admin_addresses() -> Iterator[str]:
    yield from map(reverse, ("admin:index", "admin:password_change", "admin:auth_user_changelist"))
    yield reverse("admin:auth_user_add")
    for model in MODELS:
        info = f"admin:registry_{model._meta.model_name}"
        yield from (reverse(f"{info}_{page}") for page in ("changelist", "add", "export"))
        if record := model.objects.first():
            version = model.history.filter(**{model._meta.pk.attname: record.pk}).first()
            yield from (
                reverse(f"{info}_{page}", args=[record.pk])
                for page in ("change", "history", "delete")
            )
            if version:
                yield reverse(f"{info}_simple_history", args=[record.pk, version.pk])
    senate = Institution.objects.get(slug="senate")
    for page in ("import_roster", "what_if", "export", "roster_columns"):
        yield reverse(f"admin:registry_institution_{page}", args=[senate.pk])
    for page in ("importrun_changelist", "assignment_changelist", "assignment_add", "changes"):
        yield reverse(f"admin:registry_{page}")
    yield reverse("admin:registry_person_duplicates")
    for slug in ACTIONS:
        yield reverse("admin:registry_guided", args=[slug])


def browser() -> Client:
    """A reader of Kazakh, who is told of a fault as everybody is."""
    return Client(raise_request_exception=False, HTTP_ACCEPT_LANGUAGE=WALKED)


@pytest.fixture(scope="module")
def walk(with_sample_people, django_db_blocker) -> Iterator[Walk]:
    with django_db_blocker.unblock():
        yield walked()


def walked() -> Walk:
    taken = Walk([], set(), {})
    kazakh = trans_real.translation(WALKED)

    def gettext(message: str) -> str:
        taken.messages.add(message)
        return type(kazakh).gettext(kazakh, message)

    def ngettext(one: str, many: str, number: int) -> str:
        taken.messages.add(one)
        return type(kazakh).ngettext(kazakh, one, many, number)

    kazakh.gettext, kazakh.ngettext = gettext, ngettext
    try:
        with translation.override(WALKED):
            for address, response in answers():
                taken.statuses[address] = response.status_code
                if "html" in response["Content-Type"]:
                    page = Page(address)
                    page.feed(response.content.decode())
                    taken.said.extend(page.said)
    finally:
        del kazakh.gettext, kazakh.ngettext
    return taken


def answers() -> Iterator[tuple[str, HttpResponse]]:
    """What a visitor, a curator and somebody without permissions get to see."""
    visitor, curator, clerk = browser(), browser(), browser()
    for address in (*public_addresses(), reverse("admin:login")):
        yield address, visitor.get(address)
    yield "login refused", visitor.post(reverse("admin:login"), {"username": "a"})
    yield "not to be changed", visitor.post(f"/{WALKED}/")
    translation.activate(WALKED)  # a request leaves its thread without
    yield "our fault", errors.our_fault(RequestFactory().get(f"/{WALKED}/"))
    curator.force_login(User.objects.create_superuser("Динара"))
    for address in admin_addresses():
        yield address, curator.get(address)
    for model in MODELS:
        address = reverse(f"admin:registry_{model._meta.model_name}_add")
        yield f"{address} left empty", curator.post(address, {})
    yield from import_answers(curator)
    clerk.force_login(User.objects.create_user("Берік", is_staff=True))
    for address in map(reverse, ("admin:index", "admin:registry_person_changelist")):
        yield f"{address} for a clerk", clerk.get(address)


def import_answers(curator: Client) -> Iterator[tuple[str, HttpResponse]]:
    """The steps of two imports, one with a fault and a question, one refused."""
    senate = Institution.objects.get(slug="senate")
    page = reverse("admin:registry_institution_import_roster", args=[senate.pk])
    name = next(iter(senate.appointments.first().person.name.values()))
    for text in (
        f"Тегі, аты;Дата избрания\n{name};2012-01-15\nЖаңа Адам;2012-02-30\nЖаңа Біреу;2012\n",
        "ештеңе\n",
    ):
        file = SimpleUploadedFile("тізім.csv", text.encode())
        yield f"{page} {text[:5]}", curator.post(page, {"file": file})
        run = ImportRun.objects.latest("pk")
        for step in ("file", "columns", "check", "effect", "done"):
            address = reverse(f"admin:registry_importrun_{step}", args=[run.pk])
            yield address, curator.get(address)


@pytest.fixture(scope="module")
def recorded(walk, django_db_blocker) -> list[str]:
    with django_db_blocker.unblock():
        return recorded_texts()


def recorded_texts() -> list[str]:
    """Texts that people recorded in one language, the longest first: they are not the page's."""
    texts: set[str | None] = set()
    for model in MODELS:
        texts.update(model.history.values_list("history_change_reason", flat=True).distinct())
        for field in model._meta.concrete_fields:
            if isinstance(field, CharField | TextField | JSONField) and not field.choices:
                for value in model.objects.values_list(field.name, flat=True).distinct():
                    texts.update(_strings(value))
    return sorted((text for text in texts if text and LATIN.search(text)), key=len, reverse=True)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield " ".join(value.split())
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)


def has_words(message: str) -> bool:
    message = message.rpartition("\x04")[2]  # without the context
    return bool(re.search(r"[^\W\d_]", re.sub(r"%\(\w+\)\w|%\w|\{\w*\}", "", message)))


def not_in_the_catalogue(walk: Walk, language: str) -> set[str]:
    catalogue = trans_real.translation(language)._catalog
    return {
        message
        for message in walk.messages
        if has_words(message) and message not in catalogue and (message, 0) not in catalogue
    }


def not_in_kazakh(walk: Walk, recorded: list[str]) -> set[tuple[str, str]]:
    """Texts with words in Latin letters, and the page, where nothing says what they are.

    What the catalogue itself says may hold such words: the codes that stand in a column, say.
    """
    catalogue = dict(trans_real.translation(WALKED)._catalog.items())
    translated = {said for message, said in catalogue.items() if said != message}
    english = set()
    for page, text, language in walk.said:
        if language == WALKED and text not in translated and LATIN.search(ALLOWED.sub("", text)):
            rest = text
            for name in recorded:
                rest = rest.replace(name, "")
            tail = text.rstrip(" …")[-20:]
            cut_short = text.endswith("…") and any(tail in name for name in recorded)
            if LATIN.search(ALLOWED.sub("", rest)) and not cut_short:
                english.add((text, page))
    return english


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_that_a_page_asks_for_is_in_the_catalogue(walk, language):
    assert not not_in_the_catalogue(walk, language)


def test_nothing_is_said_in_latin_letters_but_names(walk, recorded):
    assert not_in_kazakh(walk, recorded) == set()


def test_the_walk_met_every_kind_of_page_and_no_fault(walk):
    faults = {address for address, status in walk.statuses.items() if status == 500}

    assert faults == {"our fault"}
    assert set(walk.statuses.values()) == {200, 302, 400, 403, 404, 405, 500}
