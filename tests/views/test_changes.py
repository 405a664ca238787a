"""The two kinds of change: what happened in the world, and what was corrected in the register."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from simple_history.utils import bulk_create_with_history

from registry.domain.dates import PartialDate
from registry.models import Appointment, Person, SeatRule
from tests.factories import (
    AffiliationFactory,
    AppointmentFactory,
    ElectionFactory,
    PartyFactory,
    TerritoryKindFactory,
)
from tests.views.conftest import day, named

CHANGES = "/en/changes/"
CORRECTED = {"what": "corrected"}


def shown(response):
    return [entry for _month, group in response.context["months"] for entry in group]


def told(response):
    return [(entry.event.day.isoformat(), entry.event.kind.value) for entry in shown(response)]


def fields(entry):
    return {field.label: (field.old, field.new) for field in entry.edit.fields}


# What happened


def test_what_happened_is_listed_newest_first_with_a_whole_convocation_as_one(get, mazhilis):
    response = get(CHANGES, institution="mazhilis", **{"from": "2012-01-01", "to": "2016-03-01"})

    assert told(response) == [
        ("2016-01-20", "dissolved"),
        ("2014-04-22", "left"),
        ("2012-01-20", "convened"),
    ]
    assert "Convocation 5 begins, and 4 mandates with it." in response.words
    assert "Convocation 5 ends, and 3 mandates with it." in response.words


def test_one_who_leaves_is_named_with_seat_reason_and_what_became_of_the_seat(get, mazhilis):
    page = get(CHANGES, kind="left", institution="mazhilis").words

    person = mazhilis.dosanov.person
    assert (
        f'<a href="/en/people/{person.pk}-{person.slug}/?on=2014-04-22">Dosanov, Asel</a>' in page
    )
    assert "(Party lists)" in page
    assert "Why it ended: became a minister." in page
    assert "Seats that nobody took: 1" in page


def test_an_end_names_what_took_the_place(get, mazhilis):
    page = get(CHANGES, on="2026-07-02").words

    assert "The institution ends." in page
    assert "Its place is taken by: Kurultai." in page
    assert "It takes the place of: Mazhilis." in page


def test_a_change_of_rules_gives_the_seats_before_and_after(get, mazhilis):
    page = get(CHANGES, kind="rules", **{"from": "2022-01-01", "to": "2023-01-01"}).words

    assert "Party lists: 3 seats → 2 seats (Art. 50)" in page
    assert "Elected by the Assembly: 1 seat until then, no rule from that day on" in page


def test_a_change_of_party_names_both(get, mazhilis):
    party = PartyFactory(slug="auyl", name={"en": "Auyl"})
    mazhilis.mamyrov.affiliations.update(
        has_ended=True, end_earliest=date(2014, 9, 1), end_latest=date(2014, 9, 1)
    )
    AffiliationFactory(appointment=mazhilis.mamyrov, party=party, start=day("2014-09-01"))

    page = get(CHANGES, kind="party").words

    assert "Change of party:" in page
    assert "(Nur Otan → Auyl)" in page
    assert page.count("Mamyrov, Bolat") == 1


def test_whoever_leaves_a_party_for_none_is_told(get, mazhilis):
    mazhilis.abenov.affiliations.update(
        has_ended=True, end_earliest=date(2014, 9, 1), end_latest=date(2014, 9, 1)
    )

    page = get(CHANGES, kind="party")

    assert told(page) == [("2014-09-01", "party")]
    assert "(Ak Zhol → no party)" in page.words


def test_what_is_to_come_is_listed_when_the_address_asks_for_it(get, mazhilis):
    ElectionFactory(institution=mazhilis.kurultai, day=date(2090, 8, 23))

    assert "2090" not in str(told(get(CHANGES, institution="kurultai")))
    page = get(CHANGES, institution="kurultai", to="2091-01-01")
    assert ("2090-08-23", "election") in told(page)
    assert "Scheduled" in page.words


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"kind": "scandal"}, "“kind” cannot be “scandal”."),
        ({"what": "corrected", "kind": "left"}, "“kind” cannot be “left”."),
        ({"institution": "moon"}, "There is no institution “moon”."),
        ({"page": "99"}, "There is no page “99”."),
        ({"page": "²"}, "There is no page “²”."),
        ({"from": "2014-02-30"}, "30 February 2014 does not exist."),
        ({"from": "2015-01-01", "to": "2014-01-01"}, "which is not after its first day"),
    ],
)
def test_a_bad_question_is_answered_with_a_sentence(get, mazhilis, query, said):
    response = get(CHANGES, **query)

    assert response.status_code == 400
    assert said in response.words


@pytest.mark.parametrize("what", ["happened", "corrected"])
@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_days_like_others(get, mazhilis, what, on):
    assert get(CHANGES, what=what, on=on).status_code == 200


def test_fifty_are_on_a_page_and_more_of_them_cost_no_more_queries(get, mazhilis):
    def ask(**query):
        get(CHANGES, **query)  # once before, for what is cached
        with CaptureQueriesContext(connection) as counted:
            return get(CHANGES, **query), len(counted)

    few, cost = ask()
    for year in range(1900, 1960):
        AppointmentFactory(institution=mazhilis.institution, start=PartialDate.of(date(year, 1, 1)))
    many, more = ask()

    assert len(shown(many)) == 50
    assert many.context["found"] == few.context["found"] + 60
    assert more == cost
    assert len(shown(get(CHANGES, page="2"))) == many.context["found"] - 50


# The changes beside a composition


def test_the_links_of_a_composition_lead_to_days_that_show_the_change_they_name(get, mazhilis):
    page = get(mazhilis.composition, on="2014-06-01").words
    links = dict(re.findall(r'<a href="([^"]+)" rel="(prev|next)">', page))
    addresses = {rel: address for address, rel in links.items()}

    assert "Previous change: 22 April 2014. Mandate ends: Dosanov, Asel (Party lists)." in page
    assert "Next change: 20 January 2016. Convocation 5 ends, and 3 mandates with it." in page
    eve, after = get(mazhilis.composition, on="2014-04-21"), get(addresses["prev"])
    assert eve.context["composition"].filled == after.context["composition"].filled + 1
    assert get(addresses["next"]).context["state"] == "between_convocations"


def test_on_the_day_of_a_change_the_previous_one_is_another(get, mazhilis):
    page = get(mazhilis.composition, on="2014-04-22").words

    assert "Previous change: 20 January 2012." in page


# What was corrected


def test_a_correction_shows_the_fields_old_and_new_and_not_who_made_it(get, mazhilis):
    curator = get_user_model().objects.create(username="aigerim-the-curator")
    dosanov = mazhilis.dosanov
    dosanov.end = day("2014-04-23")
    dosanov._history_user = curator
    dosanov._change_reason = "told by telephone"
    dosanov.save()

    response = get(CHANGES, **CORRECTED, kind="changed")

    (entry,) = shown(response)
    assert fields(entry) == {"End": ("22 Apr 2014", "23 Apr 2014")}
    assert "<del>22 Apr 2014</del>→<ins>23 Apr 2014</ins>" in response.words
    assert "Dosanov, Asel" in response.words
    assert "aigerim" not in response.words
    assert "telephone" not in response.words


def test_what_only_fills_in_a_gap_corrects_nothing(get, mazhilis):
    mazhilis.umbetov.end_reason = "died"
    mazhilis.umbetov.save()

    (entry,) = shown(get(CHANGES, **CORRECTED, kind="changed"))

    assert entry.edit.label == "Completed"


def test_a_member_renamed_is_a_correction_of_the_institution(get, mazhilis, senate):
    person = mazhilis.abenov.person
    person.name = {"en": "Abenova, Dinara"}
    person.save()

    (entry,) = shown(get(CHANGES, **CORRECTED, kind="changed", institution="mazhilis"))

    assert fields(entry)["Name"] == ("Abenov, Dinara", "Abenova, Dinara")
    assert "Abenova" not in get(CHANGES, **CORRECTED, institution="senate").words


def test_a_change_of_a_list_names_what_came_into_it(get, senate):
    rule = SeatRule.objects.get(group=senate.group)
    rule.territory_kinds.add(TerritoryKindFactory(slug="capital", name={"en": "Capital"}))

    newest, *_others = shown(get(CHANGES, **CORRECTED, kind="changed"))

    assert fields(newest) == {"Kinds of territory": ("Region", "Capital; Region")}
    assert newest.edit.name == "Senate: Elected by the territories"
    assert newest.edit.url == "/en/institutions/senate/rules/"


def test_what_is_removed_is_told_and_stays_with_its_institution(get, mazhilis, senate):
    mazhilis.dosanov.delete()

    def removed(slug):
        listed = shown(get(CHANGES, **CORRECTED, kind="removed", institution=slug))
        return {(entry.edit.model, entry.edit.name) for entry in listed}

    assert ("appointment", "Dosanov, Asel; Mazhilis") in removed("mazhilis")
    assert not removed("senate")


def test_many_records_of_one_import_are_one_entry(get, mazhilis):
    before = get(CHANGES, **CORRECTED).context["found"]
    people = [Person(name={"en": f"Member {n}"}) for n in range(107)]
    bulk_create_with_history(people, Person)

    response = get(CHANGES, **CORRECTED)

    assert "107 records added" in response.words
    assert response.context["found"] == before + 1


def test_invented_people_are_marked_in_both_lists(get, mazhilis):
    AppointmentFactory(institution=mazhilis.institution, person=named("Omarov, Alibi", sample=True))

    for query in ({"kind": "came"}, {**CORRECTED, "institution": "mazhilis"}):
        page = get(CHANGES, **query).words
        assert '<span class="tag sample">sample</span>' in page
        assert "Sample data." in page


def test_a_longer_history_costs_no_more_queries(get, mazhilis):
    def cost():
        get(CHANGES, **CORRECTED)
        with CaptureQueriesContext(connection) as counted:
            assert get(CHANGES, **CORRECTED).status_code == 200
        return len(counted)

    before = cost()
    for appointment in Appointment.objects.all():
        for reason in ("resigned", "died", "resigned"):
            appointment.end_reason = reason
            appointment.save()
    assert cost() == before
