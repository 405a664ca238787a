"""The first page, and the way to it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.models import Person, StatedTotal
from tests.factories import (
    AppointmentFactory,
    ContradictionFactory,
    CoverageFactory,
    InstitutionFactory,
    SeatGroupFactory,
    SeatRuleFactory,
    SourceFactory,
)
from tests.views.conftest import day, named

ON = "2014-06-01"


@pytest.mark.parametrize(
    ("wanted", "cookie", "language"),
    [
        ("kk", "", "kk"),
        ("de-AT,en;q=0.5", "", "de"),
        ("fr", "", "en"),
        ("", "", "en"),
        ("kk", "ru", "ru"),
        ("kk", "xx", "kk"),
    ],
)
def test_the_root_leads_to_the_language_of_the_reader(client, wanted, cookie, language):
    if cookie:
        client.cookies["django_language"] = cookie

    response = client.get("/", headers={"accept-language": wanted})

    assert (response.status_code, response.url) == (302, f"/{language}/")
    assert {"Accept-Language", "Cookie"} <= set(response.headers["Vary"].split(", "))


def test_both_chambers_are_drawn_with_their_numbers(get, mazhilis, senate):
    page = get("/en/", on=ON).words

    assert "Mazhilis on 1 June 2014: 3 of 4 seats filled" in page
    assert "Senate on 1 June 2014: 2–3 of 4 seats filled" in page
    assert "3 + 1 = 4" in page
    assert "2 × 2 = 4" in page


def test_today_the_chambers_that_ended_stand_in_one_line(get, mazhilis, senate):
    page = get("/en/").words

    assert "Before 1 Jul 2026:" in page
    assert f'href="{mazhilis.composition}?on=2026-06-30">last composition' in page
    assert "Mazhilis on" not in page


def test_votes_needed_are_those_of_all_seats(get, mazhilis):
    (chamber,) = get("/en/", on=ON).context["chambers"]

    assert [majority.votes for majority in chamber.majorities] == [3, 3]


def test_findings_name_the_body_and_lead_to_it(get, mazhilis):
    page = get("/en/", on=ON).words

    assert f'href="{mazhilis.composition}?on={ON}#findings">Mazhilis</a>: 1 seat is vacant' in page


def test_a_total_that_the_sources_state_too_is_said_to_conform(get, mazhilis):
    conforms = "3 + 1 = 4, as its sources state."
    assert conforms not in get("/en/", on=ON).words

    StatedTotal.objects.create(
        institution=mazhilis.institution, total=4, source=SourceFactory(), start=date(2007, 5, 21)
    )

    assert conforms in get("/en/", on=ON).words


def test_the_findings_of_the_day_are_as_many_as_those_of_the_api(client, get, mazhilis, senate):
    ended = InstitutionFactory(slug="supreme-council", end=day("1995-03-11"), start=day("1990"))
    AppointmentFactory(institution=ended)

    response = get("/en/", on=ON)

    told = client.get("/api/v1/findings", {"on": ON}).json()
    assert len(response.context["findings"]) == len(told)
    assert {each["severity"] for each in told} == {"error", "warning", "information"}
    assert f"findings on this day</a></dt><dd>{len(told)}</dd>" in response.words


def test_the_tiles_add_up_to_the_seats_by_rule(get, mazhilis, senate):
    totals = get("/en/", on=ON).context["totals"]

    assert (totals["required"], totals["filled"], totals["perhaps"], totals["vacant"]) == (
        8,
        5,
        1,
        2,
    )


def test_the_tiles_of_chambers_of_which_nobody_is_recorded_show_no_zero(get, mazhilis):
    page = get("/en/", on="2017-03-01").words

    assert "filled: not recorded who sits</dt><dd>–</dd>" in page


def test_common_questions_are_answered_for_the_day(get, mazhilis, senate):
    def answers(day):
        asked = get("/en/", on=day).context["questions"]
        return {question.text: " ".join(question.answers) for question in asked}

    assert answers(ON) == {
        "Who sits for my region?": "Choose among 2 territories.",
        "How many seats are vacant, and under which rule?": (
            "Mazhilis: 1 (Party lists). Senate: 1 (Elected by the territories)."
        ),
        "How many seats has each party?": ("Mazhilis: Ak Zhol 1, Nur Otan 1, No party recorded 1."),
        "How many votes are two thirds?": "Mazhilis: 3 of 4. Senate: 3 of 4.",
        "Whose terms end in the next 12 months?": "Mazhilis: none. Senate: none.",
        "What changed in the past month?": "1 event is recorded.",
    }
    # The convocation of the Mazhilis ends on 20 January 2016.
    assert "Mazhilis: 3." in answers("2015-06-01")["Whose terms end in the next 12 months?"]
    ended = answers("2026-07-01")
    assert ended["What replaced a chamber that ended?"] == "Mazhilis → Kurultai."


def test_the_changes_nearest_to_the_day_are_told(get, mazhilis):
    def told(on):
        changes = get("/en/", on=on).context["changes"]
        return [[(e.kind.value, str(e.when)) for e in some[:2]] for some in changes]

    assert told(ON) == [
        [("left", "2014-04-22"), ("convened", "2012-01-20")],
        [("dissolved", "2016-01-20"), ("convened", "2016-03-25")],
    ]
    page = get("/en/", on=ON).words
    assert "Mandate ends:" in page
    assert f'{mazhilis.dosanov.person.get_absolute_url()}?on=2014-04-22">Dosanov, Asel</a>' in page


def test_a_latest_change_known_by_its_month_is_given_no_day(get, mazhilis):
    AppointmentFactory(institution=mazhilis.institution, group=mazhilis.lists, start=day("2014-05"))

    page = get("/en/", on=ON).words

    assert '<a href="?on=2014-05-31">Latest change: May 2014, day not recorded</a>' in page


def test_a_single_office_names_its_holder(get, db):
    office = InstitutionFactory(slug="president", branch="head_of_state")
    group = SeatGroupFactory(institution=office)
    SeatRuleFactory(group=group, seats=1)
    CoverageFactory(institution=office)
    AppointmentFactory(
        institution=office, group=group, person=named("Nazarbayev, Nursultan"), start=day("2012")
    )

    page = get("/en/", on=ON).words

    assert "Nazarbayev, Nursultan" in page
    assert "1 of 1" in page


def test_a_name_in_another_language_says_in_which(get, db):
    InstitutionFactory(slug="court", name={"kk": "Сот"}, branch="judicial")

    assert '"><span lang="kk">Сот</span></a>' in get("/de/", on=ON).words


def test_a_body_that_nobody_recorded_is_not_called_vacant(get, db):
    court = InstitutionFactory(slug="court", branch="judicial")
    SeatRuleFactory(group=SeatGroupFactory(institution=court), seats=7)

    page = get("/en/", on=ON).words

    assert "7 seats" in page
    assert "Not recorded" in page
    assert "0 of 7" not in page


def test_the_look_up_leads_to_the_composition_of_the_day(get, mazhilis):
    response = get("/en/", institution="mazhilis", day="1", month="6", year="2014")

    assert (response.status_code, response.url) == (302, f"{mazhilis.composition}?on={ON}")


@pytest.mark.parametrize("slug", ["", "nothing", "\0", "x" * 5000])
def test_the_look_up_of_no_institution_gets_a_sentence(get, mazhilis, slug):
    response = get("/en/", institution=slug, day="1", month="6", year="2014")

    assert response.status_code == 400
    assert "There is no institution" in response.words


def test_territories_of_the_day_are_listed(get, senate):
    page = get("/en/", on=ON).words

    assert f"/en/territories/almaty-region/?on={ON}" in page
    assert [name["en"] for _slug, name in get("/en/", on=ON).context["territories"]] == [
        "Akmola Region",
        "Almaty Region",
    ]


def test_the_question_where_sources_disagree_leads_to_the_contradictions(get, mazhilis):
    ContradictionFactory.create_batch(2, institution=mazhilis.institution)
    ContradictionFactory(institution=mazhilis.institution, is_open=True)

    page = get("/en/", on=ON).words

    assert f'<a href="/en/sources/conflicts/?on={ON}">Where do the sources disagree?</a>' in page
    assert "3 contradictions, 1 of them without a position of the registry." in page


def test_bodies_of_territories_are_counted_with_the_body_they_are_part_of(get, senate):
    local = {"branch": "local_representative"}
    whole = InstitutionFactory(slug="maslikhats", name={"en": "Maslikhats"}, **local)
    parts = [
        InstitutionFactory(name={"en": f"Maslikhat {n}"}, parent=whole, territory=place, **local)
        for n, place in enumerate((senate.almaty, senate.akmola))
    ]

    response = get("/en/", on=ON)

    listed = [body.institution for body in response.context["local"]]
    assert listed == [whole]
    linked = f'<a href="/en/institutions/maslikhats/?on={ON}#bodies">2 bodies of territories</a>'
    assert linked in response.words
    # Whoever looks one up still finds it.
    assert response.context["of_territories"] == parts
    assert '<optgroup label="Bodies of territories">' in response.words


def test_a_body_of_a_territory_whose_whole_is_gone_has_its_own_line(get, senate):
    local = {"branch": "local_representative"}
    whole = InstitutionFactory(end=day("2010-01-01"), **local)
    body = InstitutionFactory(parent=whole, territory=senate.almaty, **local)

    assert [each.institution for each in get("/en/", on=ON).context["local"]] == [body]


def test_an_empty_register_still_answers(get, db):
    assert get("/en/").status_code == 200


def test_more_institutions_and_members_cost_no_more_queries(client, mazhilis, senate):
    def queries():
        with CaptureQueriesContext(connection) as counted:
            assert client.get("/en/", {"on": ON}).status_code == 200
        return len(counted)

    before = queries()
    for n in range(5):
        body = InstitutionFactory(branch="judicial")
        group = SeatGroupFactory(institution=body)
        SeatRuleFactory(group=group, seats=9)
        CoverageFactory(institution=body, start=date(1996, 1, 30))
        AppointmentFactory.create_batch(4, institution=body, group=group)
        AppointmentFactory(institution=body, group=group, end=day(f"2013-0{n + 1}-01"))

    assert queries() == before
    assert before <= 10


def test_sample_people_behind_the_numbers_are_announced(get, mazhilis):
    assert "Sample data." not in get("/en/", on=ON).words

    Person.objects.filter(pk=mazhilis.abenov.person_id).update(sample=True)

    assert "Some of the people shown are invented samples." in get("/en/", on=ON).words
