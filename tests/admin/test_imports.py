"""A roster comes in by pages: the file, its columns, the check, the effect, and it is done."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse
from django.utils import timezone

from registry.domain.dates import PartialDate
from registry.models import Appointment, Coverage, Person, Remit, RunState
from registry.rosters.imports import Order, import_roster
from tests import factories
from tests.admin.importing import (
    FAULTY,
    HEADER,
    ROSTER,
    ROWS,
    beginning,
    confirm,
    page,
    upload,
    uploaded,
)


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path


@pytest.fixture
def mazhilis(chamber):
    factories.ConvocationFactory(institution=chamber, number=5)
    return chamber


@pytest.fixture
def checked(as_curator, mazhilis):
    return upload(as_curator, mazhilis)


@pytest.fixture
def applied(as_curator, checked):
    return confirm(as_curator, checked)


def holding(codename):
    """Somebody on the staff who may do one thing and nothing else."""
    user = User.objects.create_user(codename, is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename=codename))
    return user


# From the file to the register


def test_before_the_confirmation_nothing_is_written(as_curator, checked):
    for step in ("file", "check", "effect"):
        assert as_curator.get(page(checked, step)).status_code == 200

    assert checked.state == RunState.CHECKED
    assert not Appointment.objects.exists()
    assert not Person.objects.exists()


def test_each_step_says_what_it_is_there_for(as_curator, checked):
    file, check, effect = (
        as_curator.get(page(checked, step)).text for step in ("file", "check", "effect")
    )

    assert "EveryPolitician term CSV" in file
    assert "Askar Nurlanov" in file
    assert "Rows: 2. Ready: 2." in check
    assert "2 persons are new." in effect
    assert 'value="Write 5 changes"' in effect


def test_a_confirmation_writes_what_was_seen_and_says_so(as_curator, curator, checked):
    run = confirm(as_curator, checked)

    assert (run.state, run.applied_by) == (RunState.APPLIED, curator)
    assert Appointment.objects.count() == 2
    assert set(Appointment.history.values_list("run", "history_user")) == {(run.pk, curator.pk)}
    done = as_curator.get(page(run, "done"))
    assert "by dinara" in done.text
    assert run.file.sha256 in done.text


def test_a_second_click_shows_the_finished_run(as_curator, applied):
    versions = Appointment.history.count()

    again = as_curator.post(page(applied, "confirm"), {"digest": applied.digest}, follow=True)

    assert again.redirect_chain[-1][0] == page(applied, "done")
    assert Appointment.history.count() == versions


def test_a_look_at_an_older_check_confirms_nothing(as_curator, checked):
    """Another window checked the file again, as complete: the first one shows something else."""
    seen = checked.digest
    as_curator.post(page(checked, "file"), {"complete": "on"})

    answer = as_curator.post(page(checked, "confirm"), {"digest": seen}, follow=True)

    assert "was checked again since" in answer.text
    assert not Appointment.objects.exists()


def test_what_is_asked_for_holds_to_the_end(as_curator, mazhilis):
    run = upload(
        as_curator, mazhilis, end_dates="last-day-in", complete="on", place="Annex 2, page 7"
    )

    confirm(as_curator, run)

    ended = Appointment.objects.get(start_earliest="2012-02-01")
    assert str(ended.end) == "2014-07-03"
    assert Coverage.objects.get().institution == mazhilis
    assert ended.citations.get().place == "Annex 2, page 7, line 3"


def test_a_change_between_check_and_confirmation_is_named(as_curator, mazhilis, applied):
    run = upload(as_curator, mazhilis, ROSTER.replace("2014-07-02", "2014-07-09"))
    other = Appointment.objects.get(start_earliest="2012-02-01")
    other.end = PartialDate.parse("2014-07-05")
    other.save()

    answer = as_curator.post(page(run, "confirm"), {"digest": run.digest}, follow=True)

    run.refresh_from_db()
    assert run.state == RunState.CHECKED
    assert "so nothing was written" in answer.text
    assert str(other.person) in answer.text
    assert str(Appointment.objects.get(pk=other.pk).end) == "2014-07-05"


def test_after_that_one_button_checks_it_again_and_says_what_is_otherwise(
    as_curator, mazhilis, applied
):
    run = upload(as_curator, mazhilis, ROSTER.replace("2014-07-02", "2014-07-09"))
    other = Appointment.objects.get(start_earliest="2012-02-01")
    other.end = PartialDate.parse("2014-07-09")
    other.save()
    confirm(as_curator, run)
    assert page(run, "effect") == as_curator.get(run.get_absolute_url())["Location"]
    assert "Write 1 change" not in as_curator.get(page(run, "effect")).text

    again = as_curator.post(page(run, "again"), follow=True)

    assert again.redirect_chain[-1][0] == page(run, "effect")
    assert "When it was checked, this row was “changed”; now: “recorded already”." in again.text
    assert str(other.person) in again.text
    assert "There is nothing to write" in again.text


def test_the_same_file_again_has_nothing_to_write(as_curator, mazhilis, applied):
    run = upload(as_curator, mazhilis)

    file, effect = (as_curator.get(page(run, step)).text for step in ("file", "effect"))

    assert f"run {applied.pk}</a>). Import it again?" in file
    assert "There is nothing to write" in effect
    assert "Write" not in effect.split("registry-drop")[0].split("There is nothing to write")[1]


def test_a_run_is_left_and_taken_up_again(as_curator, client_of, curator, mazhilis, checked):
    """By a colleague's browser as well: nothing of it lies in a session."""
    other = client_of(curator)

    assert page(checked, "file").rpartition("file")[0] in other.get(beginning(mazhilis)).text
    answer = other.get(checked.get_absolute_url())
    assert answer["Location"] == page(checked, "check")
    assert confirm(other, checked).state == RunState.APPLIED


