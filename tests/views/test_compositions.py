"""The composition page: numbers, states, roster, filters and the file beside it."""

from __future__ import annotations

import csv
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.domain.dates import UNKNOWN, PartialDate
from registry.models import (
    Affiliation,
    Appointment,
    Citation,
    Coverage,
    Person,
    SeatRule,
    StatedTotal,
)
from tests.factories import (
    AppointmentFactory,
    ConvocationFactory,
    CoverageFactory,
    ExplanationFactory,
    InstitutionFactory,
    PartyFactory,
    SeatGroupFactory,
    SeatRuleFactory,
    SourceFactory,
)
from tests.views.conftest import day, named

ON = "2014-06-01"


def row_of(page, name):
    """The text of the roster row that names somebody."""
    row = next(each for each in re.findall(r"<tr.*?</tr>", page) if name in each)
    return " ".join(re.sub(r"<[^>]+>", " ", row).split())


def test_the_numbers_of_the_day_stand_first(get, mazhilis):
    page = get(mazhilis.composition, on=ON).words

    assert "filled, of 4 seats required by rule</dt><dd>3</dd>" in page
    assert "vacant</a></dt><dd>1</dd>" in page
    assert "over the rule</dt><dd>0</dd>" in page
    assert "votes are more than half of 4</dt><dd>3</dd>" in page
    assert "votes are two thirds of 4</dt><dd>3</dd>" in page


def test_a_term_says_on_which_day_somebody_left_office(get, mazhilis):
    page = get(mazhilis.composition, on=ON).words

    assert "20 Jan 2012 – left office on 20 Jan 2016" in row_of(page, "Abenov, Dinara")
    assert "until" not in page.lower()


def test_the_day_somebody_left_office_no_longer_shows_them(get, mazhilis):
    members = get(mazhilis.composition, on="2014-04-22").context["rows"]

    assert "Dosanov, Asel" not in [row.name for row in members]
    members = get(mazhilis.composition, on="2014-04-21").context["rows"]
    assert "Dosanov, Asel" in [row.name for row in members]


def test_inherited_dates_are_told_from_stated_ones(get, mazhilis):
    page = get(mazhilis.composition, on=ON).words

    assert "dates of the convocation" in row_of(page, "Abenov, Dinara")
    assert "dates of the convocation" not in row_of(page, "Dosanov, Asel</a><")


def test_a_vacant_seat_names_its_rule_its_first_day_and_its_last_holder(get, mazhilis):
    row = row_of(get(mazhilis.composition, on=ON).words, "Vacant seat")

    assert "for 40 days" in row  # 22 April to 1 June
    assert "Last held by Dosanov, Asel" in row
    assert "Party lists" in row
    assert "vacant since 22 Apr 2014" in row


def test_a_finding_stands_with_its_days_its_cure_and_its_vacancy_clock(get, mazhilis):
    page = get(mazhilis.composition, on=ON).words

    assert "<b>Vacant seats.</b>1 seat is vacant. Certainly filled: 2 of 3." in page
    assert "From 22 April 2014; no longer on 20 January 2016." in page
    assert "left office: 22 Apr 2014. Reason: became a minister" in page
    assert "Record who holds the seat" in page


def test_an_explained_finding_is_marked_and_says_why(get, mazhilis):
    ExplanationFactory(institution=mazhilis.institution)

    page = get(mazhilis.composition, on=ON).words

    assert '<span class="tag ok">Explained</span>' in page
    assert "The seat stays empty until the by-election." in page
    assert "The explanation expires on 1 January 2030" in page


def test_the_composition_leads_to_every_finding_and_to_the_terms_ahead(get, mazhilis):
    page = get(mazhilis.composition, on=ON).words

    assert 'href="/en/checks/?institution=mazhilis&amp;to=' in page
    assert f'href="/en/calendar/?institution=mazhilis&amp;on={ON}"' in page


def test_who_left_earlier_in_the_convocation_is_listed_with_the_reason(get, mazhilis):
    page = get(mazhilis.composition, on=ON).words

    assert "Left earlier in this convocation (1)" in page
    assert "became a minister" in page


