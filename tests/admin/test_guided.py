"""End, replace, change party: what is asked, what would follow, and what is written."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client

from registry.domain.dates import PartialDate
from registry.forms.guided import ACTIONS
from registry.models import Appointment, Citation, Person, Source
from registry.models.roles import Remit, Role, make_roles
from tests import factories
from tests.admin.guided import address, carried, rows, walk

GAZETTE = {"source_title": "Gazette of 3 July", "source_url": "https://gazette.example/1"}


@pytest.fixture
def holder(chamber):
    """Of three seats from party lists one is held."""
    factories.CoverageFactory(institution=chamber)
    return factories.AppointmentFactory(
        institution=chamber, group=chamber.seat_groups.get(slug="lists")
    )


@pytest.fixture
def chair(chamber):
    return factories.AppointmentFactory(
        institution=chamber, group=chamber.seat_groups.get(slug="chair"), person__name={"en": "A B"}
    )


@pytest.fixture
def senate(db):
    """Two senators of a region for six years each; one has left on 12 May 2014."""
    region = factories.TerritoryFactory(name={"en": "Region"})
    rule = factories.SeatRuleFactory(
        group__institution=factories.InstitutionFactory(slug="senate"),
        group__slug="elected",
        group__name={"en": "Elected"},
        seats=None,
        seats_per_territory=2,
        kinds=["region"],
        term_years=6,
    )
    seat = {"institution": rule.group.institution, "group": rule.group, "territory": region}
    factories.CoverageFactory(institution=rule.group.institution)
    factories.AppointmentFactory(**seat)
    return factories.AppointmentFactory(**seat, end=PartialDate.parse("2014-05-12")), region


def ending(holder, **other):
    facts = {"appointment": holder.pk, "end": "03.07.2014", "end_reason": "Resigned"}
    return facts | GAZETTE | other


def test_nothing_is_saved_before_the_last_step(as_curator, curator, holder):
    entered, versions = ending(holder, place="p. 7"), Appointment.history.count()

    effect = walk(as_curator, "end", entered, to="effect")
    assert rows(effect)["Filled"] == ("1", "0")
    assert rows(effect)["Lists"] == ("1 of 3", "0 of 3")
    walk(as_curator, "end", entered, to="confirm")
    unseen = as_curator.post(address("end"), entered | {"_go": "save"})
    tampered = as_curator.post(address("end"), entered | {"_go": "save", "_seen": "0" * 64})
    assert (unseen.status_code, tampered.status_code) == (409, 409)
    assert Appointment.history.count() == versions
    assert not Source.objects.filter(title="Gazette of 3 July").exists()

    answer = walk(as_curator, "end", entered)
    holder.refresh_from_db()
    version = holder.history.latest()
    assert answer.status_code == 302
    assert (str(holder.end), holder.end_reason) == ("2014-07-03", "Resigned")
    assert (version.history_user, version.history_change_reason) == (curator, "End an appointment")
    cited = Citation.objects.get(appointment=holder, source__title="Gazette of 3 July")
    assert (cited.place, cited.source.url) == ("p. 7", "https://gazette.example/1")
    page = as_curator.get(answer["Location"]).text
    assert "ends on 3 July 2014. On 3 July 2014: 1 → 0 of 3 seats filled." in page


REFUSED_END = (
    ({"source_title": ""}, "Choose a source. Every change needs one."),
    ({"source_url": "gazette"}, "The link must start with https:// or http://."),
    ({"end": ""}, "Enter the first day out of office."),
    ({"end": "30.02.2014"}, "30 February 2014 does not exist."),
    ({"end": "3.7.14"}, "The year must have 4 digits."),
    ({"end": "06/07/2014"}, "06/07/2014 can mean 6 July 2014 or 7 June 2014."),
    ({"end": "2012-01-20"}, "The day (20 January 2012) is not after the first day in office"),
    ({"end": "2114-07-03"}, "more than 12 years in the future"),
    ({"end_reason": "other"}, "Say in words why it ended."),
    ({"end_reason": ""}, "Choose why it ended."),
    ({"end": "x" * 300}, "Enter a date"),
    ({"end": "[2014-06-12..]"}, "Enter a day, a month or a year by which it has ended."),
    ({"source": "99999999999999999999", "source_title": ""}, "Select a valid choice"),
)


def test_bad_input_gets_its_sentence_and_keeps_what_was_entered(as_curator, holder):
    wrong = []
    for other, said in REFUSED_END:
        answer = walk(as_curator, "end", ending(holder, note_of_mine="kept") | other)
        kept = carried(answer).get("appointment") == str(holder.pk)
        if answer.status_code != 200 or said not in answer.text or not kept:
            wrong.append(other)

    assert wrong == []
    holder.refresh_from_db()
    assert holder.end is None


def test_an_institution_that_ended_is_left_with_it_at_the_latest(as_curator, chamber, holder):
    chamber.end = PartialDate.parse("2026-07-01")
    chamber.save()

    late = walk(as_curator, "end", ending(holder, end="2026-07-02"))
    assert "The day is after the institution ended (1 July 2026)." in late.text
    assert walk(as_curator, "end", ending(holder, end="2026-07-01")).status_code == 302


def test_every_step_names_whose_appointment_it_is(as_curator, holder):
    page = as_curator.get(address("replace"), {"appointment": holder.pk})
    assert f"<h2>{holder}</h2>" in page.text


def test_a_month_is_enough_to_end_an_appointment(as_curator, holder):
    """On its last day nobody is in office for certain: that is the day of the effect."""
    effect = walk(as_curator, "end", ending(holder, end="2014-07"), to="effect")
    assert "The effect on 31 July 2014" in effect.text
    walk(as_curator, "end", ending(holder, end="2014-07"))

    holder.refresh_from_db()
    assert str(holder.end) == "2014-07"


def test_somebody_who_has_left_is_not_ended_again(as_curator, holder):
    walk(as_curator, "end", ending(holder))

    again = walk(as_curator, "end", ending(holder))
    assert "This appointment ended on 3 July 2014." in again.text


def test_a_holder_gives_way_to_an_acting_one_and_then_a_full_one_on_the_same_day(as_curator, chair):
    first = {"appointment": chair.pk, "end": "2014-07-03", "end_reason": "Resigned"} | GAZETTE
    effect = walk(
        as_curator, "replace", first | {"new_name": "Askar Mamin", "acting": "on"}, to="effect"
    )
    assert rows(effect)["Chair"] == ("1 of 1", "1 of 1 (acting)")
    walk(as_curator, "replace", first | {"new_name": "Askar Mamin", "acting": "on"}, reason="Yes")
    acting = Appointment.objects.get(acting=True)
    full = {"appointment": acting.pk, "end": "2014-07-10", "end_reason": "Term ended"} | GAZETTE
    walk(as_curator, "replace", full | {"person": acting.person_id}, reason="He takes the office.")

    chair.refresh_from_db()
    acting.refresh_from_db()
    last = Appointment.objects.latest("pk")
    assert (chair.end, acting.end) == (acting.start, last.start)
    assert (str(last.start), last.end, last.acting) == ("2014-07-10", None, False)
    assert last.person == acting.person
    assert last.history.get().history_change_reason == "He takes the office."


def test_a_gap_between_two_holders_is_said_in_days(as_curator, holder):
    person = factories.PersonFactory()
    entered = ending(holder, person=person.pk, start="2014-07-10")

    effect = walk(as_curator, "replace", entered, to="effect")
    assert "Nobody holds the seat for 7 days." in effect.text
    early = walk(as_curator, "replace", entered | {"start": "2014-07-01"})
    assert "The successor cannot start before the holder has left." in early.text


def test_a_name_that_is_recorded_asks_whether_it_is_the_same_person(as_curator, holder):
    factories.PersonFactory(name={"kk": "Болат Әбенов"}, sort_name={})
    entered = ending(holder, new_name="Bolat Abenov")

    asked = walk(as_curator, "replace", entered)
    assert "1 person has a similar name: Болат Әбенов #" in asked.text
    walk(as_curator, "replace", entered | {"new_person": "on"})
    assert Person.objects.filter(name__und="Bolat Abenov").count() == 1


def test_what_breaks_a_rule_asks_for_a_reason(as_curator, chamber, chair, holder):
    """Who becomes the chair has no seat."""
    entered = {"appointment": chair.pk, "end": "2014-07-03", "end_reason": "Died"} | GAZETTE
    person = factories.PersonFactory()

    chair.person = holder.person
    chair.save()
    asked = walk(as_curator, "replace", entered | {"person": person.pk})
    assert "Give a reason to continue." in asked.text
    assert "The holder of this office has no seat in the body." in asked.text
    # Whoever skips the step that asks is asked again.
    skipped = as_curator.post(address("replace"), carried(asked) | {"_go": "save", "_reason": " "})
    assert "Give a reason to continue." in skipped.text
    assert not person.appointments.exists()
    walk(as_curator, "replace", entered | {"person": person.pk}, reason="By decree.")
    assert person.appointments.get().history.get().history_change_reason == "By decree."


def test_a_change_since_the_effect_was_seen_is_told_and_nothing_saved(
    as_curator, client_of, holder
):
    confirm = walk(as_curator, "end", ending(holder), to="confirm")
    colleague = User.objects.create_superuser("berik")
    other = client_of(colleague)
    walk(other, "end", ending(holder, end="2014-06-01"))

    stale = as_curator.post(address("end"), carried(confirm) | {"_go": "save"})

    assert stale.status_code == 409
    assert "Nothing was saved: the register changed" in stale.text
    assert "berik saved" in stale.text
    holder.refresh_from_db()
    assert str(holder.end) == "2014-06-01"


def test_the_second_of_two_clicks_on_save_shows_what_the_first_one_saved(as_curator, holder):
    data = carried(walk(as_curator, "end", ending(holder), to="confirm")) | {"_go": "save"}
    first, second = (as_curator.post(address("end"), data) for _click in range(2))

    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert "ends on 3 July 2014. On 3 July 2014: 1 → 0" in as_curator.get(second["Location"]).text
    assert holder.history.filter(history_type="~").count() == 1
    # Another click from another page is told what changed meanwhile.
    assert as_curator.post(address("end"), data | {"_moment": "x"}).status_code == 409


def test_every_action_asks_for_permission_and_remit_on_every_step(as_reader, chamber, holder, db):
    for slug in ACTIONS:
        assert as_reader.get(address(slug)).status_code == 403
        assert as_reader.post(address(slug), {"_go": "save"}).status_code == 403
    make_roles(Group.objects, Permission.objects)
    user = User.objects.create_user("askhat", is_staff=True)
    user.groups.add(Group.objects.get(name=Role.CURATOR.value))
    Remit.objects.create(user=user).institutions.set([factories.InstitutionFactory()])
    limited = Client()
    limited.force_login(user)
    for go in ("facts", "effect", "confirm", "save"):
        assert limited.post(address("end"), ending(holder, _go=go)).status_code == 403
    assert as_reader.get(address("nothing")).status_code == 404


@pytest.mark.parametrize("slug", ACTIONS)
def test_nonsense_is_never_a_failure(as_curator, slug):
    junk = {"appointment": "\0", "institution": "x", "_seen": "x", "_moment": "tomorrow"}
    for go in ("what", "facts", "effect", "confirm", "save", "elsewhere"):
        assert as_curator.post(address(slug), junk | {"_go": go}).status_code in (200, 409)
    assert as_curator.get(address(slug), {"appointment": "x", "on": "x"}).status_code == 200


def test_a_vacancy_of_the_day_is_filled_for_the_rest_of_the_term(as_curator, senate, holder):
    """One of two senators of the region left in 2014; who follows serves to 2018."""
    left, region = senate
    asked = {"institution": left.institution_id, "start": "2014-06-01"}
    page = as_curator.post(address("fill"), asked | {"_go": "facts"})
    assert "last held by Abenova" in page.text
    assert "the rest of the term, to 20 January 2018." in page.text
    person = factories.PersonFactory()
    facts = {"seat": f"elected:{region.slug}", "person": person.pk, "basis": "rest"} | GAZETTE

    effect = walk(as_curator, "fill", asked | facts, to="effect")
    assert rows(effect)["Filled"] == ("1", "2")
    assert rows(effect)["Elected, Region"] == ("1 of 2", "2 of 2")
    answer = walk(as_curator, "fill", asked | facts, reason="As in the decree.")
    mandate = person.appointments.get()
    assert answer.status_code == 302
    assert (mandate.serves_rest_of, str(mandate.end)) == (left, "2018-01-20")
    assert (mandate.territory, mandate.designation) == (region, "elected")


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"start": "2014-06"}, "enter it in the form of the appointment instead."),
        ({"seat": "\0" * 200}, "There is no such seat on 1 June 2014."),
        ({"basis": "forever"}, "Select a valid choice."),
        ({"start": "1995-01-01"}, "The day is before the institution began (30 January 1996)."),
        ({"start": ""}, "Enter the first day in office."),
        ({"start": "2114-06-01"}, "This day is more than 12 years in the future."),
        ({"seat": "elected:nowhere"}, "There is no such seat on 1 June 2014."),
        ({"seat": "elected:later"}, "Later has no seats in Senate on 1 June 2014."),
        ({"seat": "chair:"}, "Chair is held by A B. End that appointment first."),
        ({"basis": "full", "end": "2012-01-01"}, "is before the first day (1 June 2014)"),
        ({"person": "", "new_name": ""}, "Choose who takes the seat, or enter a new name below."),
        ({"twice": True}, "This person already holds a seat in Senate on this day."),
        ({"end": "2021-08-01"}, "A term here lasts 6 years, to 1 June 2020."),
    ],
)
def test_a_seat_that_cannot_be_filled_says_why(as_curator, senate, other, said):
    left, region = senate
    chair = factories.SeatRuleFactory(
        group__institution=left.institution,
        group__slug="chair",
        group__inner=True,
        seats=1,
        group__name={"en": "Chair"},
        start="1997-01-01",
    ).group
    factories.TerritoryFactory(slug="later", status=None)
    sitting = Appointment.objects.get(has_ended=False)
    factories.AppointmentFactory(
        institution=left.institution, group=chair, person__name={"en": "A B"}, person__sort_name={}
    )
    twice = other.pop("twice", False)
    entered = {
        "institution": left.institution_id,
        "start": "2014-06-01",
        "seat": f"elected:{region.slug}",
        "person": sitting.person_id if twice else factories.PersonFactory().pk,
        "basis": "rest",
    }

    answer = walk(as_curator, "fill", entered | GAZETTE | other, to="effect")
    assert said in answer.text
    assert Appointment.objects.count() == 3


def test_where_no_seat_is_surely_empty_the_known_vacancies_are_told(as_curator, senate):
    left, _region = senate
    person = factories.PersonFactory()
    factories.AppointmentFactory(
        institution=left.institution,
        group=left.group,
        territory=left.territory,
        person=person,
        start=PartialDate.parse("2014-10-01"),
    )
    asked = {"institution": left.institution_id}

    page = as_curator.get(address("fill"), asked | {"start": "2015-01-01"}).text
    assert "No seat is empty on 1 January 2015." in page
    assert "Known vacancies: Elected, Region, 12 May 2014 – ended on 1 Oct 2014" in page
    left.institution.coverages.all().delete()
    page = as_curator.get(address("fill"), asked | {"start": "2014-06-01"}).text
    assert "The roster of 1 June 2014 is not declared complete" in page


def test_a_day_without_a_rule_offers_no_seat(as_curator):
    empty = factories.InstitutionFactory()

    page = as_curator.get(address("fill"), {"institution": empty.pk, "start": "2014-06-01"})
    assert "No seat rule is recorded for 1 June 2014. Add a rule era" in page.text


def test_a_switch_of_party_is_no_new_mandate(as_curator, holder):
    old, new = factories.PartyFactory(), factories.PartyFactory()
    factories.AffiliationFactory(appointment=holder, party=old)
    entered = {"appointment": holder.pk, "day": "2014-07-03", "party": new.pk} | GAZETTE

    effect = walk(as_curator, "party", entered, to="effect")
    assert rows(effect)[str(old)] == ("1", "0")
    assert rows(effect)[str(new)] == ("0", "1")
    walk(as_curator, "party", entered)
    said = [(str(each), str(each.start), str(each.end)) for each in holder.affiliations.all()]
    assert said == [(str(old), "", "2014-07-03"), (str(new), "2014-07-03", "None")]
    assert Appointment.objects.count() == 1
    assert Citation.objects.filter(appointment=holder, source__title="Gazette of 3 July").exists()
    # Who has left since sat for a party all the same, but not afterwards.
    holder.refresh_from_db()
    holder.end = PartialDate.parse("2015-01-20")
    holder.save()
    late = walk(as_curator, "party", entered | {"day": "2015-03-01", "party": old.pk})
    assert "The appointment has ended by then: 20 January 2015." in late.text
    assert holder.affiliations.count() == 2
    again = walk(as_curator, "party", entered)
    assert "The person sits for this party already on that day." in again.text


def test_each_role_has_the_actions_that_its_permissions_give(client_of, db):
    """Curators and reviewers say who sits; registrars also what there is to sit in."""
    make_roles(Group.objects, Permission.objects)
    mandates = {"end", "fill", "replace", "party", "renewal"}
    may = {Role.CURATOR: mandates, Role.REVIEWER: mandates, Role.REGISTRAR: set(ACTIONS)}

    for role in Role:
        user = User.objects.create_user(role.name, is_staff=True)
        user.groups.add(Group.objects.get(name=role.value))
        client = client_of(user)
        open_to = {slug for slug in ACTIONS if client.get(address(slug)).status_code == 200}
        assert open_to == may.get(role, set()), role
        start = client.get("/admin/").text
        assert {slug for slug in ACTIONS if f'"{address(slug)}"' in start} == open_to, role
