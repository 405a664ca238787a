"""The sentence at the top of an institution's page: the truth of the day, for the real seeds."""

from __future__ import annotations

import random
import re
from datetime import date, timedelta

import pytest

from registry.models import Institution
from tests.seeds.conftest import with_sample_people

__all__ = ["with_sample_people"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_sample_people")]

TODAY = date(2026, 11, 22)
DRAWN = 20261122  # the seed of the draw, so that a failure can be repeated


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr("registry.views.frame.localdate", lambda: TODAY)


def standing(client, slug, day=TODAY, language="en"):
    response = client.get(f"/{language}/institutions/{slug}/", {"on": day.isoformat()})
    assert response.status_code == 200
    said = response.context["standing"]
    assert response.content.decode().count('<p class="lead standing">') == 1
    return said


@pytest.mark.parametrize(
    ("slug", "day", "sentence", "today"),
    [
        (
            "senate",
            TODAY,
            "Senate ended on 1 July 2026; its place was taken by: Kurultai (parliament).",
            "",
        ),
        (
            "senate",
            date(2014, 6, 1),
            "Senate: on 1 June 2014, 46 of 47 seats were filled; vacant: 1.",
            "It ended on 1 July 2026; its place was taken by: Kurultai (parliament).",
        ),
        (
            "senate",
            date(1990, 1, 1),
            "Senate did not exist yet on 1 January 1990; the first day was 30 January 1996.",
            "It ended on 1 July 2026; its place was taken by: Kurultai (parliament).",
        ),
        (
            "senate",
            date(2030, 1, 1),
            "Senate ended on 1 July 2026; its place was taken by: Kurultai (parliament).",
            "",
        ),
        (
            "senate",
            date(2023, 1, 25),
            "Senate: on 25 January 2023, it had 50 seats by rule; who held them is not recorded.",
            "It ended on 1 July 2026; its place was taken by: Kurultai (parliament).",
        ),
        (
            "mazhilis",
            date(2023, 1, 25),
            "Mazhilis: no convocation was in session on 25 January 2023; convocation 7 ended on "
            "19 January 2023, convocation 8 began on 29 March 2023.",
            "It ended on 1 July 2026; its place was taken by: Kurultai (parliament).",
        ),
        (
            "president",
            date(2014, 6, 1),
            "President of the Republic: on 1 June 2014, the office was held by "
            "Nazarbayev, Nursultan.",
            "Today the office is held by Tokayev, Kassym-Jomart.",
        ),
        (
            "parliament",
            date(2014, 6, 1),
            "Parliament: on 1 June 2014, its seats were those of: Senate, Mazhilis.",
            "It ended on 1 July 2026; its place was taken by: Kurultai (parliament).",
        ),
        (
            "supreme-court",
            date(1990, 1, 1),
            "Supreme Court: the recorded dates leave open whether it existed on 1 January 1990.",
            "It exists today.",
        ),
        (
            "vice-president-1991",
            date(1991, 6, 1),
            "Vice-President (1991-1996): the recorded dates leave open whether it existed on "
            "1 June 1991.",
            "It has ended since.",
        ),
    ],
    ids=lambda value: value.isoformat() if isinstance(value, date) else None,
)
def test_the_truth_of_a_day_stands_in_one_sentence(client, slug, day, sentence, today):
    said = standing(client, slug, day)

    assert said.on_the_day == sentence
    assert said.today == today


@pytest.mark.parametrize("day", ["1990-01-01", "2026-11-22"])
def test_what_the_sentence_says_no_heading_repeats(client, day):
    page = client.get("/en/institutions/senate/", {"on": day}).content.decode()

    assert not re.search(r"<h2>\s*Senate (ended|did not exist)", page)
    assert "/en/institutions/senate/composition/?on=" in page


def test_the_law_of_a_day_to_come_is_what_is_known_today(client):
    said = standing(client, "president", date(2030, 1, 1))

    assert "on 1 January 2030 (as far as is known today), the office is held by" in said.on_the_day
    assert said.today == ""  # the same holder


def test_every_body_says_something_true_on_days_drawn_at_random(client):
    """Each answers with one sentence, in each language, that does not end what exists."""
    draw = random.Random(DRAWN)
    bodies = list(Institution.objects.all())
    for number, institution in enumerate(draw.sample(bodies, k=28)):
        day = date(1990, 1, 1) + timedelta(days=draw.randrange(45 * 365))
        said = standing(client, institution.slug, day, ("en", "kk", "ru", "de")[number % 4])

        told = (DRAWN, institution.slug, day, said)
        assert said.on_the_day.endswith("."), told
        if number % 4 == 0:  # dates of the other languages have full stops
            assert ". " not in said.on_the_day, told
        assert not re.search(r"%\(|None", said.on_the_day + said.today), told
        exists = institution.term.covers(TODAY).value == "yes"
        assert not (exists and "ended" in said.today), told


@pytest.mark.parametrize(
    ("day", "tag", "wrong"),
    [
        ("1990-01-01", "Not yet in existence", "Ended"),
        ("2026-07-01", "Ended", "Not yet in existence"),
    ],
)
@pytest.mark.parametrize("page", ["", "composition/"])
def test_the_tag_of_a_body_that_came_and_went_is_that_of_the_day(client, page, day, tag, wrong):
    shown = client.get(f"/en/institutions/senate/{page}", {"on": day}).content.decode()

    assert f'<span class="tag hist">{tag}</span>' in shown
    assert f'<span class="tag hist">{wrong}</span>' not in shown


@pytest.mark.parametrize("page", ["mazhilis/", "mazhilis/composition/", "parliament/"])
def test_between_two_convocations_seats_are_empty_and_not_unrecorded(client, page):
    shown = client.get(f"/en/institutions/{page}", {"on": "2023-02-10"}).content.decode()

    assert '<span class="tag hist">Between convocations</span>' in shown
    assert "98 by rule · not recorded who sits" not in " ".join(shown.split())
    assert "98 seats by rule, not recorded who sits" not in " ".join(shown.split())