def test_between_convocations_only_those_of_the_last_one_are_listed(get, mazhilis):
    fourth = ConvocationFactory(
        institution=mazhilis.institution, number=4, start=day("2007-09-02"), end=day("2011-11-16")
    )
    AppointmentFactory(
        institution=mazhilis.institution,
        convocation=fourth,
        start_inherited=True,
        end_inherited=True,
    )

    response = get(mazhilis.composition, on="2016-02-01")

    assert "The members of convocation 5, no longer in office (4)" in response.words
    assert len(response.context["departed"]) == 4


def test_of_a_body_without_convocations_those_who_left_last_are_listed(get, senate):
    for n in range(25):
        AppointmentFactory(
            institution=senate.institution, start=day("1999"), end=day(f"2005-01-{n + 1:02}")
        )

    response = get(senate.composition, on=ON)

    assert "The 20 who left office last before this day" in response.words
    assert response.context["departed"][0].name == "Tolegenov, Aidar"
    assert len(response.context["departed"]) == 20


def test_a_convocation_whose_first_day_is_open_is_not_said_to_begin(get, mazhilis):
    kurultai = mazhilis.kurultai
    SeatRuleFactory(group=SeatGroupFactory(institution=kurultai), seats=5)
    ConvocationFactory(
        institution=kurultai,
        number=1,
        start=day("[2026-08-23..]"),
        end=None,
        elected=date(2026, 8, 23),
    )

    page = get(kurultai.get_composition_url(), on="2026-07-01").words

    assert (
        "The first day of convocation 1 is not recorded; it is not before 23 August 2026." in page
    )
    assert '<a href="?on=2026-08-23">Show 23 August 2026</a>' in page


def test_a_convocation_ends_and_does_not_leave_office(get, mazhilis):
    page = get(mazhilis.composition, on="2016-02-01").words

    assert "Convocation 5: 20 Jan 2012 – ended on 20 Jan 2016" in page


def test_the_last_day_of_a_body_that_ended_in_a_year_is_one_it_certainly_had(get, db):
    address = InstitutionFactory(start=day("1991"), end=day("1996")).get_composition_url()

    page = get(address, on=ON).words

    assert "Show its composition on 31 December 1995, the last day on which it certainly" in page
    assert "last composition" not in page


def test_the_sum_of_the_rules_is_held_against_what_sources_state(get, mazhilis):
    assert "No source states a total for these days." in get(mazhilis.composition, on=ON).words
    for total in (4, 5):
        StatedTotal.objects.create(
            institution=mazhilis.institution, total=total, source=SourceFactory()
        )

    page = get(mazhilis.composition, on=ON).words
    assert "Equals stated 4" in page
    assert "Stated: 5" in page
    assert '<span class="tag bad">Total differs from a source</span>' in page


def test_a_rule_names_its_article_and_its_source(get, mazhilis):
    page = get(mazhilis.composition, on=ON).words

    assert "Art. 51" in page
    assert "Official gazette, page 7" in page


def test_a_rule_says_since_when_it_is_in_force_and_who_may_sit_by_it(get, mazhilis):
    SeatRule.objects.filter(article="51").update(
        term_years=5, renewal="full", eligibility="at least 25"
    )

    for address in (mazhilis.composition, mazhilis.institution.get_absolute_url()):
        page = get(address, on=ON).words
        assert "in force from 21 May 2007, ended on 8 Jun 2022" in page
        assert "· first applied on 18 Aug 2007" in page
        assert "· term of 5 years" in page
        assert "Renewal: full" in page
        assert "Eligibility: at least 25" in page


def test_a_method_that_the_group_is_named_by_is_not_said_again(get, mazhilis):
    SeatRule.objects.filter(group=mazhilis.assembly).update(
        method={"en": "Elected by the Assembly."}
    )

    assert "Elected by the Assembly.<" not in get(mazhilis.composition, on=ON).words


def test_who_acts_beside_a_holder_is_not_counted_and_the_page_says_so(get, db):
    office = InstitutionFactory(slug="prime-minister", branch="executive")
    group = SeatGroupFactory(institution=office)
    SeatRuleFactory(group=group, seats=1)
    for acting in (False, True):
        AppointmentFactory(institution=office, group=group, acting=acting)

    response = get(office.get_composition_url(), on=ON)

    assert response.context["table"].held == "1"
    assert response.words.count("1 acting, not counted beside the holder") == 2


def test_the_band_tells_the_law_from_the_convocation_in_session(get, mazhilis):
    page = get(mazhilis.composition, on="2022-07-01").words

    assert "Seats by law" in page
    assert '<b aria-current="true">6</b><span>in session, with 4 seats</span>' in page


