"""Two records of one person: found, compared, merged, and taken apart again."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from registry.domain.dates import PartialDate
from registry.models import Appointment, Citation, NameDecision, Person
from registry.models.roles import Role, make_roles
from registry.rosters.imports import Order, Refused, import_roster, undo
from tests import factories
from tests.admin.forms import filled_in
from tests.histories import register, untold

DUPLICATES = "/admin/registry/person/duplicates/"


def person(name, born="", **names):
    when = PartialDate.parse(born) if born else None
    made = factories.PersonFactory(name={"en": name, **names}, sort_name={})
    made.birth = when
    made.save()
    return made


@pytest.fixture
def twins(chamber):
    """Dinara Abenova, once with a seat in the Mazhilis, once in Russian letters in the Senate."""
    kept = person("Dinara Abenova", "1970")
    gone = person("Dinara Abenova", "1970-03-12", ru="Динара Абенова")
    gone.note = "A lawyer"
    gone.save()
    kept.identifiers.create(scheme="wikidata", value="Q1")
    gone.identifiers.create(scheme="local", value="871")
    senate = factories.InstitutionFactory(slug="senate")
    factories.AppointmentFactory(
        institution=chamber, person=kept, end=PartialDate.parse("2016-01-20")
    )
    seat = factories.AppointmentFactory(
        institution=senate, person=gone, start=PartialDate.parse("2017-07-01")
    )
    factories.AffiliationFactory(appointment=seat)
    gazette = factories.SourceFactory()
    for each in (kept, gone):
        Citation.objects.create(source=gazette, person=each, place="p. 3")
    Citation.objects.create(source=gazette, person=gone, place="p. 9")
    return kept, gone


def address(kept, gone):
    return reverse("admin:registry_person_merge", args=[kept.pk, gone.pk])


def merged(client, kept, gone, **answers):
    """Compare, preview and merge, as somebody would who reads each page."""
    page = address(kept, gone)
    data = {"_version": client.get(page).context["version"], "reason": "One birth certificate"}
    data |= {"pick_birth": "gone"} | answers
    previewed = client.post(page, data | {"step": "preview"})
    shown = {"_shown": previewed.context.get("shown", ""), "step": "merge"}
    return client.post(page, data | shown)


def test_one_record_gets_what_is_chosen_and_all_that_the_other_had(as_curator, curator, twins):
    kept, gone = twins
    uid, was = str(gone.uid), gone.get_absolute_url()

    answer = merged(as_curator, kept, gone)

    assert answer.status_code == 302
    kept.refresh_from_db()
    assert not Person.objects.filter(pk=gone.pk).exists()
    assert (kept.name["ru"], str(kept.birth), kept.note) == (
        "Динара Абенова",
        "1970-03-12",
        "A lawyer",
    )
    held = {str(each) for each in kept.identifiers.all()}
    assert held == {"wikidata:Q1", "local:871", f"merged:{uid}"}
    assert kept.appointments.count() == 2
    assert sorted(kept.citations.values_list("place", flat=True)) == ["p. 3", "p. 9"]
    moved = Appointment.history.filter(history_type="~").get()
    said = (moved.history_user, moved.history_change_reason)
    assert said == (curator, f"Merge of #{gone.pk} into #{kept.pk}: One birth certificate")
    redirect = as_curator.get(was)
    assert (redirect.status_code, redirect["Location"]) == (301, kept.get_absolute_url())
    page = as_curator.get(kept.get_absolute_url())
    assert "merged" not in {each.scheme for each in page.context["identifiers"]}
    assert as_curator.get(f"/api/v1/people/{gone.pk}").json()["person"] == kept.pk


def test_a_merge_that_is_taken_back_leaves_everything_as_it_was(as_curator, twins):
    kept, gone = twins
    third = person("D. Abenova")
    before = register()
    merged(as_curator, kept, gone)
    after_first = register()
    merged(as_curator, kept, third, pick_name_en="kept")
    first, second = (
        reverse("admin:registry_person_merge_undo", args=[each.pk]) for each in (gone, third)
    )

    assert as_curator.post(first, {"reason": "Two persons"}).status_code == 409
    assert as_curator.post(second, {}).status_code == 200  # it asks for a reason
    assert as_curator.post(second, {"reason": "Two persons"}).status_code == 302
    assert register() == after_first
    assert untold() == []
    assert as_curator.post(first, {"reason": "Two persons"}).status_code == 302

    assert register() == before
    assert untold() == []
    assert as_curator.get(first).status_code == 404
    assert merged(as_curator, kept, gone).status_code == 302


def test_an_import_from_before_a_merge_is_taken_back_after_it(as_curator, twins, chamber):
    kept, gone = twins
    before = register()
    data = f"""person_id,name_en,note,start,end
{kept.uid},Dinara A. Abenova,re-elected,2020-01-01,
,Asel Marat,,2013,2014
,A. Marat,,2020,
"""
    run = import_roster(chamber, data.encode(), "file.csv", Order(on=date(2026, 11, 22))).run
    after_import = register()
    names = {"pick_name_en": "kept", "pick_birth": ""}
    asel, other = (Person.objects.get(name__en=name) for name in ("Asel Marat", "A. Marat"))
    for one, two, answers in ((kept, gone, {"pick_name_en": "gone"}), (asel, other, names)):
        NameDecision.objects.create(institution=chamber, key="a", same=True, person=two, run=run)
        assert merged(as_curator, one, two, **answers).status_code == 302
        with pytest.raises(Refused):
            undo(run)
        page = reverse("admin:registry_person_merge_undo", args=[two.pk])
        assert as_curator.post(page, {"reason": "Two persons"}).status_code == 302
        # Nobody knows any more which of the two the name stood for: it is asked again.
        assert not NameDecision.objects.filter(key="a").exists()
    assert register() == after_import

    undo(run)

    assert register() == before
    assert untold() == []


def test_what_a_merge_wrote_is_changed_by_taking_it_back_alone(as_curator, twins):
    kept, gone = twins
    first = gone.history.earliest()
    merged(as_curator, kept, gone)
    kept.appointments.all().delete()
    before = register()
    written = kept.identifiers.get(scheme="merged")
    page = reverse("admin:registry_person_change", args=[kept.pk])

    form = as_curator.get(page)
    assert str(gone.uid) not in form.text
    row = {"identifiers-TOTAL_FORMS": "3", "identifiers-2-scheme": "merged"}
    refused = as_curator.post(page, filled_in(form, **row, **{"identifiers-2-value": "x"}))
    assert "“merged” is kept for records that were merged." in refused.text
    for name in ("change", "delete"):
        own = reverse(f"admin:registry_personidentifier_{name}", args=[written.pk])
        assert as_curator.post(own, {"post": "yes", "scheme": "x"}).status_code == 403
    delete = reverse("admin:registry_person_delete", args=[kept.pk])
    asked = as_curator.get(delete)
    as_curator.post(delete, {"post": "yes", "_version": asked.context["version"]})
    assert f"merged:{gone.uid}" in asked.text
    back = reverse("admin:registry_person_simple_history", args=[gone.pk, first.pk])
    led = as_curator.post(back, {"name_en": "Dinara"})

    assert led["Location"] == reverse("admin:registry_person_merge_undo", args=[gone.pk])
    assert register() == before


def test_what_was_changed_later_keeps_a_merge_from_being_taken_back(as_curator, twins):
    kept, gone = twins
    merged(as_curator, kept, gone)
    kept.refresh_from_db()
    kept.gender = "female"
    kept.save()
    before = register()
    page = reverse("admin:registry_person_merge_undo", args=[gone.pk])

    refused = as_curator.post(page, {"reason": "Two persons"})

    assert refused.status_code == 409
    assert "was changed after the merge" in refused.text
    assert register() == before


def test_two_terms_in_one_body_on_one_day_are_settled_first(as_curator, twins, chamber):
    kept, gone = twins
    factories.AppointmentFactory(
        institution=chamber, person=gone, start=PartialDate.parse("2015-01-01")
    )

    answer = merged(as_curator, kept, gone)

    assert answer.status_code == 200
    said = "These two records have overlapping terms in Mazhilis. Settle them before merging."
    assert said in answer.text
    assert Person.objects.filter(pk=gone.pk).exists()


def test_nothing_is_merged_that_was_changed_meanwhile(as_curator, twins, chamber):
    kept, gone = twins
    page = address(kept, gone)
    data = {"_version": as_curator.get(page).context["version"], "reason": "One"}
    data |= {"pick_birth": "gone"}
    shown = as_curator.post(page, data | {"step": "preview"}).context["shown"]
    seat = gone.appointments.get()
    seat.end_reason = "resigned"
    seat.save()
    before = register()

    answer = as_curator.post(page, data | {"step": "merge", "_shown": shown})

    assert answer.status_code == 409
    assert "Nothing is merged yet" in answer.text
    assert register() == before


def test_what_differs_is_chosen_and_the_reason_given_before_anything_is_merged(as_curator, twins):
    kept, gone = twins
    before = register()

    for answers in ({"pick_birth": ""}, {"pick_birth": "both"}, {"reason": " "}):
        answer = merged(as_curator, kept, gone, **answers)
        assert answer.status_code == 200
        assert 'role="alert"' in answer.text
    page, version = address(kept, gone), as_curator.get(address(kept, gone)).context["version"]
    unseen = {"_version": version, "reason": "One", "pick_birth": "kept", "step": "merge"}
    assert as_curator.post(page, unseen).status_code == 200  # no preview was seen

    assert register() == before


def test_records_that_look_alike_are_offered_until_somebody_tells_them_apart(as_curator, twins):
    kept, gone = twins
    person("Dinara Abenova", "1985")
    person("Marat Seitov", "1970-03-12")

    def offered(**asked):
        found = as_curator.get(DUPLICATES, asked).context["pairs"]
        return [{each.pk for each, _offices in pair["people"]} for pair in found]

    assert offered() == offered(person=gone.pk) == [{kept.pk, gone.pk}]
    page = address(kept, gone)
    data = {"_version": as_curator.get(page).context["version"], "step": "apart"}
    assert as_curator.post(page, data).status_code == 200
    as_curator.post(page, data | {"apart-reason": "Mother and daughter"})

    assert offered() == []
    assert "Mother and daughter" in kept.history.first().history_change_reason


@pytest.mark.parametrize(
    "asked", [{"person": "x"}, {"person": "1", "other": "1"}, {"person": "9" * 30}]
)
def test_numbers_of_nobody_are_answered_with_a_sentence(as_curator, twins, asked):
    asked = {name: str(twins[0].pk) if value == "1" else value for name, value in asked.items()}
    answer = as_curator.get(DUPLICATES, asked)

    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.VIEWER, 403), (Role.CURATOR, 403), (Role.REVIEWER, 200), (Role.REGISTRAR, 200)],
)
def test_reviewers_and_registrars_merge(client, twins, reader, role, status):
    make_roles(Group.objects, Permission.objects)
    reader.user_permissions.clear()
    reader.groups.set([Group.objects.get(name=role.value)])
    client.force_login(reader)

    for page in (DUPLICATES, address(*twins)):
        assert client.get(page).status_code == status


def test_only_who_may_change_and_delete_persons_merges_them(as_reader, reader, twins):
    kept, gone = twins
    undo = reverse("admin:registry_person_merge_undo", args=[gone.pk])
    reader.user_permissions.add(Permission.objects.get(codename="change_person"))

    for page in (DUPLICATES, address(kept, gone), undo):
        assert as_reader.get(page).status_code == as_reader.post(page, {}).status_code == 403


def test_a_file_that_knows_the_old_record_finds_the_person(as_curator, twins, chamber):
    kept, gone = twins
    merged(as_curator, kept, gone)

    data = f"person_id,name_en,start\n{gone.uid},Dinara Abenova,2020-01-01\n".encode()
    import_roster(chamber, data, "file.csv", Order(on=date(2026, 11, 22)))

    assert Person.objects.count() == 1
    assert kept.appointments.count() == 3
    assert kept.identifiers.filter(scheme="merged").count() == 1
