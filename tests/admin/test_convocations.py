"""Whoever corrects a convocation reads whose dates moved, and which lie outside it now."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from registry.domain.dates import PartialDate
from tests import factories
from tests.admin.forms import filled_in


@pytest.fixture
def convocation(chamber):
    """The fifth: from 20 January 2012 to 20 January 2016."""
    return factories.ConvocationFactory(institution=chamber, number=5)


def member(convocation, *, start=None, end=None, **inherited):
    """A member of the convocation; dates that are not given are taken from it."""
    return factories.AppointmentFactory(
        institution=convocation.institution,
        convocation=convocation,
        start=PartialDate.parse(start or "2012-01-20"),
        end=PartialDate.parse(end) if end else None,
        start_inherited=start is None,
        end_inherited=inherited.get("end_inherited", end is None),
    )


def change(client, convocation, **entries):
    page = reverse("admin:registry_convocation_change", args=[convocation.pk])
    return client.post(page, filled_in(client.get(page), **entries))


def change_inside(client, institution, **entries):
    page = reverse("admin:registry_institution_change", args=[institution.pk])
    data = filled_in(client.get(page))
    return client.post(page, data | {f"convocations-{k}": v for k, v in entries.items()})


def said(answer):
    return [str(message) for message in get_messages(answer.wsgi_request)]


def errors(answer):
    return answer.context["adminform"].form.errors


@pytest.mark.parametrize("by", ["itself", "its institution"])
def test_it_is_said_whose_dates_moved_and_which_lie_outside(as_curator, convocation, by):
    for _ in range(2):
        member(convocation)
    member(convocation, end="2014-07-03")
    member(convocation, start="2013-01-01", end="2016-01-20")
    member(convocation, start="2014-02-01", end="2015")

    if by == "itself":
        answer = change(as_curator, convocation, end="2015-06-01")
    else:
        answer = change_inside(as_curator, convocation.institution, **{"0-end": "2015-06-01"})

    assert "Mazhilis 5: 2 appointments moved with its dates." in said(answer)
    assert "Mazhilis 5: 1 appointment with dates of its own lies outside it now." in said(answer)


def test_a_remark_moves_nobody(as_curator, convocation):
    member(convocation, start="2011-01-01", end="2016-01-20")

    answer = change(as_curator, convocation, note="Dissolved early.")

    assert len(said(answer)) == 1


def test_who_may_lie_inside_is_not_called_outside(as_curator, convocation):
    member(convocation, start="2012", end="2015")

    answer = change(as_curator, convocation, end="2015-06-01")

    assert not any("outside" in each for each in said(answer))


def test_days_that_would_tear_a_mandate_are_refused_with_its_holder(as_curator, convocation):
    """Left in March 2012 by a source, and came by the date of the convocation."""
    row = member(convocation, end="2012-03-01")

    answer = change(as_curator, convocation, start="2012-04-01")

    assert errors(answer)["start"] == [
        f"1 member who takes this day from it would leave before it: {row.person}."
    ]
    convocation.refresh_from_db()
    assert str(convocation.start) == "2012-01-20"


def test_a_convocation_that_overlaps_another_is_refused_with_a_sentence(as_curator, convocation):
    later = factories.ConvocationFactory(
        institution=convocation.institution, number=6, start=convocation.end, end=None
    )

    alone = change(as_curator, later, start="2016-01-19")
    inside = change_inside(as_curator, convocation.institution, **{"1-start": "2016-01-19"})

    for answer in (alone, inside):
        assert answer.status_code == 200
        assert "Convocation 5 sits on some of these days already." in answer.text


def test_two_new_convocations_are_held_against_each_other(as_curator, chamber):
    answer = change_inside(
        as_curator,
        chamber,
        **{
            "TOTAL_FORMS": 2,
            "0-number": 5,
            "0-start": "2012-01-20",
            "0-institution": chamber.pk,
            "1-number": 6,
            "1-start": "2016-03-25",
            "1-institution": chamber.pk,
        },
    )

    assert answer.status_code == 200
    assert "Convocation 5 sits on some of these days already." in answer.text
    assert not chamber.convocations.exists()


def test_an_institution_that_is_part_of_itself_is_refused_at_the_field(as_curator, chamber):
    page = reverse("admin:registry_institution_change", args=[chamber.pk])

    answer = as_curator.post(page, filled_in(as_curator.get(page), parent=chamber.pk))

    assert "leads back to where it began" in errors(answer)["parent"][0]


@pytest.mark.parametrize("members", [1, 30])
def test_more_members_cost_no_more_queries(
    as_curator, convocation, members, django_assert_max_num_queries
):
    for _ in range(members):
        member(convocation)
    page = reverse("admin:registry_convocation_change", args=[convocation.pk])
    data = filled_in(as_curator.get(page), end="2015-06-01")

    with django_assert_max_num_queries(46):
        as_curator.post(page, data)