def test_territories_are_multiplied_and_listed(get, senate):
    page = get(senate.composition, on=ON).words

    assert "2 × 2 territories" in page
    assert "1 vacant" in row_of(page, "/en/territories/almaty-region/?on=2014-06-01")


def test_an_office_held_beside_a_seat_is_not_counted_among_the_seats(get, senate):
    page = get(senate.composition, on=ON).words

    assert "Chair of the Senate" in page
    assert "of 4 seats required by rule" in page


def test_dates_known_in_part_are_shown_in_part(get, senate):
    page = get(senate.composition, on="2016-06-01").words

    marat = row_of(page, "Isabekov, Marat")
    assert "1 Oct 2011 – left office in 2017, day not recorded" in marat
    assert "1 Jan" not in marat


def test_who_may_have_left_stands_apart_as_perhaps_in_office(get, senate):
    response = get(senate.composition, on=ON)

    assert "Perhaps in office on this day" in response.words
    assert [row.name for row in response.context["possible"]] == ["Sarybai, Serik"]
    assert "end not recorded" in row_of(response.words, "Sarybai, Serik")
    assert response.context["drawing"].number == "2–3"


def test_seats_over_the_rule_are_drawn_outside_the_arc(get, senate):
    AppointmentFactory(
        institution=senate.institution,
        group=senate.group,
        territory=senate.akmola,
        start=day("2013-10-01"),
    )
    AppointmentFactory(
        institution=senate.institution,
        group=senate.group,
        territory=senate.akmola,
        start=day("2013-10-01"),
    )

    page = get(senate.composition, on=ON).words

    assert "1 over the rule" in page
    assert "Double ring outside the arc: beyond what the rule allows." in page
    assert page.count('class="ring"') == 1


def test_shares_of_a_body_with_too_many_members_add_up_to_a_hundred(get, mazhilis):
    for _member in range(3):
        AppointmentFactory(institution=mazhilis.institution, group=mazhilis.lists)

    response = get(mazhilis.composition, on=ON)

    assert response.context["composition"].over == 2
    assert sum(percent for _share, percent in response.context["shares"]) == pytest.approx(100)
    assert "More sit than the rule allows" in response.words


def test_a_seat_that_fell_vacant_on_the_day_is_vacant_from_this_day(get, mazhilis):
    page = get(mazhilis.composition, on="2014-04-22").words

    assert "from this day" in row_of(page, "Vacant seat")
    assert "0 days" not in page


def test_one_word_stands_for_members_without_a_party(get, mazhilis):
    page = get(mazhilis.composition, on=ON).words

    assert ">No party recorded (1)</option>" in page
    assert "No party recorded" in row_of(page, "Umbetov, Aidar")
    assert "No party recorded</th>" in page  # beside the drawing


def test_a_list_without_any_source_says_so_once(get, mazhilis):
    Citation.objects.filter(appointment__isnull=False).delete()

    page = get(mazhilis.composition, on=ON).words
    assert '<th role="columnheader" scope="col">Source</th>' not in page
    assert "No source is recorded for anybody in this list." in page

    Citation.objects.create(appointment=mazhilis.abenov, source=SourceFactory())
    Person.objects.filter(pk=mazhilis.umbetov.person_id).update(sample=True)

    page = get(mazhilis.composition, on=ON).words
    assert "Official gazette" in row_of(page, "Abenov, Dinara")
    assert "No source" in row_of(page, "Mamyrov, Bolat")
    assert "invented" in row_of(page, "Umbetov, Aidar")


def test_an_ended_institution_keeps_its_page(get, mazhilis):
    page = get(mazhilis.composition, on="2026-07-01").words

    assert "Mazhilis ended on 1 July 2026." in page
    assert "/en/institutions/kurultai/composition/?on=2026-07-01" in page
    assert '/composition/?on=2026-06-30"' in page  # its last composition
    assert "required by rule" not in page


def test_before_its_first_day_an_institution_says_when_it_began(get, mazhilis):
    page = get(mazhilis.kurultai.get_composition_url(), on=ON).words

    assert "Kurultai did not exist yet on 1 June 2014" in page
    assert '/composition/?on=2026-07-01">It began on 1 July 2026</a>' in page
    assert f'/en/institutions/mazhilis/composition/?on={ON}">Mazhilis</a>' in page


