"""Two days of one body, and a day as it would be under a draft."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from registry.domain.checks import judge
from registry.domain.comparison import compare
from registry.domain.composing import compose
from registry.domain.dates import Span
from registry.domain.drafts import Draft, NewNumber, NewTerritory, effect_of
from registry.domain.facts import Base, Comparison, VotingRule
from registry.domain.findings import Problem
from registry.domain.majorities import decisions, joint, majorities, more_than
from tests.domain.drawing import body, group, rule, sits, snapshot, territory

SEATS, CHAIR = group(), group("chair", inner=True)
RULES = [rule(SEATS, 3, article="50")]


def composed(*sittings, on=4, rules=RULES, **kwargs):
    return compose(snapshot(*sittings, on=on, rules=rules, **kwargs))


def test_who_came_who_left_and_who_stayed():
    people = [sits("====      "), sits("     ====="), sits("=========="), sits("    ??====")]

    comparison = compare(composed(*people, on=2), composed(*people, on=7))

    assert comparison.left == (people[0],)
    assert comparison.came == (people[1], people[3])
    assert (comparison.stayed, comparison.unsure) == (1, ())


def test_whoever_may_have_come_is_unsure():
    doubtful = sits("    ????==")

    comparison = compare(composed(doubtful, on=2), composed(doubtful, on=5))

    assert (comparison.came, comparison.unsure) == ((), (doubtful,))


def test_a_new_mandate_in_the_same_seat_is_no_change():
    first, second = sits("====", SEATS, person=7), sits("    ====", SEATS, person=7)

    comparison = compare(composed(first, second, on=2), composed(first, second, on=5))

    assert comparison.empty
    assert comparison.stayed == 1


def test_a_change_of_party_and_a_change_of_seat_are_told_apart():
    north, south = territory("north"), territory("south")
    before = [sits(person=1, party="red")._replace(party_id=1), sits(person=2, territory=north)]
    after = [sits(person=1, party="blue")._replace(party_id=2), sits(person=2, territory=south)]

    comparison = compare(composed(*before), composed(*after))

    assert [each.after.party_slug for each in comparison.changed_party] == ["blue"]
    assert [each.after.person_id for each in comparison.changed_seat] == [2]


def test_a_rule_that_changed_is_named_with_the_one_before():
    older, newer = rule(SEATS, 3, "====      "), rule(SEATS, 4, "    =====>")
    rules = [older, newer]

    comparison = compare(composed(on=2, rules=rules), composed(on=5, rules=rules))

    assert [(each.before, each.after) for each in comparison.rules] == [(older, newer)]


def test_findings_come_and_go():
    person = sits("====")
    days = [composed(person, on=on, rules=[rule(SEATS, 1)]) for on in (2, 6)]

    comparison = compare(*days, *(judge(each) for each in days))

    assert [finding.problem for finding in comparison.findings_new] == [Problem.VACANT_SEATS]
    assert comparison.findings_gone == ()


# What if

REGION = frozenset({"region"})
ELECTED, APPOINTED = group("elected"), group("appointed")
SENATE = [
    rule(ELECTED, seats_per_territory=2, kinds=REGION),
    rule(APPOINTED, 15),
]
REGIONS = tuple(territory(f"region-{n}") for n in range(17))


def senate(**kwargs):
    senators = [sits("==========>", ELECTED, each) for each in REGIONS for _ in range(2)]
    appointed = [sits("==========>", APPOINTED) for _ in range(15)]
    return snapshot(*senators, *appointed, rules=SENATE, territories=REGIONS, **kwargs)


def test_an_18th_territory_makes_51_seats_two_of_them_unfilled():
    effect = effect_of(Draft(founded=(NewTerritory({"en": "West"}, "region"),)), senate())

    assert (effect.before.required, effect.after.required) == (49, 51)
    assert (effect.before.vacant, effect.after.vacant) == (0, 2)
    votes = [majorities(each.required)[0].votes for each in (effect.before, effect.after)]
    assert votes == [25, 26]
    assert effect.findings_before == ()
    assert [(f.problem, f.territory.name) for f in effect.findings_after] == [
        (Problem.VACANT_SEATS, {"en": "West"})
    ]


def test_whoever_sits_for_a_dissolved_territory_is_not_entitled():
    effect = effect_of(Draft(dissolved=frozenset({"region-3"})), senate())

    assert effect.after.required == 47
    assert [(f.problem, f.territory.slug) for f in effect.findings_after] == [
        (Problem.NOT_ENTITLED, "region-3")
    ] * 2


def test_other_numbers_of_seats_are_held_against_the_same_people():
    draft = Draft(numbers=(NewNumber("appointed", 10), NewNumber("elected", 3)))
    effect = effect_of(draft, senate())

    assert (effect.after.required, effect.after.over) == (61, 5)


def test_a_sitting_convocation_comes_under_the_draft_at_once():
    older = rule(SEATS, 3, "====      ")
    effect = effect_of(Draft(numbers=(NewNumber("members", 5),)), snapshot(rules=[older], on=2))

    assert (effect.before.required, effect.after.required) == (3, 5)


@pytest.mark.parametrize(
    "draft", [Draft(numbers=(NewNumber("judges", 3),)), Draft(dissolved=frozenset({"atlantis"}))]
)
def test_a_draft_of_what_is_not_there_is_refused(draft):
    with pytest.raises(ValueError, match=r"judges|atlantis"):
        effect_of(draft, senate())


# Votes


def voting(share="1/2", comparison=Comparison.MORE_THAN, base=Base.ALL_SEATS, **kwargs):
    return VotingRule(
        1,
        "law",
        "bill",
        1,
        {},
        body("parliament"),
        Span(),
        share=share and Fraction(share),
        comparison=comparison,
        base=base,
        **kwargs,
    )


@pytest.mark.parametrize(
    ("seats", "majority", "two_thirds", "above"),
    [
        (47, 24, 32, 32),
        (48, 25, 32, 33),
        (49, 25, 33, 33),
        (50, 26, 34, 34),
        (77, 39, 52, 52),
        (98, 50, 66, 66),
        (107, 54, 72, 72),
        (145, 73, 97, 97),
        (154, 78, 103, 103),
    ],
)
def test_at_least_two_thirds_and_more_than_two_thirds(seats, majority, two_thirds, above):
    assert [each.votes for each in majorities(seats)] == [majority, two_thirds]
    assert more_than(Fraction(2, 3), seats) == above


def chambers():
    return [composed(rules=[rule(group("list"), 107)]), composed(rules=[rule(group("all"), 47)])]


def test_a_joint_sitting_counts_the_chambers_together():
    assert [each.votes for each in joint(chambers())] == [78, 103]
    assert joint([*chambers(), composed(rules=[rule(group())])]) == ()


@pytest.mark.parametrize(
    ("rule_", "votes"),
    [
        (voting(), [78]),
        (voting(each_part=True), [54, 24]),
        (voting("2/3", Comparison.AT_LEAST, each_part=True), [72, 32]),
        (voting("3/4", Comparison.AT_LEAST, each_part=True), [81, 36]),
        (voting(None, None, None), [None]),
        (voting(base=Base.PRESENT), [None]),
        (voting(is_vote=False), []),
    ],
)
def test_a_body_of_chambers_votes_in_each_or_in_all_together(rule_, votes):
    parliament = composed(rules=[])

    (decision,) = decisions([rule_], parliament, chambers())

    assert [count.votes for count in decision.counts] == votes


def test_filled_seats_may_be_a_range():
    chamber = composed(sits(), sits(), sits("??======"), on=1, rules=[rule(SEATS, 9)])

    (decision,) = decisions([replace(voting(), base=Base.FILLED)], chamber)
    (count,) = decision.counts

    assert (count.of, count.votes, count.most, count.votes_most) == (2, 2, 3, 2)


def test_a_rule_of_another_day_decides_nothing():
    past = replace(voting(), force=Span(None, date(2000, 1, 1)))

    assert decisions([past], composed(rules=[rule(SEATS, 9)])) == ()
