"""The page of a person."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.models import Person
from tests.factories import (
    AffiliationFactory,
    AppointmentFactory,
    ContradictionFactory,
    IncompatibilityFactory,
    InstitutionFactory,
    PartyFactory,
    PersonFactory,
)
from tests.views.conftest import day

ON = "2014-06-01"


def test_it_opens_with_what_the_person_holds_on_the_day(get, mazhilis):
    page = get(mazhilis.abenov.person.get_absolute_url(), on=ON).words

    assert "In office on 1 June 2014:" in page
    assert "<b>Party lists</b>" in page
    assert "convocation 5" in page
    assert "Not in a recorded office today." in page


def test_on_the_day_of_leaving_the_person_is_out_of_office(get, mazhilis):
    page = get(mazhilis.dosanov.person.get_absolute_url(), on="2014-04-22").words

    assert "In no recorded office on 22 April 2014." in page
    assert "20 Jan 2012 – left office on 22 Apr 2014" in page


def test_a_change_of_party_keeps_the_mandate(get, mazhilis):
    affiliation = mazhilis.mamyrov.affiliations.get()
    affiliation.end = day("2014-03")
    affiliation.save()
    AffiliationFactory(
        appointment=mazhilis.mamyrov,
        party=PartyFactory(slug="auyl", name={"en": "Auyl"}),
        start=day("2014-03"),
    )

    page = get(mazhilis.mamyrov.person.get_absolute_url(), on=ON).words

    assert "Nur Otan (left March 2014, day not recorded)" in page
    assert "Auyl (joined March 2014, day not recorded)" in page


def test_a_wrong_name_after_a_right_number_leads_to_the_right_address(client, mazhilis):
    person = mazhilis.abenov.person

    response = client.get(f"/en/people/{person.pk}-somebody/", {"on": ON})

    assert response.status_code == 301
    assert response.url == f"{person.get_absolute_url()}?on={ON}"


def test_the_number_alone_leads_to_the_full_address(client, mazhilis):
    person = mazhilis.abenov.person

    response = client.get(f"/en/people/{person.pk}/")

    assert (response.status_code, response.url) == (301, person.get_absolute_url())


def test_an_invented_person_is_called_invented(get, mazhilis):
    Person.objects.filter(pk=mazhilis.abenov.person_id).update(sample=True)

    page = get(mazhilis.abenov.person.get_absolute_url()).words

    assert "This person is invented." in page
    assert 'content="noindex"' in page


def test_somebody_without_an_office_has_a_page(get, db):
    assert "No office is recorded" in get(PersonFactory().get_absolute_url()).words


def test_nobody_has_the_number_of_nobody(get, db):
    assert get("/en/people/7-x/").status_code == 404
    assert get(f"/en/people/{'9' * 30}-x/").status_code == 404


def test_it_says_what_sources_disagree_about_in_the_person_or_a_mandate(get, mazhilis):
    person = mazhilis.abenov.person
    disputed = {"institution": None}
    ContradictionFactory(slug="birth", subject={"en": "The birth"}, person=person, **disputed)
    ContradictionFactory(
        slug="start", subject={"en": "The first day"}, appointment=mazhilis.abenov, **disputed
    )
    ContradictionFactory(
        slug="other", subject={"en": "Another"}, appointment=mazhilis.mamyrov, **disputed
    )

    page = get(person.get_absolute_url(), on=ON).words

    assert f'<a href="/en/sources/conflicts/?on={ON}#birth">The birth</a>' in page
    assert f'<a href="/en/sources/conflicts/?on={ON}#start">The first day</a>' in page
    assert "Another" not in page


def test_more_mandates_cost_no_more_queries(client, mazhilis):
    person = mazhilis.abenov.person

    def queries():
        with CaptureQueriesContext(connection) as counted:
            client.get(person.get_absolute_url())
        return len(counted)

    ContradictionFactory(institution=None, person=person)
    before = queries()
    for year in range(1996, 2006):
        mandate = AppointmentFactory(
            institution=mazhilis.institution, person=person, start=day(f"{year}")
        )
        AffiliationFactory(appointment=mandate)
        ContradictionFactory(institution=None, appointment=mandate)

    assert queries() == before
    assert before <= 10


def test_two_mandates_that_the_law_forbids_together_are_marked_while_they_overlap(get, mazhilis):
    senate = InstitutionFactory(slug="senate", name={"en": "Senate"})
    IncompatibilityFactory(institution=mazhilis.institution, other=senate)
    person = mazhilis.abenov.person
    AppointmentFactory(institution=senate, person=person, start=day("2008"), end=day("2012-01-20"))
    handover = get(person.get_absolute_url()).words
    AppointmentFactory(institution=senate, person=person, start=day("2015-03-01"))

    page = get(person.get_absolute_url()).words

    assert "Forbidden beside" not in handover  # one ended on the day the other began
    assert page.count("Forbidden beside: Senate") == 1
    assert page.count("Forbidden beside: Mazhilis") == 1


def test_a_party_and_a_convocation_lead_to_their_pages(get, mazhilis):
    page = get(mazhilis.abenov.person.get_absolute_url(), on=ON).words

    assert f'<a href="/en/parties/ak-zhol/?on={ON}">Ak Zhol</a>' in page
    assert f'href="/en/institutions/mazhilis/convocations/5/?on={ON}"' in page


def test_what_the_person_holds_today_is_named_on_a_page_of_the_past(get, mazhilis):
    AppointmentFactory(
        institution=mazhilis.kurultai, person=mazhilis.abenov.person, start=day("2026-09-01")
    )

    page = get(mazhilis.abenov.person.get_absolute_url(), on=ON).words

    assert "In office today:" in page
    assert '<a href="/en/institutions/kurultai/composition/">Kurultai</a>' in page


def test_a_record_that_was_taken_out_is_gone_and_one_that_never_was_is_not_found(client, db):
    person = PersonFactory()
    address = person.get_absolute_url()
    person.delete()

    assert client.get(address).status_code == 410
    assert client.get("/en/people/999999-nobody/").status_code == 404
