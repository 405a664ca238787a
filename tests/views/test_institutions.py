"""The page of an institution."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    AppointmentFactory,
    CitationFactory,
    ContradictionFactory,
    InstitutionFactory,
    PowerFactory,
    SeatGroupFactory,
    SeatRuleFactory,
    TerritoryFactory,
)
from tests.views.conftest import day, named

ON = "2014-06-01"


def test_it_says_what_the_body_is_and_what_followed(get, mazhilis):
    page = get("/en/institutions/mazhilis/", on=ON).words

    assert "30 Jan 1996 – ended on 1 Jul 2026" in page
    assert "4 by rule · 3 filled · 1 vacant" in page
    assert f'/en/institutions/kurultai/?on={ON}">Kurultai</a>' in page
    assert "Мәжіліс" in page
    assert f'{mazhilis.composition}?on=2012-01-20" aria-label="Convocation 5"' not in page
    assert '<b aria-current="true">5' in page  # the convocation of the day needs no link
    assert f'{mazhilis.composition}?on=2016-03-25" aria-label="Convocation 6"' in page


def test_it_draws_the_seats_of_the_day_and_names_the_law_they_rest_on(get, mazhilis):
    page = get("/en/institutions/mazhilis/", on=ON)

    assert page.context["drawing"].number == "3"
    assert "<dt>Legal basis</dt><dd>Art. 51; Art. 50</dd>" in page.words
    assert f'/en/institutions/mazhilis/convocations/5/?on={ON}"' in page.words
    assert page.context["linked_data"][0]["dissolutionDate"] == "2026-07-01"


def test_the_term_of_a_single_office_says_when_it_is_to_end(get, db):
    office = InstitutionFactory(slug="president", branch="head_of_state")
    group = SeatGroupFactory(institution=office)
    SeatRuleFactory(group=group, seats=1, term_years=7)
    AppointmentFactory(institution=office, group=group, start=day("2022-11-26"))

    page = get("/en/institutions/president/", on="2023-01-25").words

    assert "The term that began on 26 November 2022 runs out on 26 November 2029." in page
    assert "<dt>Term</dt><dd>7 years</dd>" in page


def test_leaders_of_the_day_are_named(get, senate):
    page = get("/en/institutions/senate/", on=ON).words

    assert "Chair of the Senate:" in page
    assert "Galymov, Kairat" in page


def test_a_body_without_a_source_says_so(get, mazhilis):
    assert "No source" in get("/en/institutions/mazhilis/").words


def test_a_parliament_adds_up_its_chambers(get, mazhilis, senate):
    parliament = InstitutionFactory(slug="parliament")
    for chamber in (mazhilis.institution, senate.institution):
        chamber.parent = parliament
        chamber.save()

    page = get("/en/institutions/parliament/", on=ON).words

    assert "Mazhilis</a>: 3 of 4 seats filled" in page
    assert "Senate</a>: 2–3 of 4 seats filled" in page  # nobody recorded when one of them left
    assert "Together 5–6 of 8 seats filled" in page


def test_a_parliament_of_which_nobody_is_recorded_adds_up_seats_and_no_members(
    get, mazhilis, senate
):
    parliament = InstitutionFactory(slug="parliament")
    for chamber in (mazhilis.institution, senate.institution):
        chamber.parent = parliament
        chamber.save()

    page = get("/en/institutions/parliament/", on="2017-03-01").words

    assert "Mazhilis</a>: 4 seats by rule, not recorded who sits" in page
    assert "Together 8 seats by rule" in page
    assert " 0 of" not in page


def test_the_parts_of_a_body_that_is_no_parliament_have_no_sum(get, mazhilis):
    president = InstitutionFactory(slug="president", branch="head_of_state")
    mazhilis.institution.parent = president
    mazhilis.institution.save()

    page = get("/en/institutions/president/", on=ON).words

    assert f'<dt>Parts</dt><dd><a href="/en/institutions/mazhilis/?on={ON}">Mazhilis</a>' in page
    assert "Together" not in page


def test_a_body_of_which_nobody_is_recorded_has_no_number_of_filled_seats(get, mazhilis):
    page = get("/en/institutions/mazhilis/", on="2017-03-01").words

    assert "4 by rule · not recorded who sits" in page
    assert "0 filled" not in page


def test_a_single_office_lists_all_its_holders_the_latest_first(get, db):
    office = InstitutionFactory(slug="president", branch="head_of_state")
    group = SeatGroupFactory(institution=office)
    SeatRuleFactory(group=group, seats=1)
    first, second = named("Nazarbayev, Nursultan"), named("Tokayev, Kassym-Jomart")
    handover = day("2019-03-20")
    AppointmentFactory(
        institution=office, group=group, person=first, start=day("1990-04-24"), end=handover
    )
    AppointmentFactory(institution=office, group=group, person=second, start=handover)

    response = get("/en/institutions/president/", on="2019-03-20")

    assert [row.name for row in response.context["in_office"]] == ["Tokayev, Kassym-Jomart"]
    assert [row.name for row in response.context["holders"]] == [
        "Tokayev, Kassym-Jomart",
        "Nazarbayev, Nursultan",
    ]
    assert "24 Apr 1990 – left office on 20 Mar 2019" in response.words


def test_powers_and_duties_of_the_day_have_article_and_source(get, senate):
    body = {"institution": senate.institution}
    power = PowerFactory(text={"en": "Considers bills."}, article="61(4)", note="As read.", **body)
    CitationFactory(power=power, place="Art. 61")
    PowerFactory(text={"en": "Reports to the people."}, kind="duty", **body)
    PowerFactory(text={"en": "Elected its first chair."}, end=date(1997, 1, 1), **body)

    page = get("/en/institutions/senate/", on=ON).words

    powers, duties = page.split("<h3>Powers</h3>")[1].split("<h3>Duties</h3>")
    assert "Considers bills." in powers
    assert "Art. 61(4)" in powers
    assert "As read." in powers
    assert "Official gazette, Art. 61" in powers
    assert "Reports to the people." in duties
    assert '<span class="tag unk">No source</span>' in duties
    assert "Elected its first chair." not in page


def test_a_list_that_a_source_announces_and_does_not_give_says_so(get, senate):
    PowerFactory(institution=senate.institution, text={"en": "Exceptional powers"}, announced=True)

    page = get("/en/institutions/senate/", on=ON).words

    assert "Exceptional powers" in page
    assert "A source announces this list and does not give it." in page
    assert '<span class="tag info">List not given</span>' in page


def test_an_institution_without_recorded_powers_says_so(get, senate):
    page = get("/en/institutions/senate/", on=ON).words

    assert "No power or duty is recorded for this day." in page


def test_it_counts_the_findings_of_the_day_and_leads_to_them(get, mazhilis):
    response = get("/en/institutions/mazhilis/", on=ON)

    assert len(response.context["findings"]) == 1
    found = f'{mazhilis.composition}?on={ON}#findings">1 finding on this day</a>'
    assert found in response.words


def test_it_leads_to_its_other_pages(get, mazhilis):
    page = get("/en/institutions/mazhilis/", on=ON).words

    for other in (
        f'href="/en/institutions/mazhilis/rules/?on={ON}"',
        f'href="/en/institutions/mazhilis/majorities/?on={ON}"',
        f'href="/en/institutions/mazhilis/compare/?on={ON}"',
        f'href="/en/checks/?institution=mazhilis&amp;on={ON}"',
        f'href="/en/calendar/?institution=mazhilis&amp;on={ON}"',
    ):
        assert other in page, other


def test_it_says_what_sources_disagree_about_in_it_and_its_facts(get, senate):
    ContradictionFactory(slug="size", subject={"en": "Its size"}, institution=senate.institution)
    ContradictionFactory(
        slug="renewal",
        subject={"en": "Its renewal"},
        institution=None,
        seat_rule=senate.group.rules.get(),
        is_open=True,
    )
    ContradictionFactory(slug="other", subject={"en": "Another body"})

    response = get("/en/institutions/senate/", on=ON)

    listed = response.context["disputes"].on_the_day
    assert [each.contradiction.slug for each in listed] == ["renewal", "size"]  # the open first
    assert f'<a href="/en/sources/conflicts/?on={ON}#size">Its size</a>' in response.words
    assert "Institution: Senate" in response.words
    assert "Another body" not in response.words


def test_a_body_of_a_territory_leads_to_it(get, senate):
    InstitutionFactory(slug="maslikhat", territory=senate.almaty, branch="local_representative")

    page = get("/en/institutions/maslikhat/", on=ON).words

    assert f'<a href="/en/territories/almaty-region/?on={ON}">Almaty Region</a>' in page


def test_parts_that_are_bodies_of_territories_are_folded_by_name(get, senate):
    whole = InstitutionFactory(slug="maslikhats", branch="local_representative")
    for name, territory in (("Maslikhat B", senate.almaty), ("Maslikhat A", senate.akmola)):
        InstitutionFactory(name={"en": name}, parent=whole, territory=territory)
    InstitutionFactory(name={"en": "City maslikhats"}, parent=whole)

    response = get("/en/institutions/maslikhats/", on=ON)

    assert [each.name["en"] for each in response.context["other_parts"]] == ["City maslikhats"]
    assert [each.name["en"] for each in response.context["local_parts"]] == [
        "Maslikhat A",
        "Maslikhat B",
    ]
    assert "<summary>2 bodies of territories</summary>" in response.words


def test_more_holders_powers_and_contradictions_cost_no_more_queries(client, senate):
    def queries():
        with CaptureQueriesContext(connection) as counted:
            client.get("/en/institutions/senate/", {"on": ON})
        return len(counted)

    def more():
        body = {"institution": senate.institution}
        CitationFactory(power=PowerFactory(**body))
        AppointmentFactory(group=senate.group, **body)
        ContradictionFactory(**body)
        InstitutionFactory(parent=senate.institution, territory=TerritoryFactory())

    more()
    before = queries()
    for _ in range(10):
        more()

    assert queries() == before
    assert before <= 32
