"""Any day of the past ten thousand may be typed, in the way of each language."""

from __future__ import annotations

import random
import re
from calendar import monthrange
from datetime import date, timedelta

import pytest
from django.utils import translation

from registry.templatetags.days import long_day

SEED = 20261122
TODAY = date(2026, 11, 22)
LANGUAGES = ("en", "kk", "ru", "de")


def drawn(number: int) -> list[date]:
    chance = random.Random(SEED)
    days = [TODAY - timedelta(days=chance.randrange(10_000)) for _ in range(number)]
    return [*days, TODAY, TODAY - timedelta(days=10_000), date(2000, 2, 29)]


def wrong(day: date) -> list[dict[str, str]]:
    """What somebody types who means a day and slips."""
    month, year = str(day.month), str(day.year)
    last = monthrange(day.year, day.month)[1]
    return [
        {"day": str(last + 1), "month": month, "year": year},
        {"day": str(day.day), "month": "13", "year": year},
        {"day": str(day.day), "month": month, "year": year[2:]},
        {"day": str(day.day), "month": month, "year": ""},
        {"day": "0", "month": month, "year": year},
        {"day": f"{day.month:02}/{day.day:02}/{year}", "month": "", "year": ""},
        {"day": f"{last + 1}.{month}.{year}", "month": "", "year": ""},
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_typed_in_any_form_leads_to_that_day(client, mazhilis, language):
    print(f"seed {SEED}")
    address = f"/{language}/institutions/mazhilis/composition/"
    for day in drawn(10):
        with translation.override(language):
            in_words = long_day(day)
        iso = day.isoformat()
        typed = [
            {"day": str(day.day), "month": str(day.month), "year": str(day.year)},
            *({"day": text} for text in (iso, f"{day:%d.%m.%Y}", in_words)),
        ]
        for question in typed:
            response = client.get(address, {"month": "", "year": "", **question})
            assert response.status_code == 302, (question, response.content.decode()[:2000])
            assert response["Location"] in (f"{address}?on={iso}", address), question
        page = client.get(address, {"on": iso})
        assert page.status_code == 200
        assert f'datetime="{iso}"' in page.content.decode() or in_words in page.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_that_does_not_exist_is_refused_with_a_reason(client, mazhilis, language):
    reasons = set()
    for day in drawn(3):
        for question in wrong(day):
            response = client.get(f"/{language}/institutions/mazhilis/composition/", question)
            page = response.content.decode()
            assert response.status_code in (302, 400), question
            if response.status_code == 302:  # read as the day that it can only mean
                assert re.search(r"on=\d{4}-\d{2}-\d{2}", response["Location"]), question
                continue
            reason = re.search(r'<p id="problem">\s*(.+?)\s*</p>', page, re.DOTALL)
            assert reason is not None, question
            reasons.add(reason[1])
    assert len(reasons) > 3
