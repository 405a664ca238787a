"""The start page of the admin: what waits for whoever signed in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from registry.domain.dates import PartialDate
from registry.models import Assignment, Coverage, Remit
from tests import factories

INDEX = "/admin/"


@pytest.fixture
def short(chamber):
    """Of three seats of the Mazhilis two are held, one of them for ten more days."""
    Coverage.objects.create(institution=chamber)
    group = chamber.seat_groups.get(slug="lists")
    end = PartialDate.of(localdate() + timedelta(days=10))
    staying = factories.AppointmentFactory(institution=chamber, group=group, end=None)
    return staying, factories.AppointmentFactory(institution=chamber, group=group, end=end)


def test_every_number_leads_to_what_it_counts(as_curator, chamber, short):
    page = as_curator.get(INDEX)
    ((institution, composition),) = page.context["compositions"]
    assert (institution, composition.filled, composition.vacant) == (chamber, 2, 1)
    today = localdate().isoformat()
    members = reverse("admin:registry_appointment_changelist")
    listed = f"{members}?institution__id__exact={chamber.pk}&amp;on={today}"
    assert f'<a href="{listed}">2</a>' in page.text
    assert as_curator.get(listed.replace("&amp;", "&")).context["cl"].result_count == 2
    assert "1 vacant" in page.text

    ending = as_curator.get(page.context["endings_list"]).context["cl"]
    assert [each.pk for each in ending.result_list] == [short[1].pk]
    assert [each.sitting.appointment_id for each in page.context["endings"]] == [short[1].pk]


def test_a_finding_is_assigned_until_it_is_gone(as_curator, curator, chamber, short):
    panel = as_curator.get(reverse("admin:registry_institution_change", args=[chamber.pk]))
    vacancy = next(
        each for each in panel.context["day_findings"] if each.finding.problem == "vacant_seats"
    )
    form = as_curator.get(vacancy.task)
    shown = form.context["adminform"].form.initial
    assert (shown["code"], shown["assignee"]) == ("vacant_seats", str(curator.pk))
    data = {key: shown[key] for key in ("institution", "code", "group", "assignee")}
    as_curator.post(vacancy.task, data)
    (task,) = as_curator.get(INDEX).context["tasks"]
    assert (task.institution, task.finding.problem) == (chamber, "vacant_seats")

    factories.AppointmentFactory(
        institution=chamber, group=chamber.seat_groups.get(slug="lists"), end=None
    )

    (task,) = as_curator.get(INDEX).context["tasks"]
    assert task.finding is None
    assert task.address == reverse(
        "admin:registry_assignment_change", args=[Assignment.objects.get().pk]
    )


def test_the_start_page_takes_twelve_queries_however_much_there_is(
    as_curator, curator, chamber, short
):
    as_curator.get(INDEX)
    for _ in range(30):
        factories.AppointmentFactory(institution=chamber)
        Assignment.objects.create(institution=chamber, code="vacant_seats", assignee=curator)

    with CaptureQueriesContext(connection) as queries:
        page = as_curator.get(INDEX)

    assert len(page.context["changes"]) == 10
    assert len(queries) <= 12


def test_whoever_keeps_one_body_sees_that_one(as_curator, curator, chamber, short):
    senate = factories.InstitutionFactory(slug="senate")
    Remit.objects.create(user=curator).institutions.add(senate)

    assert as_curator.get(INDEX).context["compositions"] == []
