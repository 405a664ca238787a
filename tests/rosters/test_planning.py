"""What each row of a file comes to, and what keeps a whole plan from being written."""

from datetime import date

import pytest

from registry.domain.dates import PartialDate
from registry.models import Appointment, Person, PersonIdentifier
from registry.rosters.imports import Order, check, confirm
from registry.rosters.matching import pieces
from registry.rosters.matching.order import order_data, order_from
from registry.rosters.planning import planning
from registry.rosters.planning.planning import make_plan
from registry.rosters.reading.reader import read_roster
from registry.rosters.rows import Period
from tests.factories import AppointmentFactory, ConvocationFactory, PersonFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
HEADER = "id,name,group,term,start_date,end_date,gender\n"


@pytest.fixture
def checked(chamber):
    def check_it(text, decisions=None, **order):
        return check(
            chamber, text.encode(), "roster.csv", Order(on=TODAY, **order), decisions=decisions
        )

    return check_it


def plan_of(chamber, text, decisions=None, **order):
    roster = read_roster(text.encode(), "roster.csv", chamber, keep_faulty=True)
    return make_plan(roster, chamber, Order(on=TODAY, **order), decisions)


def deputies(*numbers, start="", end=""):
    return "".join(f"a{n},Deputy {n},Steppe,5,{start},{end},\n" for n in numbers)


def test_an_order_is_kept_as_data():
    periods = {"5": Period("5", "Fifth", PartialDate.parse("2012"), None, 2)}
    order = Order(TODAY, 5, periods, end_absent=True, absent_day=PartialDate.parse("2014-06"))

    assert order_from(order_data(order)) == order


class TestVerdicts:
    @pytest.fixture
    def recorded(self, chamber, checked):
        """A woman in office from 12 June 2014, without an end."""
        confirm(checked(HEADER + "a1,Dinara Abenova,Steppe,5,2014-06-12,2016-01-01,female\n"))
        Appointment.objects.update(has_ended=False, end_earliest=None, end_latest=None)
        return Appointment.objects.get()

    @pytest.mark.parametrize(
        ("row", "verdict", "field"),
        [
            ("a1,Dinara Abenova,Steppe,5,2014-06-12,,female", "same", None),
            ("a1,Dinara Abenova,Steppe,5,2014,,female", "same", None),
            ("a1,Dinara Abenova,Steppe,5,2014-06-12,2015-03-01,female", "fills", "end"),
            ("a1,Dinara Abenova,Steppe,5,2014-06-13,,female", "changed", "start"),
            ("a1,Dinara Abenova,Steppe,5,2014-06-12,,male", "conflict", "gender"),
            ("a1,Dinara Äbenova,Steppe,5,2014-06-12,,female", "fills", "other_names"),
            ("a1,Dinara Abenova,River,5,2014-06-12,,female", "changed", "party"),
            ("a2,Marat Otarbek,Steppe,5,,,", "new", None),
            ("a1,Dinara Abenova,Steppe,5,2014-06-31,,female", "impossible", None),
        ],
    )
    def test_of_a_row(self, recorded, checked, row, verdict, field):
        planned = checked(HEADER + row + "\n").rows.get()

        assert planned.verdict == verdict
        assert [change["field"] for change in planned.changes] == ([field] if field else [])

    def test_what_is_recorded_stays_when_the_curator_wants_gaps_filled_alone(
        self, recorded, checked
    ):
        row = "a1,Dinara Abenova,River,5,2014-06-13,2015-03-01,female\n"

        run = checked(HEADER + row, differences="keep")
        planned = run.rows.get()
        confirm(run)

        recorded.refresh_from_db()
        assert {c["field"]: c["kept"] for c in planned.changes} == {
            "start": True,
            "end": False,
            "party": True,
        }
        assert (str(recorded.start), str(recorded.end)) == ("2014-06-12", "2015-03-01")
        assert recorded.affiliations.get().party.slug == "steppe"

    def test_a_year_in_our_own_layout_is_what_the_curator_means(self, recorded, checked):
        PersonIdentifier.objects.create(person=recorded.person, scheme="local", value="1")

        run = checked("identifiers,convocation,start,start_basis\nlocal:1,5,2014,stated\n")

        assert run.counts == {"changed": 1}


def test_without_the_faulty_rows_exactly_those_stay_out(checked):
    text = HEADER + deputies(1) + "a2,Deputy 2,River,5,2014-02-30,,\n" + deputies(1, 3)

    whole = checked(text)
    part = checked(text, leave_out_faulty=True)
    confirm(part)

    assert (whole.state, part.state) == ("refused", "checked")
    assert whole.counts == part.counts == {"new": 2, "impossible": 2}
    assert Person.objects.count() == 2
    assert part.plan["numbers"]["new_parties"] == 1  # nobody who stays sits for River


