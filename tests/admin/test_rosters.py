"""A roster comes in by a page: first what it would change, then the change."""

from __future__ import annotations

import os
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from registry.models import Appointment, Coverage, Person
from tests import factories

HEADER = "id,name,sort_name,email,twitter,facebook,group,group_id,area_id,area,chamber,term"
HEADER += ",start_date,end_date,image,gender"
ROWS = [
    "a1,Dinara Abenova,,,,,Nur Otan,NO,,,Mazhilis,5,,,,female",
    "a2,Askar Nurlanov,,,,,Nur Otan,NO,,,Mazhilis,5,2012-02-01,2014-07-02,,male",
]
ROSTER = "\n".join([HEADER, *ROWS])


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path


@pytest.fixture
def mazhilis(chamber):
    factories.ConvocationFactory(institution=chamber, number=5)
    return chamber


def page(institution):
    return reverse("admin:registry_institution_import_roster", args=[institution.pk])


def check(client, institution, content=ROSTER, name="term-5.csv", **options):
    data = content if isinstance(content, bytes) else content.encode()
    choices = {"layout": "auto", "end_dates": "first-day-out", "absent": "keep"} | options
    return client.post(page(institution), choices | {"file": SimpleUploadedFile(name, data)})


def confirm(client, institution, checked, **changes):
    context = checked.context_data
    return client.post(
        page(institution), context["confirm"] | {"token": context["token"]} | changes
    )


def test_a_check_says_what_would_change_and_writes_nothing(as_curator, mazhilis):
    answer = check(as_curator, mazhilis)

    assert "New: 2 appointments." in answer.text
    assert "On 19 January 2016: 1 of 3 seats filled." in answer.text
    assert not Appointment.objects.exists()
    assert not Person.objects.exists()


def test_the_second_submission_imports(as_curator, mazhilis):
    checked = check(as_curator, mazhilis, complete="on")

    answer = confirm(as_curator, mazhilis, checked)

    assert answer.status_code == 302
    assert answer["Location"].startswith(
        reverse("admin:registry_institution_change", args=[mazhilis.pk]) + "?on="
    )
    assert Appointment.objects.count() == 2
    assert Coverage.objects.get().institution == mazhilis
    follow = as_curator.get(answer["Location"])
    assert "New: 2 appointments." in follow.text


def test_the_options_of_the_check_hold_for_the_import(as_curator, mazhilis):
    checked = check(as_curator, mazhilis, end_dates="last-day-in")

    confirm(as_curator, mazhilis, checked)

    ended = Appointment.objects.get(start_earliest="2012-02-01")
    assert str(ended.end) == "2014-07-03"


CYRILLIC = ROSTER.replace("Dinara Abenova", "Динара Абенова")


def test_the_encoding_that_was_detected_is_named(as_curator, mazhilis):
    detected = {
        "Windows-1251": CYRILLIC.encode("cp1251"),
        "UTF-16": CYRILLIC.encode("utf-16"),
        "UTF-8": CYRILLIC.encode("utf-8-sig"),
    }

    for name, content in detected.items():
        answer = check(as_curator, mazhilis, content)
        assert f"Encoding, as detected: {name}." in answer.text


def test_an_encoding_that_is_named_holds_for_the_check_and_the_import(as_curator, mazhilis):
    """Read as Windows-1252, the Cyrillic letters are other letters: the curator wanted it so."""
    checked = check(as_curator, mazhilis, CYRILLIC.encode("cp1251"), encoding="windows-1252")
    confirm(as_curator, mazhilis, checked)

    assert "as detected" not in checked.text
    assert Person.objects.filter(name__und="Äèíàðà Àáåíîâà").exists()


def test_a_file_that_is_not_in_the_encoding_named_is_refused(as_curator, mazhilis):
    answer = check(as_curator, mazhilis, CYRILLIC.encode("cp1251"), encoding="utf-8")

    assert "cannot be read as utf-8" in answer.text
    assert "token" not in answer.context_data


def test_an_encoding_that_is_none_is_refused_at_the_field(as_curator, mazhilis):
    answer = check(as_curator, mazhilis, encoding="rot13")

    assert answer.context_data["form"].errors["encoding"]


def test_the_curator_stands_in_the_history(as_curator, curator, mazhilis):
    confirm(as_curator, mazhilis, check(as_curator, mazhilis))

    version = Appointment.history.first()
    assert version.history_user == curator
    assert "term-5.csv" in version.history_change_reason


def test_the_same_file_again_has_nothing_to_do(as_curator, mazhilis):
    confirm(as_curator, mazhilis, check(as_curator, mazhilis))

    again = check(as_curator, mazhilis)

    assert "Nothing to do" in again.text
    assert "token" not in again.context_data


def test_what_is_exported_imports_back_unchanged(as_curator, mazhilis):
    confirm(as_curator, mazhilis, check(as_curator, mazhilis))

    for name in ("csv", "xlsx", "popolo"):
        address = reverse("admin:registry_institution_export_roster", args=[mazhilis.pk, name])
        exported = as_curator.get(address)
        suffix = "json" if name == "popolo" else name
        again = check(as_curator, mazhilis, exported.content, f"roster.{suffix}")
        assert "Nothing to do" in again.text, name


