"""A draft of seats and territories is held against the real roster, and nothing is written."""

from __future__ import annotations

from datetime import date

import pytest
from django.apps import apps
from django.urls import reverse

from registry.domain.dates import PartialDate
from tests import factories

DAY = "2020-01-15"


@pytest.fixture
def senate(db):
    """17 territories with two seats each and 15 appointed seats; all 49 are held."""
    senate = factories.InstitutionFactory(slug="senate", name={"en": "Senate"})
    elected = factories.SeatGroupFactory(institution=senate, slug="elected")
    factories.SeatRuleFactory(group=elected, seats=None, seats_per_territory=2, kinds=["region"])
    appointed = factories.SeatGroupFactory(institution=senate, slug="appointed")
    factories.SeatRuleFactory(group=appointed, seats=15)
    for region in factories.TerritoryFactory.create_batch(17):
        factories.AppointmentFactory.create_batch(
            2, institution=senate, group=elected, territory=region
        )
    factories.AppointmentFactory.create_batch(15, institution=senate, group=appointed)
    factories.CoverageFactory(institution=senate)
    return senate


def address(institution):
    return reverse("admin:registry_institution_what_if", args=[institution.pk])


def ask(client, institution, on=DAY, **entries):
    """Send the form; `found` names the territories of a row, each a region."""
    found = entries.pop("found", [])
    rows = {f"found-{number}-name": name for number, name in enumerate(found)}
    rows |= {f"found-{number}-kind": "region" for number, _ in enumerate(found)}
    counted = {"found-TOTAL_FORMS": len(found), "found-INITIAL_FORMS": 0}
    return client.get(address(institution), {"on": on, "ask": "1"} | counted | rows | entries)


def rows_of_everything():
    """How many rows each table has, those of the histories included."""
    return {
        model.__name__: model._base_manager.count()
        for model in apps.get_app_config("registry").get_models()
    } | {"LogEntry": apps.get_model("admin", "LogEntry").objects.count()}


def test_an_eighteenth_territory_in_words(as_curator, senate):
    answer = ask(as_curator, senate, found=["Jetisu"])

    assert answer.context["sentences"] == [
        "49 → 51 seats.",
        "2 seats are unfilled.",
        "A majority moves from 25 to 26 votes.",
        "Two thirds move from 33 to 34 votes.",
    ]


def test_the_answer_says_where_the_seats_come_from(as_curator, senate):
    answer = ask(as_curator, senate, found=["Jetisu"], seats_appointed=10)

    said = {rule.group.slug: (row.before, row.after) for rule, row in answer.context["groups"]}
    assert said == {"elected": ("2 × 17 = 34", "2 × 18 = 36"), "appointed": ("15", "10")}
    numbers = {row.label: (row.before, row.after) for row in answer.context["numbers"]}
    assert numbers == {
        "Seats": ("49", "46"),
        "Filled": ("49", "49"),
        "Vacant": ("0", "2"),
        "Too many": ("0", "5"),
        "More than half of all seats": ("25", "24"),
        "Two thirds of all seats": ("33", "31"),
    }
    assert "5 members sit beyond the seats." in answer.text


def test_the_answer_lists_what_is_new_what_is_gone_and_what_stays(as_curator, senate):
    """A member leaves; with 14 appointed seats nothing is vacant any more."""
    leaver = senate.appointments.filter(group__slug="appointed").first()
    leaver.end = PartialDate.parse("2019-01-01")
    leaver.save()
    senate.seat_groups.get(slug="elected").rules.get().citations.all().delete()
    region = factories.TerritoryFactory._meta.model.objects.first()

    answer = ask(as_curator, senate, seats_appointed=14, dissolved=region.slug)

    comparison = answer.context["comparison"]
    assert [each.problem for each in comparison.findings_new] == ["not_entitled", "not_entitled"]
    assert [each.problem for each in comparison.findings_gone] == ["vacant_seats"]
    assert [each.problem for each in answer.context["staying"]] == ["no_source"]
    assert "1 finding stays as it is" in answer.text


def test_a_number_of_its_own_for_each_territory(as_curator, senate):
    answer = ask(as_curator, senate, seats_elected=3)

    assert answer.context["sentences"][:2] == ["49 → 66 seats.", "17 seats are unfilled."]


def test_where_the_roster_is_not_complete_no_seat_is_called_empty(as_curator, senate):
    senate.coverages.all().delete()

    answer = ask(as_curator, senate, found=["Jetisu"])

    assert answer.context["sentences"][1] == (
        "2 seats have no recorded holder; the roster is not declared complete."
    )


def test_nothing_is_written(as_curator, senate):
    before = rows_of_everything()

    ask(as_curator, senate, found=["Jetisu", "Abai"], seats_appointed=10, dissolved="region-1")

    assert rows_of_everything() == before
    assert as_curator.post(address(senate), {"ask": "1"}).status_code == 405
    assert rows_of_everything() == before


def test_the_form_keeps_what_was_asked_and_has_room_for_more(as_curator, senate):
    answer = ask(as_curator, senate, found=["Jetisu", "", "Abai"], seats_appointed=10)

    names = [row["name"].value() for row in answer.context["rows"]]
    assert names == ["Jetisu", "Abai", None, None]
    assert answer.context["form"]["seats_appointed"].value() == "10"


