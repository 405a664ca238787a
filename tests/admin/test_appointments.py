"""How a curator ends one mandate and starts another, and what a doubtful one asks for."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils.timezone import localdate

from registry.domain.dates import UNKNOWN, PartialDate
from registry.models import Appointment, Citation
from tests import factories
from tests.admin.forms import filled_in

ADD = "/admin/registry/appointment/add/"
REASON = "The court confirmed both."


def change(appointment):
    return reverse("admin:registry_appointment_change", args=[appointment.pk])


def seat(chamber, **facts):
    group = facts.pop("group", None) or chamber.seat_groups.get(slug="lists")
    return factories.AppointmentFactory(institution=chamber, group=group, **facts)


def submit(client, page, **changes):
    return client.post(page, filled_in(client.get(page), **changes))


def add(client, chamber, person, **facts):
    """Fill in the add form for a seat of `chamber`."""
    entries = {
        "person": person.pk,
        "institution": chamber.pk,
        "group": chamber.seat_groups.get(slug="lists").pk,
        "start": "2012-01-20",
    }
    return submit(client, ADD, **entries | facts)


def again(client, page, answer, **changes):
    """Submit the form that came back, as it came back."""
    return client.post(page, filled_in(answer, **changes))


def messages_of(answer):
    """What is said after saving."""
    return [str(message) for message in get_messages(answer.wsgi_request)]


def last_words(answer):
    """The sentence about the days; the first of the two messages is Django's own."""
    return messages_of(answer)[-1]


@pytest.fixture
def full(chamber):
    """Three people hold the three seats."""
    return [seat(chamber) for _ in range(3)]


def test_one_mandate_ends_and_another_begins(as_curator, chamber, full):
    leaving, successor = full[0], factories.PersonFactory()

    ended = submit(as_curator, change(leaving), end="2014-07-03", end_reason="resigned")
    begun = add(as_curator, chamber, successor, start="03.07.2014")

    assert (ended.status_code, begun.status_code) == (302, 302)
    leaving.refresh_from_db()
    assert leaving.end == PartialDate.of(date(2014, 7, 3))
    assert successor.appointments.get().start == PartialDate.of(date(2014, 7, 3))


def test_who_ends_a_mandate_reads_what_follows(as_curator, chamber, full):
    factories.CoverageFactory(institution=chamber)

    answer = submit(as_curator, change(full[0]), end="2014-07-03")

    assert last_words(answer) == (
        "Appointment ended on 3 July 2014. On that day 2 of 3 seats are filled."
    )


def test_who_starts_a_mandate_reads_what_follows(as_curator, chamber):
    factories.CoverageFactory(institution=chamber)
    person = factories.PersonFactory(sort_name={"en": "Abenova, Dinara"})

    answer = add(as_curator, chamber, person)

    assert last_words(answer) == (
        "Recorded: Abenova, Dinara in Mazhilis from 20 January 2012. "
        "On that day 1 of 3 seats is filled."
    )


def test_where_nobody_declared_the_roster_complete_no_seat_is_called_empty(
    as_curator, chamber, full
):
    answer = submit(as_curator, change(full[0]), end="2014-07-03")

    assert "2 members are recorded for that day, for 3 seats." in last_words(answer)


def test_where_no_rule_is_recorded_the_members_are_counted(as_curator, chamber):
    elsewhere = factories.InstitutionFactory()

    answer = add(as_curator, chamber, factories.PersonFactory(), institution=elsewhere.pk, group="")

    assert messages_of(answer)[1].endswith("1 member is recorded for that day.")
    assert "1 member sits although no seat rule is recorded" in last_words(answer)


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ({"end": "2014"}, "End of the appointment: 2014, day not recorded."),
        ({"end_unrecorded": "on"}, "The appointment has ended; nobody recorded on which day."),
        ({"start": "2013"}, "First day in office: 2013, day not recorded."),
        ({"start": ""}, "First day in office: not recorded."),
    ],
)
def test_a_day_that_is_not_known_is_not_counted_on(as_curator, full, entries, words):
    assert last_words(submit(as_curator, change(full[0]), **entries)) == words


def test_an_end_that_is_taken_back_is_said(as_curator, full):
    submit(as_curator, change(full[0]), end="2014-07-03")

    answer = submit(as_curator, change(full[0]), end="")

    assert last_words(answer) == "The end is taken back: the appointment goes on."


