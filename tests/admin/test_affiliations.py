"""The parties of one appointment follow each other, and lie within it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from registry.domain.dates import UNKNOWN, PartialDate
from registry.models import Affiliation
from tests import factories
from tests.admin.forms import filled_in

ADD = "/admin/registry/affiliation/add/"


def when(text):
    return PartialDate.parse(text) if text else None


@pytest.fixture
def nur_otan(db):
    return factories.PartyFactory(name={"en": "Nur Otan"})


@pytest.fixture
def ak_zhol(db):
    return factories.PartyFactory(name={"en": "Ak Zhol"})


@pytest.fixture
def seat(chamber):
    """In office from 20 January 2012 to 20 January 2016."""
    return factories.AppointmentFactory(institution=chamber, end=PartialDate.parse("2016-01-20"))


@pytest.fixture
def page(seat):
    return reverse("admin:registry_appointment_change", args=[seat.pk])


def submit(client, page, *rows, **changes):
    """Post the form with `rows` (party, start, end) after those that it holds."""
    data = filled_in(client.get(page))
    held = int(data["affiliations-INITIAL_FORMS"])
    data["affiliations-TOTAL_FORMS"] = held + len(rows)
    seat = page.split("/")[-3]
    for number, (party, start, end) in enumerate(rows, held):
        row = {"appointment": seat, "party": party.pk, "start": start, "end": end}
        data |= {f"affiliations-{number}-{name}": value for name, value in row.items()}
    return client.post(page, data | changes)


def errors(answer):
    """What the rows of parties say, by row and field."""
    formset = next(
        each.formset
        for each in answer.context["inline_admin_formsets"]
        if each.formset.prefix == "affiliations"
    )
    return {
        (number, field): " ".join(said)
        for number, row in enumerate(formset.errors)
        for field, said in row.items()
    }


def test_a_party_that_still_runs_is_told_when_to_end(as_curator, seat, page, nur_otan, ak_zhol):
    factories.AffiliationFactory(appointment=seat, party=nur_otan)

    answer = submit(as_curator, page, (ak_zhol, "2014-09-01", ""))

    assert errors(answer) == {(0, "end"): "Nur Otan still runs: end it on 1 September 2014."}
    assert Affiliation.objects.count() == 1
    ended = submit(
        as_curator, page, (ak_zhol, "2014-09-01", ""), **{"affiliations-0-end": "2014-09-01"}
    )
    assert ended.status_code == 302


@pytest.mark.parametrize(
    ("first", "second", "place", "sentence"),
    [
        (
            ("", "2014-10-01"),
            ("2014-09-01", ""),
            (0, "end"),
            "Nur Otan ends after Ak Zhol begins: end it on 1 September 2014.",
        ),
        (
            ("2014-09-01", ""),
            ("", ""),
            (1, "end"),
            "Ak Zhol still runs: end it on 1 September 2014.",
        ),
        (("", ""), ("", ""), (1, "start"), "Ak Zhol begins on the same day as Nur Otan."),
        (
            ("", ""),
            ("2014-09", ""),
            (0, "end"),
            "Nur Otan still runs when Ak Zhol begins (2014-09). Enter when it ended.",
        ),
    ],
)
def test_two_parties_on_one_day_are_refused(
    as_curator, page, nur_otan, ak_zhol, first, second, place, sentence
):
    answer = submit(as_curator, page, (nur_otan, *first), (ak_zhol, *second))

    assert errors(answer).keys() == {place}
    assert errors(answer)[place].startswith(sentence)
    assert not Affiliation.objects.exists()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("", "2014-09-01"), ("2014-09-01", "")),
        (("", "2014-09"), ("2014-09", "")),
        (("", "2014"), ("2014-03-01", "")),
        (("2014", ""), ("2012-02-01", "2014-06-01")),
        (("2012-01-20", "2013"), ("2015", "2016-01-20")),
    ],
)
def test_what_may_follow_is_no_overlap(as_curator, page, nur_otan, ak_zhol, first, second):
    answer = submit(as_curator, page, (nur_otan, *first), (ak_zhol, *second))

    assert answer.status_code == 302
    assert Affiliation.objects.count() == 2


@pytest.mark.parametrize(
    ("start", "end", "place", "sentence"),
    [
        ("2012-01-19", "", (0, "start"), "The appointment begins only on 20 January 2012."),
        ("2011", "2013", (0, "start"), "The appointment begins only on 20 January 2012."),
        ("", "2012-01-20", (0, "end"), "The appointment begins only on 20 January 2012."),
        ("2016-01-20", "", (0, "start"), "The appointment has ended by then: 20 January 2016."),
        ("", "2016-01-21", (0, "end"), "The appointment ends on 20 January 2016."),
        ("", "2017", (0, "end"), "The appointment ends on 20 January 2016."),
    ],
)
def test_days_outside_the_appointment_are_refused(
    as_curator, page, nur_otan, start, end, place, sentence
):
    answer = submit(as_curator, page, (nur_otan, start, end))

    assert errors(answer).keys() == {place}
    assert errors(answer)[place].startswith(sentence)


@pytest.mark.parametrize(("start", "end"), [("2012", "2016"), ("2012-01-20", "2016-01-20")])
def test_days_that_may_lie_inside_are_not(as_curator, page, nur_otan, start, end):
    assert submit(as_curator, page, (nur_otan, start, end)).status_code == 302


def test_an_appointment_that_ends_before_its_party_is_refused(as_curator, seat, page, nur_otan):
    factories.AffiliationFactory(appointment=seat, party=nur_otan, end=when("2015-06-01"))

    answer = submit(as_curator, page, end="2014-07-03")

    assert errors(answer) == {
        (0, "end"): "The appointment ends on 3 July 2014. Leave the end empty or correct it."
    }


def test_days_of_the_convocation_bound_a_party_as_well(as_curator, chamber, nur_otan):
    seat = factories.AppointmentFactory(
        institution=chamber,
        convocation=factories.ConvocationFactory(institution=chamber),
        start_inherited=True,
        end_inherited=True,
    )
    page = reverse("admin:registry_appointment_change", args=[seat.pk])

    answer = submit(as_curator, page, (nur_otan, "", "2016-01-21"))

    assert errors(answer).keys() == {(0, "end")}


@pytest.mark.parametrize("start", [None, "[2012-01-20..]"])
def test_parties_overlap_although_nobody_knows_the_start(
    as_curator, chamber, nur_otan, ak_zhol, start
):
    seat = factories.AppointmentFactory(institution=chamber, start=when(start) or UNKNOWN)
    page = reverse("admin:registry_appointment_change", args=[seat.pk])

    answer = submit(as_curator, page, (nur_otan, "", ""), (ak_zhol, "2014-09-01", ""))

    assert errors(answer).keys() == {(0, "end")}


def test_an_overlap_recorded_before_keeps_no_remark_out(as_curator, seat, page, nur_otan, ak_zhol):
    for party in (nur_otan, ak_zhol):
        factories.AffiliationFactory(appointment=seat, party=party)

    assert submit(as_curator, page, note="Sits on the left.").status_code == 302


def test_a_row_to_be_deleted_overlaps_nothing(as_curator, seat, page, nur_otan, ak_zhol):
    old = factories.AffiliationFactory(appointment=seat, party=nur_otan)

    answer = submit(
        as_curator, page, (ak_zhol, "2014-09-01", ""), **{"affiliations-0-DELETE": "on"}
    )

    assert answer.status_code == 302
    assert not Affiliation.objects.filter(pk=old.pk).exists()


def test_an_affiliation_by_itself_meets_the_others(as_curator, seat, nur_otan, ak_zhol):
    old = factories.AffiliationFactory(appointment=seat, party=nur_otan)
    data = {"appointment": seat.pk, "party": ak_zhol.pk, "start": "2014-09-01"}

    refused = as_curator.post(ADD, filled_in(as_curator.get(ADD), **data))
    page = reverse("admin:registry_affiliation_change", args=[old.pk])
    as_curator.post(page, filled_in(as_curator.get(page), end="2014-09-01"))
    saved = as_curator.post(ADD, filled_in(as_curator.get(ADD), **data))

    assert refused.context["adminform"].form.errors["start"] == [
        "Nur Otan still runs: end it on 1 September 2014."
    ]
    assert saved.status_code == 302
