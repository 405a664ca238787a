"""Seat groups, their rules and stated totals: what the forms refuse, and where they say so."""

from __future__ import annotations

from tests import factories
from tests.admin.forms import filled_in


def add(client, model, **entries):
    page = f"/admin/registry/{model}/add/"
    return client.post(page, filled_in(client.get(page), **entries))


def errors(answer):
    return answer.context["adminform"].form.errors


def test_a_total_of_another_institutions_convocation_is_refused(as_curator, chamber):
    elsewhere = factories.ConvocationFactory()

    answer = add(
        as_curator,
        "statedtotal",
        institution=chamber.pk,
        total=3,
        convocation=elsewhere.pk,
        source=factories.SourceFactory().pk,
    )

    assert errors(answer) == {
        "convocation": [f"This belongs to another institution: {elsewhere.institution}."]
    }


def test_a_roster_of_another_institutions_group_is_not_declared_complete(as_curator, chamber):
    elsewhere = factories.SeatGroupFactory()

    answer = add(as_curator, "coverage", institution=chamber.pk, group=elsewhere.pk)

    assert errors(answer) == {
        "group": [f"This belongs to another institution: {elsewhere.institution}."]
    }
