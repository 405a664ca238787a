"""A curator explains a finding: with a reason, a source and an expiry, after which it alarms."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.urls import reverse

from registry.domain.dates import PartialDate
from registry.models import Explanation
from tests import factories
from tests.admin.forms import filled_in

ADD = "/admin/registry/explanation/add/"
DAY = {"on": "2014-06-01"}
REASON = "The by-election is called for October."


@pytest.fixture
def vacant(chamber):
    """Two of three seats are held, and the roster is declared complete."""
    for _ in range(2):
        factories.AppointmentFactory(
            institution=chamber, group=chamber.seat_groups.get(slug="lists")
        )
    factories.CoverageFactory(institution=chamber, start=date(2012, 1, 20))
    return chamber


def panel(client, institution, **query):
    page = reverse("admin:registry_institution_change", args=[institution.pk])
    return client.get(page, query or DAY)


def of_problem(answer, code):
    """The rows of the panel that say `code`, with their addresses."""
    return [each for each in answer.context["day_findings"] if each.finding.problem == code]


def explain(client, institution, **entries):
    """Follow the link of the panel, fill in the form and send it."""
    (row,) = of_problem(panel(client, institution), "vacant_seats")
    entries = {
        "reason": REASON,
        "source": factories.SourceFactory().pk,
        "end": "2014-10-01",
    } | entries
    return client.post(row.address, filled_in(client.get(row.address), **entries))


def test_the_form_knows_the_finding_it_explains(as_curator, vacant):
    (row,) = of_problem(panel(as_curator, vacant), "vacant_seats")

    form = as_curator.get(row.address).context["adminform"].form

    lists = vacant.seat_groups.get(slug="lists")
    known = {name: form[name].value() for name in ("institution", "code", "group", "start")}
    assert known == {
        "institution": str(vacant.pk),
        "code": "vacant_seats",
        "group": str(lists.pk),
        "start": "2012-01-20",
    }
    assert [form[name].value() for name in ("territory", "person", "end")] == [None] * 3


def test_a_finding_of_one_person_in_one_territory_is_explained_for_these_alone(as_curator, chamber):
    regions = factories.SeatGroupFactory(institution=chamber, slug="regions")
    factories.SeatRuleFactory(group=regions, seats=None, seats_per_territory=2, kinds=["region"])
    village = factories.TerritoryFactory(status=None)
    member = factories.AppointmentFactory(institution=chamber, group=regions, territory=village)

    (row,) = of_problem(panel(as_curator, chamber), "not_entitled")

    query = parse_qs(urlsplit(row.address).query)
    assert query["territory"] == [str(village.pk)]
    assert query["person"] == [str(member.person_id)]


def test_the_form_shows_what_it_would_explain(as_curator, vacant):
    (row,) = of_problem(panel(as_curator, vacant), "vacant_seats")

    text = as_curator.get(row.address).text

    assert "It speaks of this, on 1 June 2014" in text
    assert "1 seat is vacant." in text


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("reason", "Say why the finding is known and accepted."),
        ("source", "Choose the source that says so."),
        (
            "end",
            "Enter the day on which the explanation expires: from then on the finding alarms "
            "again.",
        ),
    ],
)
def test_reason_source_and_expiry_are_demanded(as_curator, vacant, field, sentence):
    answer = explain(as_curator, vacant, **{field: "" if field == "source" else " "})

    assert answer.context["adminform"].form.errors == {field: [sentence]}
    assert not Explanation.objects.exists()


def test_an_explained_finding_stays_listed_and_says_why_and_until_when(as_curator, vacant):
    saved = explain(as_curator, vacant, place="p. 3")
    shown = as_curator.get(saved["Location"])

    assert saved["Location"].endswith(f"/{vacant.pk}/change/?on=2014-06-01#registry-checks")
    (row,) = of_problem(shown, "vacant_seats")
    assert row.finding.explained.reason == REASON
    text = " ".join(shown.text.split())
    assert "Explained, until it expires on 1 October 2014:" in text
    assert REASON in text
    assert "Official gazette, p. 3" in text
    assert "It explains 1 finding on 1 June 2014." in text


@pytest.mark.parametrize(
    ("day", "explained"),
    [("2014-09-30", True), ("2014-10-01", False), ("2012-01-20", True)],
)
def test_it_alarms_again_from_the_day_of_expiry_on(as_curator, vacant, day, explained):
    explain(as_curator, vacant)

    (row,) = of_problem(panel(as_curator, vacant, on=day), "vacant_seats")

    assert (row.finding.explained is not None) is explained
    assert ("Explain: " in panel(as_curator, vacant, on=day).text) is not explained


def test_what_alarms_is_listed_before_what_is_explained(as_curator, vacant):
    explain(as_curator, vacant)
    vacant.seat_groups.get(slug="lists").rules.get().citations.all().delete()

    problems = [row.finding.problem for row in panel(as_curator, vacant).context["day_findings"]]

    assert problems.index("no_source") < problems.index("vacant_seats")


def test_the_panel_leads_from_an_explained_finding_to_its_explanation(as_curator, vacant):
    explain(as_curator, vacant)
    (row,) = of_problem(panel(as_curator, vacant), "vacant_seats")

    later = as_curator.post(row.address, filled_in(as_curator.get(row.address), end="2015-01-01"))

    explanation = Explanation.objects.get()
    assert explanation.end == date(2015, 1, 1)
    assert explanation.history.count() == 2
    assert later["Location"].endswith("?on=2014-06-01#registry-checks")


@pytest.mark.parametrize(
    ("entries", "sentence"),
    [
        (
            {"start": "2014-07-01"},
            "On 1 June 2014 it explains nothing yet: it begins on 1 July 2014.",
        ),
        (
            {"end": "2014-05-01"},
            "On 1 June 2014 it explains nothing: it expired on 1 May 2014.",
        ),
        ({"code": "seated_twice"}, "On 1 June 2014 there is no finding that it speaks of."),
    ],
)
def test_an_explanation_that_misses_its_finding_says_so(as_curator, vacant, entries, sentence):
    answer = explain(as_curator, vacant, **entries)

    assert answer.status_code == 302
    assert [str(each) for each in get_messages(answer.wsgi_request)][-1] == sentence


@pytest.mark.parametrize(
    ("entries", "errors"),
    [
        (
            {"end": "2012-01-20"},
            {"end": ["It expires after its first day. Change one of the two."]},
        ),
        ({"end": "2014"}, {"end": ["Enter a whole date, for example 2014-06-12 or 12.06.2014."]}),
    ],
)
def test_days_that_make_no_sense_are_refused_at_their_field(as_curator, vacant, entries, errors):
    answer = explain(as_curator, vacant, **entries)

    assert answer.context["adminform"].form.errors == errors


def test_a_group_of_another_institution_is_refused(as_curator, vacant):
    elsewhere = factories.SeatGroupFactory()

    answer = explain(as_curator, vacant, group=elsewhere.pk)

    assert answer.context["adminform"].form.errors == {
        "group": [f"This belongs to another institution: {elsewhere.institution}."]
    }


def test_a_code_that_no_finding_has_cannot_be_chosen(as_curator, vacant):
    answer = explain(as_curator, vacant, code="made_up")

    assert answer.context["adminform"].form.errors.keys() == {"code"}


@pytest.mark.parametrize("value", ["abc", "99999999999999999999", "0", "-1", "", "%00"])
def test_the_form_survives_any_address(as_curator, vacant, value):
    names = ("institution", "code", "group", "territory", "person", "start", "on")

    everything = "&".join(f"{name}={value}" for name in names)
    one = f"institution={vacant.pk}&code={value}&group={value}&person={value}&on={value}"

    assert as_curator.get(f"{ADD}?{everything}").status_code == 200
    assert as_curator.get(f"{ADD}?{one}").status_code == 200


def test_a_reader_sees_the_explanation_and_is_offered_none(as_reader, vacant):
    explanation = factories.ExplanationFactory(institution=vacant)

    (row,) = of_problem(panel(as_reader, vacant), "vacant_seats")
    assert row.address == (
        reverse("admin:registry_explanation_change", args=[explanation.pk]) + "?on=2014-06-01"
    )
    explanation.delete()
    (row,) = of_problem(panel(as_reader, vacant), "vacant_seats")
    assert row.address == ""


def test_who_may_not_see_institutions_stays_with_the_explanations(client, clerk, vacant):
    """Berik may explain, and nothing else."""
    clerk.user_permissions.add(*Permission.objects.filter(codename__endswith="_explanation"))
    client.force_login(clerk)
    page = f"{ADD}?institution={vacant.pk}&code=vacant_seats&on=2014-06-01"

    answer = client.post(
        page,
        filled_in(
            client.get(page), reason=REASON, source=factories.SourceFactory().pk, end="2014-10-01"
        ),
    )

    assert answer["Location"] == reverse("admin:registry_explanation_changelist")


def test_a_list_tells_what_holds_from_what_has_expired(as_curator, vacant):
    rows = {
        "over": factories.ExplanationFactory(institution=vacant, end=date(2015, 1, 1)),
        "holds": factories.ExplanationFactory(institution=vacant, end=date(2090, 1, 1)),
        "coming": factories.ExplanationFactory(
            institution=vacant, start=date(2089, 1, 1), end=date(2090, 1, 1)
        ),
    }

    for state, row in rows.items():
        found = as_curator.get("/admin/registry/explanation/", {"today": state})
        assert list(found.context["cl"].result_list) == [row]


def test_a_longer_roster_costs_the_panel_no_more_queries(
    as_curator, vacant, django_assert_max_num_queries
):
    factories.AppointmentFactory.create_batch(
        40, institution=vacant, start=PartialDate.parse("2013-01-01")
    )
    factories.ExplanationFactory.create_batch(20, institution=vacant)

    with django_assert_max_num_queries(24):
        panel(as_curator, vacant)
