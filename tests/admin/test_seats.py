"""Seat groups, their rules and stated totals: what the forms refuse, and where they say so."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from tests import factories
from tests.admin.forms import filled_in


def add(client, model, **entries):
    page = f"/admin/registry/{model}/add/"
    return client.post(page, filled_in(client.get(page), **entries))


def errors(answer):
    return answer.context["adminform"].form.errors


def test_a_total_of_another_institutions_convocation_is_refused(as_curator, chamber):
    elsewhere = factories.ConvocationFactory()

    answer = add(
        as_curator,
        "statedtotal",
        institution=chamber.pk,
        total=3,
        convocation=elsewhere.pk,
        source=factories.SourceFactory().pk,
    )

    assert errors(answer) == {
        "convocation": [f"This belongs to another institution: {elsewhere.institution}."]
    }


def test_a_roster_of_another_institutions_group_is_not_declared_complete(as_curator, chamber):
    elsewhere = factories.SeatGroupFactory()

    answer = add(as_curator, "coverage", institution=chamber.pk, group=elsewhere.pk)

    assert errors(answer) == {
        "group": [f"This belongs to another institution: {elsewhere.institution}."]
    }


def test_seats_for_each_territory_need_kinds_of_territory(as_curator):
    group = factories.SeatGroupFactory()
    kind = factories.TerritoryKindFactory()

    entries = {"group": group.pk, "seats_per_territory": 2}

    without = add(as_curator, "seatrule", **entries, territory_kinds=[])
    named = add(as_curator, "seatrule", **entries, territory_kinds=[kind.pk])

    assert errors(without) == {
        "territory_kinds": ["Name the kinds of territory that have these seats."]
    }
    assert named.status_code == 302


def test_a_second_rule_of_a_group_is_told_to_end_the_first(as_curator):
    rule = factories.SeatRuleFactory(start=date(2012, 1, 1))

    answer = add(as_curator, "seatrule", group=rule.group_id, seats=5, start="2015-01-01")

    assert "End that one first" in errors(answer)["start"][0]


def test_two_rules_at_once_keep_no_name_of_their_group_from_being_corrected(as_curator):
    """They came by an import; the form of the group shows them and does not judge them."""
    rule = factories.SeatRuleFactory(start=date(2012, 1, 1))
    factories.SeatRuleFactory(group=rule.group, start=date(2015, 1, 1))
    page = reverse("admin:registry_seatgroup_change", args=[rule.group_id])

    shown = as_curator.get(page)
    answer = as_curator.post(page, filled_in(shown, name_en="Party lists"))

    assert reverse("admin:registry_seatrule_change", args=[rule.pk]) in shown.text
    assert answer.status_code == 302
    rule.group.refresh_from_db()
    assert rule.group.name["en"] == "Party lists"


@pytest.mark.parametrize("field", ["part_of", "continued_by"])
def test_a_territory_in_a_circle_is_refused_at_the_field(as_curator, field):
    east, west = factories.TerritoryFactory(), factories.TerritoryFactory()
    setattr(east, field, west)
    east.save()
    page = reverse("admin:registry_territory_change", args=[west.pk])

    answer = as_curator.post(page, filled_in(as_curator.get(page), **{field: east.pk}))

    assert "leads back to where it began" in errors(answer)[field][0]


def test_from_an_institution_links_lead_to_a_rule(as_curator, chamber):
    """From the institution to a group of it, and from the group to a rule of it."""
    group = chamber.seat_groups.get(slug="lists")
    pages = {
        reverse("admin:registry_institution_change", args=[chamber.pk]): (
            f"/admin/registry/seatgroup/add/?institution={chamber.pk}"
        ),
        reverse("admin:registry_seatgroup_change", args=[group.pk]): (
            f"/admin/registry/seatrule/add/?group={group.pk}"
        ),
    }

    for page, link in pages.items():
        assert link in as_curator.get(page).text


# What a rule says of terms, ages and renewals


@pytest.mark.parametrize("field", ["term_years", "renewal_years", "minimum_age", "vacancy_months"])
@pytest.mark.parametrize("number", [0, -1, 121, 32767, 99999999999999999999])
def test_a_number_that_no_law_could_mean_is_refused_with_the_bounds(as_curator, field, number):
    group = factories.SeatGroupFactory()

    answer = add(as_curator, "seatrule", group=group.pk, seats=3, **{field: number})

    (sentence,) = errors(answer)[field]
    assert sentence.startswith("Enter a number from 1 to ")


def test_everything_that_a_rule_demands_is_kept(as_curator):
    group = factories.SeatGroupFactory()
    awaited = factories.InstitutionFactory()
    demands = {
        "term_years": 6,
        "renewal_years": 3,
        "minimum_age": 30,
        "election_months": 2,
        "vacancy_months": 2,
    }

    answer = add(
        as_curator,
        "seatrule",
        group=group.pk,
        seats=3,
        by_act="on",
        resigns_before=awaited.pk,
        **demands,
    )

    assert answer.status_code == 302
    rule = group.rules.get()
    assert {name: getattr(rule, name) for name in demands} == demands
    assert (rule.by_act, rule.resigns_before) == (True, awaited)


@pytest.mark.parametrize("years", [5, 6])
def test_a_part_of_the_seats_is_renewed_before_the_others(as_curator, years):
    group = factories.SeatGroupFactory()

    answer = add(as_curator, "seatrule", group=group.pk, seats=3, term_years=5, renewal_years=years)

    assert errors(answer).keys() == {"renewal_years"}
    assert "fewer than those of the term (5)" in errors(answer)["renewal_years"][0]


def test_nobody_resigns_before_the_new_election_of_the_own_body(as_curator, chamber):
    group = chamber.seat_groups.get(slug="lists")
    page = reverse("admin:registry_seatrule_change", args=[group.rules.get().pk])

    answer = as_curator.post(page, filled_in(as_curator.get(page), resigns_before=chamber.pk))

    assert errors(answer).keys() == {"resigns_before"}


def test_an_institution_is_the_body_of_a_territory(as_curator, chamber):
    region = factories.TerritoryFactory()
    page = reverse("admin:registry_institution_change", args=[chamber.pk])

    as_curator.post(page, filled_in(as_curator.get(page), territory=region.pk))

    chamber.refresh_from_db()
    assert chamber.territory == region
