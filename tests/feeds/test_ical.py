"""The calendar to subscribe to: the entries of the page as events that keep their identity."""

from __future__ import annotations

from datetime import date, timedelta

import icalendar
import pytest

from registry.models import Institution
from tests.factories import (
    AppointmentFactory,
    ElectionFactory,
    InstitutionFactory,
    RenewalClassFactory,
    SeatGroupFactory,
    SeatRuleFactory,
)
from tests.views.conftest import day, named

ICS = "/en/calendar.ics"
PERIOD = {"from": "2012-01-01", "to": "2030-01-01"}


@pytest.fixture
def chamber(db):
    """Two seats for six years, of a class elected in 2014, held by one person; another has left."""
    body = InstitutionFactory(slug="chamber", name={"en": "Chamber"})
    group = SeatGroupFactory(institution=body, slug="elected", name={"en": "Elected"})
    SeatRuleFactory(group=group, seats=2, term_years=6, article="50")
    first = RenewalClassFactory(group=group, slug="a", name={"en": "Class A"}, seats=2)
    ElectionFactory(institution=body, group=group, renewal_class=first, day=date(2014, 10, 1))
    seat = {"institution": body, "group": group}
    AppointmentFactory(person=named("Abenov, Dinara", sample=True), start=day("2014-10-05"), **seat)
    AppointmentFactory(
        person=named("Galymov, Kairat"), start=day("2014-10-05"), end=day("2016-03"), **seat
    )
    body.first, body.group = first, group
    return body


@pytest.fixture
def events(client, chamber):
    def ask(**query):
        response = client.get(ICS, PERIOD | query)
        assert response.status_code == 200
        calendar = icalendar.Calendar.from_ical(response.content)
        return {str(event["uid"]): event for event in calendar.walk("VEVENT")}

    return ask


def test_the_file_has_the_entries_of_the_page_as_events_of_a_whole_day(client, events):
    page = client.get("/en/calendar/", PERIOD)
    listed = [entry.day for _month, group in page.context["months"] for entry in group]

    found = events()

    assert sorted(event["dtstart"].dt for event in found.values()) == sorted(listed)
    for event in found.values():
        assert not hasattr(event["dtstart"].dt, "hour")
        assert event["dtend"].dt - event["dtstart"].dt == timedelta(days=1)


def test_what_is_computed_is_tentative_and_what_is_recorded_is_confirmed(events):
    by_day = {event["dtstart"].dt: str(event["status"]) for event in events().values()}

    assert by_day == {
        date(2014, 10, 1): "CONFIRMED",  # the election that was held
        date(2016, 3, 31): "TENTATIVE",  # an end that is known to the month
        date(2020, 10, 1): "TENTATIVE",  # the next renewal
        date(2020, 10, 5): "TENTATIVE",  # a term that runs out
        date(2026, 10, 1): "TENTATIVE",
    }


def test_an_election_that_is_called_takes_the_place_of_its_forecast(events, chamber):
    uid = "renewal-chamber-elected-a-2020@testserver"
    assert events()[uid]["dtstart"].dt == date(2020, 10, 1)

    ElectionFactory(
        institution=chamber, group=chamber.group, renewal_class=chamber.first, day=date(2020, 8, 12)
    )

    found = events()[uid]
    assert found["dtstart"].dt == date(2020, 8, 12)
    assert str(found["status"]) == "CONFIRMED"


def test_an_edit_raises_the_sequence_of_its_event_alone(events, chamber):
    before = events()
    mandate = chamber.appointments.get(has_ended=True)
    mandate.end_reason = "resigned"
    mandate.save()
    after = events()

    raised = {uid for uid in before if after[uid]["sequence"] > before[uid]["sequence"]}
    assert raised == {f"term-chamber-{mandate.pk}@testserver"}
    uid = raised.pop()
    assert after[uid]["last-modified"].dt >= before[uid]["last-modified"].dt


def test_an_event_says_whose_seat_by_which_rule_and_marks_invented_people(events):
    (term,) = [event for event in events().values() if event["dtstart"].dt == date(2020, 10, 5)]

    assert str(term["summary"]) == "Chamber: 1 term runs out"
    assert "Abenov, Dinara (sample)" in str(term["description"])
    assert "Art. 50" in str(term["description"])


def test_the_file_is_of_one_institution_if_asked_for_and_carries_licence_and_revision(
    client, events, chamber
):
    other = InstitutionFactory(slug="other", start=day("2020-01-01"))

    response = client.get(ICS, PERIOD | {"institution": "chamber"})

    text = response.content.decode().replace("\r\n ", "")
    assert "Other" not in text
    assert any("other" in uid for uid in events())
    assert f"X-REGISTRY-REVISION:{response['Registry-Revision']}" in text
    assert "creativecommons.org" in text
    assert response["Content-Type"].startswith("text/calendar")
    assert Institution.objects.get(pk=other.pk)


@pytest.mark.parametrize(
    "query",
    [
        {"months": "0"},
        {"months": "many"},
        {"months": "0001" + "0" * 30},
        {"kind": "party"},
        {"from": "0001-01-01"},
    ],
)
def test_a_bad_question_gets_a_sentence(client, chamber, query):
    query = query if "from" not in query else query | {"to": "2030-01-01"}

    response = client.get(ICS, query)

    assert response.status_code == 400
    assert response["Content-Type"].startswith("text/plain")


def test_the_last_day_of_the_calendar_is_a_day_like_others(client, chamber):
    assert client.get(ICS, {"from": "9999-12-01"}).status_code == 200
