"""The findings of a day, and the vacancies among them, as curators work on them."""

from __future__ import annotations

from html import unescape

import pytest
from django.contrib.auth.models import User

from registry.domain.dates import PartialDate
from registry.models import Assignment, Remit
from tests import factories

FINDINGS = "/admin/findings/"
VACANCIES = "/admin/vacancies/"
DAY = "2014-06-01"


@pytest.fixture
def vacant(chamber):
    """Of three seats two are held: Dinara Abenova left on 12 May 2014; the chair is empty."""
    for group in (None, chamber.seat_groups.get(slug="chair")):
        factories.CoverageFactory(institution=chamber, group=group)
    lists = chamber.seat_groups.get(slug="lists")
    lists.rules.update(vacancy_months=0)
    seats = {"institution": chamber, "group": lists}
    factories.AppointmentFactory.create_batch(2, **seats)
    name = {"person__name": {"en": "Dinara Abenova"}, "person__sort_name": {}}
    factories.AppointmentFactory(**seats, **name, end=PartialDate.parse("2014-05-12"))
    return chamber


def rows(client, page=VACANCIES, **query):
    return client.get(page, {"on": DAY} | query).context["rows"]


def kinds(client, **query):
    return [str(each.listed.finding.problem) for each in rows(client, FINDINGS, **query)]


def test_a_vacancy_says_which_seat_since_when_and_who_held_it(as_curator, vacant):
    answer = as_curator.get(VACANCIES, {"on": DAY})
    text = " ".join(unescape(answer.text).split())

    first = next(row for row in answer.context["rows"] if row.listed.finding.predecessors)
    for said in ("Lists", "2 of 3 filled", "12 May 2014", "20 days", "Dinara Abenova", "overdue"):
        assert said in text
    facts = as_curator.get(first.listed.cure)
    assert facts.context["step"] == "facts"
    assert facts.context["form"]["seat"].value() == "lists:"
    for address in (first.listed.address, first.listed.task, first.page):
        assert as_curator.get(address).status_code == 200
    assert len(rows(as_curator)) == 2
    assert len(rows(as_curator, overdue="on")) == 1
    assert as_curator.get(answer.context["file"]).status_code == 200


def test_findings_are_filtered_by_kind_state_body_and_who_looks_after_them(
    as_curator, curator, vacant
):
    senate = factories.InstitutionFactory(slug="senate")
    factories.AppointmentFactory(institution=senate)
    lists = vacant.seat_groups.get(slug="lists")
    chair = vacant.seat_groups.get(slug="chair")
    Assignment.objects.create(
        institution=vacant, code="vacant_seats", group=lists, assignee=curator
    )
    factories.ExplanationFactory(institution=vacant, code="vacant_seats", group=chair)

    assert kinds(as_curator, kind="vacant_seats") == ["vacant_seats"] * 2
    assert kinds(as_curator, care="mine") == ["vacant_seats"]
    assert kinds(as_curator, kind="vacant_seats", care="nobody", state="open") == []
    assert kinds(as_curator, state="explained") == ["vacant_seats"]
    assert {row.institution for row in rows(as_curator, FINDINGS, institution=senate.pk)} == {
        senate
    }
    assert "dinara" in as_curator.get(FINDINGS, {"on": DAY}).text


@pytest.mark.parametrize(
    "query", [{"on": "30.02.2014"}, {"institution": "x"}, {"kind": "x"}, {"care": "\0"}]
)
def test_a_question_that_makes_no_sense_is_answered_with_itself(as_curator, vacant, query):
    answer = as_curator.get(FINDINGS, query)

    assert answer.status_code == 400
    assert "Error:" in answer.text.partition("</title>")[0]
    assert answer.context["rows"] == []


def test_buttons_that_somebody_cannot_use_are_absent(client_of, curator, reader, clerk, vacant):
    elsewhere = factories.InstitutionFactory(slug="senate")
    Remit.objects.create(user=curator).institutions.set([elsewhere])

    for user in (User.objects.get(pk=curator.pk), reader):
        shown = rows(client_of(user))
        assert len(shown) == 2
        assert not any(row.listed.cure or row.listed.address or row.listed.task for row in shown)
    assert client_of(clerk).get(VACANCIES).status_code == 403
    assert client_of(reader).post(VACANCIES).status_code == 405
