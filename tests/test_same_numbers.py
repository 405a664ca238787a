"""The numbers of a body are the same wherever they are shown, for bodies and days drawn at random.

They are read from what a visitor or a program gets: out of the HTML, the SVG, the CSV and the
JSON. The days are the same in each run; another seed draws others.
"""

from __future__ import annotations

import csv
import io
import random
import re
from datetime import date, timedelta
from html.parser import HTMLParser
from itertools import cycle
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse

from registry.models import Appointment, Institution, SeatRule
from tests.seeds.conftest import with_sample_people

__all__ = ["with_sample_people"]

SEED = 20261122
DAYS = 40
FIRST, LAST = date(1995, 1, 1), date(2032, 1, 1)
COLOURS = ("party", "rule", "term")
VOID = {"meta", "link", "input", "br", "hr", "img"}


class Tree(HTMLParser):
    """A page as a tree of elements."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.builder = ElementTree.TreeBuilder()
        self.feed(page)
        self.root = self.builder.close()

    def handle_starttag(self, tag, attrs):
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self.builder.end(tag)

    def handle_startendtag(self, tag, attrs):
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        self.builder.end(tag)

    def handle_endtag(self, tag):
        if tag not in VOID:
            self.builder.end(tag)

    def handle_data(self, data):
        self.builder.data(data)


def words(element) -> str:
    return " ".join("".join(element.itertext()).split())


def of_class(element, name):
    return [each for each in element.iter() if name in each.get("class", "").split()]


def numbers(text: str) -> list[int]:
    return [int(each) for each in re.findall(r"\d+", text)]


def seats_drawn(svg) -> dict[str, int]:
    """How many seats a drawing shows of each look: held, vacant, open (q) and unrecorded (u)."""
    found = {"held": 0, "v": 0, "q": 0, "u": 0}
    for shape in svg.iter():
        look = shape.get("class", "")
        if re.fullmatch(r"p\d", look):
            found["held"] += 1
        elif look in found:
            found[look] += 1
    return found


class Page:
    """The numbers of a composition page, as they stand there."""

    def __init__(self, client, body: str, day: date, colour: str) -> None:
        address = reverse("composition", args=[body])
        response = client.get(address, {"on": day.isoformat(), "colour": colour})
        assert response.status_code == 200, (body, day)
        self.root = Tree(response.content.decode()).root
        self.tiles = {
            words(tile.find("dt")): words(tile.find("dd"))
            for each in of_class(self.root, "tiles")
            for tile in each.iter("div")
        }
        (self.figure,) = of_class(self.root, "hemi") or [None]

    def tile(self, beginning: str) -> str | None:
        return next((n for words, n in self.tiles.items() if words.startswith(beginning)), None)

    @property
    def shares(self) -> dict[str, int]:
        """The table beside the drawing: seats by party, rule or end of term."""
        found: dict[str, int] = {}
        for table in self.root.iter("table"):
            if words(table.find("caption")).startswith("Seats by"):
                for row in table.find("tbody"):
                    found[words(row.find("th"))] = int(words(row.find("td")))
        return found

    @property
    def sums(self) -> list[str]:
        """Required, filled and vacant in the last row of the seats against the rule."""
        (table,) = (t for t in of_class(self.root, "rules") if t.find("tfoot") is not None)
        return [words(cell) for cell in of_class(table.find("tfoot"), "n")]

    @property
    def rows(self) -> dict[str, int]:
        """The rows of the roster, those of people and the seats that the vacant rows stand for."""
        found = {"filled": 0, "vacant": 0, "possible": 0}
        for table in of_class(self.root, "roster"):
            status = {"members": "filled", "possible": "possible"}.get(table.get("id"))
            for row in table.find("tbody") if status else ():
                if row.get("class") == "vac":
                    found["vacant"] += next(iter(numbers(words(row.find("th")).split("for")[0])), 1)
                else:
                    found[status] += 1
        return found

    @property
    def counted(self) -> dict[str, int]:
        """The line above the roster."""
        line = [words(each) for each in self.root.iter() if each.get("role") == "status"]
        found = {"filled": 0, "vacant": 0, "possible": 0}
        for part in " ".join(line).split("·"):
            for word, status in (
                ("member", "filled"),
                ("vacant", "vacant"),
                ("perhaps", "possible"),
            ):
                if word in part and "beside" not in part:
                    found[status] += numbers(part)[0]
        return found


def rows_of_csv(client, name, *args, **query):
    response = client.get(reverse(name, args=[*args, "csv"]), query)
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.content.decode())))


def drawn() -> list[tuple]:
    """Days with bodies: each day a chamber, and every other body on one of the days at least.

    Every other day is one on which somebody had begun a mandate not long before.
    """
    chance = random.Random(SEED)
    seated = SeatRule.objects.filter(group__inner=False).values("group__institution")
    bodies = list(Institution.objects.filter(pk__in=seated).order_by("slug"))
    chambers = [each.slug for each in bodies if each.branch == "legislative" and not each.territory]
    others = [each.slug for each in bodies if each.slug not in chambers]
    chance.shuffle(others)
    dated = Appointment.objects.filter(start_latest__range=(FIRST, LAST)).order_by("start_latest")
    begun = list(dated.values_list("start_latest", flat=True))
    found = []
    for chamber, turn in zip(cycle(chambers), range(DAYS), strict=False):
        day = FIRST + timedelta(days=chance.randrange((LAST - FIRST).days))
        if turn % 2:
            day = chance.choice(begun) + timedelta(days=chance.randrange(700))
        found.append((day, chamber, *others[turn::DAYS]))
    return found


@pytest.fixture(scope="module")
def client():
    return Client()


@pytest.fixture
def days(with_sample_people, db):
    return drawn()


def test_the_numbers_of_a_body_are_the_same_wherever_they_are_shown(client, days):
    print(f"seed {SEED}")
    colours = cycle(COLOURS)
    pictures = vacancies = people = 0
    for day, *bodies in days:
        on = day.isoformat()
        listed = {
            row["institution"]: row for row in rows_of_csv(client, "institutions_table", on=on)
        }
        for body in bodies:
            answer = client.get(f"/api/v1/institutions/{body}/composition", {"on": on}).json()
            colour = next(colours)
            page = Page(client, body, day, colour)
            file = rows_of_csv(client, "composition_table", body, on=on)
            where = f"{body} on {on} by {colour}, seed {SEED}"
            pictures += page.figure is not None
            vacancies += bool(answer["vacant"])
            people += bool(answer["filled"])
            same_on_the_page(page, answer, where)
            same_in_the_roster(page, answer, file, where)
            same_in_the_list(listed.get(body), answer, where)
            if page.figure is not None:
                svg = client.get(
                    reverse("composition_svg", args=[body]), {"on": on, "colour": colour}
                )
                same_in_the_drawing(page, answer, svg.content.decode(), where)
    # Otherwise the draw compared nothing with nothing.
    assert pictures >= 10
    assert vacancies >= 2
    assert people >= 12


def same_on_the_page(page, answer, where):
    """Tiles, shares and the sum of the rules say what the JSON says."""
    held, required = page.tile("filled, of"), answer["required"]
    if held is not None:
        assert numbers(held)[0] == answer["filled"], where
        over = page.tile("over the rule")
        assert int(over) == answer["over"], where
        words_of_vacant = page.tile("vacant")
        assert words_of_vacant == ("?" if answer["vacant"] is None else str(answer["vacant"])), (
            where
        )
        assert any(f"of {required} seat" in words for words in page.tiles), where
    if shares := page.shares:
        empty = {"Vacant", "Not recorded", "Perhaps held"}
        assert sum(n for name, n in shares.items() if name not in empty) == answer["filled"], where
        if answer["vacant"] is not None:
            assert shares.get("Vacant", 0) == answer["vacant"], where
        if required is not None and not answer["over"]:
            assert sum(shares.values()) == required, where
    if answer["lines"] and answer["state"] not in ("not_yet", "ended"):
        sums = page.sums
        assert sums[0] == ("–" if required is None else str(required)), where
        assert sums[1] == "–" or numbers(sums[1])[0] == answer["filled"], where
        assert sums[2] in ("–", "?") or int(sums[2]) == answer["vacant"], where


def same_in_the_roster(page, answer, file, where):
    """The roster, the line above it, the CSV and the members of the JSON."""
    statuses = [row["status"] for row in file]
    in_file = {status: statuses.count(status) for status in ("filled", "vacant", "possible")}
    assert page.rows == in_file, where
    assert page.counted == in_file, where
    certain = [member for member in answer["members"] if member["certain"]]
    assert in_file["filled"] == len(certain), where
    assert in_file["possible"] == len(answer["members"]) - len(certain), where
    if answer["vacant"] is not None:
        assert in_file["vacant"] == answer["vacant"], where
    acting = sum(member["acting"] for member in certain)
    assert len(certain) - acting <= answer["filled"] <= len(certain), where
    assert sum(party["seats"] for party in answer["parties"]) == len(certain), where


def same_in_the_list(row, answer, where):
    """The list of institutions as a file; a body that did not exist is not in it."""
    if row is None:
        assert answer["state"] in ("not_yet", "ended"), where
        return
    for name in ("required", "filled", "possible", "vacant", "over"):
        assert row[name] == ("" if answer[name] is None else str(answer[name])), (where, name)


def same_in_the_drawing(page, answer, svg, where):
    """As many seats are drawn as there are, on the page and in the file."""
    number, caption = (words(text) for text in page.figure.iter("text"))
    assert numbers(number)[0] == answer["filled"], where
    if answer["required"] is not None:
        assert numbers(caption) == [answer["required"]], where
    seats = seats_drawn(page.figure)
    assert seats["held"] == answer["filled"], where
    assert seats["v"] == page.shares.get("Vacant", 0), where
    texts = [
        text.text for text in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    ]
    assert {number, caption} <= set(texts), where
    for name, share in page.shares.items():
        assert texts[texts.index(name) + 1] == str(share), where


def test_home_shows_the_numbers_of_each_chamber_and_body(client, days):
    for day, *_bodies in days[::2]:
        on = day.isoformat()
        home = Tree(client.get("/en/", {"on": on}).content.decode()).root
        listed = {
            row["institution"]: row for row in rows_of_csv(client, "institutions_table", on=on)
        }
        found = 0
        for link in home.iter("a"):
            if (
                address := re.fullmatch(
                    r"/en/institutions/([\w-]+)/composition/.*", link.get("href", "")
                )
            ) and ("num" in link.get("class", "").split()):
                row = listed[address[1]]
                shown = numbers(words(link).split(":")[0])
                assert set(map(str, shown)) <= {row["filled"], row["required"], row["possible"]}, (
                    on,
                    address[1],
                    words(link),
                )
                found += 1
        for figure in of_class(home, "hemi"):
            number, caption = (words(text) for text in figure.iter("text"))
            name = words(figure.find("title")).split(" on ")[0]
            (row,) = (each for each in listed.values() if each["name_en"] == name)
            assert number.split("–")[0] == row["filled"], (on, name)
            assert str(seats_drawn(figure)["held"]) == row["filled"], (on, name)
            if row["required"]:
                assert numbers(caption) == [int(row["required"])], (on, name)
            found += 1
        assert found or not listed, on
