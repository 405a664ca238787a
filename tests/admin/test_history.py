"""Who may read the history of a record, who may go back in it, and what it says."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.db.models import ProtectedError
from django.urls import reverse

from registry.domain.dates import PartialDate
from tests import factories
from tests.admin.forms import filled_in
from tests.admin.test_pages import MODELS, addresses, each_model
from tests.histories import register, untold


def delete_everything(records):
    """Delete the records, those that others need last."""
    waiting = list(records)
    while waiting:
        stuck = []
        for record in waiting:
            try:
                type(record).objects.filter(pk=record.pk).delete()
            except ProtectedError:
                stuck.append(record)
        assert len(stuck) < len(waiting), stuck
        waiting = stuck


@each_model
def test_a_reader_cannot_overwrite_a_record_by_its_history(as_reader, every_record, model):
    record = every_record[model.__name__]
    page = addresses(model, record)["version"]
    before = model.objects.filter(pk=record.pk).values().get()
    versions = model.history.count()
    form = as_reader.get(page).context["adminform"].form
    data = {bound.html_name: bound.value() or "" for bound in form} | {"note": "Overwritten"}

    assert as_reader.post(page, data).status_code == 403
    assert as_reader.post(page, data | {"_change_history": "1"}).status_code == 403
    assert as_reader.put(page).status_code == 403
    assert model.objects.filter(pk=record.pk).values().get() == before
    assert model.history.count() == versions


@each_model
def test_a_reader_is_offered_no_way_back(as_reader, every_record, model):
    pages = addresses(model, every_record[model.__name__])

    assert 'name="_save"' not in as_reader.get(pages["version"]).text
    assert 'type="submit" value="Revert"' not in as_reader.get(pages["version"]).text


def test_a_curator_goes_back_to_a_version(as_curator):
    source = factories.SourceFactory(title="Gazette")
    source.title = "Gazete"
    source.save()
    page = reverse(
        "admin:registry_source_simple_history", args=[source.pk, source.history.earliest().pk]
    )

    shown = as_curator.get(page)
    data = {bound.html_name: bound.value() or "" for bound in shown.context["adminform"].form}
    as_curator.post(page, data | {"_version": shown.context["version"]})

    source.refresh_from_db()
    assert source.title == "Gazette"
    assert source.history.count() == 3
    assert source.history.first().history_change_reason.startswith("Back to the version of 20")


def test_going_back_in_what_was_edited_gives_the_exports_as_they_were(as_curator, chamber):
    seat = factories.AppointmentFactory(institution=chamber)
    edits = {
        seat: {"end": "2014-07-03", "end_reason": "resigned", "note": "By letter"},
        seat.person: {"name_en": "Dinara A. Abenova", "birth": "1970-03-12"},
    }
    before = register()

    for record, changes in edits.items():
        page = reverse(f"admin:registry_{record._meta.model_name}_change", args=[record.pk])
        assert as_curator.post(page, filled_in(as_curator.get(page), **changes)).status_code == 302
    assert register()[chamber.slug, "csv"] != before[chamber.slug, "csv"]
    for record in edits:
        args = [record.pk, record.history.earliest().pk]
        first = reverse(f"admin:registry_{record._meta.model_name}_simple_history", args=args)
        shown = as_curator.get(first)
        data = filled_in(shown, _version=shown.context["version"])
        assert as_curator.post(first, data).status_code == 302

    assert register() == before
    assert untold() == []


def test_what_going_back_would_change_is_shown_before(as_curator):
    source = factories.SourceFactory(title="Gazette")
    source.title = "Gazete"
    source.save()
    first, last = source.history.earliest(), source.history.latest()

    def shown(entry):
        args = [first.id, entry.pk]
        return as_curator.get(reverse("admin:registry_source_simple_history", args=args)).context

    (change,) = shown(first)["would_change"]
    assert (change["field"], change["old"], change["new"]) == ("Title", "Gazete", "Gazette")
    assert shown(last)["would_change"] == []
    source.delete()
    assert shown(first)["would_come_back"]


def test_any_two_versions_are_compared_the_older_one_first(as_curator, as_reader):
    source = factories.SourceFactory(title="One")
    for title in ("Two", "Three"):
        source.title, source._change_reason = title, f"{title} is right."
        source.save()
    third, _second, first = source.history.all()
    page = reverse("admin:registry_source_history_compare", args=[source.pk])

    answer = as_reader.get(page, {"old": third.pk, "new": first.pk})

    (change,) = answer.context["changes"]
    assert (change["old"], change["new"]) == ("One", "Three")
    assert "Three is right." in answer.text
    for asked in ({}, {"old": "x", "new": first.pk}, {"old": "9" * 30, "new": "1"}):
        refused = as_reader.get(page, asked)
        assert refused.status_code == 400
        assert "Choose two versions" in refused.text
    missing = reverse("admin:registry_source_history_compare", args=["x"])
    assert as_reader.get(missing).status_code == 404


def test_the_history_names_the_sources_of_each_version(as_reader, chamber):
    appointment = factories.AppointmentFactory(institution=chamber, cited=None)
    cited = factories.CitationFactory(appointment=appointment, place="p. 7")
    appointment.note = "Checked"
    appointment.save()
    cited.delete()
    appointment.note = "Doubtful"
    appointment.save()

    page = reverse("admin:registry_appointment_history", args=[appointment.pk])

    entries = list(as_reader.get(page).context["page_obj"])
    assert [each.sources for each in entries] == [[], [], ["Official gazette, p. 7"]]


def test_a_deleted_record_comes_back_only_by_who_may_add_one(client, reader):
    """Askar may change sources and not add any."""
    reader.user_permissions.add(Permission.objects.get(codename="change_source"))
    client.force_login(reader)
    source = factories.SourceFactory()
    page = reverse(
        "admin:registry_source_simple_history", args=[source.pk, source.history.earliest().pk]
    )
    source.delete()

    assert client.post(page, {"title": "Back", "slug": "back", "kind": "news"}).status_code == 403
    assert not type(source).objects.exists()


@each_model
def test_the_history_of_what_is_gone_with_all_it_points_to_is_shown(
    as_curator, every_record, model
):
    pages = addresses(model, every_record[model.__name__])
    delete_everything(row for each in MODELS for row in each.objects.all())

    answers = {name: as_curator.get(pages[name]) for name in ("history", "version")}

    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(
        answers, 200
    )
    assert not any(each.objects.exists() for each in MODELS)


def test_what_was_named_after_something_gone_has_a_neutral_name(as_curator, chamber):
    rule = chamber.seat_groups.get(slug="lists").rules.get()
    page = reverse("admin:registry_seatrule_history", args=[rule.pk])
    number = rule.pk
    rule.delete()

    assert "History: Mazhilis: Lists" in as_curator.get(page).text
    chamber.seat_groups.get(slug="lists").delete()
    assert f"History: deleted record #{number}" in as_curator.get(page).text


def test_an_appointment_comes_back_only_after_its_person(as_curator, chamber):
    appointment = factories.AppointmentFactory(institution=chamber)
    page = addresses(type(appointment), appointment)["version"]
    person, number = appointment.person, appointment.pk
    person_number = person.pk
    appointment.delete()
    person.delete()
    form = as_curator.get(page).context["adminform"].form
    data = {bound.html_name: bound.value() or "" for bound in form}

    refused = as_curator.post(page, data)
    assert "its person is deleted" in " ".join(str(m) for m in get_messages(refused.wsgi_request))
    assert not type(appointment).objects.exists()

    person.pk = person_number
    person.save()
    as_curator.post(page, data)
    assert type(appointment).objects.get().pk == number


def test_the_history_shows_old_and_new_values(as_curator, chamber):
    appointment = factories.AppointmentFactory(institution=chamber)
    appointment.end = PartialDate.parse("2014-07-03")
    appointment.end_reason = "resigned"
    appointment._change_reason = "A letter arrived."
    appointment.save()

    text = as_curator.get(reverse("admin:registry_appointment_history", args=[appointment.pk])).text

    shown = " ".join(text.split())
    assert "3 Jul 2014" in shown
    assert "Why it ended" in shown
    assert "resigned" in shown
    assert "A letter arrived." in shown
    assert "end, earliest day" not in shown.lower()


def test_the_history_names_who_changed_what(as_curator, curator, chamber):
    page = reverse("admin:registry_institution_change", args=[chamber.pk])
    as_curator.post(page, filled_in(as_curator.get(page), name_en="Lower House"))

    text = as_curator.get(reverse("admin:registry_institution_history", args=[chamber.pk])).text

    assert curator.username in text
    shown = " ".join(text.split())
    assert ">en: Mazhilis; kk: Мәжіліс</span> → " in shown
    assert ">en: Lower House; kk: Мәжіліс</span>" in shown
    assert "search_key" not in text


def test_the_history_of_kinds_says_which_were_added(as_curator):
    rule = factories.SeatRuleFactory(seats=None, seats_per_territory=2)
    kind = factories.TerritoryKindFactory(slug="region")
    page = reverse("admin:registry_seatrule_change", args=[rule.pk])
    as_curator.post(page, filled_in(as_curator.get(page), territory_kinds=[kind.pk]))

    text = as_curator.get(reverse("admin:registry_seatrule_history", args=[rule.pk])).text

    assert "Kinds of territory" in text
    assert "Region" in text


@pytest.mark.parametrize("versions", [2, 40])
def test_a_longer_history_costs_no_more_queries(
    as_curator, chamber, versions, django_assert_max_num_queries
):
    appointment = factories.AppointmentFactory(institution=chamber)
    for number in range(versions):
        appointment.note = str(number)
        appointment.save()

    with django_assert_max_num_queries(14):
        as_curator.get(reverse("admin:registry_appointment_history", args=[appointment.pk]))