@pytest.mark.parametrize("entries", [{"note": "Sits on the left."}, {"acting": "on"}, {}])
def test_what_leaves_the_days_alone_is_saved_without_counting(as_curator, full, entries):
    answer = submit(as_curator, change(full[0]), **entries)

    assert "was changed successfully" in last_words(answer)
    assert len(get_messages(answer.wsgi_request)) == 1


def test_a_chair_is_not_counted_among_the_seats(as_curator, chamber, full):
    chair = chamber.seat_groups.get(slug="chair")

    answer = add(as_curator, chamber, factories.PersonFactory(), group=chair.pk)

    assert last_words(answer).endswith("from 20 January 2012.")


def test_the_last_day_of_the_body_is_followed_by_no_count(as_curator, chamber, full):
    chamber.end = PartialDate.parse("2016-01-20")
    chamber.save()

    answer = submit(as_curator, change(full[0]), end="2016-01-20")

    assert last_words(answer) == "Appointment ended on 20 January 2016."


def test_a_mandate_may_end_and_begin_in_the_future(as_curator, chamber, full):
    year = localdate().year + 5
    coming = f"{year}-07-03"
    ends = submit(as_curator, change(full[0]), end=coming)
    begins = add(as_curator, chamber, factories.PersonFactory(), start=coming)

    assert f"Appointment ends on 3 July {year}." in last_words(ends)
    assert begins.status_code == 302


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("2014", "2014"),
        ("2014-06", "2014-06"),
        ("06.2014", "2014-06"),
        ("12.06.2014", "2014-06-12"),
        ("[2014-06-12..2014-08-01]", "[2014-06-12..2014-08-01]"),
        ("[..2014-08-01]", "[..2014-08-01]"),
        ("", ""),
    ],
)
def test_a_date_is_as_precise_as_its_source(as_curator, chamber, typed, stored):
    person = factories.PersonFactory()

    add(as_curator, chamber, person, start=typed)

    assert str(person.appointments.get().start) == stored


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2014-02-30", "30 February 2014 does not exist."),
        ("30.02.2014", "30 February 2014 does not exist."),
        ("06/07/2014", "06/07/2014 can mean 6 July 2014 or 7 June 2014."),
        ("12.06.14", "The year must have 4 digits."),
        ("yesterday", "Enter a date, for example"),
        ("2014-13", "Enter a date, for example"),
        ("2014-13-01", "Enter a date, for example"),
        ("0000-01-01", "Enter a date, for example"),
        ("0014-06-12", "The year 0014 is too far from today. Check it."),
        ("9999", "The year 9999 is too far from today. Check it."),
        ("[2014-06-12..9999-12-31]", "The year 9999 is too far from today. Check it."),
        ("[2014-08-01..2014-06-12]", "Enter a date, for example"),
        ("٢٠١٤", "Enter a date, for example"),
        ("2" * 5000, "Enter a date, for example"),
        ("\0", "Enter a date, for example"),
    ],
)
def test_a_date_that_is_none_is_refused_with_a_sentence(as_curator, chamber, typed, sentence):
    answer = add(as_curator, chamber, factories.PersonFactory(), start=typed)

    assert answer.status_code == 200
    errors = " ".join(answer.context["adminform"].form.errors["start"])
    assert sentence in errors
    assert not Appointment.objects.exists()


def test_an_end_before_the_start_names_both_days(as_curator, chamber, full):
    answer = submit(as_curator, change(full[0]), end="2012-01-20")

    assert answer.context["adminform"].form.errors["end"] == [
        "The end (20 January 2012) is not after the start (20 January 2012). Change one of them."
    ]


def test_an_end_that_nobody_recorded_is_a_state_of_its_own(as_curator, full):
    submit(as_curator, change(full[0]), end_unrecorded="on")

    full[0].refresh_from_db()
    assert full[0].end == UNKNOWN


def test_either_the_day_or_the_box(as_curator, full):
    answer = submit(as_curator, change(full[0]), end="2014-07-03", end_unrecorded="on")

    assert answer.context["adminform"].form.errors.keys() == {"end_unrecorded"}


def test_the_person_of_a_saved_appointment_stays(as_curator, full):
    person, other = full[0].person, factories.PersonFactory()

    submit(as_curator, change(full[0]), person=other.pk)

    full[0].refresh_from_db()
    assert full[0].person == person