def test_a_run_that_is_given_up_writes_nothing(as_curator, checked):
    as_curator.post(page(checked, "drop"))

    assert confirm(as_curator, checked).state == RunState.DROPPED
    assert "given up" in as_curator.get(page(checked, "done")).text
    assert not Appointment.objects.exists()


# Faulty rows


def test_a_fault_is_named_by_line_column_value_and_reason(as_curator, mazhilis):
    run = upload(as_curator, mazhilis, FAULTY)

    text = as_curator.get(page(run, "check") + "?verdict=impossible").text

    assert run.state == RunState.REFUSED
    row = run.rows.get(verdict="impossible")
    assert row.line == 3
    assert "<strong>end_date</strong>" in text
    assert "The day 2014-02-30 does not exist." in text


def test_the_faulty_rows_are_corrected_in_their_file_and_come_in(as_curator, mazhilis):
    run = upload(as_curator, mazhilis, FAULTY)

    answer = as_curator.get(reverse("admin:registry_importrun_faulty", args=[run.pk, "csv"]))
    header, row = list(csv.reader(io.StringIO(answer.text)))
    assert header[:2] == ["id", "name"]
    assert header[-5:] == ["error_line", "error_column", "error_code", "error_text", "suggestion"]
    assert row[-5:-3] == ["3", "end_date"]
    corrected = answer.text.replace("2014-02-30", "2014-02-28")
    as_curator.post(page(run, "file"), {"file": uploaded(corrected, "corrected.csv")})
    run.refresh_from_db()
    assert confirm(as_curator, run).state == RunState.APPLIED
    assert str(Appointment.objects.get().end) == "2014-02-28"


def test_without_the_faulty_rows_exactly_those_stay_out(as_curator, mazhilis):
    run = upload(as_curator, mazhilis, FAULTY, faulty="leave_out")

    confirm(as_curator, run)

    assert [str(each.person) for each in Appointment.objects.all()] == ["Dinara Abenova"]
    answer = as_curator.get(reverse("admin:registry_importrun_faulty", args=[run.pk, "xlsx"]))
    assert answer.content.startswith(b"PK")
    assert "1 faulty row" in as_curator.get(page(run, "check")).text


# Taking back


def test_an_import_is_taken_back_with_a_reason(as_curator, applied):
    before = as_curator.get(page(applied, "undo")).text
    assert "persons" in before
    without = as_curator.post(page(applied, "undo"), {"reason": " "})
    assert "Say why the import is taken back." in without.text
    assert Appointment.objects.count() == 2

    as_curator.post(page(applied, "undo"), {"reason": "The wrong convocation."})

    applied.refresh_from_db()
    assert applied.state == RunState.UNDONE
    assert not Appointment.objects.exists()
    assert "The wrong convocation." in as_curator.get(page(applied, "done")).text


