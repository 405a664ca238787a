"""What the JSON interface says of the state that the registry ships with."""

import pytest

from tests.api.asking import get

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kazakhstan")]


def test_a_joint_sitting_of_2014_takes_78_and_103_votes_of_154(client):
    answer = get(client, "institutions/parliament/majorities", on="2014-06-01")

    assert [(each["of"], each["votes"]) for each in answer["joint"]] == [(154, 78), (154, 103)]
    assert [(each["slug"], each["required"]) for each in answer["chambers"]] == [
        ("senate", 47),
        ("mazhilis", 107),
    ]


def test_each_chamber_needs_two_thirds_to_override_a_veto_in_2014(client):
    answer = get(client, "institutions/parliament/majorities", on="2014-06-01")

    (veto,) = (each for each in answer["decisions"] if each["slug"] == "bill-override")
    assert (veto["share"], veto["comparison"], veto["each_chamber"]) == ("2/3", "at_least", True)
    assert [(count["chambers"], count["votes"]) for count in veto["counts"]] == [
        (["senate"], 32),
        (["mazhilis"], 72),
    ]


def test_the_elected_half_of_the_senate_was_renewed_four_times_since_2014(client):
    answer = get(client, "institutions/senate/renewals", from_="2014-01-01", until="2026-07-01")

    assert [(each["day"], each["seats"], each["known"]) for each in answer["renewals"]] == [
        ("2014-10-01", 16, True),
        ("2017-06-28", 16, True),
        ("2020-08-12", 17, True),
        ("2023-01-14", 20, True),
    ]


@pytest.mark.parametrize(
    ("slug", "day", "required", "votes"),
    [
        ("senate", "2014-06-01", 47, [24, 32]),
        ("senate", "2019-06-01", 49, [25, 33]),
        ("senate", "2023-06-01", 50, [26, 34]),
        ("mazhilis", "2000-06-01", 77, [39, 52]),
        ("mazhilis", "2024-06-01", 98, [50, 66]),
        ("mazhilis", "2014-06-01", 107, [54, 72]),
        ("kurultai", "2026-11-22", 145, [73, 97]),
    ],
)
def test_the_thresholds_of_a_chamber_on_a_day(client, slug, day, required, votes):
    answer = get(client, f"institutions/{slug}/majorities", on=day)

    assert answer["required"] == required
    assert [each["votes"] for each in answer["majorities"]] == votes


def test_the_eras_of_the_senate_are_what_its_sources_state(client):
    answer = get(client, "institutions/senate/rules", on="2014-06-01")

    totals = [era["total"] for era in answer["eras"]]
    assert {39, 47, 49, 50} <= set(totals)
    assert all(stated["agrees"] for stated in answer["stated_totals"])


def test_the_mazhilis_of_2021_sat_on_under_the_rule_it_was_elected_by(client):
    answer = get(client, "institutions/mazhilis/rules", on="2022-09-01")

    assert (answer["required"], answer["required_by_law"]) == (107, 98)
    assert answer["in_force"] != answer["sitting_under"]


def test_all_contradictions_are_listed_with_their_claims_and_facts(client):
    answer = get(client, "contradictions")

    assert len(answer) == 65
    assert all(each["claims"] and each["position"] and each["fact"]["name"] for each in answer)
    assert [each["slug"] for each in get(client, "contradictions", open="true")] == [
        "x52",
        "x62",
        "x63",
    ]


def test_every_institution_answers_every_question(client):
    for each in get(client, "institutions"):
        for part in ("composition", "majorities", "rules", "renewals"):
            get(client, f"institutions/{each['slug']}/{part}", on="2014-06-01")
        get(client, f"institutions/{each['slug']}/compare", from_="2005-01-01", to="2024-01-01")
