"""The page of a territory answers who sits for it."""

from __future__ import annotations

from datetime import date

from registry.models import Succession, Territory, TerritoryStatus
from tests.factories import (
    AppointmentFactory,
    ContradictionFactory,
    InstitutionFactory,
    RenewalClassFactory,
    SeatGroupFactory,
    SeatRuleFactory,
    TerritoryFactory,
    TerritoryStatusFactory,
)
from tests.views.conftest import day, named

ON = "2014-06-01"


def test_it_names_who_sits_for_it_and_which_seat_is_vacant(get, senate):
    page = get("/en/territories/almaty-region/", on=ON).words

    assert "1 of 2 seats filled" in page
    assert "Galymov, Kairat" in page
    assert "vacant since 12 May 2014" in page
    assert "Tolegenov, Aidar" in page  # who held it last
    assert "Isabekov" not in page  # sits for another region


def test_after_the_end_of_the_senate_it_leads_to_its_last_senators(get, senate):
    page = get("/en/territories/almaty-region/", on="2026-11-22").words

    assert "Senate ended on 1 July 2026." in page
    assert 'href="/en/territories/almaty-region/?on=2026-06-30"' in page


def test_the_last_senators_stand_below_the_end_of_the_senate_and_what_followed(get, senate):
    kurultai = InstitutionFactory(name={"en": "Kurultai"}, start=day("2026-07-01"))
    Succession.objects.create(predecessor=senate.institution, successor=kurultai)
    AppointmentFactory(
        institution=senate.institution,
        group=senate.group,
        territory=senate.almaty,
        person=named("Last, Senator"),
        start=day("2023-01-26"),
        end=day("2026-07-01"),
    )

    page = get("/en/territories/almaty-region/", on="2026-11-22")

    (over,) = page.context["ended"]
    assert [each.row.name for seats in over.seats for each in seats.holders] == ["Last, Senator"]
    assert "What followed:" in page.words
    assert "Kurultai</a>" in page.words


def test_a_seat_has_its_class_and_the_day_on_which_its_term_is_to_end(get, senate):
    rule = senate.group.rules.get()
    rule.term_years = 6
    rule.save()
    first = RenewalClassFactory(group=senate.group, name={"en": "First class"})
    AppointmentFactory(
        institution=senate.institution,
        group=senate.group,
        territory=senate.almaty,
        renewal_class=first,
        start=day("2014-05-20"),
    )

    page = get("/en/territories/almaty-region/", on=ON).words

    assert "First class" in page
    assert "The term that began on 20 May 2014 runs out on 20 May 2020." in page


def test_who_sits_for_it_without_a_seat_of_its_own_is_listed_as_well(get, senate, mazhilis):
    AppointmentFactory(
        institution=mazhilis.institution,
        group=mazhilis.lists,
        person=named("District, Deputy"),
        territory=senate.almaty,
    )

    page = get("/en/territories/almaty-region/", on=ON).words

    assert "Also elected here" in page
    assert ">District, Deputy</a>" in page
    assert "Also elected here" not in get("/en/territories/akmola-region/", on=ON).words


def test_before_it_existed_it_says_since_when_it_does(get, senate):
    shymkent = TerritoryFactory(slug="shymkent", status=None, part_of=senate.almaty)
    TerritoryStatusFactory(
        territory=shymkent,
        kind__slug="city_of_republican_significance",
        start=date(2018, 6, 19),
    )

    page = get("/en/territories/shymkent/", on=ON).words

    assert "It did not exist as such on 1 June 2014" in page
    assert '?on=2018-06-19">It exists from 19 June 2018</a>' in page
    assert "/en/territories/almaty-region/?on=2014-06-01" in page


def test_it_is_called_by_the_name_of_the_day(get, senate):
    status = senate.akmola.statuses.get()
    TerritoryStatus.objects.filter(pk=status.pk).update(
        name={"en": "Tselinograd Region"}, end=date(2015, 1, 1)
    )

    assert "<h1>Tselinograd Region" in get("/en/territories/akmola-region/", on=ON).words


def test_territories_of_like_names_lead_to_each_other(get, senate):
    TerritoryFactory(slug="almaty-city", name={"en": "Almaty"}, status=None)
    city = Territory.objects.get(slug="almaty-city")
    TerritoryStatusFactory(territory=city, kind__slug="city_of_republican_significance")

    page = get("/en/territories/almaty-region/", on=ON).words
    assert f'confused with:<a href="/en/territories/almaty-city/?on={ON}">Almaty</a>' in page
    assert "(City of republican significance)" in page
    page = get("/en/territories/almaty-city/", on=ON).words
    assert f'confused with:<a href="/en/territories/almaty-region/?on={ON}">Almaty' in page
    # "Region" alone makes no likeness.
    assert "confused" not in get("/en/territories/akmola-region/", on=ON).words


def test_an_unknown_territory_is_not_found(get, db):
    assert get("/en/territories/atlantis/").status_code == 404


def test_it_lists_its_own_bodies_of_which_nobody_may_be_recorded(get, senate):
    local = {"branch": "local_representative", "territory": senate.almaty}
    maslikhat = InstitutionFactory(slug="maslikhat", name={"en": "Maslikhat"}, **local)
    SeatRuleFactory(group=SeatGroupFactory(institution=maslikhat), seats=30)
    InstitutionFactory(name={"en": "Soviet of deputies"}, end=day("1997-01-01"), **local)

    page = get("/en/territories/almaty-region/", on=ON).words

    assert f'<a href="/en/institutions/maslikhat/?on={ON}">Maslikhat</a>' in page
    assert "30 seats" in page
    assert '<span class="tag unk">Not recorded</span>' in page
    assert "Soviet of deputies ended on 1 January 1997." in page
    assert "Its own bodies" not in get("/en/territories/akmola-region/", on=ON).words


def test_its_akim_is_named_or_said_to_be_not_recorded(get, senate):
    akims = InstitutionFactory(slug="akims", name={"en": "Akims"}, branch="local_executive")
    group = SeatGroupFactory(institution=akims, name={"en": "Akim"})
    SeatRuleFactory(group=group, seats=None, seats_per_territory=1, kinds=["region"])
    AppointmentFactory(
        institution=akims, group=group, territory=senate.almaty, person=named("Omarov, Kanat")
    )

    assert "Omarov, Kanat" in get("/en/territories/almaty-region/", on=ON).words
    page = get("/en/territories/akmola-region/", on=ON).words
    assert "Not recorded who holds it on this day." in page
    assert "Vacant" not in page


def test_it_says_what_sources_disagree_about_in_it(get, senate):
    ContradictionFactory(
        slug="codes", subject={"en": "Its code"}, institution=None, territory=senate.almaty
    )

    page = get("/en/territories/almaty-region/", on=ON).words

    assert f'<a href="/en/sources/conflicts/?on={ON}#codes">Its code</a>' in page
    assert "Its code" not in get("/en/territories/akmola-region/", on=ON).words


def test_the_number_of_queries_is_bounded(client, senate, django_assert_max_num_queries):
    with django_assert_max_num_queries(22):
        client.get("/en/territories/almaty-region/", {"on": ON})
