"""Votes, incompatibilities, contradictions: what their forms refuse, and what their lists say."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from registry.models import Claim, Contradiction
from tests import factories
from tests.admin.forms import filled_in


def add(client, model, **entries):
    page = f"/admin/registry/{model}/add/"
    return client.post(page, filled_in(client.get(page), **entries))


def errors(answer):
    return answer.context["adminform"].form.errors


@pytest.fixture
def vote(chamber):
    """At least two thirds of all seats of the Mazhilis."""
    return {
        "subject_en": "Veto override",
        "slug": "veto-override",
        "procedure": "bill",
        "institution": chamber.pk,
        "comparison": "at_least",
        "numerator": 2,
        "denominator": 3,
        "base": "all_seats",
    }


NEEDED = "A fraction needs this too, such as “at least 2 / 3 of all seats”."


@pytest.mark.parametrize(
    ("entries", "refused"),
    [
        ({}, {}),
        ({"numerator": "", "denominator": "", "comparison": ""}, {}),
        ({"base": ""}, {"base": [NEEDED]}),
        ({"comparison": ""}, {"comparison": [NEEDED]}),
        ({"numerator": ""}, {"numerator": [NEEDED]}),
        ({"numerator": "", "comparison": ""}, {"numerator": [NEEDED], "comparison": [NEEDED]}),
        ({"numerator": 0}, {"numerator": ["Enter 1 or more."]}),
        (
            {"denominator": 1},
            {"denominator": ["The denominator is not smaller than the numerator."]},
        ),
    ],
)
def test_a_fraction_is_whole_or_not_there(as_curator, vote, entries, refused):
    answer = add(as_curator, "votingrule", **vote | entries)

    assert (errors(answer) if refused else answer.status_code) == (refused or 302)


def test_a_quorum_is_a_fraction_without_a_vote(as_curator, vote):
    page = "/admin/registry/votingrule/add/"
    data = filled_in(as_curator.get(page), **vote)
    del data["is_vote"]

    assert as_curator.post(page, data).status_code == 302
    assert "at least 2/3 of all seats" in as_curator.get("/admin/registry/votingrule/").text


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, "more than 1/2 of all seats"),
        ({"numerator": None, "denominator": None, "comparison": ""}, "Not recorded"),
        (
            {"numerator": None, "denominator": None, "comparison": "", "is_vote": False},
            "Not decided by vote",
        ),
    ],
)
def test_a_list_says_how_many_votes_it_takes(as_curator, facts, said):
    factories.VotingRuleFactory(**facts)

    assert said in as_curator.get("/admin/registry/votingrule/").text


def test_what_excludes_each_other_is_recorded_once(as_curator, chamber):
    senate = factories.InstitutionFactory(slug="senate")
    factories.IncompatibilityFactory(
        institution=senate, other=chamber, start=date(1996, 1, 30), end=date(2026, 7, 1)
    )
    pair = {"institution": chamber.pk, "other": senate.pk}

    mirrored = add(as_curator, "incompatibility", **pair, start="2000-01-01")
    later = add(as_curator, "incompatibility", **pair, start="2026-07-01")

    assert errors(mirrored) == {
        "other": ["This is recorded already the other way round: Senate × Mazhilis. It holds both."]
    }
    assert later.status_code == 302


def test_nothing_excludes_itself(as_curator, chamber):
    answer = add(as_curator, "incompatibility", institution=chamber.pk, other=chamber.pk)

    assert "Name two institutions." in answer.text


@pytest.fixture
def dispute(chamber):
    """How many seats the Mazhilis has."""
    return {
        "subject_en": "Number of seats",
        "slug": "number-of-seats",
        "kind": "source_vs_source",
        "position_en": "The gazette is right.",
        "institution": chamber.pk,
    }


def test_a_contradiction_is_kept_with_its_claims_side_by_side(as_curator, dispute):
    source = factories.SourceFactory()
    claims = {"claims-TOTAL_FORMS": "2"}
    for number, (text, used) in enumerate([("98 seats", "on"), ("107 seats", "")]):
        claims |= {
            f"claims-{number}-source": source.pk,
            f"claims-{number}-text_en": text,
            f"claims-{number}-order": number + 1,
            **({f"claims-{number}-adopted": used} if used else {}),
        }

    answer = add(as_curator, "contradiction", **dispute | claims)

    assert answer.status_code == 302
    said = Contradiction.objects.get().claims.values_list("text__en", "adopted")
    assert list(said) == [("98 seats", True), ("107 seats", False)]


def test_a_claim_is_used_or_spurious(as_curator):
    page = reverse("admin:registry_claim_change", args=[factories.ClaimFactory().pk])

    answer = as_curator.post(page, filled_in(as_curator.get(page), adopted="on", spurious="on"))

    assert "A spurious claim is not used." in answer.text


def test_two_claims_at_one_place_are_refused_with_a_sentence(as_curator, dispute):
    row = {"source": factories.SourceFactory().pk, "text_en": "98 seats", "order": 1}
    claims = {f"claims-{n}-{name}": value for n in (0, 1) for name, value in row.items()}

    answer = add(as_curator, "contradiction", **dispute, **claims, **{"claims-TOTAL_FORMS": "2"})

    assert answer.status_code == 200
    assert not Claim.objects.exists()


@pytest.mark.parametrize("also", [{}, {"party": True}])
def test_a_contradiction_is_about_exactly_one_fact(as_curator, dispute, also):
    entries = dispute | {"institution": dispute["institution"] if also else ""}
    if also:
        entries["party"] = factories.PartyFactory().pk

    answer = add(as_curator, "contradiction", **entries)

    assert "It speaks of exactly one fact." in answer.text


@pytest.mark.parametrize(
    ("model", "typed"),
    [
        ("votingrule", "vote"),
        ("votingrule", "мәжіліс"),
        ("power", "мәжіліс"),
        ("incompatibility", "мәжіліс 52"),
        ("election", "мәжіліс"),
        ("election", "2012-01-15"),
        ("renewalclass", "mazhilis lists class"),
        ("designationstep", "abenova mazhilis"),
        ("contradiction", "gazette"),
        ("claim", "49"),
        ("explanation", "мәжіліс vacant"),
    ],
)
def test_a_record_is_found_by_what_it_is_about(as_curator, every_record, model, typed):
    answer = as_curator.get(f"/admin/registry/{model}/", {"q": typed})

    found = list(answer.context["cl"].result_list)
    assert [type(row)._meta.model_name for row in found] == [model]
