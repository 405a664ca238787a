"""The form of an institution shows who sits in it, and what the checks say."""

from __future__ import annotations

import pytest
from django.urls import reverse

from registry.domain.dates import PartialDate
from tests import factories


def panel(client, institution, **query):
    page = reverse("admin:registry_institution_change", args=[institution.pk])
    return " ".join(client.get(page, query).text.split())


def test_the_form_counts_seats_and_reports_findings(as_curator, chamber):
    lists = chamber.seat_groups.get(slug="lists")
    for _ in range(4):
        factories.AppointmentFactory(institution=chamber, group=lists)

    text = panel(as_curator, chamber, on="2014-06-01")

    assert "On 1 June 2014: 4 of 3 seats filled." in text
    assert "1 member more than the rule allows" in text
    assert "End a mandate that is over" in text


def test_without_a_question_the_form_speaks_of_today(as_curator, chamber):
    factories.AppointmentFactory(institution=chamber)

    assert "1 of 3 seats filled." in panel(as_curator, chamber)


def test_a_day_of_which_nobody_is_recorded_is_not_counted(as_curator, chamber):
    unrecorded = panel(as_curator, chamber, on="2014-06-01")
    factories.CoverageFactory(institution=chamber)
    vacant = panel(as_curator, chamber, on="2014-06-01")

    assert (
        "On 1 June 2014: nobody is recorded for this day; the roster is not declared complete."
        in unrecorded
    )
    lists, chair = '<td class="registry-number">3</td>', '<td class="registry-number">1</td>'
    dashes = ' <td class="registry-number">–</td>' * 3
    assert lists + dashes in unrecorded
    assert chair + dashes in unrecorded
    assert "On 1 June 2014: 0 of 3 seats filled." in vacant
    assert lists + dashes not in vacant


def test_a_chair_is_counted_where_nobody_recorded_the_members(as_curator, chamber):
    chair = chamber.seat_groups.get(slug="chair")
    factories.AppointmentFactory(institution=chamber, group=chair)

    text = panel(as_curator, chamber, on="2014-06-01")

    assert "On 1 June 2014: only holders of inner offices are recorded;" in text
    assert '<td class="registry-number">1</td> ' * 2 in text


def test_an_ended_institution_shows_its_last_day(as_curator, chamber):
    chamber.end = PartialDate.parse("2020-01-01")
    chamber.save()
    factories.AppointmentFactory(institution=chamber)

    assert "On 31 December 2019: 1 of 3 seats filled." in panel(as_curator, chamber)
    assert "On 1 January 2020 the institution has ended." in panel(
        as_curator, chamber, on="2020-01-01"
    )


@pytest.mark.parametrize("day", ["2014-02-30", "abc", "", "\0", "x" * 5000, "<script>"])
def test_a_day_that_is_none_gets_a_sentence_and_the_form(as_curator, chamber, day):
    text = panel(as_curator, chamber, on=day)

    assert "registry-day-error" in text
    assert 'name="slug"' in text
    assert "<script>" not in text.partition("registry-panel")[2].partition("</section>")[0]


def test_the_form_leads_to_what_a_curator_does_next(as_curator, chamber):
    text = panel(as_curator, chamber, on="2014-06-01")

    listed = f"/admin/registry/appointment/?institution__id__exact={chamber.pk}"
    assert f"{listed}&amp;on=2014-06-01" in text
    assert f"/admin/registry/appointment/add/?institution={chamber.pk}" in text
    assert "/institutions/mazhilis/composition/?on=2014-06-01" in text


@pytest.mark.parametrize(
    ("model", "make"),
    [
        ("seatgroup", factories.SeatGroupFactory),
        ("election", factories.ElectionFactory),
        ("votingrule", factories.VotingRuleFactory),
        ("power", factories.PowerFactory),
        ("explanation", factories.ExplanationFactory),
    ],
)
def test_the_form_leads_to_what_is_recorded_of_it_and_of_no_other(
    as_curator, every_record, model, make
):
    chamber = every_record["Institution"]
    make()
    page = f"/admin/registry/{model}/?institution__id__exact={chamber.pk}"

    assert f'href="{page}"' in panel(as_curator, chamber, on="2014-06-01")
    rows = as_curator.get(page).context["cl"].result_list
    assert {row.institution for row in rows} == {chamber}


def test_adding_from_the_form_knows_the_institution(as_curator, chamber):
    answer = as_curator.get(f"/admin/registry/appointment/add/?institution={chamber.pk}")

    assert answer.context["adminform"].form["institution"].value() == str(chamber.pk)
    assert ">Mazhilis</option>" in answer.text


def test_a_longer_roster_costs_the_form_no_more_queries(
    as_curator, chamber, django_assert_max_num_queries
):
    factories.AppointmentFactory.create_batch(40, institution=chamber)

    with django_assert_max_num_queries(24):
        panel(as_curator, chamber, on="2014-06-01")
