"""Record a renewal, start a rule era, end an institution."""

from __future__ import annotations

from datetime import date

import pytest

from registry.domain.dates import UNKNOWN
from registry.models import Appointment, Election, SeatRule, StatedTotal, Succession
from tests import factories
from tests.admin.guided import address, rows, walk

GAZETTE = {"source_title": "Gazette of 8 June", "place": "Art. 1"}


@pytest.fixture
def senate(db):
    """Three regions with two seats each, in two classes; the class of 2011 is to be renewed."""
    rule = factories.SeatRuleFactory(
        group__institution=factories.InstitutionFactory(slug="senate"),
        group__slug="elected",
        group__name={"en": "Elected"},
        seats=None,
        seats_per_territory=2,
        kinds=["region"],
        term_years=6,
        renewal_years=3,
        start=date(1996, 1, 30),
    )
    senate = rule.group.institution
    factories.CoverageFactory(institution=senate)
    classes = [factories.RenewalClassFactory(group=rule.group) for _ in range(2)]
    for name in ("abai", "akmola", "aktobe"):
        region = factories.TerritoryFactory(slug=name, name={"en": name.title()})
        for each in classes:
            factories.AppointmentFactory(
                institution=senate, group=rule.group, territory=region, renewal_class=each
            )
    return senate, classes[0]


def test_half_of_a_chamber_is_renewed_in_one_go(as_curator, curator, senate):
    """One senator again, one by a new one, one seat stays empty; the other class goes on."""
    _chamber, renewed = senate
    entered = {"renewal_class": renewed.pk, "day": "2017-06-28", "start": "2017-07-01"}
    grid = as_curator.post(address("renewal"), entered | {"_go": "facts"}).text
    assert grid.count('name="same_') == 3
    facts = GAZETTE | {"same_abai": "on", "new_akmola": "Askar Mamin"}

    effect = walk(as_curator, "renewal", entered | facts, to="effect")
    assert rows(effect)["Filled"] == ("6", "5")
    assert "2 of 3 seats of the class are filled anew." in effect.text
    assert "Nobody takes these seats: Aktobe." in effect.text
    assert not Election.objects.exists()
    assert walk(as_curator, "renewal", entered | facts).status_code == 302

    election = Election.objects.get()
    assert (election.day, election.took_office) == (date(2017, 6, 28), date(2017, 7, 1))
    begun = Appointment.objects.filter(start_earliest="2017-07-01", renewal_class=renewed)
    assert [str(each.territory) for each in begun.order_by("territory")] == ["Abai", "Akmola"]
    ended = Appointment.objects.filter(end_latest="2017-07-01", end_reason="Term ended")
    assert ended.count() == 3
    assert {each.history.latest().history_user for each in (*begun, *ended)} == {curator}
    # Their terms by the rule are over by now: an open one would outlive what is known.
    assert {(str(each.end), each.end_reason) for each in begun} == {("2023-07-01", "Term ended")}
    assert "a full term, to 1 July 2023." in effect.text
    assert Appointment.objects.filter(has_ended=False).count() == 3
    # Whoever comes back for the seat that stayed empty is asked about that one alone.
    again = as_curator.post(address("renewal"), entered | {"_go": "facts"}).text
    assert "2 seats of the class are filled from 1 July 2017 on already" in again
    assert again.count('name="new_a') == 1


REFUSED_RENEWAL = (
    ({"start": "2017-06-01"}, "Nobody takes office before the election."),
    ({"new_abai": "Askar Mamin"}, "Give one answer for this seat, not two."),
    ({"new_akmola": "Dinara Abenova"}, "persons have a similar name"),
    ({"same_abai": ""}, "Nobody is elected yet. Answer for one seat at least."),
    ({"person_abai": "0"}, "Select a valid choice."),
    ({"start": "2017-07"}, "Enter a whole day, for example 2014-06-12. If the source gives"),
    ({"renewal_class": "99999999999999999999"}, "Select a valid choice."),
)