def test_what_stands_in_the_way_of_taking_back_is_named(as_curator, applied):
    later = Appointment.objects.get(start_earliest="2012-02-01")
    later.note = "Sat in the committee on finance."
    later.save()

    answer = as_curator.post(page(applied, "undo"), {"reason": "The wrong convocation."})

    assert "What stands in the way" in answer.text
    assert "Askar Nurlanov" in answer.text
    assert Appointment.objects.count() == 2


# Long confirmations


def test_a_long_confirmation_is_watched_on_a_page_that_asks_again(as_curator, checked):
    checked.state, checked.begun_at = RunState.BEGUN, timezone.now()
    checked.save()
    waiting = as_curator.get(page(checked, "done"))
    assert waiting["Refresh"]
    assert "It is being written." in waiting.text

    checked.begun_at -= timedelta(minutes=1)
    checked.save()
    # Nobody holds the run: whoever wrote it is gone.
    answer = as_curator.get(page(checked, "done"))
    assert "nothing of it was written" in answer.text

    assert confirm(as_curator, checked).state == RunState.APPLIED


# Who may do what


def test_staff_without_the_permissions_neither_look_nor_write(client, clerk, checked, mazhilis):
    client.force_login(clerk)
    pages = [beginning(mazhilis), reverse("admin:registry_importrun_changelist")]
    pages += [page(checked, name) for name in (*PAGES, "undo")]
    pages += [reverse("admin:registry_importrun_faulty", args=[checked.pk, "csv"])]

    for address in pages:
        assert client.get(address).status_code == 403, address
        assert client.post(address, {"digest": checked.digest}).status_code == 403, address

    checked.refresh_from_db()
    assert checked.state == RunState.CHECKED
    assert not Appointment.objects.exists()


PAGES = ("file", "columns", "check", "effect", "again", "confirm", "done", "log", "original")


def test_who_may_only_look_writes_nothing(as_reader, client_of, curator, mazhilis):
    run = upload(client_of(curator), mazhilis)

    assert (
        "Somebody who may confirm imports can write it." in as_reader.get(page(run, "effect")).text
    )
    assert as_reader.get(beginning(mazhilis)).status_code == 403
    posts = ("file", "columns", "check", "effect", "again", "confirm", "undo", "drop")
    assert {as_reader.post(page(run, name)).status_code for name in posts} == {403}
    run.refresh_from_db()
    assert run.state == RunState.CHECKED


@pytest.mark.parametrize(
    ("codename", "may"),
    [
        ("import_roster", {"file", "check", "effect", "drop"}),
        ("confirm_import", {"confirm"}),
        ("undo_any_import", {"undo"}),
    ],
)
def test_each_permission_opens_its_own_forms_alone(client_of, checked, codename, may):
    client = client_of(holding(codename))
    forms = ("file", "check", "effect", "confirm", "undo", "drop")

    refused = {name for name in forms if client.post(page(checked, name)).status_code == 403}

    assert refused == set(forms) - may


def test_an_import_is_taken_back_by_who_wrote_it_or_may_take_back_any(client_of, applied):
    holder = holding("undo_import")
    assert client_of(holder).get(page(applied, "undo")).status_code == 403
    assert page(applied, "undo") not in client_of(holder).get(page(applied, "done")).text

    applied.applied_by = holder
    applied.save()

    assert client_of(holder).get(page(applied, "undo")).status_code == 200
    assert client_of(holding("undo_any_import")).get(page(applied, "undo")).status_code == 200


def test_outside_of_their_remit_curators_import_nothing(as_curator, curator, mazhilis, checked):
    Remit.objects.create(user=curator).institutions.add(factories.InstitutionFactory())

    assert as_curator.get(beginning(mazhilis)).status_code == 403
    assert "Write 5 changes" not in as_curator.get(page(checked, "effect")).text
    for name in ("file", "check", "effect", "confirm", "undo", "drop"):
        assert as_curator.post(page(checked, name)).status_code == 403
    checked.refresh_from_db()
    assert checked.state == RunState.CHECKED


