"""The page of findings: of a day over all institutions, or of one institution over time."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registry.models import Incompatibility, Person, Power, SeatRule
from tests.factories import (
    AppointmentFactory,
    ContradictionFactory,
    CoverageFactory,
    ExplanationFactory,
    InstitutionFactory,
    SeatGroupFactory,
    SeatRuleFactory,
)
from tests.views.conftest import day, named

ON = "2014-06-01"
CHECKS = "/en/checks/"


def listed(response):
    """Institution and code of every finding on the page, in its order."""
    return [
        (row.institution.slug, row.finding.problem.value)
        for heading in response.context["headings"]
        for group in heading.groups
        for row in group.rows
    ]


@pytest.fixture
def deputy_and_senator(mazhilis, senate):
    """A deputy who sits in the Senate as well, as an article forbids."""
    Incompatibility.objects.create(
        institution=mazhilis.institution, other=senate.institution, article="52"
    )
    return AppointmentFactory(
        institution=senate.institution,
        group=senate.group,
        territory=senate.almaty,
        person=mazhilis.abenov.person,
        start=day("2014-01-01"),
    )


def test_the_findings_of_all_institutions_stand_together_the_gravest_first(
    get, mazhilis, senate, deputy_and_senator
):
    Power.objects.create(
        institution=mazhilis.institution, slug="powers", text={"en": "Powers"}, announced=True
    )

    response = get(CHECKS, on=ON)

    codes = [code for _slug, code in listed(response)]
    assert codes.index("incompatible_mandates") < codes.index("vacant_seats")
    assert codes.index("vacant_seats") < codes.index("missing_list")
    assert ("mazhilis", "vacant_seats") in listed(response)
    headings = {each.label: each.number for each in response.context["headings"]}
    assert sum(headings.values()) == len(codes)


def test_what_two_institutions_report_of_the_same_mandates_is_listed_once(get, deputy_and_senator):
    codes = [code for _slug, code in listed(get(CHECKS, on=ON))]

    assert codes.count("incompatible_mandates") == 1


def test_a_finding_says_on_which_days_it_holds(get, mazhilis):
    page = get(CHECKS, on=ON, institution="mazhilis").words

    assert "From 22 April 2014; no longer on 20 January 2016." in page


def test_a_finding_that_goes_on_says_since_when(get, mazhilis):
    body = InstitutionFactory(slug="office", start=day("1996-01-30"))
    SeatRuleFactory(group=SeatGroupFactory(institution=body), seats=1)
    CoverageFactory(institution=body, start=date(2001, 2, 3))

    assert "Since 3 February 2001." in get(CHECKS, institution="office").words


def test_a_finding_names_its_article_and_links_its_people(get, mazhilis, deputy_and_senator):
    page = get(CHECKS, on=ON, code="incompatible_mandates").words

    person = mazhilis.abenov.person
    assert "<dt>Rule</dt><dd>Art. 52</dd>" in page
    assert f'href="{reverse("person", args=[person.pk, person.slug])}?on={ON}"' in page
    assert '<a href="/en/institutions/senate/?on=2014-06-01">Senate</a>' in page
    assert "End one of the two mandates on the day the other began." in page


def test_a_finding_leads_to_the_rules_and_to_what_sources_say(get, mazhilis):
    ContradictionFactory(institution=mazhilis.institution, slug="seats", is_open=True)

    page = get(CHECKS, on=ON, institution="mazhilis").words

    rule = mazhilis.lists.rules.order_by("start").first()
    assert f'<a href="/en/institutions/mazhilis/rules/?on={ON}#rule-{rule.pk}">Art. 51</a>' in page
    assert f'<a href="/en/sources/conflicts/?on={ON}#seats">Seats</a>' in page


def test_a_vacancy_says_since_when_after_whom_and_why(get, mazhilis):
    page = get(CHECKS, on=ON, institution="mazhilis").words

    assert '<time datetime="2014-04-22">22 April 2014</time>(40 days)' in page
    assert "Dosanov, Asel</a>" in page
    assert "left office: 22 Apr 2014. Reason: became a minister" in page
    assert "No time limit is recorded for this rule." in page


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2014-05-01", "52 days left"),
        ("2014-06-21", "1 day left"),
        ("2014-06-22", "overdue from this day"),
        ("2014-06-23", "overdue by 1 day"),
        ("2014-07-22", "overdue by 30 days"),
    ],
)
def test_a_vacancy_says_by_when_it_is_to_be_filled_and_whether_that_is_over(
    get, mazhilis, on, said
):
    SeatRule.objects.filter(group=mazhilis.lists).update(vacancy_months=2)

    page = get(CHECKS, on=on, institution="mazhilis").words

    assert '<time datetime="2014-06-22">22 June 2014</time>' in page
    assert said in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"designation": "elected"}, "By election."),
        ({"designation": "appointed"}, "By appointment; by whom is not recorded."),
        ({"designation": "ex_officio"}, "By right of another office."),
        ({"method": {"en": "The next on the list."}}, "The next on the list."),
    ],
)
def test_a_vacancy_says_how_it_is_filled(get, mazhilis, fields, said):
    SeatRule.objects.filter(group=mazhilis.lists).update(**fields)

    page = get(CHECKS, on=ON, institution="mazhilis").words

    assert f"<dt>How it is filled</dt><dd>{said}</dd>" in page


def test_a_vacancy_says_who_fills_it_on_whose_proposal_and_with_whose_consent(
    get, mazhilis, senate
):
    SeatRule.objects.filter(group=mazhilis.lists).update(
        designation="appointed",
        chosen_by=mazhilis.kurultai,
        proposed_by=senate.institution,
        consented_by=senate.institution,
    )

    page = get(CHECKS, on=ON, institution="mazhilis").words

    assert "By appointment. Who appoints: Kurultai." in page
    assert "On the proposal of: Senate. With the consent of: Senate." in page


def test_an_explained_finding_stays_listed_with_reason_source_and_expiry(get, mazhilis):
    ExplanationFactory(
        institution=mazhilis.institution, place="p. 4", start=date(2014, 1, 1), end=date(2014, 7, 1)
    )

    page = get(CHECKS, on=ON, institution="mazhilis").words

    assert ("mazhilis", "vacant_seats") in listed(get(CHECKS, on=ON))
    assert '<span class="tag ok">Explained</span>' in page
    assert "The seat stays empty until the by-election." in page
    assert "Official gazette, p. 4" in page
    assert "The explanation expires on 1 July 2014; then the finding alarms again." in page


def test_a_finding_alarms_again_when_its_explanation_has_expired(get, mazhilis):
    ExplanationFactory(
        institution=mazhilis.institution, start=date(2014, 1, 1), end=date(2014, 6, 1)
    )

    response = get(CHECKS, on=ON, institution="mazhilis")

    assert ("mazhilis", "vacant_seats") in listed(response)
    assert '<span class="tag ok">Explained</span>' not in response.words


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        ({"code": "vacant_seats"}, {"vacant_seats"}),
        ({"severity": "information"}, {"undecided_count"}),
        ({"explained": "yes"}, {"vacant_seats"}),
        ({"severity": "error"}, set()),
    ],
)
def test_filters_keep_what_they_name(get, mazhilis, senate, filters, kept):
    ExplanationFactory(institution=mazhilis.institution)

    response = get(CHECKS, on=ON, **filters)

    assert {code for _slug, code in listed(response)} == kept
    if not kept:
        assert "No finding matches." in response.words


def test_those_not_explained_can_be_asked_for(get, mazhilis, senate):
    ExplanationFactory(institution=mazhilis.institution)

    response = get(CHECKS, on=ON, explained="no", code="vacant_seats")

    assert {slug for slug, _code in listed(response)} == {"senate"}


def test_one_institution_can_be_asked_for(get, mazhilis, senate):
    assert {slug for slug, _code in listed(get(CHECKS, on=ON, institution="senate"))} == {"senate"}


def test_a_day_without_findings_says_so(get, db):
    page = get(CHECKS, on=ON).words

    assert "Nothing that is recorded contradicts the rules on this day." in page


def test_invented_people_are_marked(get, mazhilis):
    Person.objects.filter(pk=mazhilis.dosanov.person_id).update(sample=True)

    page = get(CHECKS, on=ON).words

    assert "<b>Sample data.</b>" in page
    assert 'Dosanov, Asel</a><span class="tag sample">sample</span>' in page


def test_every_finding_an_institution_ever_had_is_listed_once_with_its_days(get, mazhilis):
    AppointmentFactory(
        institution=mazhilis.institution,
        group=mazhilis.lists,
        person=named("Early, Bird"),
        start=day("1990-01-01"),
        end=day("1991-01-01"),
    )

    response = get(CHECKS, institution="mazhilis", to="2026-11-23")

    assert listed(response).count(("mazhilis", "vacant_seats")) == 1
    assert ("mazhilis", "outside_institution") in listed(response)
    assert "From 1 January 1990; no longer on 1 January 1991." in response.words
    assert "From 22 April 2014; no longer on 20 January 2016." in response.words


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ("2014-01-01", "2014-04-22", False),  # the last day is not in the period
        ("2014-01-01", "2014-04-23", True),
        ("2016-01-19", "2017-01-01", True),
        ("2016-01-20", "2017-01-01", False),
    ],
)
def test_a_period_lists_what_held_on_one_of_its_days(get, mazhilis, first, last, found):
    response = get(CHECKS, institution="mazhilis", **{"from": first, "to": last})

    assert (("mazhilis", "vacant_seats") in listed(response)) is found


def test_the_fields_of_a_period_lead_to_one_address(get, mazhilis):
    typed = {"from-day": "1", "from-month": "1", "from-year": "2014"}
    typed |= {"to-day": "1 June 2014", "to-month": "1", "to-year": ""}

    response = get(CHECKS, institution="mazhilis", code="", **typed)

    assert response.url == f"{CHECKS}?institution=mazhilis&from=2014-01-01&to={ON}"


def test_an_empty_first_day_begins_where_the_record_begins(get, mazhilis):
    typed = {"from-day": "", "from-month": "1", "from-year": ""}
    typed |= {"to-day": "1", "to-month": "6", "to-year": "2014"}

    response = get(CHECKS, institution="mazhilis", **typed)

    assert response.url == f"{CHECKS}?institution=mazhilis&to={ON}"


def test_another_day_keeps_the_filters_and_drops_the_empty_ones(get, mazhilis):
    response = get(
        CHECKS, day="1", month="6", year="2014", institution="mazhilis", code="", severity="error"
    )

    assert response.url == f"{CHECKS}?institution=mazhilis&severity=error&on={ON}"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"on": "2014-02-30"}, "30 February 2014 does not exist."),
        ({"institution": "nothing"}, "There is no institution “nothing”."),
        ({"institution": ["a", "b"]}, "more than once"),
        ({"code": "nothing"}, "Use one of these: vacant_seats,"),
        ({"severity": "nothing"}, "Use one of these: error, warning, information."),
        ({"explained": "perhaps"}, "Use one of these: yes, no."),
        ({"from": "2014-02-30", "to": ON}, "30 February 2014 does not exist."),
        ({"from": ON, "to": ON}, "which is not after its first day, 1 June 2014."),
        ({"from": "2014-01-01", "to": ON}, "are shown for one institution. Choose one."),
        ({"from-day": "x", "from-month": "1", "from-year": "1"}, "“x” is not a date."),
        ({"from": ON, "from-day": "1"}, "Keep one, for example from=2014-06-01."),
    ],
)
def test_a_question_that_makes_no_sense_gets_400_and_a_sentence(get, mazhilis, query, sentence):
    response = get(CHECKS, **query)

    assert response.status_code == 400
    assert sentence in response.words
    assert 'name="from-day"' in response.words or 'name="day"' in response.words


def test_what_was_typed_into_a_period_stays_in_the_form(get, mazhilis):
    page = get(CHECKS, institution="mazhilis", **{"from": "2014-02-30", "to": ON}).words

    assert 'value="30"' in page
    assert '<option value="2" selected>February</option>' in page
    assert 'name="institution" value="mazhilis"' in page
    assert page.count("aria-invalid") == 1


@pytest.mark.parametrize("query", [{"on": ON}, {"institution": "mazhilis", "to": "2026-11-23"}])
def test_more_institutions_and_members_cost_no_more_queries(client, mazhilis, senate, query):
    with CaptureQueriesContext(
        connection,
    ) as before:
        client.get(CHECKS, query)
    for n in range(3):
        body = InstitutionFactory()
        group = SeatGroupFactory(institution=body)
        SeatRuleFactory(group=group, seats=9)
        CoverageFactory(institution=body)
        AppointmentFactory.create_batch(3, institution=body, group=group)
        AppointmentFactory(institution=body, group=group, end=day(f"2013-0{n + 1}-01"))
    AppointmentFactory.create_batch(5, institution=mazhilis.institution, group=mazhilis.lists)

    with CaptureQueriesContext(connection) as after:
        client.get(CHECKS, query)

    assert len(after) == len(before) <= 12