def test_a_renewal_that_cannot_be_says_why(as_curator, senate):
    entered = {"renewal_class": senate[1].pk, "day": "2017-06-28", "start": "2017-07-01"}
    entered |= GAZETTE | {"same_abai": "on"}

    silent = [
        said
        for other, said in REFUSED_RENEWAL
        if said not in walk(as_curator, "renewal", entered | other).text
    ]
    assert silent == []
    assert not Election.objects.exists()


def test_a_class_with_a_number_of_seats_is_renewed_seat_by_seat(as_curator):
    """Of the two seats of a class one is held; who left on no recorded day holds none."""
    group = factories.SeatRuleFactory(seats=4, group__slug="council").group
    renewed = factories.RenewalClassFactory(group=group, seats=2)
    own = {"institution": group.institution, "group": group, "renewal_class": renewed}
    holder = factories.AppointmentFactory(**own)
    factories.AppointmentFactory(**own, end=UNKNOWN)
    entered = {"renewal_class": renewed.pk, "day": "2017-06-28", "start": "2017-07-01"} | GAZETTE

    walk(as_curator, "renewal", entered | {"same_1": "on", "new_2": "Askar Mamin"})
    begun = Appointment.objects.filter(renewal_class=renewed, start_earliest="2017-07-01")
    assert {str(each.person) for each in begun} == {str(holder.person), "Askar Mamin"}
    holder.refresh_from_db()
    assert str(holder.end) == "2017-07-01"
    # Without a number nobody knows how many seats to ask about.
    renewed.seats = None
    renewed.save()
    entered |= {"_go": "facts", "start": "2018-07-01"}
    page = as_curator.post(address("renewal"), entered).text
    assert "This class has no seats on 1 July 2018." in page


@pytest.fixture
def mazhilis(db):
    """98 from party lists and 9 from the Assembly; single-member seats were there before."""
    mazhilis = factories.InstitutionFactory(slug="mazhilis", name={"en": "Mazhilis"})
    spans = {"lists": (98, 2007, None), "assembly": (9, 2007, None), "single": (67, 1998, 2007)}
    for slug, (seats, start, end) in spans.items():
        factories.SeatRuleFactory(
            group__institution=mazhilis,
            group__slug=slug,
            seats=seats,
            start=date(start, 5, 21),
            end=end and date(end, 5, 21),
            term_years=5,
        )
    return mazhilis


def test_the_era_of_2022_is_started(as_curator, mazhilis):
    holder = factories.AppointmentFactory(
        institution=mazhilis, group=mazhilis.seat_groups.get(slug="assembly")
    )
    entered = {"institution": mazhilis.pk, "start": "2022-06-08"} | GAZETTE
    numbers = {"seats_lists": "69", "seats_single": "29", "seats_assembly": "", "total": "98"}

    effect = walk(as_curator, "era", entered | numbers, to="effect")
    assert rows(effect)["Seats"] == ("107", "98")
    assert "By the law of 8 June 2022 the institution has 98 seats." in effect.text
    assert f"1 mandate has no rule from that day: {holder.person}." in effect.text
    assert walk(as_curator, "era", entered | numbers).status_code == 302

    law = {rule.group.slug: rule.seats for rule in SeatRule.objects.on(date(2022, 6, 8))}
    assert law == {"lists": 69, "single": 29}
    before = {rule.group.slug: rule.seats for rule in SeatRule.objects.on(date(2022, 6, 7))}
    assert before == {"lists": 98, "assembly": 9}
    new = SeatRule.objects.get(group__slug="single", start="2022-06-08")
    assert (new.term_years, new.citations.get().source.title) == (5, "Gazette of 8 June")
    assert StatedTotal.objects.get().total == 98


REFUSED_ERA = (
    ({"total": "107"}, "adds up to 98 seats on that day, but the declared total is 107."),
    ({"start": "2007-05-21"}, "The group has a rule from 21 May 2007 already"),
    ({"start": "1990-01-01"}, "The day is before the institution began"),
    ({"new_name_1": "Districts"}, "Enter how many seats the new group has."),
    ({"new_seats_1": "29", "new_name_1": "X"}, "Choose how these seats are filled."),
    ({"new_seats_1": "29"}, "Enter the name of the new group."),
    ({"seats_lists": "-1"}, "greater than or equal to 0"),
    ({"new_seats_2": "99999"}, "less than or equal to 20000"),
    ({"first_applied": "2020-01-01"}, "No election is held under rules that are not in force"),
    (
        {"seats_lists": "98", "seats_single": "", "seats_assembly": "9"},
        "Nothing would change. Enter another number of seats.",
    ),
)


