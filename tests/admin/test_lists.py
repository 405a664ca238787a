"""Lists: what they find, what they filter by, and how many queries they need."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registry.domain.dates import PartialDate
from registry.models import Appointment, Person
from registry.models.sources import FACTS
from tests import factories
from tests.admin.test_pages import MODELS, NAMES

APPOINTMENTS = "/admin/registry/appointment/"
CONVOCATION = {"start": PartialDate.parse("2012-01-20"), "end": PartialDate.parse("2016-01-20")}


def listed(client, page, **query):
    return list(client.get(page, query).context["cl"].result_list)


def suggestions(client, term, model="appointment", field="person"):
    query = {"term": term, "app_label": "registry", "model_name": model, "field_name": field}
    return client.get(reverse("admin:autocomplete"), query).json()["results"]


@pytest.fixture
def abenov(db):
    return factories.PersonFactory(name={"kk": "Әбенов Динара"}, sort_name={"kk": "Әбенов, Динара"})


@pytest.mark.parametrize(
    "typed",
    ["Әбенов", "әбенов", "ӘБЕНОВ", "Абенов", "Abenov", "abenov", "ABENOV dinara", "Динара абенов"],
)
def test_a_name_is_found_in_any_spelling(as_curator, abenov, typed):
    factories.PersonFactory(name={"en": "Askar Nurlanov"}, sort_name={})

    assert listed(as_curator, "/admin/registry/person/", q=typed) == [abenov]
    assert [each["id"] for each in suggestions(as_curator, typed)] == [str(abenov.pk)]


@pytest.mark.parametrize("typed", ["Nurlanov", "abenov nurlanov", "%", "_", "~"])
def test_another_name_is_not(as_curator, abenov, typed):
    assert listed(as_curator, "/admin/registry/person/", q=typed) == []


def test_a_person_is_found_by_number_and_by_identifier(as_curator, abenov):
    abenov.identifiers.create(scheme="wikidata", value="Q1234567")

    assert listed(as_curator, "/admin/registry/person/", q=f"#{abenov.pk}") == [abenov]
    assert listed(as_curator, "/admin/registry/person/", q="q1234567") == [abenov]


def test_a_convocation_is_found_by_its_institution_and_number(as_curator, chamber):
    for number in (4, 5):
        factories.ConvocationFactory(institution=chamber, number=number)

    found = listed(as_curator, "/admin/registry/convocation/", q="мәжіліс 5")

    assert [each.number for each in found] == [5]


def test_suggestions_tell_namesakes_apart(as_curator, chamber):
    name = {"name": {"en": "Dinara Abenov"}, "sort_name": {"en": "Abenov, Dinara"}}
    deputy = factories.PersonFactory(**name, birth=PartialDate.parse("1970"))
    other = factories.PersonFactory(**name, sample=True)
    factories.AppointmentFactory(institution=chamber, person=deputy, **CONVOCATION)

    assert [each["text"] for each in suggestions(as_curator, "abenov")] == [
        f"Abenov, Dinara · 1970 · Mazhilis 2012–2016 · #{deputy.pk}",
        f"Abenov, Dinara · #{other.pk} · sample",
    ]


def test_more_suggestions_cost_no_more_queries(as_curator, chamber):
    costs = []
    for _ in range(2):
        for _ in range(8):
            factories.AppointmentFactory(institution=chamber)
        with CaptureQueriesContext(connection) as queries:
            assert suggestions(as_curator, "abenova")
        costs.append(len(queries))

    assert costs[0] == costs[1]


def test_suggestions_need_permission(client, clerk, abenov):
    client.force_login(clerk)
    query = {"term": "a", "app_label": "registry", "model_name": "appointment"}

    answer = client.get(reverse("admin:autocomplete"), query | {"field_name": "person"})

    assert answer.status_code == 403


# The list of appointments


@pytest.fixture
def seats(chamber):
    """Somebody of the convocation of 2012, somebody since 2016, and somebody of unknown days."""
    return {
        "former": factories.AppointmentFactory(institution=chamber, **CONVOCATION),
        "holder": factories.AppointmentFactory(
            institution=chamber, start=PartialDate.parse("2016-03-25")
        ),
        "unknown": factories.AppointmentFactory(institution=chamber, start=PartialDate(None, None)),
    }


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2014-06-01", {"former", "unknown"}),
        ("01.06.2014", {"former", "unknown"}),
        ("2016-01-20", {"unknown"}),
        ("2016-03-25", {"holder", "unknown"}),
    ],
)
def test_a_list_shows_who_was_in_office_on_a_day(as_curator, seats, day, found):
    rows = listed(as_curator, APPOINTMENTS, on=day)

    assert {row.pk for row in rows} == {seats[name].pk for name in found}


@pytest.mark.parametrize("day", ["2014-02-30", "abc", "2014", "\0", "9" * 5000, "06/07/2014"])
def test_a_day_that_is_none_is_said_and_lists_nobody(as_curator, seats, day):
    answer = as_curator.get(APPOINTMENTS, {"on": day})

    assert answer.status_code == 200
    assert list(answer.context["cl"].result_list) == []
    assert "errornote" in answer.text


@pytest.mark.parametrize(
    ("state", "day", "found"),
    [
        ("in_office", "2014-06-01", {"former"}),
        ("uncertain", "2014-06-01", {"unknown"}),
        ("ended", "", {"former"}),
        ("in_office", "", {"holder"}),
        ("future", "", set()),
    ],
)
def test_a_list_filters_by_state(as_curator, seats, state, day, found):
    query = {"state": state} | ({"on": day} if day else {})

    rows = listed(as_curator, APPOINTMENTS, **query)

    assert {row.pk for row in rows} == {seats[name].pk for name in found}


def test_who_has_not_begun_is_listed_as_such(as_curator, chamber):
    coming = factories.AppointmentFactory(
        institution=chamber, start=PartialDate.parse("2090-01-01")
    )

    assert listed(as_curator, APPOINTMENTS, state="future") == [coming]


def test_a_list_filters_by_the_party_of_the_day(as_curator, chamber, seats):
    old, new = factories.PartyFactory(), factories.PartyFactory()
    turn = PartialDate.parse("2013-05-01")
    factories.AffiliationFactory(appointment=seats["former"], party=old, end=turn)
    factories.AffiliationFactory(appointment=seats["former"], party=new, start=turn)

    def on(party, day):
        return listed(as_curator, APPOINTMENTS, party=party.pk, on=day)

    assert on(old, "2013-04-30") == [seats["former"]]
    assert on(old, "2013-05-01") == []
    assert on(new, "2013-05-01") == [seats["former"]]
    assert listed(as_curator, APPOINTMENTS, party=old.pk) == [seats["former"]]
    assert len(listed(as_curator, APPOINTMENTS, party="none")) == 2


def test_a_list_filters_by_institution_territory_acting_and_sample(as_curator, chamber, seats):
    region = factories.TerritoryFactory()
    elsewhere = factories.AppointmentFactory(
        territory=region, acting=True, person=factories.PersonFactory(sample=True)
    )
    queries = [
        {"institution__id__exact": elsewhere.institution_id},
        {"territory__id__exact": region.pk},
        {"acting__exact": "1"},
        {"person__sample__exact": "1"},
        {"institution__id__exact": elsewhere.institution_id, "on": "2014-06-01"},
    ]

    for query in queries:
        assert listed(as_curator, APPOINTMENTS, **query) == [elsewhere]


def test_the_day_keeps_the_other_filters(as_curator, chamber, seats):
    answer = as_curator.get(
        APPOINTMENTS, {"institution__id__exact": chamber.pk, "q": "abenova", "on": "2014-06-01"}
    )

    assert f'name="institution__id__exact" value="{chamber.pk}"' in answer.text
    assert 'name="q" value="abenova"' in answer.text


# Three hundred rows


@pytest.fixture
def three_hundred(every_record):
    """Six times the page, so that a query for each row could not hide."""
    chamber, party = every_record["Institution"], every_record["Party"]
    Person.objects.bulk_create(Person(name={"en": f"Deputy {number}"}) for number in range(300))
    people = Person.objects.filter(name__en__startswith="Deputy")
    group = chamber.seat_groups.get(slug="lists")
    region = factories.TerritoryFactory()
    rows = Appointment.objects.bulk_create(
        Appointment(
            institution=chamber,
            person=person,
            group=group,
            territory=region,
            start_earliest="2012-01-20",
            start_latest="2012-01-20",
        )
        for person in people
    )
    for row in rows[:100]:
        factories.AffiliationFactory(appointment=row, party=party)
        every_record["Source"].citations.create(appointment=row)
    for model in ("TerritoryIdentifier", "PersonIdentifier", "PartyIdentifier"):
        record = every_record[model]
        for number in range(60):
            record.pk, record.value, record._state.adding = None, f"N{number}", True
            record.save()
    for number in range(60):
        body = factories.InstitutionFactory(parent=chamber)
        factories.ConvocationFactory(institution=body)
        factories.SeatRuleFactory(group__institution=body, group__slug=f"g{number}")
        factories.TerritoryFactory(part_of=region, continued_by=region)
        factories.CoverageFactory(institution=body, group=body.seat_groups.get())
    many_of_the_law(chamber, rows, every_record)


def many_of_the_law(chamber, appointments, every_record):
    """Each with all that its name or its columns are made of."""
    source, person = every_record["Source"], every_record["Person"]
    for number, appointment in enumerate(appointments[:60]):
        body = factories.InstitutionFactory(territory=appointment.territory)
        group = factories.SeatGroupFactory(institution=body)
        renewal_class = factories.RenewalClassFactory(group=group)
        factories.VotingRuleFactory(institution=body)
        factories.PowerFactory(institution=body)
        factories.IncompatibilityFactory(institution=body, other=chamber)
        factories.ElectionFactory(institution=body, group=group, renewal_class=renewal_class)
        step = factories.DesignationStepFactory(appointment=appointment, by=body)
        about = [{"designation_step": step}, {"seat_group": group}, {"appointment": appointment}]
        contradiction = factories.ContradictionFactory(**{"institution": None} | about[number % 3])
        factories.ClaimFactory(contradiction=contradiction, source=source)
        factories.ExplanationFactory(
            institution=body,
            group=group,
            territory=appointment.territory,
            person=person,
            source=source,
        )


@pytest.mark.parametrize("model", MODELS, ids=NAMES)
def test_a_longer_list_costs_no_more_queries(as_curator, every_record, model, request):
    page = reverse(f"admin:registry_{model._meta.model_name}_changelist")
    as_curator.get(page)
    with CaptureQueriesContext(connection) as short:
        as_curator.get(page)
    request.getfixturevalue("three_hundred")
    with CaptureQueriesContext(connection) as long:
        as_curator.get(page)

    assert len(long) <= len(short), [query["sql"][:200] for query in long.captured_queries]


@pytest.mark.parametrize("field", FACTS)
def test_more_facts_to_choose_from_cost_no_more_queries(as_curator, every_record, field, request):
    suggestions(as_curator, "", model="contradiction", field=field)
    with CaptureQueriesContext(connection) as few:
        suggestions(as_curator, "", model="contradiction", field=field)
    request.getfixturevalue("three_hundred")
    with CaptureQueriesContext(connection) as many:
        found = suggestions(as_curator, "", model="contradiction", field=field)

    assert len(many) <= len(few), [query["sql"][:200] for query in many.captured_queries]
    assert all(each["text"] for each in found)


def test_a_list_has_fifty_rows_a_page(as_curator, three_hundred):
    assert len(listed(as_curator, APPOINTMENTS)) == 50
