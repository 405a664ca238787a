"""What every question to the JSON interface has in common: days, addresses, refusals."""

from collections import Counter

import pytest
from django.conf import settings
from django.utils.timezone import localdate
from ninja import Schema

from registry.models import Person
from registry.models.history import revision, revision_text
from tests.api.asking import get

pytestmark = pytest.mark.django_db

OF_ONE = ["composition", "majorities", "rules", "renewals", "compare?from=2012-01-20"]
WITH_A_DAY = [
    "institutions",
    "findings",
    *(f"institutions/mazhilis/{part}" for part in ("composition", "majorities", "rules")),
    "institutions/mazhilis/renewals",
]
WITH_A_PERIOD = ["findings", "terms", "institutions/mazhilis/compare"]
PATHS = [
    "/contradictions",
    "/findings",
    "/institutions",
    "/institutions/{slug}/compare",
    "/institutions/{slug}/composition",
    "/institutions/{slug}/convocations",
    "/institutions/{slug}/majorities",
    "/institutions/{slug}/renewals",
    "/institutions/{slug}/rules",
    "/parties",
    "/people",
    "/people/{number}",
    "/popolo.json",
    "/terms",
    "/territories",
]
NO_DAY = ["2014-02-30", "abc", "", "%00", "9" * 5000, "2014", "0", "20140601"]


@pytest.mark.parametrize("day", [*NO_DAY, "2014-06-01&on=2014-06-02"])
@pytest.mark.parametrize("path", WITH_A_DAY)
def test_a_day_that_makes_no_sense_is_refused_with_a_sentence(client, mazhilis, path, day):
    response = client.get(f"/api/v1/{path}?on={day}")

    assert response.status_code == 400
    assert response.json()["detail"].startswith("on: ")
    assert len(response.content) < 500


@pytest.mark.parametrize("day", [*NO_DAY, "2014-06-01&from=2014-06-02"])
@pytest.mark.parametrize("path", [*WITH_A_PERIOD, "institutions/mazhilis/renewals"])
def test_a_period_that_makes_no_sense_is_refused_with_a_sentence(client, mazhilis, path, day):
    response = client.get(f"/api/v1/{path}?from={day}")

    assert response.status_code == 400
    assert response.json()["detail"].startswith("from: ")
    assert len(response.content) < 500


@pytest.mark.parametrize("path", WITH_A_PERIOD)
def test_a_period_that_ends_before_it_begins_is_refused(client, mazhilis, path):
    answer = get(client, path, 400, from_="2014-06-01", to="2014-05-31")

    assert answer["detail"].startswith("to: ")


@pytest.mark.parametrize("slug", ["nowhere", "a%00b", "x" * 5000])
@pytest.mark.parametrize("part", OF_ONE)
def test_an_unknown_institution_is_not_found(client, slug, part):
    assert client.get(f"/api/v1/institutions/{slug}/{part}").status_code == 404


@pytest.mark.parametrize("slug", ["nowhere", "a%00b", "x" * 5000])
@pytest.mark.parametrize("path", ["findings", "terms", "contradictions"])
def test_a_list_of_an_unknown_institution_is_not_found(client, slug, path):
    response = client.get(f"/api/v1/{path}?institution={slug}")

    assert response.status_code == 404
    assert len(response.content) < 500


@pytest.mark.parametrize("path", ["findings", "terms", "contradictions"])
def test_a_parameter_given_twice_is_refused(client, mazhilis, path):
    response = client.get(f"/api/v1/{path}?institution=mazhilis&institution=mazhilis")

    assert (response.status_code, response.json()["detail"]) == (
        400,
        "institution: give one, not several.",
    )


@pytest.mark.parametrize("part", [*OF_ONE[:-1], "renewals?until=9999-12-31"])
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-30"])
def test_the_ends_of_the_calendar_are_days_as_others(client, mazhilis, part, day):
    path = f"/api/v1/institutions/mazhilis/{part}"

    response = client.get(f"{path}{'&' if '?' in path else '?'}on={day}")

    assert response.status_code == 200


@pytest.mark.parametrize("path", ["findings", "terms", "institutions/mazhilis/compare"])
def test_the_longest_period_of_the_calendar_is_answered(client, mazhilis, path):
    get(client, path, from_="0001-01-01", to="9999-12-31")