def test_an_era_that_does_not_add_up_says_why(as_curator, mazhilis):
    entered = {"institution": mazhilis.pk, "start": "2022-06-08"} | GAZETTE
    entered |= {"seats_lists": "69", "seats_single": "29", "seats_assembly": ""}

    silent = [
        said
        for other, said in REFUSED_ERA
        if said not in walk(as_curator, "era", entered | other).text
    ]
    assert silent == []
    assert SeatRule.objects.count() == 3


def test_an_era_brings_the_groups_that_it_needs(as_curator, mazhilis):
    """A group that never had a rule is asked how it is filled, and so is a new one."""
    factories.SeatGroupFactory(institution=mazhilis, slug="quota", name={"en": "Quota"})
    entered = {"institution": mazhilis.pk, "start": "2022-06-08"} | GAZETTE
    numbers = {"seats_lists": "69", "seats_assembly": "", "seats_quota": "5"}
    fresh = {"new_name_1": "Districts", "new_seats_1": "29", "new_filled_1": "elected"}

    asked = walk(as_curator, "era", entered | numbers | fresh)
    assert "Choose how these seats are filled." in asked.text
    walk(as_curator, "era", entered | numbers | fresh | {"filled_quota": "appointed"})
    begun = SeatRule.objects.on(date(2022, 6, 8)).order_by("seats")
    assert [(str(each.group), each.seats, each.designation) for each in begun] == [
        ("Mazhilis: Quota", 5, "appointed"),
        ("Mazhilis: Districts", 29, "elected"),
        ("Mazhilis: Lists", 69, "elected"),
    ]
    again = as_curator.get(address("era"), entered)
    assert "An era begins on 8 June 2022 already" in again.text
    twice = {"new_name_1": "districts", "new_seats_1": "1", "new_filled_1": "elected"}
    named = walk(as_curator, "era", entered | {"start": "2023-01-01"} | twice)
    assert "The institution has a group of this name." in named.text


def test_an_institution_ends_with_all_that_is_open_in_it(as_curator, mazhilis):
    lists = mazhilis.seat_groups.get(slug="lists")
    convocation = factories.ConvocationFactory(institution=mazhilis, end=None)
    mandate = factories.AppointmentFactory(
        institution=mazhilis, group=lists, convocation=convocation
    )
    coverage = factories.CoverageFactory(institution=mazhilis)
    kurultai = factories.InstitutionFactory(slug="kurultai")
    entered = {"institution": mazhilis.pk, "end": "2026-07-01", "successor": kurultai.pk}
    entered |= GAZETTE | {"end_reason": "Institution ended"}

    effect = walk(as_curator, "close", entered, to="effect")
    assert f"1 open mandate ends: {mandate.person}." in effect.text
    assert "2 seat rules end on that day." in effect.text
    assert walk(as_curator, "close", entered).status_code == 302
    for each in (mazhilis, convocation, mandate, coverage):
        each.refresh_from_db()
    assert [str(each.end) for each in (mazhilis, convocation, mandate, coverage)] == [
        "2026-07-01"
    ] * 4
    assert mandate.end_reason == "Institution ended"
    assert not SeatRule.objects.filter(end=None).exists()
    assert Succession.objects.get().successor == kurultai
    again = walk(as_curator, "close", entered)
    assert "This institution ended on 1 July 2026." in again.text


def test_who_begins_after_the_end_is_named(as_curator, mazhilis):
    factories.AppointmentFactory(institution=mazhilis)
    entered = {"institution": mazhilis.pk, "end": "2012-01-20", "end_reason": "Died"} | GAZETTE

    assert "1 appointment begins on that day or later" in walk(as_curator, "close", entered).text
