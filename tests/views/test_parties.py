"""The pages of parties."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    AffiliationFactory,
    AppointmentFactory,
    CitationFactory,
    ContradictionFactory,
    PartyFactory,
)
from tests.views.conftest import day, named

ON = "2014-06-01"
NUR_OTAN = "/en/parties/nur-otan/"


def test_a_party_has_the_seats_that_the_composition_of_the_day_gives_it(get, mazhilis):
    page = get(NUR_OTAN, on=ON)
    composition = get(mazhilis.composition, on=ON)

    (seats,) = page.context["seats"]
    counted = {each.slug: each.seats for each in composition.context["composition"].parties}
    assert seats.certain == counted["nur-otan"] == 1
    assert str(seats.key) in composition.content.decode()  # the same colour and mark
    assert "1 member sat for it on 1 June 2014." in page.words
    assert [row.name for row in seats.rows] == ["Mamyrov, Bolat"]


def test_a_member_who_changed_sides_is_counted_for_the_party_of_the_day(get, mazhilis):
    old = mazhilis.mamyrov.affiliations.get()
    old.end = day("2014-03-01")
    old.save()
    AffiliationFactory(
        appointment=mazhilis.mamyrov,
        party=PartyFactory(slug="auyl"),
        start=day("2014-03-01"),
    )

    left, joined = get(NUR_OTAN, on=ON), get("/en/parties/auyl/", on=ON)

    assert "Nobody recorded sat for it on 1 June 2014." in left.words
    assert [row.name for each in joined.context["seats"] for row in each.rows] == ["Mamyrov, Bolat"]
    (sat,) = left.context["convocations"]
    assert (sat.at_first, sat.at_last, sat.ever) == (1, 0, 1)


def test_seats_by_convocation_count_the_first_day_the_last_day_and_everybody(get, mazhilis):
    dosanov = mazhilis.dosanov  # left in 2014, so is in office on the first day alone
    AffiliationFactory(appointment=dosanov, party=mazhilis.mamyrov.affiliations.get().party)

    (sat,) = get(NUR_OTAN).context["convocations"]

    assert sat.convocation == mazhilis.fifth
    assert (sat.at_first, sat.at_last, sat.ever) == (2, 1, 2)


def test_a_party_lists_what_sources_disagree_about_in_it(get, db):
    party = PartyFactory(slug="asar")
    ContradictionFactory(slug="seats", subject={"en": "Its seats"}, institution=None, party=party)

    page = get("/en/parties/asar/", on=ON)

    (dispute,) = page.context["disputes"].on_the_day
    assert dispute.fact.url == f"/en/parties/asar/?on={ON}"
    assert f'<a href="/en/sources/conflicts/?on={ON}#seats">Its seats</a>' in page.words


def test_names_in_all_languages_with_source_and_remark(get, db):
    party = PartyFactory(
        slug="auyl",
        name={"en": "Auyl", "kk": "Ауыл"},
        abbreviation="APR",
        other_names=["Aul"],
        note="Merged in 2015.",
    )
    CitationFactory(party=party, place="page 3")

    page = get("/en/parties/auyl/").words

    for words in ('lang="kk">Ауыл', "APR", "Aul", "Merged in 2015.", "Official gazette, page 3"):
        assert words in page, words


def test_a_name_in_another_language_says_in_which(get, db):
    PartyFactory(slug="otan", name={"ru": "Отан"})

    assert '<h1><span lang="ru">Отан</span>' in get("/de/parties/otan/").words


def test_an_unknown_party_is_not_found(client, db):
    assert client.get("/en/parties/nobody/").status_code == 404


def test_more_members_cost_no_more_queries(client, mazhilis):
    party = mazhilis.mamyrov.affiliations.get().party

    def queries():
        with CaptureQueriesContext(connection) as counted:
            client.get(NUR_OTAN, {"on": ON})
        return len(counted)

    before = queries()
    for number in range(10):
        appointment = AppointmentFactory(
            institution=mazhilis.institution,
            convocation=mazhilis.fifth,
            group=mazhilis.lists,
            person=named(f"Member {number}"),
        )
        AffiliationFactory(appointment=appointment, party=party)

    assert queries() <= before
    assert before <= 12