def test_the_interface_documents_itself(client):
    document = get(client, "openapi.json")

    operations = [path["get"] for path in document["paths"].values()]
    assert sorted(document["paths"]) == [f"/api/v1{path}" for path in PATHS]
    assert len({each["operationId"] for each in operations}) == len(PATHS)
    assert all(each["description"] and each["summary"] for each in operations)
    assert document["info"]["license"]["url"] == settings.DATA_LICENCE["url"]
    assert {200, 400, 404} == {int(code) for each in operations for code in each["responses"]}


def test_no_two_shapes_of_answers_share_a_name():
    named = Counter(shape.__name__ for shape in _shapes(Schema))

    assert [name for name, times in named.items() if times > 1] == []


def _shapes(base):
    for shape in base.__subclasses__():
        if shape.__module__.startswith("registry.api.schemas"):
            yield shape
        yield from _shapes(shape)


def test_the_base_address_leads_to_the_description_in_the_readers_language(client):
    response = client.get("/api/v1/", headers={"accept-language": "kk"})

    assert (response.status_code, response["Location"]) == (302, "/kk/data/api/")


def test_every_parameter_is_described(client):
    paths = get(client, "openapi.json")["paths"]

    undescribed = {
        (path, parameter["name"])
        for path, operations in paths.items()
        for parameter in operations["get"].get("parameters", [])
        if "description" not in parameter["schema"]
    }
    assert undescribed == set()


@pytest.mark.parametrize("part", OF_ONE)
def test_the_head_of_an_answer_can_be_asked_for(client, mazhilis, part):
    response = client.head(f"/api/v1/institutions/mazhilis/{part}")

    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client, mazhilis, method):
    for path in PATHS:
        address = f"/api/v1{path}".format(slug="mazhilis", number=1)
        assert getattr(client, method)(address).status_code == 405


@pytest.mark.parametrize("path", PATHS)
def test_a_parameter_that_nobody_reads_is_refused_with_those_there_are(client, mazhilis, path):
    person = Person.objects.order_by("pk").first()
    address = f"/api/v1{path}".format(slug="mazhilis", number=person.pk)

    response = client.get(
        address, {"onn": "2014-06-01"} | ({"from": "2012-01-20"} if "compare" in path else {})
    )

    assert response.status_code == 400
    assert response.json()["detail"].startswith("onn: ")


def test_an_answer_says_whose_it_is_of_which_day_and_how_new(client, mazhilis):
    listed = client.get("/api/v1/institutions", {"on": "2014-06-01"})
    response = client.get("/api/v1/institutions/mazhilis/composition", {"on": "2014-06-01"})

    assert listed["Registry-Day"] == response["Registry-Day"] == "2014-06-01"
    assert "Registry-Day" not in client.get("/api/v1/parties")
    for path in ("findings", "territories"):
        assert client.get(f"/api/v1/{path}")["Registry-Day"] == localdate().isoformat()
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Registry-Revision"] == revision_text(revision())
    assert response["Link"] == f'<{settings.DATA_LICENCE["url"]}>; rel="license"'


def test_a_refusal_and_the_document_can_be_read_by_the_pages_of_any_site(client, mazhilis):
    refused = ["institutions?on=yesterday", "institutions/nowhere/rules", "nowhere", "people/1/x/"]
    for path in ("openapi.json", *refused):
        assert client.get(f"/api/v1/{path}")["Access-Control-Allow-Origin"] == "*"


def test_an_address_that_nothing_has_is_refused_as_every_question_is(client):
    assert get(client, "nowhere", status=404)["detail"].startswith("There is no page")


def test_texts_are_in_the_language_asked_for(client, mazhilis):
    mazhilis.name = {"en": "Lower house", "ru": "Нижняя палата"}
    mazhilis.save()

    response = client.get("/api/v1/institutions", headers={"accept-language": "ru"})

    assert response.json()[0]["name"] == "Нижняя палата"
    assert "Нижняя палата" in response.content.decode()


@pytest.mark.parametrize(
    "path", ["people/abc", "people?page=0", "people?page=x", "people/" + "9" * 5000]
)
def test_what_is_no_number_is_refused_in_the_language_asked_for(client, mazhilis, path):
    response = client.get(f"/api/v1/{path}", headers={"accept-language": "ru"})

    assert response.status_code == 400
    assert "Введите число от 1" in response.json()["detail"]


def test_health_is_ok(client):
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")
