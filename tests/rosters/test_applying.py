"""What was seen is what happens: whole or not at all, once, and by one import at a time."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date

import pytest
from django.db import connection, connections

from registry.models import (
    Appointment,
    ImportFile,
    ImportRow,
    ImportRun,
    NameDecision,
    Person,
    RunState,
    Verdict,
)
from registry.rosters.faults import Code
from registry.rosters.imports import (
    Order,
    Refused,
    WrongUsage,
    broken_off,
    check,
    confirm,
    drop,
    import_roster,
    progress_of,
)
from tests.rosters.conftest import everything

TODAY = date(2026, 11, 22)
FILE = (
    "id,name,group,term\na1,Dinara Abenova,Greens,5\na2,Marat Bekov,Greens,5\na3,Asel Galieva,,5\n"
)
RUNS = {"ImportRun", "ImportRow", "ImportFile"}


def checked(chamber, text=FILE, run=None, **order):
    return check(chamber, text.encode(), "roster.csv", Order(on=TODAY, **order), run=run)


def facts():
    """How many rows each table has, those of the runs themselves apart."""
    return {name: number for name, number in everything().items() if name not in RUNS}


@pytest.mark.django_db
def test_a_check_keeps_the_file_its_rows_and_the_effect_and_writes_nothing_else(chamber):
    before = facts()

    run = checked(chamber, complete=True)

    assert facts() == before
    assert (run.state, run.file.data) == (RunState.CHECKED, FILE.encode())
    assert list(run.rows.values_list("line", "verdict", "name")) == [
        (2, Verdict.NEW, "Dinara Abenova"),
        (3, Verdict.NEW, "Marat Bekov"),
        (4, Verdict.NEW, "Asel Galieva"),
    ]
    assert run.plan["columns"] == ["id", "name", "group", "term"]
    assert (run.effect["before"]["filled"], run.effect["after"]["filled"]) == (0, 3)
    assert run.counts == {"new": 3}


@pytest.mark.django_db
def test_a_finding_of_which_the_number_changes_neither_comes_nor_goes(chamber):
    confirm(checked(chamber, "id,name,group,term\na1,Dinara Abenova,Steppe,5\n", complete=True))

    run = checked(chamber, "id,name,group,term\na2,Marat Bekov,River,5\n")

    ((before, after),) = run.effect["change"]
    assert before["code"] == after["code"] == "vacant_seats"
    # Of which seats, and since when, is said once.
    assert before["texts"]["en"].startswith("2 seats are vacant.")
    assert after["texts"]["en"].startswith("1 seat is vacant.")
    assert ("Lists" in before["texts"]["en"], "Lists" in after["texts"]["en"]) == (False, True)
    codes = {each["code"] for each in (*run.effect["come"], *run.effect["go"])}
    assert "vacant_seats" not in codes


@pytest.mark.django_db
def test_a_faulty_file_is_kept_with_its_faults_and_cannot_be_confirmed(chamber):
    run = checked(chamber, "id,name,term,start_date\na1,Dinara,5,soon\na2,Marat,5,\n")

    row = run.rows.get(verdict=Verdict.IMPOSSIBLE)
    assert run.state == RunState.REFUSED
    assert (row.line, row.remarks[0]["code"]) == (2, Code.NOT_A_DATE)
    assert run.plan["faults"][0]["column"] == "start_date"
    with pytest.raises(WrongUsage, match="refused"):
        confirm(run)


@pytest.mark.django_db
def test_a_file_that_cannot_be_read_is_kept_all_the_same(chamber):
    run = checked(chamber, "\ud83d id\0,name\n".encode("utf-16", "surrogatepass").decode("latin-1"))

    assert run.state == RunState.REFUSED
    assert run.plan["faults"]
    assert checked(chamber, FILE, run=run).state == RunState.CHECKED


@pytest.mark.django_db
def test_what_was_seen_is_written_once(chamber, django_user_model):
    ada = django_user_model.objects.create(username="Ada")
    run = confirm(checked(chamber), user=ada)
    written = facts()

    again = confirm(run)

    assert (again.state, again.applied_by) == (RunState.APPLIED, ada)
    assert facts() == written
    versions = Person.history.values_list("run", "history_user", "history_change_reason")
    assert set(versions) == {(run.pk, ada.pk, "Import of roster.csv")}
    assert broken_off(run) is False
    assert progress_of(run) is None


@pytest.mark.django_db
def test_what_was_checked_again_since_is_not_what_was_seen(chamber):
    seen = checked(chamber)
    checked(chamber, FILE.replace("Dinara", "Dina"), run=ImportRun.objects.get(pk=seen.pk))
    before = facts()

    with pytest.raises(WrongUsage, match="checked again since"):
        confirm(seen)

    assert facts() == before
    assert confirm(ImportRun.objects.get(pk=seen.pk)).state == RunState.APPLIED


@pytest.mark.django_db
def test_whoever_changed_a_record_meanwhile_is_named_and_nothing_is_written(
    chamber, django_user_model
):
    confirm(checked(chamber))
    run = checked(chamber, FILE.replace("a1,Dinara Abenova", "a1,Dinara Omarova"))
    seat = Appointment.objects.get(person__name__und="Dinara Abenova")
    seat.end_reason = "resigned"
    seat._history_user = django_user_model.objects.create(username="Ada")
    seat.save()
    person = seat.person
    person.other_names, person._history_user = ["Dinara Omarova"], seat._history_user
    person.save()
    before = facts()

    with pytest.raises(Refused) as refusal:
        confirm(run)

    said = [fault.reason for fault in refusal.value.faults]
    assert any("this row was “" in each and "now: “" in each for each in said)
    assert any("was changed on" in each and "by Ada" in each for each in said)
    assert facts() == before
    run.refresh_from_db()
    assert run.state == RunState.CHECKED
    assert run.effect["refusal"][0]["code"] == Code.CHANGED_SINCE
    assert confirm(check(chamber, None, run.name, Order(on=TODAY), run=run)).pk == run.pk


@pytest.mark.django_db
def test_of_two_files_with_the_same_people_the_second_is_refused(chamber):
    first, second = checked(chamber), checked(chamber)
    confirm(first)
    before = facts()

    with pytest.raises(Refused) as refusal:
        confirm(second)

    assert {fault.code for fault in refusal.value.faults} >= {
        Code.CHANGED_SINCE,
        Code.ROW_CHANGED_SINCE,
    }
    assert facts() == before


@pytest.mark.django_db
def test_a_run_that_is_given_up_stays_so(chamber):
    run = drop(checked(chamber))

    assert not ImportRow.objects.exists()
    with pytest.raises(WrongUsage, match="given up"):
        confirm(run)


@pytest.mark.django_db
def test_a_file_that_changes_nothing_leaves_nothing(chamber):
    order = Order(on=TODAY)
    import_roster(chamber, FILE.encode(), "roster.csv", order)
    before = everything()

    imported = import_roster(chamber, FILE.encode(), "roster.csv", order)

    assert imported.run is None
    assert everything() == before


@pytest.mark.django_db
def test_what_was_decided_of_a_name_is_remembered(chamber):
    confirm(checked(chamber))
    known = Person.objects.get(name__und="Dinara Abenova")
    listed = "name,start\nDinara Abenova,2013\n"
    order, reading = Order(on=TODAY, convocation=5), {"layout": "list"}
    run = check(chamber, listed.encode(), "list.csv", order, reading=reading)
    (question,) = run.plan["questions"]

    decided = {question["key"]: str(known.uid)}
    run = check(chamber, None, "list.csv", order, reading=reading, decisions=decided, run=run)
    confirm(run)

    decision = NameDecision.objects.get()
    assert (decision.person, decision.same, decision.run) == (known, True, run)
    assert Person.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_confirmations_at_once_write_once(chamber):
    run = checked(chamber)

    def confirmed(_):
        try:
            return confirm(run).state
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        states = list(both.map(confirmed, range(2)))

    assert states == [RunState.APPLIED, RunState.APPLIED]
    assert Person.objects.count() == 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("moment", ["begun", "written"])
def test_whoever_is_killed_leaves_nothing_and_the_run_says_so(chamber, moment):
    """As `kill -9` does, in a process of its own."""
    run = checked(chamber)
    before = facts()
    connections.close_all()

    def die(*_args):
        os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if not child:
        with suppress(BaseException):
            if moment == "begun":
                ImportFile.data = property(die)
            confirm(ImportRun.objects.get(pk=run.pk), progress=die)
        os._exit(1)
    _pid, status = os.waitpid(child, 0)

    assert os.WTERMSIG(status) == signal.SIGKILL
    run.refresh_from_db()
    assert (run.state, facts()) == (RunState.BEGUN, before)
    assert broken_off(run) is True
    assert confirm(run).state == RunState.APPLIED
    assert Person.objects.count() == 3
