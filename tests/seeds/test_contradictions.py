"""Where the sources on Kazakhstan disagree, as the seeds record it."""

from __future__ import annotations

import re

import pytest

from registry.models import Claim, Contradiction, Power, SeatRule, VotingRule
from registry.models.sources import FACTS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kazakhstan")]

LANGUAGES = {"en", "kk", "ru", "de"}
# Nobody could settle these: the day of the mergers of 1997, the fate of a party, a consent.
OPEN = ["x52", "x62", "x63"]
# The English description announces two lists and gives neither: nobody says otherwise.
OF_ONE_CLAIM = ["x23", "x24"]
# Settled, and no claim is the value: the two lists, and a number that is no legal quantity.
NOTHING_USED = ["x23", "x24", "x27"]


def texts():
    """Each text of a contradiction or a claim, with words that find it again."""
    for contradiction in Contradiction.objects.prefetch_related("claims"):
        yield f"{contradiction.slug} subject", contradiction.subject
        yield f"{contradiction.slug} position", contradiction.position
        for claim in contradiction.claims.all():
            yield f"{contradiction.slug} claim {claim.order}", claim.text


def test_there_are_65_contradictions():
    slugs = Contradiction.objects.values_list("slug", flat=True)

    assert list(slugs) == [f"x{number:02}" for number in range(1, 66)]


def test_sources_disagree_in_two_claims_at_least_unless_one_source_has_a_gap():
    single = [each.slug for each in Contradiction.objects.all() if each.claims.count() < 2]

    assert single == OF_ONE_CLAIM


def test_the_claims_of_a_contradiction_are_counted_from_one():
    for contradiction in Contradiction.objects.all():
        orders = list(contradiction.claims.values_list("order", flat=True))
        assert orders == list(range(1, len(orders) + 1)), contradiction.slug


def test_each_names_exactly_one_fact_that_is_recorded():
    for contradiction in Contradiction.objects.all():
        named = [name for name in FACTS if getattr(contradiction, f"{name}_id") is not None]
        assert len(named) == 1, contradiction.slug
        assert contradiction.fact.pk is not None


@pytest.mark.parametrize(
    ("slug", "fact"),
    [
        ("x12", "Mazhilis"),
        ("x16", "Delegation of legislative powers to the President"),
        ("x17", "Consent to the Prime Minister"),
        ("x32", "Astana"),
        ("x42", "Mazhilis 6"),
        ("x44", "Amanat"),
        ("x51", "Law of 20 October 2008 No. 70-IV on the Assembly of the People"),
    ],
)
def test_the_fact_is_the_one_that_a_reader_would_look_at(slug, fact):
    assert str(Contradiction.objects.get(slug=slug).fact) == fact


@pytest.mark.parametrize(
    ("slug", "article", "start"),
    [
        ("x20", "41", "2007-05-21"),  # the five years that the German description gives
        ("x34", "50", "2007-05-21"),  # fifteen appointed senators
        ("x49", "50, 51", "1995-09-05"),  # the four years that came before the six
        ("x63", "", "2026-07-01"),  # the chair of the Constitutional Court
    ],
)
def test_a_disputed_rule_is_the_one_of_the_disputed_days(slug, article, start):
    rule = Contradiction.objects.get(slug=slug).seat_rule

    assert (rule.article, str(rule.start)) == (article, start)


@pytest.mark.parametrize(
    ("link", "rules"),
    [("seat_rule", SeatRule), ("voting_rule", VotingRule), ("power", Power)],
)
def test_a_disputed_rule_holds_on_disputed_days(link, rules):
    disputed = Contradiction.objects.filter(**{f"{link}__isnull": False})
    assert disputed.exists()
    for contradiction in disputed:
        holding = rules.objects.overlapping(contradiction.start, contradiction.end)
        assert holding.filter(pk=contradiction.fact.pk).exists(), contradiction.slug


@pytest.mark.parametrize("slug", OF_ONE_CLAIM)
def test_a_list_that_is_missing_is_disputed_where_it_is_announced(slug):
    assert Contradiction.objects.get(slug=slug).power.announced


def test_only_what_the_facts_leave_open_is_open():
    assert list(Contradiction.objects.filter(is_open=True).values_list("slug", flat=True)) == OPEN


def test_each_has_a_position_and_a_confidence():
    for contradiction in Contradiction.objects.all():
        assert contradiction.position["en"], contradiction.slug
        assert contradiction.confidence, contradiction.slug


def test_a_settled_one_says_which_claim_is_used():
    unused = Contradiction.objects.filter(is_open=False).exclude(claims__adopted=True)

    assert list(unused.values_list("slug", flat=True)) == NOTHING_USED


def test_invented_claims_are_spurious():
    spurious = Claim.objects.filter(spurious=True)

    assert list(spurious.values_list("contradiction__slug", "source__slug")) == [
        ("x61", "tsc-0410"),
        ("x65", "blog-fiction"),
    ]


def test_recollection_settles_nothing():
    assert not Claim.objects.filter(adopted=True, source__kind="recollection").exists()


def test_every_text_is_there_in_every_language():
    for where, text in texts():
        assert {code for code, words in text.items() if words} == LANGUAGES, where


def test_the_figures_are_the_same_in_every_language():
    for where, text in texts():
        # Days and thousands are written in other orders and with other signs between them.
        figures = {code: sorted(re.sub(r"\D", "", words)) for code, words in text.items()}
        assert all(each == figures["en"] for each in figures.values()), (where, figures)


def test_a_text_stands_in_the_column_of_its_language():
    kazakh = set("әғқңөұүі")
    for where, text in texts():
        assert not kazakh & set(text["ru"].lower()), where
        assert not re.search("[а-я]", (text["en"] + text["de"]).lower()), where
        assert re.search("[а-я]", text["ru"].lower()), where
    assert all(kazakh & set(c.position["kk"].lower()) for c in Contradiction.objects.all())


def test_texts_are_written_for_readers():
    for where, text in texts():
        for language, words in text.items():
            assert not re.search(r"seed|\d{4}-\d{2}", words.lower()), (where, language)
            assert where.endswith("subject") or words.endswith("."), (where, language)