def test_between_convocations_the_page_leads_to_the_days_around(get, mazhilis):
    page = get(mazhilis.composition, on="2016-02-01").words

    assert "No convocation was in session on 1 February 2016" in page
    assert '?on=2016-01-19"' in page
    assert '?on=2016-03-25"' in page
    assert ">4</dd>" in page  # the seats by rule are still said
    assert "No convocation was in session on this day, so there is nothing to check." in page
    assert "The roster matches" not in page


def test_a_convocation_under_an_older_rule_says_so(get, mazhilis):
    page = get(mazhilis.composition, on="2022-07-01").words

    assert "The law asks for 2 seats, the sitting convocation has 4" in page
    assert "Since 8 June 2022 the law in force gives 2 seats." in page
    assert "Convocation 6 was elected on 20 March 2016" in page


def test_outside_its_coverage_nobody_is_vacant(get, mazhilis):
    page = get(mazhilis.composition, on="2017-01-01").words

    assert "Not recorded: who sat on this day" in page
    assert "Vacant seat" not in page
    assert "seats by rule; who sat is not recorded</dt><dd>4</dd>" in page


def test_without_a_rule_there_is_no_number_to_hold_the_roster_against(get, db):
    body = InstitutionFactory(slug="council")
    AppointmentFactory(institution=body, person=named("Orazgali, Serik"))

    page = get(body.get_composition_url(), on=ON).words

    assert "No seat rule is recorded for this date" in page
    assert "Orazgali, Serik" in page
    assert "%" not in re.sub(r"<[^>]+>", "", page)


def test_members_without_a_group_leave_the_parts_open(get, mazhilis):
    sixth = mazhilis.institution.convocations.get(number=6)
    CoverageFactory(institution=mazhilis.institution, start=date(2016, 3, 25))
    for _member in range(4):
        AppointmentFactory(
            institution=mazhilis.institution,
            convocation=sixth,
            start_inherited=True,
            end_inherited=True,
        )

    page = get(mazhilis.composition, on="2017-01-01").words

    assert "For 4 members nobody recorded by which rule they sit." in page
    assert "filled, of 4 seats required by rule</dt><dd>4</dd>" in page


def test_a_rule_whose_members_are_not_told_apart_is_not_called_empty(get, mazhilis):
    sixth = mazhilis.institution.convocations.get(number=6)
    for _member in range(4):
        AppointmentFactory(institution=mazhilis.institution, convocation=sixth)

    lists, assembly = get(mazhilis.composition, on="2017-01-01").context["table"].rows

    assert (lists.held, lists.tag.text) == ("0–3", "Left open")
    assert (assembly.held, assembly.tag.text) == ("0–1", "Left open")


def test_where_nobody_is_recorded_no_zero_stands_for_it(get, senate):
    Coverage.objects.all().delete()
    Appointment.objects.all().delete()

    table = get(senate.composition, on=ON).context["table"]

    (territories,) = table.rows
    assert (table.held, table.vacant, territories.held, territories.vacant) == ("–",) * 4
    assert {(place.held, place.vacant) for place in territories.places} == {("–", "–")}


@pytest.mark.parametrize("number", [{"unlimited": True}, {"unlimited": False}])
def test_a_rule_without_a_number_does_not_conform_if_nobody_is_recorded(get, db, number):
    body = InstitutionFactory(slug="council")
    SeatRuleFactory(group=SeatGroupFactory(institution=body), seats=None, **number)

    response = get(body.get_composition_url(), on=ON)

    (row,) = response.context["table"].rows
    assert (row.held, row.tag.text) == ("–", "Not recorded")
    assert "Conforms" not in response.words


def test_two_who_may_have_held_one_office_fill_at_most_one_seat(get, db):
    office = InstitutionFactory(slug="prime-minister", branch="executive")
    group = SeatGroupFactory(institution=office)
    SeatRuleFactory(group=group, seats=1)
    for start, end in (("2002-01-28", "2003-06"), ("2003-06", "2007-01-08")):
        AppointmentFactory(institution=office, group=group, start=day(start), end=day(end))

    table = get(office.get_composition_url(), on="2003-06-12").context["table"]

    assert (table.held, table.rows[0].held) == ("0–1", "0–1")