def test_who_states_another_day_no_longer_inherits_it(as_curator, chamber):
    convocation = factories.ConvocationFactory(institution=chamber)
    appointment = seat(chamber, convocation=convocation, start_inherited=True, end_inherited=True)

    submit(as_curator, change(appointment), end="2014-07-03")

    appointment.refresh_from_db()
    assert str(appointment.end) == "2014-07-03"
    assert (appointment.start_inherited, appointment.end_inherited) == (True, False)


@pytest.mark.parametrize(
    ("entries", "field", "sentence"),
    [
        (
            {"start": "", "start_inherited": "on", "end": "2011-05-01"},
            "end",
            "The convocation starts on 20 January 2012, not before this end (1 May 2011).",
        ),
        (
            {"start": "2016-02", "end_inherited": "on"},
            "start",
            "The convocation ends on 20 January 2016, not after this start (2016-02).",
        ),
    ],
)
def test_a_stated_day_goes_with_those_of_the_convocation(
    as_curator, chamber, entries, field, sentence
):
    convocation = factories.ConvocationFactory(institution=chamber)

    answer = add(
        as_curator, chamber, factories.PersonFactory(), convocation=convocation.pk, **entries
    )

    assert answer.context["adminform"].form.errors == {field: [sentence]}


def test_a_group_of_another_institution_is_refused(as_curator, chamber):
    elsewhere = factories.SeatGroupFactory()

    answer = add(as_curator, chamber, factories.PersonFactory(), group=elsewhere.pk)

    assert answer.context["adminform"].form.errors.keys() == {"group"}


def test_a_change_of_party_keeps_the_seat(as_curator, chamber, full):
    old, new = factories.PartyFactory(), factories.PartyFactory()
    before = factories.AffiliationFactory(appointment=full[0], party=old)

    answer = submit(
        as_curator,
        change(full[0]),
        **{
            "affiliations-TOTAL_FORMS": "2",
            "affiliations-0-end": "2013-05-01",
            "affiliations-1-appointment": full[0].pk,
            "affiliations-1-party": new.pk,
            "affiliations-1-start": "2013-05-01",
        },
    )

    assert answer.status_code == 302
    before.refresh_from_db()
    assert str(before.end) == "2013-05-01"
    assert full[0].affiliations.get(party=new).start == PartialDate.of(date(2013, 5, 1))


def test_two_equal_rows_in_one_form_are_refused_with_a_sentence(as_curator, full):
    row = {"appointment": full[0].pk, "source": factories.SourceFactory().pk, "place": "p. 7"}

    answer = submit(
        as_curator,
        change(full[0]),
        **{"citations-TOTAL_FORMS": "2"},
        **{f"citations-{n}-{name}": value for n in (0, 1) for name, value in row.items()},
    )

    assert answer.status_code == 200
    assert "the same is recorded already" in answer.text
    assert not Citation.objects.filter(appointment=full[0], place="p. 7").exists()


def test_the_same_once_more_is_refused(as_curator, chamber, full):
    answer = add(as_curator, chamber, full[0].person)

    assert answer.status_code == 200
    assert "Exactly this is recorded already." in answer.text


# What breaks a rule is asked about once, and saved with its reason.


def test_one_too_many_asks_for_a_reason(as_curator, chamber, full):
    person = factories.PersonFactory()

    answer = add(as_curator, chamber, person, end_reason="kept as typed")

    assert answer.status_code == 200
    assert not person.appointments.exists()
    assert "On 20 January 2012:" in answer.text
    assert "4 for 3 seats" in answer.text
    assert 'name="reason"' in answer.text
    assert answer.context["adminform"].form["end_reason"].value() == "kept as typed"


def test_with_a_reason_it_is_saved_and_the_reason_is_kept(as_curator, chamber, full):
    person = factories.PersonFactory()
    asked = add(as_curator, chamber, person)

    answer = again(as_curator, ADD, asked, reason=REASON)

    assert answer.status_code == 302
    assert person.appointments.get().history.get().history_change_reason == REASON


def test_a_reason_given_before_the_question_does_not_count(as_curator, chamber, full):
    person = factories.PersonFactory()

    answer = add(as_curator, chamber, person, reason=REASON)

    assert answer.status_code == 200
    assert not person.appointments.exists()


def test_without_a_reason_it_is_asked_again(as_curator, chamber, full):
    asked = add(as_curator, chamber, factories.PersonFactory())

    assert again(as_curator, ADD, asked).status_code == 200
    assert Appointment.objects.count() == 3


