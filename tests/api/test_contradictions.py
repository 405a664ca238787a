"""What sources disagree about."""

from datetime import date

import pytest

from tests.api.asking import get, queries_for
from tests.factories import (
    AppointmentFactory,
    ClaimFactory,
    ContradictionFactory,
    ElectionFactory,
    InstitutionFactory,
    SeatRuleFactory,
    TerritoryFactory,
)

pytestmark = pytest.mark.django_db


def test_claims_stand_side_by_side_with_the_position_taken(client):
    rule = SeatRuleFactory(group__institution__slug="senate", group__slug="appointed")
    dispute = ContradictionFactory(
        institution=None, seat_rule=rule, slug="x34", start=date(2007, 5, 21)
    )
    ClaimFactory(contradiction=dispute, order=1, adopted=True, place="p. 12")
    ClaimFactory(contradiction=dispute, order=2, text={"en": "There are 47 seats."})

    (answer,) = get(client, "contradictions")

    said = {
        "slug": "x34",
        "kind": "source_vs_source",
        "subject": "X34",
        "position": "The gazette is right.",
        "open": False,
        "start": "2007-05-21",
        "end": None,
    }
    assert {key: answer[key] for key in said} == said
    assert answer["fact"] == {
        "kind": "seat_rule",
        "id": rule.pk,
        "name": str(rule),
        "institution": "senate",
    }
    assert [(c["text"], c["adopted"], c["place"]) for c in answer["claims"]] == [
        ("There are 49 seats.", True, "p. 12"),
        ("There are 47 seats.", False, ""),
    ]
    assert answer["claims"][0]["source"] == "Official gazette"


def test_contradictions_are_chosen_by_institution_and_by_whether_they_are_open(client):
    senate = InstitutionFactory(slug="senate")
    ContradictionFactory(slug="of-the-body", institution=senate)
    ContradictionFactory(
        slug="of-a-seat",
        institution=None,
        appointment=AppointmentFactory(institution=senate),
        is_open=True,
    )
    ContradictionFactory(slug="elsewhere", institution=None, territory=TerritoryFactory())

    def slugs(**query):
        return [each["slug"] for each in get(client, "contradictions", **query)]

    assert slugs() == ["elsewhere", "of-a-seat", "of-the-body"]
    assert slugs(institution="senate") == ["of-a-seat", "of-the-body"]
    assert slugs(open="true") == ["of-a-seat"]
    assert slugs(institution="senate", open="false") == ["of-the-body"]


def test_whether_it_is_open_is_true_or_false(client):
    answer = get(client, "contradictions", 400, open="perhaps")

    assert answer["detail"] == "open: 'perhaps' is neither true nor false."


def test_more_contradictions_cost_no_more_queries(client):
    ClaimFactory()
    before = queries_for(client, "contradictions")

    ClaimFactory.create_batch(5)
    for fact in (
        {"seat_rule": SeatRuleFactory()},
        {"appointment": AppointmentFactory()},
        {"election": ElectionFactory()},
        {"territory": TerritoryFactory()},
    ):
        ClaimFactory(contradiction=ContradictionFactory(institution=None, **fact))

    assert queries_for(client, "contradictions") == before
