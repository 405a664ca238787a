"""Lists: what they find, what they filter by, and how many queries they need."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registry.domain.dates import PartialDate
from registry.models import (
    Assignment,
    ImportFile,
    ImportRun,
    Remit,
    StatedTotal,
    Succession,
)
from registry.models.sources import FACTS
from tests import factories
from tests.admin.forms import filled_in
from tests.admin.test_pages import NAMES

DAY = date(2014, 6, 1)
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


# Ten rows and sixty


LISTS = {
    **{name: f"/admin/registry/{name.lower()}/" for name in (*NAMES, "Assignment", "ImportRun")},
    "findings": "/admin/findings/",
    "vacancies": "/admin/vacancies/",
    "changes": "/admin/changes/",
}


def lengthen(known, numbers):
    """So many more of each kind of record, each with all that its name or columns are made of."""
    chamber, party, source = known["Institution"], known["Party"], known["Source"]
    lists = chamber.seat_groups.get(slug="lists")
    file = ImportFile.keep(b"x")
    for number in numbers:
        region = factories.TerritoryFactory(part_of=known["Territory"])
        body = factories.InstitutionFactory(parent=chamber, territory=region)
        factories.ConvocationFactory(institution=body)
        rule = factories.SeatRuleFactory(group__institution=body)
        group = rule.group
        factories.CoverageFactory(institution=body, group=group)
        StatedTotal.objects.create(institution=body, total=3, source=source)
        Succession.objects.create(predecessor=body, successor=chamber)
        user = User.objects.create_user(f"curator-{number}", is_staff=True)
        ImportRun.objects.create(institution=body, file=file, author=user, state="applied")
        Assignment.objects.create(institution=body, code="vacant_seats", assignee=user)
        seat = factories.AppointmentFactory(institution=chamber, group=lists, territory=region)
        factories.AffiliationFactory(appointment=seat, party=party)
        renewal_class = factories.RenewalClassFactory(group=group)
        factories.VotingRuleFactory(institution=body)
        factories.PowerFactory(institution=body)
        factories.IncompatibilityFactory(institution=body, other=chamber)
        factories.ElectionFactory(institution=body, group=group, renewal_class=renewal_class)
        step = factories.DesignationStepFactory(appointment=seat, by=body)
        about = [{"designation_step": step}, {"seat_group": group}, {"appointment": seat}]
        contradiction = factories.ContradictionFactory(**{"institution": None} | about[number % 3])
        factories.ClaimFactory(contradiction=contradiction, source=source)
        told = {"group": group, "territory": region, "person": seat.person, "source": source}
        factories.ExplanationFactory(institution=body, **told)
        for model in ("TerritoryIdentifier", "PersonIdentifier", "PartyIdentifier"):
            record = known[model]
            record.pk, record.value, record._state.adding = None, f"N{number}", True
            record.save()


def test_a_longer_list_or_choice_costs_no_more_queries(client, every_record):
    """Whoever works within a remit asks for the most."""
    user = User.objects.create_user("nurlan", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="registry"))
    Remit.objects.create(user=user).institutions.set([every_record["Institution"]])
    client.force_login(user)

    def costs():
        found = {}
        for name, page in LISTS.items():
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page).status_code == 200, page
            found[name] = len(queries)
        for field in FACTS:
            with CaptureQueriesContext(connection) as queries:
                offered = suggestions(client, "", model="contradiction", field=field)
            assert all(each["text"] for each in offered)
            found[field] = len(queries)
        return found

    lengthen(every_record, range(10))
    costs()  # what is asked once and remembered
    short = costs()
    lengthen(every_record, range(10, 60))
    long = costs()

    assert {name: (short[name], long[name]) for name in short if long[name] > short[name]} == {}
    assert len(listed(client, APPOINTMENTS)) == 50


# What can be done with a row


def links(client, page, **query):
    found = client.get(page, query).context["cl"].result_list
    return {row.pk: [title for _address, title in row.links] for row in found}


def test_a_row_leads_to_what_the_user_may_do_with_it(curator, reader, client_of, seats):
    holder, former = seats["holder"], seats["former"]
    mine, theirs = (links(client_of(user), APPOINTMENTS) for user in (curator, reader))

    assert mine[holder.pk] == ["End", "Replace", "History"]
    assert mine[former.pk] == theirs[holder.pk] == ["History"]
    people = links(client_of(curator), "/admin/registry/person/")
    assert people[holder.person_id] == ["Possible duplicates", "History"]


def test_a_list_says_by_name_what_it_is_filtered_by(as_curator, chamber, seats):
    factories.AppointmentFactory()  # with one institution there is nothing to choose
    group = chamber.seat_groups.get(slug="lists")
    query = {"institution__id__exact": chamber.pk, "group": group.pk, "on": "2014-06-01", "q": "a"}

    answer = as_curator.get(APPOINTMENTS, query)

    named = {each.name: each.without for each in answer.context["cl"].named()}
    assert named.keys() == {
        "In office on: 2014-06-01",
        "Institution: Mazhilis",
        "Seat group: Lists",
    }
    assert named["Seat group: Lists"] == f"?institution__id__exact={chamber.pk}&on=2014-06-01&q=a"
    assert 'href="?q=a">Clear all</a>' in answer.text


def test_saving_leads_back_to_the_same_list_and_row(as_curator, seats):
    row = seats["holder"]
    page = reverse("admin:registry_appointment_change", args=[row.pk])
    kept = urlencode({"_changelist_filters": "state=in_office&p=1"})

    answer = as_curator.post(f"{page}?{kept}", filled_in(as_curator.get(page), note="x"))

    assert answer["Location"] == f"{APPOINTMENTS}?state=in_office&p=1#row-{row.pk}"
    assert f'id="row-{row.pk}"' in as_curator.get(APPOINTMENTS).text


def test_lists_filter_by_what_is_lacking_and_by_who_is_in_office(as_curator, chamber, seats):
    bare = factories.AppointmentFactory(institution=chamber, cited=None, end=PartialDate.of(DAY))
    people = "/admin/registry/person/"

    assert listed(as_curator, APPOINTMENTS, sources="none") == [bare]
    gone = {row.person_id for row in (bare, seats["former"])}
    assert {each.pk for each in listed(as_curator, people, office="no")} == gone
    assert len(listed(as_curator, people, office="yes")) == 2
    rules = "/admin/registry/seatrule/"
    assert len(listed(as_curator, rules, end__isempty="1", today="holds")) == 2
    assert listed(as_curator, rules, today="over") == []
