"""`import_roster` and `export_roster` as somebody at a terminal meets them."""

import os
import random
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from registry.models import ImportRun
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