def test_an_institution_offers_the_import_to_those_who_may(client_of, mazhilis):
    link = beginning(mazhilis)
    form = reverse("admin:registry_institution_change", args=[mazhilis.pk])
    importer = holding("import_roster")
    importer.user_permissions.add(Permission.objects.get(codename="view_institution"))

    assert link in client_of(importer).get(form).text
    assert link not in client_of(holding("view_institution")).get(form).text


# Nonsense


def test_a_file_beyond_the_limits_is_refused_with_them(as_curator, mazhilis, settings):
    settings.IMPORT_MEGABYTES, settings.IMPORT_ROWS = 1, 1
    page_before = as_curator.get(beginning(mazhilis)).text
    large = as_curator.post(beginning(mazhilis), {"file": uploaded(b"a" * 1_000_001)})
    long = upload(as_curator, mazhilis)

    assert "at most 1 MB and 1 rows" in page_before
    assert "more than 1 MB" in large.text
    assert "more than 1 rows" in as_curator.get(page(long, "file")).text


@pytest.mark.parametrize("key", ["0", "99999999999999999999", "abc", "-1"])
def test_an_address_that_is_none_is_not_found(as_curator, mazhilis, key):
    for action in (
        f"institution/{key}/import-roster/",
        *(f"importrun/{key}/{name}/" for name in (*PAGES, "undo", "change", "history")),
        f"importrun/{key}/faulty.csv",
        f"importrun/{key}/faulty.pdf",
    ):
        for answer in (
            as_curator.get(f"/admin/registry/{action}", follow=True),
            as_curator.post(f"/admin/registry/{action}", follow=True),
        ):
            assert answer.status_code in (403, 404) or answer.redirect_chain


QUERIES = ("?verdict=%00&page=9999", "?verdict=new&page=-1", "?decisions=1&questions=-1")


def test_nonsense_in_the_forms_of_a_run_writes_nothing(as_curator, mazhilis, checked):
    refused = upload(as_curator, mazhilis, FAULTY)
    nonsense = {"digest": "x" * 5000, "as": "rot13", "key-0": "\0", "answer-0": "new"}
    nonsense |= {"encoding": "utf-9", "convocation": "5.5", "reason": "\0", "column-0": "name"}

    for run in (checked, refused):
        addresses = [page(run, name) for name in (*PAGES, "undo")]
        addresses += [page(run, "check") + query for query in QUERIES]
        for address in addresses:
            assert as_curator.post(address, nonsense, follow=True).status_code == 200
            assert as_curator.get(address, follow=True).status_code == 200

    assert not Appointment.objects.exists()


# The list


def test_the_list_says_what_became_of_each_file(as_curator, mazhilis, applied):
    upload(as_curator, mazhilis, FAULTY, "faulty.csv")

    text = as_curator.get(reverse("admin:registry_importrun_changelist")).text

    assert "term-5.csv" in text
    assert "faulty.csv" in text
    assert "refused: nothing was written" in text
    for name in ("add", f"{applied.pk}/delete"):
        assert as_curator.get(f"/admin/registry/importrun/{name}/").status_code == 403


# Who asks, what they may and keep; the run, its rows counted, those of the page, the faulty ones.
ROUND_TRIPS = 9


def test_more_rows_cost_no_more_queries(as_curator, mazhilis, django_assert_num_queries):
    more = [ROWS[0].replace("a1", f"b{n}").replace("Dinara", f"Dinara {n}") for n in range(30)]
    few = upload(as_curator, mazhilis)
    many = upload(as_curator, mazhilis, "\n".join([HEADER, *more]))

    for run in (few, many):
        with django_assert_num_queries(ROUND_TRIPS):
            as_curator.get(page(run, "check"))


def test_an_import_by_the_command_stands_in_the_list_as_well(as_curator, mazhilis, curator):
    run = import_roster(mazhilis, ROSTER.encode(), "by-command.csv", Order(on=date(2014, 6, 1))).run

    assert "by-command.csv" in as_curator.get(page(run, "done")).text
