"""`import_roster` and `export_roster` as somebody at a terminal meets them."""

import json
import os
import random
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from registry.models import ImportRun, Party
from tests.factories import AffiliationFactory, AppointmentFactory
from tests.rosters.conftest import FILES, everything

pytestmark = pytest.mark.django_db
GOOD = str(FILES / "everypolitician-16.csv")


def said(*args, **options):
    out = StringIO()
    call_command(*args, stdout=out, **options)
    return out.getvalue()


def test_it_ends_with_the_composition_it_led_to_and_its_findings(chamber):
    lines = said("import_roster", GOOD, institution="chamber", complete=True).splitlines()
    run = ImportRun.objects.get().pk

    assert lines[:3] == ["New: 3 persons.", "New: 2 parties.", "New: 4 appointments."]
    assert lines[-3:] == [
        "Chamber on 2016-01-19: 3 of 3 seats are filled.",
        "The roster matches the rules.",
        f"This is import {run}; undo_import {run} takes it back.",
    ]


def test_a_vacancy_is_told_in_a_sentence(chamber, write):
    file = write("id,name,term\na1,Dinara,5\n")

    assert "  warning: " in said("import_roster", file, institution="chamber", complete=True)


def test_a_refusal_names_every_line_and_exits_1(chamber, write):
    file = write("id,name,term,start_date\na1,Dinara,5,soon\n,Marat,5,\n")

    with pytest.raises(CommandError) as refusal:
        said("import_roster", file, institution="chamber")

    assert refusal.value.returncode == 1
    assert str(refusal.value).splitlines() == [
        "Line 2, column start_date: This is not a date. Write 2014-06-12, 2014-06 or 2014. "
        "Found: “soon”.",
        "Line 3, column id: The row has no identifier, and a name does not tell who it is. "
        "Add one, for example local:1 in “identifiers”.",
        "Refused, nothing was written. There are 2 problems.",
    ]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"institution": "chmaber"}, "Did you mean chamber?"),
        ({"file": "no-such-file.csv"}, "cannot be read: No such file"),
        ({"file": str(FILES)}, "cannot be read: Is a directory"),
        ({"layout": "excel"}, "Write one of: auto, registry"),
        ({"encoding": "klingon"}, "There is no encoding"),
        ({"end_dates": "whenever"}, "--end-dates takes one of"),
        ({"absent": "delete"}, "--absent takes one of"),
        ({"convocation": "five"}, "--convocation takes a number"),
        ({"convocation": "9"}, "has no convocation 9. Recorded are: 5."),
        ({"terms": "no-such-file.csv"}, "cannot be read"),
        ({"differences": "both"}, "--differences takes one of: take, keep."),
        ({"absent_day": "soon"}, "--absent-day takes a day"),
        ({"absent_limit": "few"}, "--absent-limit takes a number"),
        ({"column": ["Deputy"]}, "--column takes HEADER=FIELD"),
        ({"decisions": GOOD}, "holds no decisions"),
        ({"without_faulty_rows": "/no/such/folder/faulty.csv"}, "cannot be written"),
    ],
)
@pytest.mark.parametrize("as_json", [False, True])
def test_wrong_usage_says_what_would_be_right_and_exits_2(options, words, as_json, chamber):
    arguments = {"file": GOOD, "institution": "chamber", "json": as_json, **options}
    before = everything()

    with pytest.raises(CommandError, match=words.replace("?", r"\?")) as refusal:
        said("import_roster", arguments.pop("file"), **arguments)

    assert refusal.value.returncode == 2
    assert everything() == before


def test_faulty_rows_are_left_out_when_asked_and_come_in_once_corrected(chamber, write):
    file = write("id,name,term,start_date\na1,Dinara,5,soon\na2,Marat,5,2013\n")
    faulty = file.parent / "faulty.csv"

    said_of = said(
        "import_roster", file, institution="chamber", without_faulty_rows=str(faulty)
    ).splitlines()

    assert "New: 1 person." in said_of
    assert "Left out: 1 faulty row." in said_of
    assert any(
        line.startswith("Line 2, column start_date: This is not a date.") for line in said_of
    )
    left_out = faulty.read_text()
    assert left_out.startswith("id,name,term,start_date,error_line,error_column,error_code")
    corrected = write(left_out.replace("soon", "2012"), "faulty.csv")
    assert "New: 1 person." in said("import_roster", corrected, institution="chamber")


def test_a_list_of_names_comes_in_with_the_answers_to_its_questions(chamber, write, run_import):
    run_import(write("id,name,term\na1,Dinara Abenova,5\n"))
    listed = write("Who,Since\nDinara Abenova,2013\n", "list.csv")
    columns = ["Who=name", "Since=start"]
    asked = {"layout": "list", "column": columns, "convocation": "5"}

    refused = run_import(listed, **asked)
    (question,) = refused.questions
    answers = write(json.dumps({question["key"]: question["candidates"][0]["value"]}), "a.json")
    done = run_import(listed, **asked, decisions=str(answers))

    assert (refused.status, done.status) == (1, 0)
    assert (refused.errors[0]["column"], question["column"]) == ("Who", "Who")
    assert done.new["persons"] == 0


