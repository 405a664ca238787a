"""The page of an institution's seat rules: eras, rules, renewals, and what sources state."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.domain.dates import PartialDate
from registry.models import StatedTotal, TerritoryStatus
from tests.factories import (
    CitationFactory,
    ContradictionFactory,
    ElectionFactory,
    InstitutionFactory,
    RenewalClassFactory,
    SeatGroupFactory,
    SeatRuleFactory,
    SourceFactory,
    TerritoryFactory,
    TerritoryStatusFactory,
)

ON = "2014-06-01"
PAGE = "/en/institutions/senate/rules/"


@pytest.fixture
def appointed(senate):
    """Three senators whom the President appoints, since 2007."""
    group = SeatGroupFactory(
        institution=senate.institution, slug="appointed", name={"en": "Appointed"}, order=200
    )
    return SeatRuleFactory(group=group, seats=3, start=date(2007, 5, 21), designation="appointed")


def stated(institution, total, title="A gazette", **fields):
    source = SourceFactory(
        slug=title.lower().replace(" ", "-"), title=title, url="https://x.example/"
    )
    return StatedTotal.objects.create(institution=institution, total=total, source=source, **fields)


def era(response, start):
    """The era that begins on a day."""
    (found,) = [each for each in response.context["eras"] if each.span.start == start]
    return found


def test_an_era_is_a_sum_of_parts_with_their_articles(get, senate, appointed):
    response = get(PAGE, on=ON)

    found = era(response, date(2007, 5, 21))
    assert (found.formula, found.total, found.current) == ("2 × 2 + 3", 7, True)
    assert "2 × 2 + 3 =<b>7</b>" in response.words
    assert f'<a href="#rule-{appointed.pk}">Appointed</a><span class="alt">Art. 50</span>' in (
        response.words
    )
    assert "Elected by the territories: the 2 territories that are counted" in response.words


def test_a_new_territory_begins_an_era(get, senate, appointed):
    shymkent = TerritoryFactory(slug="shymkent", status=None)
    TerritoryStatusFactory(territory=shymkent, start=date(2018, 6, 19))

    response = get(PAGE, on="2018-06-19")

    assert era(response, date(2018, 6, 19)).formula == "2 × 3 + 3"
    assert not era(response, date(2007, 5, 21)).current


def test_a_stated_total_agrees_with_the_sum_or_differs(get, senate, appointed):
    since = {"start": date(2007, 5, 21)}
    stated(senate.institution, 7, "A gazette", **since)
    stated(senate.institution, 7, "A handbook", **since)
    stated(senate.institution, 47, "A travel guide", **since)
    stated(senate.institution, 9, "An old map", end=date(2007, 5, 21))

    response = get(PAGE, on=ON)

    found = era(response, date(2007, 5, 21))
    assert {(each.total, each.agrees, len(each.sources)) for each in found.stated} == {
        (7, True, 2),
        (47, False, 1),
    }
    assert "Agrees with the stated 7" in response.words
    assert "Differs from the stated 47" in response.words
    assert (
        '<a href="https://x.example/" rel="nofollow noopener">A travel guide</a>' in response.words
    )


def test_an_era_of_which_no_source_states_a_total_says_so(get, senate):
    assert "No source states a total for these days." in get(PAGE, on=ON).words


def test_a_total_stated_of_a_convocation_is_held_against_its_own_rules(get, mazhilis):
    stated(mazhilis.institution, 4, "A yearbook", convocation=mazhilis.fifth)

    # By the law of that later day there would be two seats.
    page = get("/en/institutions/mazhilis/rules/", on="2023-06-01").words

    assert '<th scope="row">5</th><td class="n">4</td><td class="n">4</td>' in page
    assert ">Agrees</span>" in page


def test_a_rule_says_how_its_seats_are_filled_and_for_how_long(get, senate):
    president = InstitutionFactory(slug="president", name={"en": "President"})
    assembly = InstitutionFactory(slug="assembly", name={"en": "Assembly"})
    group = SeatGroupFactory(institution=senate.institution, slug="appointed", name={"en": "Five"})
    rule = SeatRuleFactory(
        group=group,
        seats=5,
        start=date(2007, 5, 21),
        first_applied=date(2007, 8, 18),
        designation="appointed",
        chosen_by=president,
        proposed_by=assembly,
        consented_by=senate.institution,
        resigns_before=president,
        by_act=True,
        term_years=6,
        minimum_age=30,
        renewal_years=3,
        election_months=2,
        vacancy_months=1,
        eligibility="Resident for ten years",
        confidence="medium",
        note="The wording of 2017 was read.",
    )
    carried = f"?on={ON}"

    page = get(PAGE, on=ON).words

    for said in (
        "21 May 2007",
        "First applied on 18 Aug 2007",
        "<dd>Appointed</dd>",
        f'<dt>Elected or appointed by</dt><dd><a href="/en/institutions/president/{carried}">',
        f'<dt>On the proposal of</dt><dd><a href="/en/institutions/assembly/{carried}">',
        f'<dt>With the consent of</dt><dd><a href="/en/institutions/senate/{carried}">',
        "Each appointment is made by an act, such as a decree.",
        "6 years",
        "Ends when this body is elected anew:",
        "At least 30 years old",
        "Resident for ten years",
        "A part of the seats every 3 years",
        "At least 2 months before the terms run out",
        "To be filled within 1 month",
        "medium: one decent source, or a safe inference",
        "The wording of 2017 was read.",
        f'id="rule-{rule.pk}"',
        "Official gazette",
    ):
        assert said in page, said


def test_a_rule_of_other_days_is_folded_away(get, mazhilis):
    page = get("/en/institutions/mazhilis/rules/", on=ON)

    (lists,) = [each for each in page.context["groups"] if each.group.slug == "lists"]
    assert [row.in_force for row in lists.rules] == [True, False]
    assert "Other days: in force since 8 Jun 2022" in page.words


def test_a_rule_without_number_article_and_source_says_so(get, db):
    group = SeatGroupFactory(institution=InstitutionFactory(slug="ministries"))
    SeatRuleFactory(group=group, seats=None, article="", cited=None)

    page = get("/en/institutions/ministries/rules/").words

    assert "The number of seats is not recorded." in page
    assert "No article recorded" in page
    assert '<dt>Sources</dt><dd><span class="tag unk">No source</span>' in page


def test_seats_beyond_the_others_have_no_number(get, db):
    court = InstitutionFactory(slug="court")
    SeatRuleFactory(group=SeatGroupFactory(institution=court), seats=7)
    SeatRuleFactory(group=SeatGroupFactory(institution=court), seats=None, unlimited=True)

    response = get("/en/institutions/court/rules/")

    assert response.context["eras"][0].total == 7
    assert "as many as qualify" in response.words


class TestRenewals:
    """Two classes of senators for each of two regions, elected for six years."""

    @pytest.fixture
    def classes(self, senate):
        rule = senate.group.rules.get()
        rule.term_years, rule.renewal_years, rule.election_months = 6, 3, 2
        rule.save()
        kept = {"group": senate.group, "institution": senate.institution}
        classes = []
        for first in (2011, 2014):
            each = RenewalClassFactory(
                group=senate.group, slug=f"class-{first}", name={"en": f"Class of {first}"}
            )
            ElectionFactory(renewal_class=each, day=date(first, 8, 19), **kept)
            classes.append(each)
        return classes

    def test_a_known_election_stands_for_itself_and_what_follows_is_forecast(self, get, classes):
        renewals = get(PAGE, on=ON).context["renewals"]

        assert [(each.day, each.seats, bool(each.known)) for each in renewals.ahead] == [
            (date(2014, 8, 19), 2, True),
            (date(2017, 8, 19), 2, False),
        ]
        assert [each.day for each in renewals.past] == [date(2011, 8, 19)]

    def test_it_says_which_class_and_by_when_the_law_wants_the_election(self, get, classes):
        page = get(PAGE, on=ON).words

        assert '19 Aug 2017<span class="tag info">Forecast</span>' in page
        assert '19 Aug 2014<span class="tag ok">Recorded</span>' in page
        assert '<span class="alt">Class of 2011</span>' in page
        assert "19 Jun 2017" in page
        assert "2 months before the terms run out on 19 Aug 2017" in page
        assert "Counted from the election: the first day in office is not recorded." in page

    def test_the_first_terms_of_a_new_territory_differ_in_length(self, get, senate, classes):
        shymkent = TerritoryFactory(slug="shymkent", name={"en": "Shymkent"}, status=None)
        TerritoryStatusFactory(territory=shymkent, start=date(2016, 6, 19))

        terms = get(PAGE, on=ON).context["first_terms"]

        assert [(t.territory.slug, t.renewal_class.slug, t.until) for t in terms] == [
            ("shymkent", "class-2011", date(2017, 8, 19)),
            ("shymkent", "class-2014", date(2020, 8, 19)),
        ]

    def test_a_renamed_territory_has_no_first_terms(self, get, senate, classes):
        turkistan = TerritoryFactory(slug="turkistan-region", status=None)
        TerritoryStatusFactory(territory=turkistan, start=date(2018, 6, 19))
        TerritoryStatus.objects.filter(territory=senate.akmola).update(end=date(2018, 6, 19))
        senate.akmola.continued_by = turkistan
        senate.akmola.save()

        # The senators of the one go on as those of the other.
        assert get(PAGE, on=ON).context["first_terms"] == []

    def test_the_page_of_the_institution_has_the_next_of_each_class(self, get, classes):
        page = get("/en/institutions/senate/", on=ON).words

        assert '19 Aug 2014<span class="tag ok">Recorded</span>' in page
        assert '19 Aug 2017<span class="tag info">Forecast</span>' in page
        assert "19 Aug 2011" not in page


def test_without_elections_nothing_is_forecast(get, senate):
    page = get(PAGE, on=ON).words

    assert "No later election is recorded, and the rules let none be forecast." in page


def test_a_rule_leads_to_what_sources_disagree_about(get, senate):
    rule = senate.group.rules.get()
    ContradictionFactory(
        slug="x08", subject={"en": "Renewal"}, institution=None, seat_rule=rule, is_open=True
    )
    ContradictionFactory(
        slug="x99",
        subject={"en": "Something later"},
        institution=senate.institution,
        start=date(2020, 1, 1),
    )

    page = get(PAGE, on=ON).words

    assert f'<a href="/en/sources/conflicts/?on={ON}#x08">Renewal</a>' in page
    assert '<span class="tag warn">Open</span>' in page
    assert "Something later" not in page
    assert '/en/sources/conflicts/?institution=senate">1 contradiction about other days' in page


def test_a_parliament_leads_to_the_rules_of_its_chambers(get, mazhilis, senate):
    parliament = InstitutionFactory(slug="parliament")
    for chamber in (mazhilis.institution, senate.institution):
        chamber.parent = parliament
        chamber.save()

    page = get("/en/institutions/parliament/rules/", on=ON).words

    assert "It has no seats of its own." in page
    assert f'<a href="{PAGE}?on={ON}">Senate</a>' in page


def test_an_institution_without_rules_says_so(get, db):
    InstitutionFactory(slug="council", branch="consultative")

    assert "No seat rule is recorded." in get("/en/institutions/council/rules/").words


def test_an_ended_institution_keeps_its_rules(get, senate):
    response = get(PAGE, on="2026-11-22")

    assert "Senate ended on 1 July 2026." in response.words
    assert response.context["eras"]
    assert not any(each.current for each in response.context["eras"])


def test_a_convocation_that_keeps_earlier_rules_is_set_against_the_law(get, mazhilis):
    page = get("/en/institutions/mazhilis/rules/", on="2022-07-01").words

    assert "The law asks for 2 seats, the sitting convocation has 4" in page


def test_a_nonsense_day_and_an_unknown_institution_are_refused(get, senate):
    refused = get(PAGE, on="2014-02-30")

    assert refused.status_code == 400
    assert "30 February 2014 does not exist." in refused.words
    assert get("/en/institutions/atlantis/rules/").status_code == 404


def test_more_rules_sources_and_members_cost_no_more_queries(client, senate):
    def queries():
        with CaptureQueriesContext(connection) as counted:
            client.get(PAGE, {"on": ON})
        return len(counted)

    CitationFactory(seat_rule=senate.group.rules.get(), place="page 1")
    ContradictionFactory(institution=senate.institution)
    before = queries()
    for year in range(2000, 2010):
        group = SeatGroupFactory(institution=senate.institution)
        rule = SeatRuleFactory(group=group, start=date(year, 1, 1))
        CitationFactory(seat_rule=rule, source=SourceFactory(slug=f"s{year}"))
        ContradictionFactory(institution=None, seat_rule=rule)
        stated(senate.institution, year, f"Yearbook {year}")
        ElectionFactory(institution=senate.institution, group=group, day=date(year, 2, 1))

    assert queries() == before
    assert before <= 20


def test_dates_known_in_part_break_nothing(get, db):
    body = InstitutionFactory(
        slug="court", start=PartialDate.parse("1996"), end=PartialDate(None, None)
    )
    SeatRuleFactory(group=SeatGroupFactory(institution=body), seats=7)

    assert get("/en/institutions/court/rules/", on="1996-06-01").status_code == 200
