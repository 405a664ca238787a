"""No edit is lost: what somebody saved meanwhile is neither overwritten nor hidden."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from registry.domain.dates import PartialDate
from registry.models import Affiliation
from tests import factories
from tests.admin.forms import filled_in


@pytest.fixture
def seat(chamber):
    """Dinara Abenova in the Mazhilis since 2012."""
    person = factories.PersonFactory(name={"en": "Dinara Abenova"})
    return factories.AppointmentFactory(institution=chamber, person=person)


@pytest.fixture
def page(seat):
    return reverse("admin:registry_appointment_change", args=[seat.pk])


@pytest.fixture
def as_colleague(db):
    """Nurlan, who is quicker."""
    user = User.objects.create_user("nurlan", password="nurlan", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="registry"))
    client = Client()
    client.force_login(user)
    return client


def save(client, page, **changes):
    return client.post(page, filled_in(client.get(page), **changes))


def test_a_save_over_a_newer_version_is_refused_and_shows_all_three(
    as_curator, as_colleague, page, seat
):
    mine = filled_in(as_curator.get(page), end="2014-07-02", note="B")
    save(as_colleague, page, end="2014-07-03", end_reason="resigned")

    answer = as_curator.post(page, mine)

    assert answer.status_code == 409
    seat.refresh_from_db()
    assert (str(seat.end), seat.end_reason, seat.note) == ("2014-07-03", "resigned", "")
    found = {each.label: each for each in answer.context["conflict"].differences}
    assert found["End"][2:6] == ("empty", "3 Jul 2014", "2 Jul 2014", True)
    assert (found["Why it ended"].kept, found["Remark"].kept) == ("theirs", "mine")
    assert "nurlan saved a newer version on" in answer.text


def test_the_merged_version_keeps_what_both_changed(as_curator, as_colleague, page, seat):
    mine = filled_in(as_curator.get(page), note="B")
    save(as_colleague, page, end="2014-07-03", end_reason="resigned")
    merged = filled_in(as_curator.post(page, mine))

    assert as_curator.post(page, merged).status_code == 302

    seat.refresh_from_db()
    assert (str(seat.end), seat.end_reason, seat.note) == ("2014-07-03", "resigned", "B")


def test_names_in_several_languages_are_shown_as_they_are(as_curator, as_colleague, seat):
    page = reverse("admin:registry_person_change", args=[seat.person_id])
    mine = filled_in(as_curator.get(page), name_kk="Динара")
    save(as_colleague, page, name_ru="Динара")

    (name,) = as_curator.post(page, mine).context["conflict"].differences

    assert name.opened == "en: Dinara Abenova"
    assert (name.theirs, name.mine) == (
        "en: Dinara Abenova; ru: Динара",
        "en: Dinara Abenova; kk: Динара",
    )


@pytest.mark.parametrize(("kept", "end"), [("theirs", "2014-07-03"), ("mine", "2014-07-02")])
def test_of_two_values_the_curator_chooses_one(as_curator, as_colleague, page, seat, kept, end):
    mine = filled_in(as_curator.get(page), end="2014-07-02")
    save(as_colleague, page, end="2014-07-03")
    merged = filled_in(as_curator.post(page, mine))

    as_curator.post(page, merged | {"_keep_end": kept})

    seat.refresh_from_db()
    assert str(seat.end) == end


@pytest.mark.parametrize("sent", ["", "nonsense", "[]", '{"record": 1}', "[" * 5000])
def test_a_form_that_does_not_say_what_it_showed_is_not_saved(as_curator, page, seat, sent):
    data = filled_in(as_curator.get(page), note="B") | {"_version": sent}

    answer = as_curator.post(page, data)

    assert answer.status_code == 409
    assert "does not say which version it showed" in answer.text or "A newer" in answer.text
    seat.refresh_from_db()
    assert seat.note == ""


def test_a_row_that_somebody_changed_elsewhere_is_not_overwritten(
    as_curator, as_colleague, page, seat
):
    old, new = factories.PartyFactory(), factories.PartyFactory()
    row = factories.AffiliationFactory(appointment=seat, party=old)
    mine = filled_in(as_curator.get(page), note="B")
    alone = reverse("admin:registry_affiliation_change", args=[row.pk])
    save(as_colleague, alone, party=str(new.pk))
    factories.AffiliationFactory(appointment=seat, party=old, start=PartialDate.parse("2014-05-01"))

    answer = as_curator.post(page, mine)
    assert answer.status_code == 409
    as_curator.post(page, filled_in(answer))

    seat.refresh_from_db()
    assert seat.note == "B"
    assert sorted(Affiliation.objects.values_list("party", flat=True)) == [old.pk, new.pk]


def test_a_row_that_was_taken_away_meanwhile_comes_back_if_it_was_changed_here(
    as_curator, page, seat
):
    party = factories.PartyFactory()
    row = factories.AffiliationFactory(appointment=seat, party=party)
    mine = filled_in(as_curator.get(page)) | {"affiliations-0-end": "2014-05-01"}
    row.delete()

    answer = as_curator.post(page, mine)
    assert answer.status_code == 409
    as_curator.post(page, filled_in(answer))

    assert str(seat.affiliations.get().end) == "2014-05-01"


def test_what_was_changed_since_the_question_is_not_deleted(as_curator, as_colleague):
    source = factories.SourceFactory()
    page = reverse("admin:registry_source_delete", args=[source.pk])
    asked = as_curator.get(page)
    change = reverse("admin:registry_source_change", args=[source.pk])
    save(as_colleague, change, note="Corrected")

    seen = {"post": "yes", "_version": asked.context["version"]}
    answer = as_curator.post(page, seen)

    assert answer.status_code == 409
    assert "nurlan saved a newer version on" in answer.text
    assert type(source).objects.filter(pk=source.pk).exists()


def test_going_back_does_not_overwrite_what_came_since(as_curator, as_colleague, page, seat):
    first = seat.history.latest()
    version = reverse("admin:registry_appointment_simple_history", args=[seat.pk, first.pk])
    shown = as_curator.get(version)
    data = {bound.html_name: bound.value() or "" for bound in shown.context["adminform"].form}
    save(as_colleague, page, note="Newer")

    answer = as_curator.post(version, data | {"_version": shown.context["version"]})

    assert answer.status_code == 409
    seat.refresh_from_db()
    assert seat.note == "Newer"
