"""What was public goes with a reason and stays in the history; people in office stay."""

from __future__ import annotations

import pytest
from django.urls import reverse

from registry.models import Affiliation, Appointment, Citation, Person
from tests import factories
from tests.admin.forms import filled_in
from tests.histories import register, untold


@pytest.fixture
def seat(chamber):
    seat = factories.AppointmentFactory(institution=chamber)
    factories.AffiliationFactory(appointment=seat)
    return seat


def test_an_appointment_is_withdrawn_for_a_reason_that_its_history_keeps(as_curator, seat):
    page = reverse("admin:registry_appointment_delete", args=[seat.pk])
    version = as_curator.get(page).context["version"]
    data = {"post": "yes", "_version": version}

    for reason in ("", "  ", "x" * 1001):
        again = as_curator.post(page, data | {"_reason": reason})
        assert again.status_code == 200
        assert 'class="errorlist"' in again.text
    assert Appointment.objects.filter(pk=seat.pk).exists()
    done = as_curator.post(page, data | {"_reason": "Taken from another list"}, follow=True)

    assert "Its history stays." in done.text
    assert not Appointment.objects.filter(pk=seat.pk).exists()
    for model in (Appointment, Affiliation, Citation):
        (gone,) = model.history.filter(history_type="-")
        said = (gone.history_user.username, gone.history_change_reason)
        assert said == ("dinara", "Taken from another list")
    history = as_curator.get(reverse("admin:registry_appointment_history", args=[seat.pk]))
    assert "Taken from another list" in history.text


def test_the_form_offers_to_withdraw_and_not_to_delete(as_curator, seat):
    text = as_curator.get(reverse("admin:registry_appointment_change", args=[seat.pk])).text

    assert ">Withdraw</a>" in text
    assert ">Delete</a>" not in text


def test_somebody_with_appointments_cannot_be_deleted(as_curator, seat):
    page = reverse("admin:registry_person_delete", args=[seat.person_id])

    asked = as_curator.get(page)
    refused = as_curator.post(page, {"post": "yes", "_version": asked.context["version"]})

    assert "cannot be deleted: these records are about this person" in asked.text
    assert refused.status_code == 200
    assert Person.objects.filter(pk=seat.person_id).exists()


def test_nothing_but_withdrawing_takes_an_appointment_away(as_curator, chamber):
    """Neither a list, nor another form, nor what it rests on, nor the open interface."""
    seat = factories.AppointmentFactory(
        institution=chamber,
        group=chamber.seat_groups.get(slug="lists"),
        convocation=factories.ConvocationFactory(institution=chamber),
    )
    before = register()

    for record in (seat, seat.person):
        name = f"admin:registry_{record._meta.model_name}"
        marked = {"action": "delete_selected", "_selected_action": record.pk, "post": "yes"}
        as_curator.post(reverse(f"{name}_changelist"), marked | {"select_across": "1"})
    page = reverse("admin:registry_person_change", args=[seat.person_id])
    form = filled_in(as_curator.get(page))
    form |= {"appointments-0-id": seat.pk, "appointments-0-DELETE": "on"}
    form |= {"appointments-TOTAL_FORMS": "1", "appointments-INITIAL_FORMS": "1"}
    assert as_curator.post(page, form).status_code == 302
    for record in (chamber, seat.group, seat.convocation):
        page = reverse(f"admin:registry_{record._meta.model_name}_delete", args=[record.pk])
        version = as_curator.get(page).context["version"]
        refused = as_curator.post(page, {"post": "yes", "_version": version})
        assert "cannot be deleted as long as these records refer to it" in refused.text
    assert as_curator.delete(f"/api/v1/people/{seat.person_id}").status_code == 405

    assert register() == before
    assert untold() == []


def test_what_is_withdrawn_comes_back_with_all_that_went_with_it(as_curator, seat):
    factories.CitationFactory(
        appointment=None, designation_step=factories.DesignationStepFactory(appointment=seat)
    )
    before = register()
    first = seat.history.latest()
    page = reverse("admin:registry_appointment_delete", args=[seat.pk])
    data = {"post": "yes", "_version": as_curator.get(page).context["version"]}
    as_curator.post(page, data | {"_reason": "Another Dinara"})
    back = reverse("admin:registry_appointment_simple_history", args=[seat.pk, first.pk])
    shown = as_curator.get(back)
    form = {bound.html_name: bound.value() or "" for bound in shown.context["adminform"].form}

    as_curator.post(back, form | {"_why": "The same Dinara"})

    assert register() == before
    assert untold() == []
    assert Citation.history.first().history_change_reason.endswith(": The same Dinara")
