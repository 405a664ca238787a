"""The page of votes: the usual thresholds, each decision of the day, and the path of a law."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.domain.dates import PartialDate
from registry.models import VotingRule
from tests.factories import (
    AppointmentFactory,
    CitationFactory,
    ContradictionFactory,
    CoverageFactory,
    InstitutionFactory,
    SeatGroupFactory,
    SeatRuleFactory,
    VotingRuleFactory,
)

ON = "2014-06-01"


def chamber(slug, seats, **fields):
    body = InstitutionFactory(slug=slug, **fields)
    SeatRuleFactory(group=SeatGroupFactory(institution=body), seats=seats)
    return body


@pytest.fixture
def parliament(db):
    """A Senate of 47 and a Mazhilis of 107."""
    whole = InstitutionFactory(slug="parliament")
    chamber("senate", 47, parent=whole, order=1)
    chamber("mazhilis", 107, parent=whole, order=2)
    return whole


def votes(get, slug, on=ON):
    return get(f"/en/institutions/{slug}/majorities/", on=on)


def test_of_48_seats_at_least_two_thirds_and_more_than_two_thirds_differ(get, db):
    chamber("senate", 48)

    page = votes(get, "senate").words

    assert (
        '<td class="n">48</td><td class="n">25</td><td class="n">32</td><td class="n">33</td>'
        in (page)
    )
    assert "“at least two thirds” are 32 votes and “more than two thirds” are 33." in page


def test_of_47_seats_they_are_the_same_and_nothing_is_explained(get, db):
    chamber("senate", 47)

    page = votes(get, "senate").words

    assert (
        '<td class="n">47</td><td class="n">24</td><td class="n">32</td><td class="n">32</td>'
        in (page)
    )
    assert "divisible by three" not in page


def test_a_parliament_has_the_thresholds_of_its_chambers_and_of_a_joint_sitting(get, parliament):
    thresholds = votes(get, "parliament").context["thresholds"]

    assert [(each.slug, each.of, each.half, each.at_least) for each in thresholds] == [
        ("senate", 47, 24, 32),
        ("mazhilis", 107, 54, 72),
        ("", 154, 78, 103),
    ]


def test_a_chamber_without_a_number_of_seats_says_why_there_is_none(get, parliament):
    chamber("third-chamber", None, parent=parliament, order=3)
    chamber("later-chamber", 5, parent=parliament, order=4, start=PartialDate.parse("2020"))

    page = votes(get, "parliament").words

    assert "The number of seats is not recorded." in page
    assert "Later chamber" not in page
    assert "joint sitting" not in page


def test_the_offices_that_are_parts_of_another_are_no_chambers(get, db):
    president = chamber("president", 1, branch="head_of_state")
    chamber("state-counsellor", 1, branch="head_of_state", parent=president)

    assert votes(get, "president").context["thresholds"] == []


def test_a_decision_has_its_fraction_and_the_votes_of_each_chamber(get, parliament):
    rule = VotingRuleFactory(
        institution=parliament,
        subject={"en": "Overriding the objections"},
        procedure="government",
        each_part=True,
        numerator=2,
        denominator=3,
        comparison="at_least",
        within_months=1,
        condition={"en": "Of the deputies of each chamber."},
        article="54(2)",
        confidence="high",
        note="Wording of 2007.",
    )
    CitationFactory(voting_rule=rule, place="Art. 54")

    page = votes(get, "parliament").words

    for said in (
        "Overriding the objections",
        "at least 2/3 of all seats",
        "in each chamber",
        "within 1 month",
        ">Senate: 32 of 47</span>",
        ">Mazhilis: 72 of 107</span>",
        "Of the deputies of each chamber.",
        "Art. 54(2)",
        "high: the text of the law, or two independent sources",
        "Wording of 2007.",
        "Official gazette, Art. 54",
    ):
        assert said in page, said


def test_chambers_that_count_together_have_one_number(get, parliament):
    VotingRuleFactory(institution=parliament, procedure="parliament")

    page = votes(get, "parliament").words

    assert ">Senate + Mazhilis: 78 of 154</span>" in page
    assert "more than half of all seats" in page


def test_what_holds_on_other_days_is_left_out(get, db):
    court = chamber("court", 11)
    VotingRuleFactory(institution=court, subject={"en": "The old vote"}, end=date(2014, 1, 1))

    page = votes(get, "court").words

    assert "The old vote" not in page
    assert "for this day none is recorded" in page
    assert "The old vote" in votes(get, "court", on="2013-12-31").words


def test_the_filled_seats_are_a_range_where_dates_leave_them_open(get, db):
    senate = chamber("senate", 50)
    CoverageFactory(institution=senate)
    group = senate.seat_groups.get()
    AppointmentFactory.create_batch(8, institution=senate, group=group)
    AppointmentFactory(institution=senate, group=group, start=PartialDate.parse("2014"))
    VotingRuleFactory(institution=senate, base="filled")

    page = votes(get, "senate").words

    assert "more than half of the filled seats" in page
    assert "5 of 8–9" in page


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"base": "present"}, "Counted in the sitting itself: no number can be given before it."),
        (
            {"numerator": None, "denominator": None, "comparison": "", "base": ""},
            "The fraction is not established, so no number can be given.",
        ),
        (
            {
                "numerator": None,
                "denominator": None,
                "comparison": "",
                "base": "",
                "is_vote": False,
            },
            "Decided without a vote.",
        ),
        ({"is_vote": False}, "A share that the law asks for, not a vote."),
        ({"base": "filled"}, "Senate: the roster of this day is not declared complete."),
    ],
    ids=["present", "no fraction", "no vote", "share", "filled"],
)
def test_a_number_that_cannot_be_given_says_why(get, db, fields, why):
    VotingRuleFactory(institution=chamber("senate", 47), **fields)

    page = votes(get, "senate").words

    assert why in page
    assert "Senate: 24 of 47" not in page


def test_a_body_that_the_law_names_but_that_did_not_exist_has_no_votes(get, db):
    senate = chamber("senate", 47, end=PartialDate.parse("2014-01-01"))
    VotingRuleFactory(institution=senate)

    assert "Senate: it did not exist on this day." in votes(get, "senate").words


def test_a_body_whose_seats_nobody_recorded_has_no_votes_and_says_so(get, db):
    VotingRuleFactory(institution=chamber("senate", None))

    assert "Senate: the number of seats is not recorded." in votes(get, "senate").words


class TestPaths:
    """A bill goes from the Mazhilis to the Senate, and from there to the President."""

    @pytest.fixture
    def bill(self, parliament):
        senate, mazhilis = parliament.parts.order_by("order")
        president = chamber("president", 1, branch="head_of_state")
        nothing = {"numerator": None, "denominator": None, "comparison": "", "base": ""}
        for body, step, subject, fields in (
            (president, 30, "Signature", {"is_vote": False, **nothing}),
            (mazhilis, 10, "Adoption", {}),
            (senate, 20, "Approval", {"within_days": 60}),
        ):
            VotingRuleFactory(
                slug=f"bill-{step}", institution=body, step=step, subject={"en": subject}, **fields
            )
        return parliament

    def test_a_path_is_its_steps_in_order_whoever_takes_them(self, get, bill):
        response = votes(get, "senate")

        (path,) = response.context["paths"]
        assert path.title == "The path of a bill"
        assert [row.decision.rule.subject["en"] for row in path.rows] == [
            "Adoption",
            "Approval",
            "Signature",
        ]
        assert [row.own for row in path.rows] == [False, True, False]
        assert '<ol class="path"><li id="bill-10">' in response.words
        assert ">Mazhilis: 54 of 107</span>" in response.words
        assert "within 60 days" in response.words
        assert f'<a href="/en/institutions/mazhilis/?on={ON}">Mazhilis</a>' in response.words

    def test_a_step_that_is_called_as_its_path_has_a_landmark_of_its_own(self, get, bill):
        VotingRule.objects.filter(slug="bill-10").update(slug="bill")

        idents = re.findall(r' id="([^"]+)"', votes(get, "senate").words)
        assert {"bill", "path-bill"} <= set(idents)
        assert len(idents) == len(set(idents))

    def test_a_step_of_a_path_is_not_listed_twice(self, get, bill):
        response = votes(get, "senate")

        assert response.context["others"] == []
        assert response.words.count('id="bill-20"') == 1

    def test_a_body_that_takes_no_part_has_no_path(self, get, bill):
        chamber("court", 11, branch="judicial")

        response = votes(get, "court")

        assert response.context["paths"] == []
        assert "No decision of this institution is recorded for this day." in response.words

    def test_the_votes_of_the_voters_stand_with_the_chambers(self, get, bill):
        VotingRuleFactory(
            institution=None,
            procedure="popular_vote",
            subject={"en": "Referendum"},
            base="votes_cast",
        )

        page = votes(get, "senate").words

        assert "What the voters decide" in page
        assert "The voters decide: the number depends on how many take part." in page
        assert "Referendum" not in votes(get, "president").words

    def test_no_path_costs_more_queries_for_more_steps(self, client, bill):
        def queries():
            with CaptureQueriesContext(connection) as counted:
                client.get("/en/institutions/senate/majorities/", {"on": ON})
            return len(counted)

        ContradictionFactory(institution=None, voting_rule=bill.parts.first().voting_rules.get())
        before = queries()
        for step in range(40, 50):
            rule = VotingRuleFactory(institution=bill.parts.first(), step=step)
            CitationFactory(voting_rule=rule)
            ContradictionFactory(institution=None, voting_rule=rule)

        assert queries() == before
        assert before <= 40


def test_a_decision_leads_to_what_sources_disagree_about(get, db):
    rule = VotingRuleFactory(institution=chamber("senate", 47))
    ContradictionFactory(
        slug="x15", subject={"en": "Majority for a bill"}, institution=None, voting_rule=rule
    )

    page = votes(get, "senate").words

    assert f'<a href="/en/sources/conflicts/?on={ON}#x15">Majority for a bill</a>' in page


def test_an_ended_institution_leads_to_its_last_day(get, db):
    senate = chamber("senate", 47, end=PartialDate.parse("2026-07-01"))
    VotingRuleFactory(institution=senate, end=date(2026, 7, 1))

    page = votes(get, "senate", on="2026-11-22").words

    assert "Senate ended on 1 July 2026." in page
    assert '<a href="?on=2026-06-30">Show the votes of 30 June 2026</a>' in page
    assert "Usual thresholds" not in page


def test_a_nonsense_day_and_an_unknown_institution_are_refused(get, parliament):
    assert votes(get, "parliament", on="2014-13-01").status_code == 400
    assert votes(get, "atlantis").status_code == 404


def test_a_body_without_a_seat_rule_says_why_no_majority_is_computed(get, db):
    body = InstitutionFactory(slug="council")
    AppointmentFactory(institution=body)

    page = votes(get, "council").words

    assert "No seat rule is recorded for this date" in page
    assert "Usual thresholds" not in page
