"""Two days of an institution compared."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.models import Affiliation, Coverage
from tests.factories import (
    AffiliationFactory,
    AppointmentFactory,
)
from tests.views.conftest import day, named

MAZHILIS = "/en/institutions/mazhilis/compare/"
SENATE = "/en/institutions/senate/compare/"
SPRING = {"from": "2014-03-01", "to": "2014-06-01"}


def names(rows):
    return [row.name for row in rows]


def leave_party(appointment):
    end = date(2014, 4, 1)
    Affiliation.objects.filter(appointment=appointment).update(
        has_ended=True, end_earliest=end, end_latest=end
    )


def number_of(response, label):
    return next(each for each in response.context["numbers"] if each.label == label)


def test_who_left_is_listed_with_the_reason(get, mazhilis):
    response = get(MAZHILIS, **SPRING)

    assert names(response.context["left"]) == ["Dosanov, Asel"]
    assert "became a minister" in response.words
    assert "left office on 22 Apr 2014" in response.words


def test_who_came_is_listed(get, mazhilis):
    AppointmentFactory(
        institution=mazhilis.institution,
        group=mazhilis.lists,
        convocation=mazhilis.fifth,
        person=named("Yesenov, Timur"),
        start=day("2014-05-02"),
        end=day("2016-01-20"),
    )

    response = get(MAZHILIS, **SPRING)

    assert names(response.context["came"]) == ["Yesenov, Timur"]
    assert response.context["comparison"].stayed == 3


def test_a_new_mandate_in_the_same_seat_is_no_change(get, senate):
    again = AppointmentFactory(
        institution=senate.institution,
        group=senate.group,
        territory=senate.almaty,
        person=named("Again, Same"),
        start=day("2012-01-01"),
        end=day("2014-05-01"),
    )
    AppointmentFactory(
        institution=senate.institution,
        group=senate.group,
        territory=senate.almaty,
        person=again.person,
        start=day("2014-05-01"),
    )

    response = get(SENATE, **SPRING)

    assert "Again, Same" not in names(response.context["came"]) + names(response.context["left"])
    (move,) = response.context["again"]
    assert (move.before.term, move.after.term) == (
        "1 Jan 2012 – left office on 1 May 2014",
        "since 1 May 2014",
    )


def test_who_changed_party_is_named_with_both(get, mazhilis):
    leave_party(mazhilis.abenov)
    AffiliationFactory(
        appointment=mazhilis.abenov,
        party=mazhilis.mamyrov.affiliations.get().party,
        start=day("2014-04-01"),
    )

    response = get(MAZHILIS, **SPRING)

    (move,) = response.context["changed_party"]
    assert (move.after.name, move.before.party, move.after.party) == (
        "Abenov, Dinara",
        "Ak Zhol",
        "Nur Otan",
    )
    assert "<td>Ak Zhol</td><td>Nur Otan</td>" in response.words


def test_who_changed_seat_is_named_with_both(get, senate):
    mover = {"institution": senate.institution, "group": senate.group}
    first = AppointmentFactory(
        territory=senate.almaty, start=day("2012-01-01"), end=day("2014-05-01"), **mover
    )
    AppointmentFactory(
        territory=senate.akmola, person=first.person, start=day("2014-05-01"), **mover
    )

    response = get(SENATE, **SPRING)

    (move,) = response.context["changed_seat"]
    assert (move.before.territory, move.after.territory) == ("Almaty Region", "Akmola Region")


def test_dates_known_in_part_leave_open_who_came_or_left(get, senate):
    response = get(SENATE, **{"from": "2017-06-01", "to": "2018-06-01"})

    # Isabekov left in 2017. Sarybai, who left on a day that nobody recorded, is no change.
    assert names(response.context["unsure"]) == ["Isabekov, Marat"]
    assert "Left open (1)" in response.words


def test_seats_required_filled_and_vacant_are_held_against_each_other(get, mazhilis):
    response = get(MAZHILIS, **SPRING)

    filled, vacant = number_of(response, "Filled"), number_of(response, "Vacant")
    assert (filled.before, filled.after, filled.words) == (4, 3, "−1 fewer")
    assert (vacant.before, vacant.after, vacant.words) == (0, 1, "+1 more")
    assert number_of(response, "Seats by rule").words == "the same"


def test_the_seats_of_each_party_are_held_against_each_other(get, mazhilis):
    leave_party(mazhilis.abenov)

    response = get(MAZHILIS, **SPRING)

    ak_zhol = number_of(response, "Ak Zhol")
    assert (ak_zhol.before, ak_zhol.after) == (1, 0)


def test_a_rule_that_changed_is_shown_as_it_was_and_is(get, mazhilis):
    response = get(MAZHILIS, **{"from": "2016-06-01", "to": "2023-06-01"})

    assert [group.slug for group, _pair in response.context["rules"]] == ["lists", "assembly"]
    lists, assembly = (pair for _group, pair in response.context["rules"])
    assert [each.seats for each in lists] == ["3 seats", "2 seats"]
    assert assembly[1] is None
    assert "No such rule" in response.words
    assert "3 + 1 = 4 → –" in response.words


def test_rules_that_stayed_say_so(get, mazhilis):
    assert "No rule changed." in get(MAZHILIS, **SPRING).words


def test_findings_that_went_and_came_are_told_apart(get, mazhilis):
    response = get(MAZHILIS, **SPRING)
    new = response.context["comparison"].findings_new
    assert [finding.problem.value for finding in new] == ["vacant_seats"]
    assert "<h3>New (1)</h3>" in response.words

    response = get(MAZHILIS, **{"from": "2014-06-01", "to": "2016-02-01"})
    gone = response.context["comparison"].findings_gone
    assert "vacant_seats" in [finding.problem.value for finding in gone]


def test_where_nobody_is_recorded_nobody_came_or_left(get, mazhilis):
    response = get(MAZHILIS, **{"from": "2014-06-01", "to": "2017-06-01"})

    assert "Who sat on 1 June 2017 is not recorded" in response.words
    assert "left" not in response.context
    assert number_of(response, "Filled").words == "cannot be said"


def test_a_roster_that_is_not_complete_says_so(get, mazhilis):
    Coverage.objects.all().delete()

    page = get(MAZHILIS, **SPRING).words

    assert "The roster of 1 June 2014 is not declared complete" in page


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("1990-01-01", "2014-06-01", "On 1 January 1990 it did not exist yet."),
        ("2014-06-01", "2026-08-01", "On 1 August 2026 it had ended."),
        ("2014-06-01", "2016-02-01", "On 1 February 2016 no convocation was in session."),
    ],
)
def test_a_day_on_which_nobody_can_sit_says_why(get, mazhilis, first, last, said):
    assert said in get(MAZHILIS, **{"from": first, "to": last}).words


def test_all_who_sat_left_when_the_institution_ended(get, mazhilis):
    response = get(MAZHILIS, **{"from": "2014-06-01", "to": "2026-08-01"})

    assert len(response.context["left"]) == 3


def test_days_the_wrong_way_round_are_exchanged_with_a_note(get, mazhilis):
    response = get(MAZHILIS, **{"from": SPRING["to"], "to": SPRING["from"]})

    assert "so the two were exchanged" in response.words
    assert names(response.context["left"]) == ["Dosanov, Asel"]


def test_the_same_day_twice_gets_a_sentence(get, mazhilis):
    page = get(MAZHILIS, **{"from": "2014-06-01", "to": "2014-06-01"}).words

    assert "Both days are the same. Choose two different days." in page


def test_by_default_the_day_is_held_against_a_year_before(get, mazhilis):
    days = get(MAZHILIS, on="2014-06-01").wsgi_request.days

    assert (days.first, days.last) == (date(2013, 6, 1), date(2014, 6, 1))


def test_by_default_a_body_that_ended_is_compared_over_its_last_year(get, mazhilis):
    days = get(MAZHILIS).wsgi_request.days

    assert (days.first, days.last) == (date(2025, 6, 30), date(2026, 6, 30))


def test_by_default_a_young_body_is_compared_with_its_first_day(get, mazhilis):
    days = get("/en/institutions/kurultai/compare/", on="2026-09-01").wsgi_request.days

    assert (days.first, days.last) == (date(2026, 7, 1), date(2026, 9, 1))


@pytest.mark.parametrize("on", ["0001-01-01", "1950-01-01", "9999-12-31"])
def test_every_day_there_is_can_be_compared(get, mazhilis, senate, on):
    assert get(MAZHILIS, on=on).status_code == 200
    assert get(SENATE, **{"from": "0001-01-01", "to": on}).status_code == 200


def test_the_fields_lead_to_one_address(get, mazhilis):
    typed = {"from-day": "1", "from-month": "3", "from-year": "2014"}
    typed |= {"to-day": "1", "to-month": "6", "to-year": "2014"}

    assert get(MAZHILIS, **typed).url == f"{MAZHILIS}?from=2014-03-01&to=2014-06-01"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"from": "2014-02-30"}, "30 February 2014 does not exist."),
        ({"from": "2014-01-01", "to": "soon"}, "“soon” is not a date."),
        ({"from": ["2014-01-01", "2014-01-02"]}, "more than once"),
        ({"to-day": "", "to-month": "1", "to-year": "2014"}, "Enter the day of the month"),
    ],
)
def test_a_question_that_makes_no_sense_gets_400_and_the_form(get, mazhilis, query, sentence):
    response = get(MAZHILIS, **query)

    assert response.status_code == 400
    assert sentence in response.words
    assert 'name="to-year"' in response.words


def test_an_institution_that_does_not_exist_is_not_found(get, db):
    assert get("/en/institutions/nothing/compare/").status_code == 404


def test_the_composition_leads_to_the_comparison(get, mazhilis):
    assert f'href="{MAZHILIS}?on=2014-06-01"' in get(mazhilis.composition, on="2014-06-01").words


def test_more_members_cost_no_more_queries(client, mazhilis, senate):
    with CaptureQueriesContext(connection) as before:
        client.get(MAZHILIS, SPRING)
    AppointmentFactory.create_batch(
        5, institution=mazhilis.institution, group=mazhilis.lists, convocation=mazhilis.fifth
    )

    with CaptureQueriesContext(connection) as after:
        client.get(MAZHILIS, SPRING)

    assert len(after) == len(before) <= 15