def test_a_reason_for_one_finding_is_none_for_another(as_curator, chamber, full):
    """Between the question and the answer a colleague makes it worse."""
    asked = add(as_curator, chamber, factories.PersonFactory())
    seat(chamber)

    answer = again(as_curator, ADD, asked, reason=REASON)

    assert answer.status_code == 200
    assert "5 for 3 seats" in answer.text


def test_a_form_without_a_new_finding_asks_nothing(as_curator, chamber, full):
    """The chamber is over its number already; a remark does not make it worse."""
    fourth = seat(chamber)

    assert submit(as_curator, change(fourth), note="Sits on the left.").status_code == 302


def test_a_fourth_member_may_start_when_another_leaves(as_curator, chamber, full):
    submit(as_curator, change(full[0]), end="2014-07-03")

    assert (
        add(as_curator, chamber, factories.PersonFactory(), start="2014-07-03").status_code == 302
    )


def test_a_past_mandate_left_open_meets_the_successor(as_curator, chamber):
    """On its own first day it is alone; the second holder begins four years later."""
    chair = chamber.seat_groups.get(slug="chair")
    seat(chamber, group=chair, start=PartialDate.parse("2016-01-20"))
    person = factories.PersonFactory()

    asked = add(as_curator, chamber, person, group=chair.pk, start="2012-01-20")
    answer = again(as_curator, ADD, asked, end="2016-01-20")

    assert "On 20 January 2016: An office of one seat has 2 holders." in asked.text
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"start": "1995-01-01"}, "a day on which the body did not exist"),
        ({"start": "2020-01-01"}, "a day on which the body did not exist"),
        ({"start": "2018-01-01"}, "a day on which the body did not exist"),
        ({"start": "2018-01-01", "end": "2020-01-02"}, "a day on which the body did not exist"),
    ],
)
def test_a_mandate_outside_the_life_of_the_body_asks(as_curator, chamber, facts, sentence):
    chamber.end = PartialDate.parse("2020-01-01")
    chamber.save()

    answer = add(as_curator, chamber, factories.PersonFactory(), **facts)

    assert answer.status_code == 200
    assert sentence in answer.text


def test_one_person_in_two_seats_asks(as_curator, chamber):
    person = seat(chamber).person

    answer = add(as_curator, chamber, person, start="2013-01-20")

    assert "One person holds 2 seats" in answer.text


def test_a_territory_that_fills_no_such_seat_asks(as_curator, chamber):
    regions = factories.SeatGroupFactory(institution=chamber, slug="regions")
    factories.SeatRuleFactory(group=regions, seats=None, seats_per_territory=2, kinds=["region"])
    factories.TerritoryFactory()
    village = factories.TerritoryFactory(status=None)

    entries = {"group": regions.pk, "territory": village.pk}
    answer = add(as_curator, chamber, factories.PersonFactory(), **entries)
    unknown = add(as_curator, chamber, factories.PersonFactory(), **entries | {"territory": ""})

    assert "This territory fills no such seat" in answer.text
    assert "recorded without a territory" in unknown.text


def test_a_mandate_beyond_its_convocation_asks(as_curator, chamber):
    convocation = factories.ConvocationFactory(institution=chamber)

    answer = add(as_curator, chamber, factories.PersonFactory(), convocation=convocation.pk)

    assert "a day outside its convocation" in answer.text


def test_going_back_to_a_version_asks_as_well(as_curator, chamber, full):
    """The seat was refilled meanwhile; bringing back the first holder makes four of three."""
    submit(as_curator, change(full[0]), end="2014-07-03")
    submitted = add(as_curator, chamber, factories.PersonFactory(), start="2014-07-03")
    assert submitted.status_code == 302
    first = full[0].history.earliest()
    page = reverse("admin:registry_appointment_simple_history", args=[full[0].pk, first.pk])

    shown = as_curator.get(page)
    data = {bound.html_name: bound.value() or "" for bound in shown.context["adminform"].form}
    answer = as_curator.post(page, data | {"_version": shown.context["version"]})

    assert answer.status_code == 200
    assert "4 for 3 seats" in answer.text
    full[0].refresh_from_db()
    assert full[0].has_ended


def test_a_cell_of_a_row_is_named_by_itself(as_curator):
    """Whoever listens to a form does not hear the head of a column."""
    appointment = factories.AppointmentFactory()
    page = as_curator.get(f"/admin/registry/appointment/{appointment.pk}/change/").text
    label = r'<label[^>]*for="id_citations-__prefix__-place">Place in the source</label>'
    assert re.search(label, page)
