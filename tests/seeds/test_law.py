"""What the law of Kazakhstan says of votes, powers and mandates that exclude each other."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from registry.models import Incompatibility, Institution, Power, Source, VotingRule

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kazakhstan")]

LANGUAGES = {"en", "kk", "ru", "de"}
BEFORE_2007, BEFORE_2022, LAST_DAY = date(2007, 5, 20), date(2022, 6, 7), date(2026, 6, 30)
TODAY = date(2026, 11, 22)


def votes(institution, *, on):
    """What a body decides on a day, by slug, with the share and how it is compared."""
    return {
        rule.slug: (rule.comparison, Fraction(rule.numerator, rule.denominator), rule.base)
        for rule in VotingRule.objects.on(on).filter(institution__slug=institution)
        if rule.numerator
    }


MAJORITY = ("more_than", Fraction(1, 2), "all_seats")
TWO_THIRDS = ("at_least", Fraction(2, 3), "all_seats")
THREE_QUARTERS = ("at_least", Fraction(3, 4), "all_seats")

# Subject by subject as the facts have them: who decides, on which day, by what majority.
THRESHOLDS = [
    ("mazhilis", BEFORE_2022, "bill-mazhilis", MAJORITY),
    ("senate", BEFORE_2022, "bill-senate", MAJORITY),
    ("mazhilis", BEFORE_2022, "bill-insistence", TWO_THIRDS),
    ("parliament", LAST_DAY, "bill-override", TWO_THIRDS),
    ("parliament", LAST_DAY, "amendment", THREE_QUARTERS),
    ("parliament", BEFORE_2022, "constitutional-law", TWO_THIRDS),
    ("parliament", LAST_DAY, "constitutional-law-2022", TWO_THIRDS),
    ("parliament", LAST_DAY, "acts-of-the-chambers", MAJORITY),
    ("parliament", date(2017, 3, 9), "delegation", TWO_THIRDS),
    ("parliament", BEFORE_2007, "pm-consent-parliament", MAJORITY),
    ("mazhilis", LAST_DAY, "pm-consent-mazhilis", MAJORITY),
    ("kurultai", TODAY, "pm-consent-kurultai", MAJORITY),
    ("kurultai", TODAY, "vice-president-consent", MAJORITY),
    ("parliament", BEFORE_2007, "no-confidence-parliament", TWO_THIRDS),
    ("mazhilis", LAST_DAY, "no-confidence-mazhilis", MAJORITY),
    ("senate", BEFORE_2007, "minister-dismissal-senate-1998", MAJORITY),
    ("mazhilis", BEFORE_2007, "minister-dismissal-mazhilis-1998", MAJORITY),
    ("senate", LAST_DAY, "minister-dismissal-senate", TWO_THIRDS),
    ("mazhilis", LAST_DAY, "minister-dismissal-mazhilis", TWO_THIRDS),
    ("kurultai", TODAY, "minister-dismissal-kurultai", TWO_THIRDS),
    ("parliament", LAST_DAY, "president-incapacity", THREE_QUARTERS),
    ("parliament", LAST_DAY, "president-removal", THREE_QUARTERS),
    ("maslikhats-regional", TODAY, "maslikhat-competent-regional", THREE_QUARTERS),
]


@pytest.mark.parametrize(("institution", "day", "slug", "majority"), THRESHOLDS)
def test_a_threshold_holds_for_its_body_on_its_day(institution, day, slug, majority):
    assert votes(institution, on=day)[slug] == majority


@pytest.mark.parametrize(
    ("slug", "share", "comparison"),
    [
        ("president-first-round", Fraction(1, 2), "more_than"),
        ("referendum", Fraction(1, 2), "more_than"),
        ("list-threshold-7", Fraction(7, 100), "at_least"),
        ("list-threshold-5", Fraction(5, 100), "at_least"),
    ],
)
def test_the_voters_decide_by_votes_cast(slug, share, comparison):
    rule = VotingRule.objects.get(slug=slug)

    assert rule.institution is None
    assert (Fraction(rule.numerator, rule.denominator), rule.comparison) == (share, comparison)
    assert rule.base == "votes_cast"


@pytest.mark.parametrize(
    "slug",
    [
        "bill-mazhilis-2022",  # the wording of Article 61 since 2022 was not read
        "bill-senate-2022",
        "bill-kurultai",
        "constitutional-law-kurultai",
        "no-confidence-kurultai",
        "constitutional-law-override",
    ],
)
def test_a_majority_that_nobody_established_has_no_number(slug):
    rule = VotingRule.objects.get(slug=slug)

    assert rule.is_vote
    assert (rule.numerator, rule.denominator, rule.comparison, rule.base) == (None, None, "", "")


@pytest.mark.parametrize(
    ("slug", "institution"),
    [
        ("bill-money-conclusion", "government"),
        ("bill-urgent-decree", "president"),
        ("bill-signature", "president"),
        ("pm-appointment", "president"),
        ("dissolution-2026", "president"),
    ],
)
def test_some_decisions_are_taken_without_a_vote(slug, institution):
    rule = VotingRule.objects.get(slug=slug)

    assert not rule.is_vote
    assert rule.institution.slug == institution


def test_the_senate_has_sixty_days_and_the_veto_is_overridden_within_a_month():
    assert VotingRule.objects.get(slug="bill-senate").within_days == 60
    assert VotingRule.objects.get(slug="bill-override").within_months == 1


def test_parliament_votes_in_each_of_its_chambers():
    for rule in VotingRule.objects.filter(institution__slug="parliament"):
        assert rule.each_part, rule.slug


def test_no_day_changes_the_majority_of_a_bill_by_leaving_two_rules_in_force():
    """One rule for each step of a procedure, body and day, where the step is the same matter."""
    for day in (BEFORE_2007, BEFORE_2022, date(2022, 6, 8), LAST_DAY, date(2026, 7, 1)):
        steps = [
            (rule.procedure, rule.step, rule.institution_id)
            for rule in VotingRule.objects.on(day).filter(procedure="bill")
        ]
        assert len(steps) == len(set(steps)), day


def path(procedure, day):
    return list(VotingRule.objects.on(day).filter(procedure=procedure).values_list("slug", "step"))


def test_the_path_of_a_bill_reads_in_order():
    slugs, steps = zip(*path("bill", date(2014, 6, 1)), strict=True)

    assert slugs == (
        "bill-money-conclusion",
        "bill-mazhilis",
        "bill-senate",
        "bill-insistence",
        "bill-senate-second",
        "bill-signature",
        "bill-override",
        "bill-urgent-decree",
    )
    assert list(steps) == sorted(set(steps))


@pytest.mark.parametrize(
    ("procedure", "day", "slugs"),
    [
        (
            "constitutional_law",
            date(2014, 6, 1),
            ["constitutional-law", "constitutional-law-signature", "constitutional-law-override"],
        ),
        (
            "amendment",
            date(2014, 6, 1),
            ["amendment-proposal", "amendment", "amendment-referendum"],
        ),
        (
            "government",
            date(2014, 6, 1),
            [
                "pm-consent-mazhilis",
                "pm-appointment",
                "no-confidence-mazhilis",
                "minister-dismissal-mazhilis",
                "minister-dismissal-senate",
            ],
        ),
        (
            "head_of_state",
            date(2014, 6, 1),
            [
                "president-first-round",
                "president-incapacity",
                "president-charge",
                "president-removal",
            ],
        ),
        (
            "government",
            TODAY,
            [
                "pm-consent-kurultai",
                "pm-appointment-2026",
                "no-confidence-kurultai",
                "resignation-decision-2026",
                "minister-dismissal-kurultai",
            ],
        ),
    ],
)
def test_other_paths_read_in_order(procedure, day, slugs):
    assert [slug for slug, _step in path(procedure, day)] == slugs


# Powers and duties


@pytest.mark.parametrize(
    ("institution", "day", "slug"),
    [
        ("president", date(2014, 6, 1), "appoints-prime-minister-mazhilis"),
        ("president", date(2014, 6, 1), "signs-or-returns-laws"),
        ("president", date(2014, 6, 1), "dissolves-parliament-2007"),
        ("president", date(2014, 6, 1), "commander-in-chief"),
        ("president", date(2014, 6, 1), "appoints-regional-akims"),
        ("president", date(2014, 6, 1), "appoints-senators"),
        ("president", TODAY, "dissolves-kurultai"),
        ("government", date(2014, 6, 1), "budget"),
        ("parliament", date(2014, 6, 1), "overrides"),
        ("senate", date(2014, 6, 1), "elects-supreme-court"),
        ("mazhilis", date(2014, 6, 1), "no-confidence"),
        ("kurultai", TODAY, "consents"),
        ("constitutional-council", date(2014, 6, 1), "reviews-laws"),
        ("constitutional-court", TODAY, "citizens"),
        ("supreme-court", date(2014, 6, 1), "highest-court"),
        ("supreme-judicial-council", date(2014, 6, 1), "recommends-judges"),
        ("assembly-people", date(2014, 6, 1), "elects-deputies"),
        ("assembly-people", date(2024, 6, 1), "proposes-senators"),
        ("maslikhats-district", date(2014, 6, 1), "hears-reports"),
        ("akims-rural", date(2014, 6, 1), "represents"),
    ],
)
def test_a_body_has_its_powers_on_a_day(institution, day, slug):
    assert Power.objects.on(day).filter(institution__slug=institution, slug=slug).exists()


def test_the_consent_to_the_prime_minister_moved_from_parliament_to_the_mazhilis():
    consents = Power.objects.filter(slug="consents-to-prime-minister")

    def by(day):
        return [power.institution.slug for power in consents.on(day)]

    assert by(BEFORE_2007) == ["parliament"]
    assert by(date(2007, 5, 21)) == ["mazhilis"]


def test_lists_that_a_source_announces_and_does_not_give_are_marked():
    announced = Power.objects.filter(announced=True)

    assert set(announced.values_list("institution__slug", "slug")) == {
        ("government", "announced-responsibilities"),
        ("senate", "announced-exceptional-powers"),
        ("mazhilis", "announced-exceptional-powers"),
        ("supreme-court", "announced-branches"),
    }
    assert set(announced.values_list("citations__source__slug", flat=True)) == {"seed-en"}


# Mandates that exclude each other


def test_mandates_exclude_each_other_until_the_chambers_end():
    pairs = Incompatibility.objects.on(date(2014, 6, 1))

    assert {(pair.institution.slug, pair.other.slug, pair.article) for pair in pairs} == {
        ("senate", "mazhilis", "50(4)"),
        ("senate", "government", "52(3)"),
        ("senate", "prime-minister", "52(3)"),
        ("mazhilis", "government", "52(3)"),
        ("mazhilis", "prime-minister", "52(3)"),
        ("constitutional-council", "senate", "71(4)"),
        ("constitutional-council", "mazhilis", "71(4)"),
    }
    assert not Incompatibility.objects.on(date(2026, 7, 1)).exists()


# All of them


@pytest.mark.parametrize("model", [VotingRule, Power, Incompatibility])
def test_every_row_has_a_source_and_says_how_sure_it_is(model):
    assert list(model.objects.filter(citations__isnull=True)) == []
    assert list(model.objects.filter(confidence="")) == []


@pytest.mark.parametrize(
    ("model", "field"), [(VotingRule, "subject"), (VotingRule, "condition"), (Power, "text")]
)
def test_texts_are_there_in_all_four_languages(model, field):
    for record in model.objects.all():
        texts = getattr(record, field)
        assert set(texts) in (LANGUAGES, set()), record
        assert len(set(texts.values())) >= min(len(texts), 3), record  # nobody copied one over


def test_recollection_is_said_to_be_unconfirmed():
    assert not Source.objects.get(slug="bk").citations.exists()
    for slug in ("president-removal", "president-charge", "bill-money-conclusion"):
        rule = VotingRule.objects.get(slug=slug)
        assert rule.confidence == "low"
        assert "unconfirmed recollection" in rule.note.lower()


def test_every_body_of_the_founding_descriptions_has_powers():
    without = Institution.objects.filter(
        powers__isnull=True,
        slug__in=[
            *("president", "government", "prime-minister", "parliament", "senate", "mazhilis"),
            *("assembly-people", "constitutional-council", "supreme-court"),
            *("supreme-judicial-council", "maslikhats-regional", "akims-regional"),
        ],
    )
    assert list(without) == []