def test_a_fault_of_a_list_names_its_own_header_once_for_a_cell(chamber, write):
    listed = write("Депутат,Ende\n=A1,\nMarat Otarbek,soon\nAigul Omarova,2014\n", "list.csv")
    columns = ["Депутат=name", "Ende=end"]

    with pytest.raises(CommandError) as refusal:
        said("import_roster", str(listed), institution="chamber", layout="list", column=columns)

    formula, day, start, *_ = str(refusal.value).splitlines()
    assert formula == (
        "Line 2, column “Депутат” (name in full): "
        "The cell contains a formula. Replace it by its value. Found: “=A1”."
    )
    assert day.startswith("Line 3, column “Ende” (end of the term): This is not a date.")
    assert start.startswith("Line 4: The file has no column for the start of the term")


def test_an_import_is_taken_back_by_its_number(chamber, run_import):
    before = everything()["Person"]
    run = run_import(GOOD).run

    assert (
        said("undo_import", str(run)) == f"Import {run} of everypolitician-16.csv is taken back.\n"
    )

    assert everything()["Person"] == before
    with pytest.raises(CommandError, match="cannot do that any more") as refusal:
        said("undo_import", str(run))
    assert refusal.value.returncode == 2


def test_an_import_that_others_rest_on_is_not_taken_back_and_says_why(chamber, run_import):
    run = run_import(GOOD).run
    AffiliationFactory(appointment=AppointmentFactory(), party=Party.objects.first())

    with pytest.raises(CommandError, match="came with the import") as refusal:
        said("undo_import", str(run), json=True)
    assert refusal.value.returncode == 1


@pytest.mark.parametrize("number", ["0", "-1", "one", "9" * 30])
def test_there_is_no_such_import_to_take_back(number, db):
    with pytest.raises(CommandError, match="There is no import") as refusal:
        said("undo_import", "--", number)
    assert refusal.value.returncode == 2


def test_a_fault_in_the_table_of_terms_names_that_file(chamber, write):
    terms = write("id,start_date\n5,soon\n", "terms.csv")

    with pytest.raises(CommandError, match=r"terms\.csv: Line 2, column start_date"):
        said("import_roster", GOOD, institution="chamber", terms=str(terms))


def test_the_export_goes_to_standard_output_as_bytes(chamber, capfdbinary):
    call_command("export_roster", institution="chamber")

    assert capfdbinary.readouterr().out.startswith(b"institution,convocation,group")


@pytest.mark.parametrize(
    "options", [{"institution": "nowhere"}, {"format": "pdf"}, {"on": "2014-02-30"}, {"on": "x"}]
)
def test_an_export_of_nonsense_exits_2(options, chamber):
    with pytest.raises(CommandError) as refusal:
        call_command("export_roster", **{"institution": "chamber", **options})

    assert refusal.value.returncode == 2


@pytest.mark.parametrize("seed", range(60))
def test_no_bytes_make_it_fail_otherwise_than_by_refusal(seed, chamber, run_import, write):
    """Files cut off, mixed up and written over, of every layout."""
    chance = random.Random(seed)
    sample = chance.choice(sorted(path for path in FILES.rglob("*") if path.is_file()))
    data = bytearray(sample.read_bytes() or b"id,name\n")
    for _change in range(chance.choice([1, 3, 50])):
        place = chance.randrange(len(data))
        data[place : place + chance.randrange(3)] = chance.choice(
            [b"", b"\x00", b"\xff", b'"', b"\n", b",", b"=", b"{", b"\xd0", chance.randbytes(4)]
        )
        data = data or bytearray(b"x")
    if chance.random() < 0.3:
        data = data[: chance.randrange(len(data) + 1)]

    result = run_import(write(bytes(data), f"roster{sample.suffix}"))

    assert result.status in (0, 1, 2)


@pytest.fixture(scope="module")
def terminal(tmp_path_factory):
    """Runs manage.py as cron would, on a registry with a chamber."""
    folder = tmp_path_factory.mktemp("terminal")
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{folder}/registry.sqlite3"}

    def run(*words, **options):
        command = [sys.executable, "manage.py", *words]
        return subprocess.run(
            command, env=environment, stderr=subprocess.PIPE, check=False, **options
        )

    assert run("migrate", "-v0").returncode == 0
    (folder / "institutions.csv").write_text("slug,name_en,branch\nchamber,Chamber,legislative\n")
    assert run("load_seeds", folder, stdout=subprocess.DEVNULL).returncode == 0
    return run


def test_the_exit_status_reaches_the_shell(terminal):
    done = terminal("import_roster", GOOD, "--institution", "x", "--json", stdout=subprocess.PIPE)

    assert done.returncode == 2
    assert done.stdout.startswith(b'{\n  "refused": true')
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("format_", [[], ["--json"]])
def test_whoever_reads_may_stop_reading(terminal, tmp_path, format_):
    """As in `import_roster … | head -1`: no complaint, and the import stands."""
    roster = tmp_path / "roster.csv"
    roster.write_text("id,name,term,start_date\na1,Dinara,5,2014\n")
    reading, writing = os.pipe()
    os.close(reading)

    done = terminal("import_roster", roster, "--institution", "chamber", *format_, stdout=writing)
    os.close(writing)

    assert (done.returncode, done.stderr) == (0, b"")