@pytest.mark.parametrize("entries", [{}, {"seats_appointed": 15}, {"found": ["", " "]}])
def test_a_draft_that_changes_nothing_is_told_so(as_curator, senate, entries):
    answer = ask(as_curator, senate, **entries)

    assert "Nothing would change." in answer.text
    assert "effect" not in answer.context


@pytest.mark.parametrize(
    ("entries", "sentence"),
    [
        ({"seats_appointed": "many"}, "Enter a whole number."),
        ({"seats_appointed": -1}, "greater than or equal to 0"),
        ({"seats_appointed": 99999999999999999999}, "less than or equal to 20000"),
        ({"seats_lords": 5}, "On this day no rule gives seats to “lords”."),
        ({"dissolved": "atlantis"}, "“atlantis” fills no seats on this day."),
        ({"dissolved": "\0"}, "fills no seats on this day."),
        ({"found-TOTAL_FORMS": ""}, "The address is incomplete."),
        ({"found-TOTAL_FORMS": 10**30}, "Please submit at most 20 forms."),
        ({"found": ["Jetisu"], "found-0-kind": "planet"}, "Select a valid choice."),
        ({"found": ["Jetisu"], "found-0-kind": ""}, "Choose what kind of territory it is."),
        ({"found": ["J" * 500]}, "at most 100 characters"),
    ],
)
def test_what_makes_no_sense_gets_a_sentence_and_no_answer(as_curator, senate, entries, sentence):
    answer = ask(as_curator, senate, **entries)

    assert answer.status_code == 200
    assert sentence in answer.text
    assert "effect" not in answer.context


@pytest.mark.parametrize("day", ["2014-02-30", "abc", "", "\0", "<script>"])
def test_a_day_that_is_none_is_said(as_curator, senate, day):
    answer = ask(as_curator, senate, on=day, seats_appointed=10)

    assert "registry-day-error" in answer.text
    assert "<script>" not in answer.text.partition("registry-what-if")[2]


@pytest.mark.parametrize("day", ["1990-01-01", "2030-01-01"])
def test_a_day_without_rules_offers_no_draft(as_curator, senate, day):
    senate.end = PartialDate.parse("2026-07-01")
    senate.save()

    answer = as_curator.get(address(senate), {"on": day})

    assert "no seat rule of this institution is in force" in answer.text
    assert "Show what follows" not in answer.text


def test_without_a_day_it_speaks_of_the_last_day_of_an_institution_that_ended(as_curator, senate):
    senate.end = PartialDate.parse("2020-01-01")
    senate.save()

    assert as_curator.get(address(senate)).context["day"] == date(2019, 12, 31)


def test_where_no_seats_are_counted_by_territory_none_is_founded(as_curator, chamber):
    answer = ask(as_curator, chamber, seats_lists=5)

    assert answer.context["rows"] is None
    assert "No seats of this day are counted by territory." in answer.text
    assert answer.context["sentences"][0] == "3 → 5 seats."


def test_a_number_that_nobody_recorded_can_be_tried(as_curator):
    rule = factories.SeatRuleFactory(seats=None, group__slug="judges")
    body = rule.group.institution

    answer = ask(as_curator, body, seats_judges=11)

    assert answer.context["sentences"][0].startswith("How many seats there are on this day")
    (pair,) = answer.context["groups"]
    assert (pair[1].before, pair[1].after) == ("?", "11")


def test_seats_without_a_number_are_not_numbered(as_curator):
    rule = factories.SeatRuleFactory(seats=None, unlimited=True, group__slug="for-life")

    page = as_curator.get(address(rule.group.institution), {"on": DAY})

    assert "seats_for-life" not in page.context["form"].fields


def test_the_sitting_convocation_comes_under_the_draft_at_once(as_curator, chamber):
    factories.ConvocationFactory(institution=chamber)

    answer = ask(as_curator, chamber, on="2014-06-01", seats_lists=5)

    assert answer.context["sentences"][0] == "3 → 5 seats."


def test_who_may_see_institutions_may_ask(client, clerk, as_reader, senate):
    assert ask(as_reader, senate, found=["Jetisu"]).status_code == 200
    assert (
        f'href="{address(senate)}?on={DAY}"'
        in as_reader.get(
            reverse("admin:registry_institution_change", args=[senate.pk]), {"on": DAY}
        ).text
    )
    client.force_login(clerk)
    assert ask(client, senate).status_code == 403
    client.logout()
    assert ask(client, senate).status_code == 302


@pytest.mark.parametrize("key", ["0", "99999999999999999999"])
def test_an_institution_that_is_none_is_not_found(as_curator, key):
    assert as_curator.get(f"/admin/registry/institution/{key}/what-if/").status_code == 404


def test_a_longer_roster_costs_no_more_queries(as_curator, senate, django_assert_max_num_queries):
    factories.AppointmentFactory.create_batch(40, institution=senate)

    with django_assert_max_num_queries(12):
        ask(as_curator, senate, found=["Jetisu", "Abai"])
