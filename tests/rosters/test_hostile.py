"""A corpus of hostile files: each is refused with its place, quickly, in little memory."""

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from registry.models import Institution
from registry.rosters.faults import Code, Refused
from registry.rosters.reading.options import Limits
from registry.rosters.reading.reader import read_roster
from tests.rosters.conftest import everything
from tests.rosters.hostile import corpus

SECONDS = 5
MEGABYTES = 200

CORPUS = corpus()
# What the file alone does not show: it depends on what is recorded.
FOUND_LATER = {
    Code.UNKNOWN_CONVOCATION,
    Code.UNKNOWN_GROUP,
    Code.UNKNOWN_TERRITORY,
    Code.DOUBLED_IDENTIFIER,
    Code.SAME_SEAT,
    Code.END_NOT_AFTER_START,
}
# A command reads longer files than a page does.
OF_A_PAGE = {Code.TOO_LARGE, Code.TOO_MANY_ROWS, Code.TOO_MANY_VALUES}


@pytest.fixture(scope="session")
def files(tmp_path_factory):
    """The corpus on the disk, and what a process that read it, file by file, says of each."""
    folder = tmp_path_factory.mktemp("corpus")
    for number, hostile in enumerate(CORPUS):
        (folder / str(number)).write_bytes(hostile.make())
    root = Path(__file__).parents[2]
    child = "import django; django.setup(); from tests.rosters import test_hostile as it; it.read()"
    answered = subprocess.run(
        [sys.executable, "-c", child, folder],
        cwd=root,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": str(root)},
        stdout=subprocess.PIPE,
        check=True,
        timeout=300,
    )
    return folder, json.loads(answered.stdout)


def read():
    """Read each file of a folder as the admin does, and print how, how long and how large."""
    chamber = Institution(slug="chamber", name={"en": "Chamber"})
    read_roster(b"id,name,term\na1,Dinara,5\n", "idle.csv", chamber)
    idle = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answers = []
    for number, hostile in enumerate(CORPUS):
        data = (Path(sys.argv[1]) / str(number)).read_bytes()
        began = time.perf_counter()
        try:
            read_roster(data, hostile.name, chamber, limits=Limits.admin())
            faults = ()
        except Refused as refused:
            faults = refused.faults
        answers.append(
            {
                "faults": [[f.code, f.line, f.column, f.reason] for f in faults],
                "seconds": time.perf_counter() - began,
                "megabytes": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - idle) / 1024,
            }
        )
    json.dump(answers, sys.stdout)


def named(hostile, faults):
    """Whether the faults name what is wrong with the file, and where."""
    if hostile.code is None:
        return not faults
    return all(reason for *_place, reason in faults) and any(
        code == hostile.code
        and line == (hostile.line or line)
        and column == (hostile.column or column)
        for code, line, column, _reason in faults
    )


def test_the_corpus_is_large_and_each_file_is_another():
    assert len(CORPUS) > 100
    assert len({str(hostile) for hostile in CORPUS}) == len(CORPUS)


def test_each_file_is_refused_with_its_place_and_harmless_ones_are_read(files):
    _folder, answers = files
    wrong = [
        (str(hostile), answer["faults"][:3])
        for hostile, answer in zip(CORPUS, answers, strict=True)
        if hostile.code not in FOUND_LATER and not named(hostile, answer["faults"])
    ]

    assert wrong == []


def test_no_file_takes_long_or_fills_the_memory(files):
    _folder, answers = files

    assert max(answer["seconds"] for answer in answers) < SECONDS
    assert max(answer["megabytes"] for answer in answers) < MEGABYTES


def test_the_command_refuses_each_file_with_its_place_and_writes_nothing(
    files, chamber, run_import, tmp_path
):
    folder, _answers = files
    before = everything()
    wrong = []
    for number, hostile in enumerate(CORPUS):
        if hostile.code in OF_A_PAGE:
            continue
        # The reader knows a file by what it holds; of its name only the ending counts.
        file = tmp_path / f"{number}{Path(hostile.name).suffix}"
        file.symlink_to(folder / str(number))
        result = run_import(file, dry_run=hostile.code is None)
        faults = (
            [[e["code"], e["line"], e["column"], e["reason"]] for e in result.errors]
            if result.refused
            else []
        )
        if result.status != (hostile.code is not None) or not named(hostile, faults):
            wrong.append((str(hostile), result.status, faults[:3]))

    assert wrong == []
    assert everything() == before