def test_a_fault_is_named_by_line_column_and_reason(as_curator, mazhilis):
    answer = check(as_curator, mazhilis, ROSTER.replace("2014-07-02", "2014-02-30"))

    fault = answer.context_data["faults"][0]
    assert (fault["line"], fault["column"], fault["value"]) == (3, "end_date", "2014-02-30")
    assert fault["reason"] in answer.text
    assert "token" not in answer.context_data


def test_a_file_is_imported_once(as_curator, mazhilis, var):
    checked = check(as_curator, mazhilis)
    confirm(as_curator, mazhilis, checked)

    again = confirm(as_curator, mazhilis, checked)

    assert again.status_code == 302
    assert "Upload it again" in as_curator.get(again["Location"]).text
    assert list((var / "uploads").iterdir()) == []


def test_a_stranger_to_the_session_cannot_import_its_file(as_curator, curator, mazhilis, client_of):
    checked = check(as_curator, mazhilis)

    confirm(client_of(curator), mazhilis, checked)

    assert not Appointment.objects.exists()


def test_the_file_of_one_institution_is_not_imported_into_another(as_curator, mazhilis):
    other = factories.InstitutionFactory()
    factories.ConvocationFactory(institution=other, number=5)
    checked = check(as_curator, mazhilis)

    confirm(as_curator, other, checked)

    assert not Appointment.objects.exists()


@pytest.mark.parametrize("token", ["", "..", "../../etc/passwd", "x" * 5000, "\0"])
def test_a_forged_token_finds_no_file(as_curator, mazhilis, token):
    checked = check(as_curator, mazhilis)

    answer = confirm(as_curator, mazhilis, checked, token=token)

    assert answer.status_code == 302
    assert not Appointment.objects.exists()


def test_files_that_nobody_came_back_for_are_swept(as_curator, mazhilis, var):
    check(as_curator, mazhilis)
    stale = next((var / "uploads").iterdir())
    two_days_ago = time.time() - 2 * 24 * 60 * 60
    os.utime(stale, (two_days_ago, two_days_ago))

    check(as_curator, mazhilis)

    assert not stale.exists()
    assert len(list((var / "uploads").iterdir())) == 1


def test_somebody_who_changed_the_register_since_the_check_is_noticed(as_curator, mazhilis):
    """The convocation that the file names is gone when the import comes."""
    checked = check(as_curator, mazhilis, convocation="5")
    mazhilis.convocations.all().delete()

    answer = confirm(as_curator, mazhilis, checked)

    assert answer.status_code == 200
    assert not Appointment.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n",
        b"\0" * 100,
        b"\xff\xfe\x00",
        b"PK\x03\x04 no workbook",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"{",
        b"[" * 100_000,
        b'{"persons": [1], "memberships": {}}',
        b'{"persons": null}',
        b'"unclosed,quote\n1,2',
        b"a,a\n1,2",
        b"id,name\n1",
        HEADER.encode(),
        ROSTER.encode("utf-16"),
        ROSTER.replace("Abenova", "А" * 100_000).encode(),
        ROSTER.replace("2012-02-01", "9999-12-31").replace("2014-07-02", "").encode(),
        ROSTER.replace(",5,", ",99999999999999999999,").encode(),
        b"%PDF-1.4\n",
        b"\x89PNG\r\n\x1a\n",
    ],
)
@pytest.mark.parametrize("name", ["roster.csv", "roster.xlsx", "roster.json", "x" * 300])
def test_no_file_breaks_the_page(as_curator, mazhilis, content, name):
    answer = check(as_curator, mazhilis, content, name)

    assert answer.status_code == 200
    assert not Appointment.objects.exists()


def test_without_a_file_the_form_says_so(as_curator, mazhilis):
    answer = as_curator.post(page(mazhilis), {"layout": "auto"})

    assert answer.context_data["form"].errors["file"]


def test_a_large_file_is_refused_with_its_limit(as_curator, mazhilis):
    answer = check(as_curator, mazhilis, b"a" * 10_000_001)

    assert "more than 10 MB" in answer.text


def test_only_who_may_add_and_change_appointments_imports(as_reader, mazhilis):
    assert as_reader.get(page(mazhilis)).status_code == 403
    assert check(as_reader, mazhilis).status_code == 403


def test_only_who_may_see_appointments_exports(client, clerk, reader, mazhilis):
    address = reverse("admin:registry_institution_export_roster", args=[mazhilis.pk, "csv"])
    answers = []
    for user in (clerk, reader):
        client.force_login(user)
        answers.append(client.get(address).status_code)

    assert answers == [403, 200]


@pytest.mark.parametrize("key", ["0", "99999999999999999999", "abc"])
def test_an_institution_that_is_none_is_not_found(as_curator, mazhilis, key):
    for action in ("import-roster/", "export-roster/csv/"):
        answer = as_curator.get(f"/admin/registry/institution/{key}/{action}", follow=True)
        assert answer.status_code == 404 or answer.redirect_chain
    unknown = f"/admin/registry/institution/{mazhilis.pk}/export-roster/pdf/"
    assert as_curator.get(unknown).status_code == 404
