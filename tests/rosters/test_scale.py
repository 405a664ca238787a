"""A long roster costs a few batches more, not a query for each row."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.rosters.export.tables import roster_csv
from tests.factories import AffiliationFactory, AppointmentFactory

HEADER = "id,name,group,area,term,start_date,end_date\n"


def deputies(first, last):
    return "".join(f"a{n},Deputy {n},Party {n % 7},Area {n % 20},5,,\n" for n in range(first, last))


def queries_of(action):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        action()
    return len(captured)


def test_more_rows_cost_more_batches_and_not_a_query_each(chamber, run_import, write):
    few = queries_of(lambda: run_import(write(HEADER + deputies(0, 30), "few.csv")))
    many = queries_of(lambda: run_import(write(HEADER + deputies(1000, 1300), "many.csv")))

    assert many - few < 270 / 4  # SQLite takes some forty rows in one statement


def test_planning_a_thousand_rows_that_are_there_takes_few_queries(chamber, run_import, write):
    file = write(HEADER + deputies(0, 1000))
    run_import(file)

    assert queries_of(lambda: run_import(file)) < 45


def test_an_export_takes_the_same_queries_for_more_rows(chamber, django_assert_num_queries):
    for count in (2, 40):
        for appointment in AppointmentFactory.create_batch(count, institution=chamber):
            AffiliationFactory(appointment=appointment)

        with django_assert_num_queries(3):
            assert "".join(roster_csv(chamber))