def test_a_member_of_a_group_without_a_rule_is_not_called_one_without_a_group(get, db):
    office = InstitutionFactory(slug="president", branch="head_of_state", start=day("1990"))
    InstitutionFactory(slug="vice-president", branch="head_of_state", parent=office)
    group = SeatGroupFactory(institution=office, name={"en": "President"})
    SeatRuleFactory(group=group, seats=1, start=date(1995, 9, 5))
    AppointmentFactory(institution=office, group=group, start=day("1990-04-24"))

    page = get(office.get_composition_url(), on="1992-06-01").words

    assert "No seat rule is recorded for this date" in page
    assert "Its seats are" not in page
    assert "Seat group not recorded" not in page


def test_a_single_office_shows_that_its_holder_is_acting(get, db):
    office = InstitutionFactory(slug="prime-minister", branch="executive")
    group = SeatGroupFactory(institution=office)
    SeatRuleFactory(group=group, seats=1)
    holder = named("Sagintayev, Bakytzhan")
    handover, full = day("2016-09-08"), day("2016-09-09")
    for start, end, acting in ((handover, full, True), (full, None, False)):
        AppointmentFactory(
            institution=office, person=holder, group=group, start=start, end=end, acting=acting
        )

    acting = get(office.get_composition_url(), on="2016-09-08")
    assert [row.acting for row in acting.context["rows"]] == [True]
    assert "acting" in row_of(acting.words, "Sagintayev")
    full = get(office.get_composition_url(), on="2016-09-09")
    assert [row.acting for row in full.context["rows"]] == [False]


def test_a_parliament_points_to_its_chambers(get, senate):
    parliament = InstitutionFactory(slug="parliament", name={"en": "Parliament"})
    senate.institution.parent = parliament
    senate.institution.save()

    page = get(parliament.get_composition_url(), on=ON).words

    assert "Its seats are those of its chambers" in page
    assert f"{senate.composition}?on={ON}" in page


def test_sample_people_are_marked_one_by_one_and_on_top(get, mazhilis):
    page = get(mazhilis.composition, on=ON).words
    assert "Sample data." not in page

    Person.objects.filter(pk=mazhilis.abenov.person_id).update(sample=True)

    page = get(mazhilis.composition, on=ON).words
    assert "Some of the people shown are invented samples." in page
    assert "sample" in row_of(page, "Abenov, Dinara")
    assert "sample" not in row_of(page, "Mamyrov, Bolat")


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"name": "aben"}, ["Abenov, Dinara"]),
        ({"party": "nur-otan"}, ["Mamyrov, Bolat"]),
        ({"party": "none"}, ["Umbetov, Aidar"]),
        ({"seat": "assembly"}, ["Umbetov, Aidar"]),
        ({"name": "zz"}, []),
        ({"party": "gone-by-then"}, []),
        ({"sort": "seat"}, ["Umbetov, Aidar", "Abenov, Dinara", "Mamyrov, Bolat"]),
        ({"sort": "party"}, ["Abenov, Dinara", "Mamyrov, Bolat", "Umbetov, Aidar"]),
    ],
)
def test_the_roster_is_filtered_and_sorted_by_the_address(get, mazhilis, query, names):
    response = get(mazhilis.composition, on=ON, **query)

    assert [row.name for row in response.context["rows"]] == names
    assert '<input type="hidden" name="on" value="2014-06-01">' in response.words


def test_a_filter_that_matches_nobody_can_be_removed(get, mazhilis):
    page = get(mazhilis.composition, on=ON, name="zz").words

    assert "0 of 3 members shown" in page
    assert "There are 3 members without filters." in page
    assert f'href="{mazhilis.composition}?on={ON}#roster"' in page


def test_a_name_is_found_in_either_script(get, mazhilis):
    Person.objects.filter(pk=mazhilis.abenov.person_id).update(
        sort_name={"en": "Abenov, Dinara", "kk": "Әбенов, Динара"}
    )

    found = get(mazhilis.composition, on=ON, name="әбенов").context["rows"]

    assert [row.name for row in found] == ["Abenov, Dinara"]


def test_the_drawing_can_be_coloured_by_rule(get, mazhilis):
    page = get(mazhilis.composition, on=ON, colour="rule").words

    assert "Seats by rule on 1 June 2014" in page
    assert "Mamyrov, Bolat — Party lists" in page