def test_a_turn_in_a_year_that_is_all_we_know_is_written_once(checked):
    text = HEADER + "a1,Dinara,,5,2013,2013,\na1,Dinara,River,5,2013,2014,\n"
    confirm(checked(text))

    assert checked(text).counts == {"same": 2}


def test_a_change_of_what_a_row_rests_on_is_another_plan(chamber):
    confirm(check(chamber, (HEADER + deputies(1, 2)).encode(), "r.csv", Order(on=TODAY)))
    text = HEADER + deputies(1, 2, end="2014-07-01")
    before = plan_of(chamber, text).digest
    assert plan_of(chamber, text).digest == before

    Appointment.objects.filter(person__identifiers__value="a1").update(end_inherited=False)

    assert plan_of(chamber, text).digest != before


def test_a_plan_in_pieces_is_the_same_plan(chamber, monkeypatch):
    rows = deputies(1, 2, 3, 4, end="2013-01-01") + deputies(4, 3, 2, 1, start="2013-01-01")
    confirm(check(chamber, (HEADER + deputies(2)).encode(), "r.csv", Order(on=TODAY)))
    whole = plan_of(chamber, HEADER + rows)
    monkeypatch.setattr(pieces, "PIECE", 3)

    plan = plan_of(chamber, HEADER + rows)
    portions = list(plan.portions())

    assert (plan.counts, plan.verdicts) == (whole.counts, whole.verdicts)
    assert [len(portion.rows) for portion in portions] == [4, 4]
    assert [party for portion in portions for party in portion.parties] == plan.parties


def test_a_plan_too_long_to_be_kept_is_made_anew_to_be_written(checked, monkeypatch):
    monkeypatch.setattr(pieces, "PIECE", 3)
    monkeypatch.setattr(planning, "KEPT", 1)
    text = HEADER + deputies(*range(7)) + deputies(0, start="2016-01-20", end="2016-02-01")

    confirm(checked(text))

    assert (Person.objects.count(), Appointment.objects.count()) == (7, 7)
    assert checked(text).counts == {"same": 8}


class TestAbsent:
    @pytest.fixture
    def ten(self, checked):
        confirm(checked(HEADER + deputies(*range(10))))

    def test_each_can_be_kept_or_ended_on_a_day(self, ten, checked):
        keep, end = Appointment.objects.filter(person__identifiers__value__in=["a8", "a9"])
        text = HEADER + deputies(*range(8))
        decided = {f"absent:{keep.pk}": "keep", f"absent:{end.pk}": "2014-07-03"}

        confirm(checked(text, decided, end_absent=True, absent_reason="resigned"))

        end.refresh_from_db()
        keep.refresh_from_db()
        assert (str(end.end), end.end_reason) == ("2014-07-03", "resigned")
        assert str(keep.end) == "2016-01-20"

    def test_many_end_only_when_so_many_are_allowed(self, ten, checked):
        text = HEADER + deputies(0, 1)

        refused = checked(text, end_absent=True)
        allowed = checked(text, end_absent=True, absent_limit=8)

        assert [fault["code"] for fault in refused.plan["faults"]] == ["too_many_absent"]
        assert (allowed.state, allowed.plan["numbers"]["ended"]) == ("checked", 8)

    def test_nobody_ends_before_they_began(self, ten, checked):
        text = HEADER + deputies(*range(9))

        run = checked(text, end_absent=True, absent_day=PartialDate.parse("2011-01-01"))

        assert [fault["code"] for fault in run.plan["faults"]] == ["absent_day"]


def test_a_roster_that_repeats_the_previous_convocation_is_pointed_out(chamber, checked):
    sixth = PartialDate.parse("2016-01-20")
    ConvocationFactory(institution=chamber, number=6, start=sixth, end=None)
    confirm(checked(HEADER + deputies(*range(6))))
    text = HEADER + deputies(*range(6)).replace(",5,", ",6,")

    warnings = [warning["code"] for warning in checked(text).plan["warnings"]]
    confirm(checked(text))

    assert warnings == ["repeats_convocation"]
    assert checked(text).plan["warnings"] == []


def test_a_file_about_no_convocation_says_so_where_a_body_has_some(chamber, checked):
    text = HEADER + deputies(1, start="2012-02-01").replace(",5,", ",,")

    def warnings(**order):
        return [warning["code"] for warning in checked(text, **order).plan["warnings"]]

    assert warnings() == ["no_convocation"]
    assert warnings(convocation=5) == []


def test_more_rows_cost_no_more_queries_in_a_piece(chamber, django_assert_max_num_queries):
    names = [f"Deputy {one}{other}" for one in "ABCDE" for other in "abcdefgh"]
    for name in names:
        AppointmentFactory(person=PersonFactory(name={"en": name}))
    few, many = ("".join(f"{name};2012-02-01\n" for name in some) for some in (names[:2], names))

    for rows in (few, many):
        with django_assert_max_num_queries(27):
            plan = plan_of(chamber, "ФИО;Дата избрания\n" + rows)
        assert plan.open == len(rows.splitlines())
