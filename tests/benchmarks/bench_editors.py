"""Ten editors at one record, and ten at records of their own, over real HTTP.

Each edit adds a word of its own to the remark of the record, and is made anew from the newest
version until it is accepted: a word that is missing at the end was lost. On SQLite the file stands
in a directory on the disk, where each commit waits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from email.message import Message
from html.parser import HTMLParser
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from random import Random
from time import perf_counter
from typing import Any, NamedTuple
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.benchmarks.bench_search import invented
from tests.benchmarks.server import served

EDITORS = 10
EDITS = 50
ATTEMPTS = 400


class Posted(HTMLParser):
    """What a browser would post of the form of a record, as pairs in `entries`."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.entries: list[tuple[str, str]] = []
        self.inside, self.select, self.text = False, "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        told = dict(attrs)
        name, value = told.get("name") or "", told.get("value") or ""
        if tag == "form":
            self.inside = (told.get("id") or "").endswith("_form")
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in told and self.inside:
            self.entries.append((self.select, value))
        elif tag == "textarea" and self.inside:
            self.entries.append((name, ""))
            self.text = name
        elif tag == "input" and self.inside and told.get("type") not in ("submit", "button"):
            ticks = told.get("type") in ("checkbox", "radio")
            if name and (not ticks or "checked" in told):
                self.entries.append((name, value or ("on" if ticks else "")))

    def handle_endtag(self, tag: str) -> None:
        self.text = "" if tag == "textarea" else self.text

    def handle_data(self, data: str) -> None:
        if self.text:
            self.entries[-1] = (self.text, self.entries[-1][1] + data.removeprefix("\n"))


class Answer(NamedTuple):
    status: int
    headers: Message
    text: str


class Editor:
    """A browser of somebody who is signed in; `answers` counts what it was answered."""

    def __init__(self, port: int, session: str) -> None:
        self.port = port
        self.cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: session})
        self.answers: Counter[int] = Counter()
        self.slowest = 0.0

    def ask(self, page: str, data: list[tuple[str, str]] | None = None) -> Answer:
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": self.cookies.output(attrs=[], header="", sep=";").strip(),
        }
        start = perf_counter()
        body = None if data is None else urlencode(data)
        # One connection for each: the server gives up those that nobody speaks on.
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=120)) as server:
            server.request("GET" if data is None else "POST", page, body, headers)
            response = server.getresponse()
            answer = Answer(response.status, response.headers, response.read().decode())
        self.slowest = max(self.slowest, perf_counter() - start)
        for cookie in answer.headers.get_all("Set-Cookie", ()):
            self.cookies.load(cookie)
        self.answers[answer.status] += 1
        return answer

    def remark(self, page: str) -> str:
        return dict(Posted(self.ask(page).text).entries)["note"]

    def add(self, number: int) -> str:
        """Record somebody of a name that nobody takes for another one; the page of the form."""
        name = invented(Random(number), 8)
        return self.save(reverse("admin:registry_person_add"), "", name_en=name).headers["Location"]

    def save(self, page: str, word: str, **entries: str) -> Answer:
        """Open a form, add a word to the remark, enter what else there is, and save."""
        form = Posted(self.ask(page).text).entries
        note = f"{dict(form).get('note', '')} {word}".strip()
        entries |= {"note": note, "_continue": "Save and continue editing"}
        kept = [(name, value) for name, value in form if name not in entries]
        return self.ask(page, [*kept, *entries.items()])

    def must_save(self, page: str, word: str) -> None:
        """Once more from the newest version, until it is accepted."""
        for _ in range(ATTEMPTS):
            if self.save(page, word).status == 302:
                return


@pytest.fixture
def editors(transactional_db, tmp_path) -> Iterator[list[Editor]]:
    """Ten that are signed in at a server as `./run` starts it; what it says goes to a log."""
    sessions = []
    for number in range(EDITORS):
        client = Client()
        client.force_login(User.objects.create_superuser(f"editor{number}"))
        sessions.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
    file = None
    if connection.vendor == "sqlite":
        # That of the tests may be in memory. What is written on the disk takes its time.
        file = tmp_path / "registry.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(file)])
    log = tmp_path / "server.log"
    with log.open("w") as said, served(workers=2, threads=4, file=file, said=said) as port:
        yield [Editor(port, session) for session in sessions]


def at_once(editors: list[Editor], work: Callable[[Editor, int], None]) -> None:
    """All at work; says what they were answered."""
    start = perf_counter()
    with ThreadPoolExecutor(len(editors)) as hands:
        list(hands.map(work, editors, range(len(editors))))
    spent = perf_counter() - start
    answers = sum((each.answers for each in editors), Counter())
    errors = sum(number for status, number in answers.items() if status >= 500)
    print(
        f"\n{len(editors)} editors, {answers[302]} accepted, {answers[409]} refused with 409, "
        f"{errors} errors of the server; {spent:.0f} s, the slowest answer "
        f"{max(each.slowest for each in editors):.1f} s"
    )
    assert not errors, "The log of the server says which: server.log in --basetemp."


def words_of(editor: int) -> set[str]:
    return {f"{editor}:{number}" for number in range(EDITS)}


def test_ten_editors_of_one_record_lose_nothing(editors):
    page = editors[0].add(0)

    def work(editor: Editor, number: int) -> None:
        for word in words_of(number):
            editor.must_save(page, word)

    at_once(editors, work)
    wanted = set().union(*map(words_of, range(EDITORS)))
    lost = wanted - set(editors[0].remark(page).split())
    print(f"{len(lost)} of {len(wanted)} edits lost")
    assert not lost


def test_ten_editors_of_ten_records_are_never_refused(editors):
    pages: dict[int, str] = {}

    def work(editor: Editor, number: int) -> None:
        pages[number] = editor.add(number)
        for word in words_of(number):
            editor.must_save(pages[number], word)

    at_once(editors, work)
    told = {number: set(editors[0].remark(page).split()) for number, page in pages.items()}
    assert told == {number: words_of(number) for number in range(EDITORS)}
    assert not sum(each.answers[409] for each in editors)
