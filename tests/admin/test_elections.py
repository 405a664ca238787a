"""Renewal classes, elections and the steps of a designation, alone and inside other forms."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from registry.domain.dates import UNKNOWN, PartialDate
from registry.models import Appointment, DesignationStep, RenewalClass
from tests import factories
from tests.admin.forms import filled_in
from tests.admin.test_appointments import add as add_appointment
from tests.admin.test_appointments import change, messages_of, seat, submit

MARCH = PartialDate.parse("2014-03")


def add(client, model, **entries):
    page = f"/admin/registry/{model}/add/"
    return client.post(page, filled_in(client.get(page), **entries))


def errors(answer):
    return answer.context["adminform"].form.errors


def steps(*rows):
    """What a browser posts for the steps of an appointment."""
    data = {"steps-TOTAL_FORMS": str(len(rows))}
    for number, row in enumerate(rows):
        data |= {f"steps-{number}-{name}": value for name, value in row.items()}
    return data


@pytest.fixture
def lists(chamber):
    return chamber.seat_groups.get(slug="lists")


# Elections and classes


def test_an_election_names_parts_of_its_own_institution(as_curator, chamber):
    elsewhere = factories.RenewalClassFactory()

    answer = add(
        as_curator,
        "election",
        institution=chamber.pk,
        day="2014-10-01",
        group=elsewhere.group.pk,
        convocation=factories.ConvocationFactory().pk,
    )

    assert errors(answer).keys() == {"group", "convocation"}
    assert errors(answer)["group"] == [
        f"This belongs to another institution: {elsewhere.group.institution}."
    ]


@pytest.mark.parametrize("with_group", [True, False])
def test_a_class_belongs_to_the_group_of_the_election(as_curator, chamber, lists, with_group):
    other = factories.RenewalClassFactory(group=chamber.seat_groups.get(slug="chair"))
    group = {"group": lists.pk} if with_group else {}

    answer = add(
        as_curator,
        "election",
        institution=chamber.pk,
        day="2014-10-01",
        renewal_class=other.pk,
        **group,
    )

    said = "This class belongs to another" if with_group else "Choose the seat group of this class"
    assert errors(answer)["renewal_class"][0].startswith(said)


@pytest.mark.parametrize(
    ("entries", "refused"),
    [
        ({"called": "2014-08-01", "took_office": "2014-10-03"}, {}),
        ({"called": "2014-10-01", "took_office": "2014-10-01"}, {}),
        (
            {"called": "2014-10-02"},
            {"called": ["An election is called before its day, or on it."]},
        ),
        (
            {"took_office": "2014-09-30"},
            {"took_office": ["Nobody takes office before the election."]},
        ),
    ],
)
def test_the_days_of_an_election_are_in_order(as_curator, chamber, entries, refused):
    answer = add(as_curator, "election", institution=chamber.pk, day="2014-10-01", **entries)

    assert (errors(answer) if refused else answer.status_code) == (refused or 302)


def test_a_class_has_a_number_of_seats_or_territories(as_curator, lists):
    regions = [region.pk for region in factories.TerritoryFactory.create_batch(2)]
    entries = {"group": lists.pk, "name_en": "First", "slug": "first", "territories": regions}

    both = add(as_curator, "renewalclass", **entries, seats=16)
    one = add(as_curator, "renewalclass", **entries)

    assert errors(both).keys() == {"seats"}
    assert one.status_code == 302


def test_the_classes_of_a_group_are_kept_in_its_form(as_curator, lists):
    page = reverse("admin:registry_seatgroup_change", args=[lists.pk])
    rows = {"classes-TOTAL_FORMS": "2"}
    for number, slug in enumerate(("first", "second")):
        rows |= {
            f"classes-{number}-group": lists.pk,
            f"classes-{number}-name_en": slug.capitalize(),
            f"classes-{number}-slug": slug,
            f"classes-{number}-order": number,
        }

    answer = as_curator.post(page, filled_in(as_curator.get(page), **rows))

    assert answer.status_code == 302
    assert [str(each) for each in RenewalClass.objects.all()] == [
        "Mazhilis: Lists, First",
        "Mazhilis: Lists, Second",
    ]


# Steps


def test_steps_are_entered_with_the_appointment(as_curator, chamber):
    president = factories.InstitutionFactory(slug="president")
    person = factories.PersonFactory()

    answer = add_appointment(
        as_curator,
        chamber,
        person,
        **steps(
            {"kind": "proposed", "by": president.pk, "day": "2012"},
            {"kind": "consented", "day": "2012-01"},
            {"kind": "appointed", "day": "12.01.2012", "document": "Decree No. 702"},
            {"kind": "registered", "day": ""},
        ),
    )

    assert answer.status_code == 302
    recorded = {step.kind: str(step.day) for step in DesignationStep.objects.all()}
    assert recorded == {
        "proposed": "2012",
        "consented": "2012-01",
        "appointed": "2012-01-12",
        "registered": "",
    }


def test_a_step_keeps_its_day_when_nobody_touches_it(as_curator, chamber):
    step = factories.DesignationStepFactory(appointment=seat(chamber), day=MARCH)

    submit(as_curator, change(step.appointment), note="Sits on the left.")

    step.refresh_from_db()
    assert (step.day, step.history.count()) == (MARCH, 1)


def test_a_day_of_a_step_is_taken_back(as_curator):
    step = factories.DesignationStepFactory(day=MARCH)
    page = reverse("admin:registry_designationstep_change", args=[step.pk])

    as_curator.post(page, filled_in(as_curator.get(page), day=""))

    step.refresh_from_db()
    assert step.day == UNKNOWN


@pytest.mark.parametrize("typed", ["2014-02-30", "soon", "06/07/2014", "12.06.14", "\0"])
def test_a_day_of_a_step_that_is_none_is_refused_with_the_whole_form(as_curator, chamber, typed):
    person = factories.PersonFactory()

    answer = add_appointment(
        as_curator, chamber, person, **steps({"kind": "elected", "day": typed})
    )

    assert answer.status_code == 200
    assert "day" in answer.context["inline_admin_formsets"][1].formset.errors[0]
    assert not person.appointments.exists()


def test_the_same_step_twice_is_refused_at_its_row(as_curator, chamber):
    row = {"kind": "elected", "day": "2012-01-15"}

    answer = add_appointment(as_curator, chamber, factories.PersonFactory(), **steps(row, row))

    assert answer.context["inline_admin_formsets"][1].formset.errors == [
        {},
        {"kind": ["Another row says the same."]},
    ]


def test_a_step_that_is_recorded_already_is_refused(as_curator):
    step = factories.DesignationStepFactory(day=MARCH)

    answer = add(
        as_curator,
        "designationstep",
        appointment=step.appointment_id,
        kind=step.kind,
        day="2014-03",
    )

    assert "Exactly this is recorded already." in answer.text


def test_the_history_of_a_step_names_its_day_once(as_curator):
    step = factories.DesignationStepFactory(day=MARCH)
    step.day = PartialDate.parse("2014-03-12")
    step.save()

    text = as_curator.get(reverse("admin:registry_designationstep_history", args=[step.pk])).text

    assert "12 Mar 2014" in text
    assert "earliest day" not in text.lower()


@pytest.mark.parametrize(("start", "status"), [("1000-01-01", 200), ("2999-12-31", 200)])
def test_terms_at_the_ends_of_the_calendar_are_reckoned(as_curator, premier, start, status):
    """The first is asked about, for the body did not exist; the last is far, and possible."""
    assert appoint(as_curator, premier, start=start).status_code == status


# Whose term somebody completes, and which class the seat is of


def test_who_completes_a_term_sits_in_the_seat_of_another(as_curator, chamber, lists):
    former = seat(chamber, end=PartialDate.parse("2014-05-12"))
    person = factories.PersonFactory()

    answer = add_appointment(
        as_curator, chamber, person, start="2014-06-01", serves_rest_of=former.pk
    )

    assert answer.status_code == 302
    assert person.appointments.get().serves_rest_of == former


@pytest.mark.parametrize("case", ["institution", "group", "later"])
def test_the_rest_of_no_other_term_is_served(as_curator, chamber, case):
    chair = chamber.seat_groups.get(slug="chair")
    former, sentence = {
        "institution": lambda: (
            factories.AppointmentFactory(),
            "This belongs to another institution:",
        ),
        "group": lambda: (seat(chamber, group=chair), "This appointment is in another seat group:"),
        "later": lambda: (
            seat(chamber, start=PartialDate.parse("2015-01-01")),
            "This appointment began later (1 January 2015).",
        ),
    }[case]()

    answer = add_appointment(
        as_curator,
        chamber,
        factories.PersonFactory(),
        start="2014-06-01",
        serves_rest_of=former.pk,
    )

    assert errors(answer).keys() == {"serves_rest_of"}
    assert errors(answer)["serves_rest_of"][0].startswith(sentence)


def test_nobody_serves_the_rest_of_the_own_term(as_curator, chamber):
    appointment = seat(chamber)

    answer = submit(as_curator, change(appointment), serves_rest_of=appointment.pk)

    assert errors(answer)["serves_rest_of"][0].startswith("Nobody serves the rest of the own term.")


def test_two_who_would_complete_each_other_are_refused(as_curator, chamber):
    first = seat(chamber)
    second = seat(chamber, serves_rest_of=first)

    answer = submit(as_curator, change(first), serves_rest_of=second.pk)

    assert "leads back to where it began" in errors(answer)["serves_rest_of"][0]


@pytest.mark.parametrize("with_group", [True, False])
def test_a_seat_is_of_a_class_of_its_own_group(as_curator, chamber, with_group):
    other = factories.RenewalClassFactory(group=chamber.seat_groups.get(slug="chair"))
    group = {} if with_group else {"group": ""}

    answer = add_appointment(
        as_curator, chamber, factories.PersonFactory(), renewal_class=other.pk, **group
    )

    said = "This class belongs to another" if with_group else "Choose the seat group of this class"
    assert errors(answer)["renewal_class"][0].startswith(said)


# What is asked before saving, and what is said after it


@pytest.fixture
def premier(db):
    """One seat for five years, with a proposal, a consent and an act."""
    president = factories.InstitutionFactory(slug="president", name={"en": "President"})
    mazhilis = factories.InstitutionFactory(slug="mazhilis", name={"en": "Mazhilis"})
    return factories.SeatRuleFactory(
        group__institution__slug="premier",
        seats=1,
        term_years=5,
        chosen_by=president,
        proposed_by=president,
        consented_by=mazhilis,
        by_act=True,
        minimum_age=30,
    )


def appoint(client, rule, *rows, person=None, **entries):
    person = person or factories.PersonFactory()
    facts = {
        "person": person.pk,
        "institution": rule.group.institution_id,
        "group": rule.group_id,
        "start": "2014-04-02",
    }
    return add(client, "appointment", **facts | entries, **steps(*rows))


ALL_STEPS = [{"kind": kind, "day": "2014-04-02"} for kind in ("proposed", "consented", "appointed")]


def test_a_new_record_is_asked_for_no_reason_because_of_its_steps_and_sources(as_curator, premier):
    answer = appoint(as_curator, premier, *ALL_STEPS, end="2016-09-08")

    assert answer.status_code == 302
    assert len(messages_of(answer)) == 2


def test_a_step_left_out_is_said_after_saving(as_curator, premier):
    answer = appoint(as_curator, premier, ALL_STEPS[0], ALL_STEPS[2], end="2016-09-08")

    assert answer.status_code == 302
    (warning,) = messages_of(answer)[2:]
    assert warning.startswith(
        "On 2 April 2014: A step that the law demands is not recorded for this designation."
    )
    assert "Missing: the consent of Mazhilis." in warning
    assert "Record the step with its day and its act." in warning


def test_a_mandate_of_seven_years_is_said_after_saving(as_curator, premier):
    answer = appoint(as_curator, premier, *ALL_STEPS, end="2021-04-02")

    (warning,) = messages_of(answer)[2:]
    assert "longer than the 5 years that its rule gives" in warning


def test_one_that_was_renewed_in_the_same_form_is_not(as_curator, premier):
    renewed = {"kind": "appointed", "day": "2018-04-02", "document": "Decree No. 5"}

    answer = appoint(as_curator, premier, *ALL_STEPS, renewed, end="2021-04-02")

    assert answer.status_code == 302
    assert len(messages_of(answer)) == 2


def test_a_warning_that_is_explained_is_not_said(as_curator, premier):
    factories.ExplanationFactory(institution=premier.group.institution, code="missing_step")

    answer = appoint(as_curator, premier, end="2016-09-08")

    assert len(messages_of(answer)) == 2


def test_who_is_too_young_is_asked_about_before(as_curator, premier):
    person = factories.PersonFactory(birth=PartialDate.parse("1990-01-01"))

    answer = appoint(as_curator, premier, *ALL_STEPS, person=person)

    assert answer.status_code == 200
    assert "Took the seat at the age of 24; the rule demands at least 30." in answer.text


@pytest.mark.parametrize(
    ("elsewhere", "asked"),
    [
        ({"start": "2011-01-01"}, "On 20 January 2012:"),
        ({"start": "2014-05-01"}, "On 1 May 2014:"),
        ({"start": "2010-01-01", "end": "2012-01-20"}, ""),
    ],
)
def test_a_mandate_that_another_forbids_is_asked_about(as_curator, chamber, elsewhere, asked):
    """The other begins before, while, or never while this one lasts."""
    senate = factories.InstitutionFactory(slug="senate")
    factories.IncompatibilityFactory(institution=senate, other=chamber)
    person = factories.PersonFactory()
    days = {name: PartialDate.parse(text) for name, text in elsewhere.items()}
    factories.AppointmentFactory(institution=senate, person=person, **days)

    answer = add_appointment(as_curator, chamber, person, end="2016-01-20")

    assert answer.status_code == (200 if asked else 302)
    assert asked in answer.text
    assert ("two mandates that the law forbids together" in answer.text) is bool(asked)


def test_a_chair_who_gives_up_the_seat_first_is_asked_about(as_curator, chamber):
    """The roster is complete: from the day on which the seat ends the chair is no member."""
    factories.CoverageFactory(institution=chamber)
    member = seat(chamber)
    seat(chamber, person=member.person, group=chamber.seat_groups.get(slug="chair"))

    answer = submit(as_curator, change(member), end="2014-07-03")

    assert answer.status_code == 200
    assert "On 3 July 2014: The holder of this office has no seat in the body." in answer.text


def test_a_chair_who_steps_down_first_is_not(as_curator, chamber):
    factories.CoverageFactory(institution=chamber)
    member = seat(chamber)
    office = seat(chamber, person=member.person, group=chamber.seat_groups.get(slug="chair"))

    first = submit(as_curator, change(office), end="2014-07-03")
    second = submit(as_curator, change(member), end="2014-07-03")

    assert (first.status_code, second.status_code) == (302, 302)
    assert Appointment.objects.filter(end_latest=date(2014, 7, 3)).count() == 2