def test_no_markup_of_a_name_reaches_the_page(get, mazhilis):
    Person.objects.filter(pk=mazhilis.abenov.person_id).update(
        sort_name={"en": "<script>alert(1)</script>"}
    )

    assert "<script>" not in get(mazhilis.composition, on=ON, name="<script>").words


def test_nothing_on_the_page_has_an_inline_style(get, mazhilis):
    page = get(mazhilis.composition, on=ON).words

    assert "style=" not in page
    assert "<style" not in page
    assert "<script" not in page.replace('<script type="application/ld+json">', "")  # data


def test_the_download_lists_whom_the_page_lists(client, get, mazhilis):
    page = get(mazhilis.composition, on=ON)
    response = client.get("/en/institutions/mazhilis/composition.csv", {"on": ON})

    assert response.headers["Content-Disposition"] == (
        'attachment; filename="mazhilis-2014-06-01.csv"'
    )
    rows = list(csv.DictReader(response.getvalue().decode().splitlines()))
    filled = [row["sort_name_en"] for row in rows if row["status"] == "filled"]
    assert filled == [row.name for row in page.context["rows"]]
    assert [row["group"] for row in rows if row["status"] == "vacant"] == ["lists"]
    assert {row["on"] for row in rows} == {ON}


@pytest.mark.parametrize(
    "query",
    [{"name": "aben"}, {"party": "nur-otan"}, {"party": "none"}, {"seat": "lists"}, {"name": "zz"}],
)
def test_the_download_of_a_filtered_page_is_filtered_as_the_page_is(client, get, mazhilis, query):
    chair = SeatGroupFactory(institution=mazhilis.institution, slug="chair", inner=True)
    AppointmentFactory(institution=mazhilis.institution, group=chair, person=mazhilis.abenov.person)
    page = get(mazhilis.composition, on=ON, **query)
    response = client.get(page.context["csv_url"])

    rows = list(csv.DictReader(response.getvalue().decode().splitlines()))
    filled = [row["sort_name_en"] for row in rows if row["status"] == "filled"]
    assert filled == [row.name for row in page.context["rows"]]
    vacant = [row for row in rows if row["status"] == "vacant"]
    assert len(vacant) == len(page.context["vacancies"])
    assert "mazhilis-filtered-2014-06-01.csv" in response.headers["Content-Disposition"]


def test_a_slug_that_nobody_has_is_not_found(get, db):
    for slug in ("nothing", "x" * 5000, "a%00b"):
        assert get(f"/en/institutions/{slug}/composition/").status_code == 404


def chamber_of(members):
    """A chamber with so many members, in bulk: each with a party, one in ten without dates."""
    chamber = InstitutionFactory(slug=f"chamber-of-{members}")
    group = SeatGroupFactory(institution=chamber)
    SeatRuleFactory(group=group, seats=members)
    convocation = ConvocationFactory(institution=chamber)
    CoverageFactory(institution=chamber)
    people = Person.objects.bulk_create(
        Person(name={"en": f"Dinara Abenova {n}"}, sort_name={"en": f"Abenova {n}, Dinara"})
        for n in range(members)
    )
    first = date(2012, 1, 20)
    appointments = Appointment.objects.bulk_create(
        Appointment(
            institution=chamber,
            person=person,
            group=group,
            convocation=convocation,
            start_earliest=first,
            start_latest=first if n % 10 else None,
        )
        for n, person in enumerate(people)
    )
    party = PartyFactory()
    Affiliation.objects.bulk_create(
        Affiliation(appointment=appointment, party=party) for appointment in appointments
    )
    return chamber


def test_three_thousand_members_cost_no_more_queries_than_a_hundred_and_seven(client, senate):
    counts = []
    for members in (107, 3000):
        address = chamber_of(members).get_composition_url()
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address, {"on": ON}).content.decode()
        assert page.count("<tr") > members
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert counts[0] <= 10


def test_territories_offices_and_successors_stay_within_ten_queries(
    client, senate, django_assert_max_num_queries
):
    for end in ("2013-01-01", "2013-06"):
        AppointmentFactory(
            institution=senate.institution,
            group=senate.group,
            territory=senate.almaty,
            start=PartialDate.parse("2011-10-01"),
            end=PartialDate.parse(end),
        )
    AppointmentFactory(institution=senate.institution, start=UNKNOWN)

    with django_assert_max_num_queries(10):
        client.get(senate.composition, {"on": ON})
