"""What spans and partial dates mean."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.dates import UNKNOWN, PartialDate, Precision, Presence, Span, Term
from tests.domain.drawing import day, span, term

NO, POSSIBLY, YES = Presence.NO, Presence.POSSIBLY, Presence.YES
days = st.dates(date(1990, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("drawn", "on", "answer"),
    [
        ("   ====   ", 2, NO),
        ("   ====   ", 3, YES),
        ("   ====   ", 6, YES),
        ("   ====   ", 7, NO),
        ("   ====>", 900, YES),
        ("   ??==  ", 3, POSSIBLY),
        ("   ??==  ", 5, YES),
        ("   ==??  ", 4, YES),
        ("   ==??  ", 5, POSSIBLY),
        ("   ==??  ", 7, NO),
    ],
)
def test_a_day_in_office_is_certain_possible_or_neither(drawn, on, answer):
    assert term(drawn).covers(day(on)) is answer


@pytest.mark.parametrize(
    ("before", "after"), [("===       ", "   ====   "), ("   ====   ", "       ===")]
)
def test_on_a_handover_day_there_is_exactly_one_holder(before, after):
    for column in range(10):
        answers = [term(before).covers(day(column)), term(after).covers(day(column))]
        assert answers.count(YES) <= 1


EXISTING = "   ====   "


@pytest.mark.parametrize(
    ("other", "shares"),
    [
        ("===       ", False),
        ("       ===", False),
        ("       ==>", False),
        ("======    ", True),
        ("    ==    ", True),
        ("==========>", True),
        ("????????==", False),
        ("==???     ", False),
        ("====??    ", True),
    ],
)
def test_two_terms_overlap_only_if_they_certainly_share_a_day(other, shares):
    assert term(EXISTING).overlaps(term(other)) is shares
    assert term(other).overlaps(term(EXISTING)) is shares


def test_ended_on_an_unknown_day_is_not_still_in_office():
    left = Term(PartialDate.parse("2012-01-20"), UNKNOWN)

    assert left.covers(date(2012, 1, 19)) is NO
    assert left.covers(date(2026, 11, 22)) is POSSIBLY


def test_a_term_whose_start_nobody_recorded_was_possibly_under_way():
    assert Term(UNKNOWN, PartialDate.parse("2017-12-11")).covers(date(1990, 1, 1)) is POSSIBLY


@pytest.mark.parametrize("end", ["2014-06-01", "2014-05-31", "2013", "2014-05"])
def test_an_end_that_is_not_after_the_start_is_refused(end):
    with pytest.raises(ValueError, match="not after start"):
        Term(PartialDate.parse("2014-06-01"), PartialDate.parse(end))


def test_an_end_in_the_same_month_as_the_start_is_possible():
    Term(PartialDate.parse("2014-06-12"), PartialDate.parse("2014-06"))


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("2014", "2014-01-01", "2014-12-31", Precision.YEAR),
        ("2014-02", "2014-02-01", "2014-02-28", Precision.MONTH),
        ("2016-02", "2016-02-01", "2016-02-29", Precision.MONTH),
        ("2014-06-12", "2014-06-12", "2014-06-12", Precision.DAY),
        ("[2014-06-12..2014-08-01]", "2014-06-12", "2014-08-01", Precision.SPAN),
    ],
)
def test_a_date_is_read_at_the_precision_it_is_written_in(text, earliest, latest, precision):
    read = PartialDate.parse(text)

    assert (str(read.earliest), str(read.latest), read.precision) == (earliest, latest, precision)
    assert str(read) == text


@pytest.mark.parametrize("text", ["[2014-06-12..]", "[..2014-08-01]"])
def test_a_span_may_be_open_on_one_side(text):
    assert str(PartialDate.parse(text)) == text


@pytest.mark.parametrize(
    "text",
    ["", "14", "2014-13", "2014-02-30", "2014-6-1", "20140601", "2014-W01", "٢٠١٤", "2014\n",
     "0000", "2014-00-10", "2014-00", "2014-06-00",
     "[2014-08-01..2014-06-12]", "[2014..2015]", "\0"],
)  # fmt: skip
def test_what_is_not_a_date_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - the text of a bad day is Python's own
        PartialDate.parse(text)


@given(days, days)
def test_every_date_is_read_back_as_it_was_written(one, other):
    written = PartialDate(min(one, other), max(one, other))

    assert PartialDate.parse(str(written)) == written


@given(days, st.integers(1, 4000), days)
def test_known_days_leave_nothing_open(start, length, asked):
    known = Term(PartialDate.of(start), PartialDate.of(start + timedelta(days=length)))

    assert known.covers(asked) is (YES if start <= asked < known.end.latest else NO)


def test_a_last_day_in_office_becomes_the_first_day_out():
    assert str(PartialDate.parse("2014-06-30").next_day()) == "2014-07-01"
    assert PartialDate.parse("2014-06").next_day().latest == date(2014, 7, 1)


def test_a_span_holds_from_its_first_day_to_the_day_before_its_end():
    assert [span("  ===  ").covers(day(column)) for column in range(7)] == [
        False, False, True, True, True, False, False,
    ]  # fmt: skip
    assert Span().covers(date(1, 1, 1))
