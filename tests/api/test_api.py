"""The JSON interface answers what the design promises, and refuses nonsense with a sentence."""

import json
from datetime import date

import pytest
from django.core.management import call_command

from registry.domain.dates import PartialDate
from tests.factories import (
    AffiliationFactory,
    AppointmentFactory,
    CoverageFactory,
    InstitutionFactory,
    PersonFactory,
    SeatGroupFactory,
    SeatRuleFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def mazhilis():
    """Three seats from lists: two held, one by an invented person, one vacant."""
    chamber = InstitutionFactory(slug="mazhilis")
    group = SeatRuleFactory(group=SeatGroupFactory(institution=chamber, slug="list")).group
    AffiliationFactory(
        appointment=AppointmentFactory(institution=chamber, group=group), party__slug="nur-otan"
    )
    AppointmentFactory(institution=chamber, group=group, person=PersonFactory(sample=True))
    CoverageFactory(institution=chamber)
    return chamber


def get(client, path, status=200, **query):
    response = client.get(f"/api/v1/{path}", query)
    assert response.status_code == status, response.content
    return response.json()


def test_a_composition_says_what_was_required_and_who_sat(client, mazhilis):
    answer = get(client, "institutions/mazhilis/composition", on="2014-06-01")

    promised = {
        "institution": "mazhilis",
        "on": "2014-06-01",
        "state": "in_office",
        "coverage": True,
        "required": 3,
        "filled": 2,
        "possible": 0,
        "vacant": 1,
        "over": 0,
        "unassigned": 0,
        "stated_totals": [],
    }
    assert {key: answer[key] for key in promised} == promised
    assert answer["parties"] == [
        {"slug": "nur-otan", "name": "Nur otan", "seats": 1},
        {"slug": None, "name": "No party recorded", "seats": 1},
    ]
    assert [each["votes"] for each in answer["majorities"]] == [2, 2]
    assert [each["sample"] for each in answer["members"]] == [False, True]
    assert [each["code"] for each in answer["findings"]] == ["vacant_seats"]


def test_days_are_written_as_precisely_as_they_are_known(client):
    seat = AppointmentFactory(start=PartialDate.parse("2012-01"), end=PartialDate.parse("2015"))

    (member,) = get(client, f"institutions/{seat.institution.slug}/composition", on="2015-06-01")[
        "members"
    ]

    assert (member["start"], member["start_precision"]) == ("2012-01", "month")
    assert (member["end"], member["end_precision"], member["ended"]) == ("2015", "year", True)
    assert member["certain"] is False


def test_an_ended_institution_says_so(client):
    InstitutionFactory(slug="senate", end=PartialDate.parse("2026-07-01"))

    answer = get(client, "institutions/senate/composition", on="2026-11-22")

    assert (answer["state"], answer["required"]) == ("ended", None)


@pytest.mark.parametrize(
    "query",
    ["on=2014-02-30", "on=abc", "on=", "on=2014-06-01&on=2014-06-02", "on=%00", "on=" + "9" * 5000,
     "on=2014", "on=0", "on=20140601"],
)  # fmt: skip
@pytest.mark.parametrize("path", ["institutions", "institutions/mazhilis/composition", "findings"])
def test_a_day_that_makes_no_sense_is_refused_with_a_sentence(client, mazhilis, path, query):
    response = client.get(f"/api/v1/{path}?{query}")

    assert response.status_code == 400
    assert response.json()["detail"].startswith("on: ")
    assert len(response.content) < 500


@pytest.mark.parametrize("slug", ["nowhere", "a%00b", "x" * 5000])
def test_an_unknown_institution_is_not_found(client, slug):
    assert client.get(f"/api/v1/institutions/{slug}/composition").status_code == 404
    assert client.get(f"/api/v1/findings?institution={slug}").status_code == 404


def test_findings_of_one_institution_or_of_all(client, mazhilis):
    SeatRuleFactory(group__institution__slug="office", seats=1)
    CoverageFactory(institution=mazhilis.__class__.objects.get(slug="office"))

    everything = get(client, "findings", on="2014-06-01")
    one = get(client, "findings", on="2014-06-01", institution="office")

    assert [each["institution"] for each in everything] == ["mazhilis", "office"]
    assert [each["institution"] for each in one] == ["office"]
    assert one[0]["message"].startswith("1 seat is vacant")


def test_findings_of_many_institutions_cost_no_more_queries(
    client, mazhilis, django_assert_max_num_queries
):
    for _ in range(10):
        AppointmentFactory(institution=SeatRuleFactory(seats=1).group.institution)

    with django_assert_max_num_queries(9):
        get(client, "findings", on="2014-06-01")


def test_institutions_of_a_day_are_those_that_existed(client, mazhilis):
    InstitutionFactory(slug="kurultai", start=PartialDate.parse("2026-07-01"))

    assert {each["slug"] for each in get(client, "institutions")} == {"mazhilis", "kurultai"}
    assert [each["slug"] for each in get(client, "institutions", on="2014-06-01")] == ["mazhilis"]


def test_the_interface_documents_itself(client):
    paths = get(client, "openapi.json")["paths"]

    operations = [each["operationId"] for path in paths.values() for each in path.values()]
    assert "/api/v1/institutions/{slug}/composition" in paths
    assert len(operations) == len(set(operations)) == 9


def test_the_head_of_an_answer_can_be_asked_for(client, mazhilis):
    response = client.head("/api/v1/institutions/mazhilis/composition")

    assert (response.status_code, response.content) == (200, b"")


def test_a_parameter_given_twice_is_refused(client, mazhilis):
    response = client.get("/api/v1/findings?institution=mazhilis&institution=mazhilis")

    assert (response.status_code, response.json()["detail"]) == (
        400,
        "institution: give one, not several.",
    )


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client, mazhilis, method):
    path = "/api/v1/institutions/mazhilis/composition"

    assert getattr(client, method)(path).status_code == 405


def test_health_is_ok(client):
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.parametrize(("fail_on", "code"), [("error", 0), ("warning", 1), ("never", 0)])
def test_the_command_exits_by_severity(mazhilis, capsys, fail_on, code):
    try:
        call_command("check_compositions", "--on", "2014-06-01", "--fail-on", fail_on)
        exited = 0
    except SystemExit as stop:
        exited = stop.code

    assert exited == code
    said = capsys.readouterr().out
    assert "mazhilis: warning: 1 seat is vacant. Certainly filled: 2 of 3." in said


def test_the_command_speaks_json(mazhilis, capsys):
    call_command(
        "check_compositions", "--on", "2014-06-01", "--institution", "mazhilis", "--format", "json"
    )

    (finding,) = json.loads(capsys.readouterr().out)
    assert (finding["code"], finding["on"]) == ("vacant_seats", str(date(2014, 6, 1)))
