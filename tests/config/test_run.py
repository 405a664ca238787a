"""What `./run` says to somebody whom it cannot serve."""

import shutil
import subprocess

import pytest
from django.conf import settings


@pytest.fixture
def fresh_copy(tmp_path):
    """The script and its lists in a place where nothing has been made yet."""
    place = tmp_path / "a copy"
    place.mkdir()
    for name in ("run", "requirements.lock", "requirements-dev.lock"):
        shutil.copy(settings.BASE_DIR / name, place)
    return place


def run(place, *arguments, **environment):
    return subprocess.run(
        [place / "run", *arguments],
        cwd="/",
        env={"PATH": "/usr/bin:/bin", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_a_python_it_says_which_one_is_needed(fresh_copy):
    refused = run(fresh_copy, PYTHON="/no/such/python")

    assert refused.returncode == 1
    assert "Python 3.11, 3.12, 3.13 or 3.14 is needed" in refused.stderr


def test_a_python_without_its_venv_module_is_told_how_to_get_it(fresh_copy):
    python = fresh_copy / "python"
    python.write_text("#!/bin/sh\ncase $2 in *ensurepip*) exit 1 ;; esac\n")
    python.chmod(0o755)

    refused = run(fresh_copy, PYTHON=str(python))

    assert refused.returncode == 1
    assert "apt install python3-venv" in refused.stderr


def test_an_unknown_command_is_answered_with_the_known_ones(fresh_copy):
    refused = run(fresh_copy, "tset")

    assert refused.returncode == 2
    assert "./run test [options]" in refused.stderr


def test_an_engine_has_a_name(fresh_copy):
    refused = run(fresh_copy, "test", "--engine")

    assert refused.returncode == 1
    assert "--engine wants a name" in refused.stderr
