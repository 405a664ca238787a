"""
The database that a test run uses: `--engine sqlite`, `postgresql`, or `packaged-postgresql`.

Loaded with `-p`, because pytest-django reads the settings before it reads any conftest.
"""

import os
import shutil
import signal
import sqlite3
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.plugins import postgresql

# A test run is the same on every machine, whatever its environment or its var/.env says.
ENVIRONMENT = {
    "ENV_FILE": os.devnull,
    "SECRET_KEY": "only for tests",
    "DEBUG": "off",
    "HTTPS": "off",
    "STATIC_HASHED": "off",
    "ALLOWED_HOSTS": "localhost",
}
VERSION = pytest.StashKey[str]()
# What a benchmark of a million rows takes, and some more.
ROOM = 4 * 2**30


def pytest_addoption(parser):
    parser.getgroup("registry").addoption(
        "--engine",
        choices=["sqlite", "postgresql", "packaged-postgresql"],
        default="sqlite",
        help="the database to test on; `packaged-` passes over an installed server",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config):
    if "PYTEST_XDIST_WORKER" in os.environ:
        return  # a worker inherits the environment of the process that started it
    # A test run that is told to end ends as with Ctrl-C, and takes its server with it.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    resources = ExitStack()
    early_config.add_cleanup(resources.close)
    os.environ |= ENVIRONMENT
    os.environ["DATABASE_URL"], early_config.stash[VERSION] = _database(
        early_config.known_args_namespace.engine, resources
    )


def _database(engine, resources):
    """The URL and the version of a database that is there until `resources` are closed."""
    if engine == "sqlite":
        # A directory of its own, so that two test runs at a time do not meet in one file.
        directory = resources.enter_context(
            tempfile.TemporaryDirectory(prefix="registry-sqlite-", dir=_in_memory())
        )
        return f"sqlite:///{directory}/registry.sqlite3", f"SQLite {sqlite3.sqlite_version}"
    try:
        server = resources.enter_context(postgresql.server(installed=engine == "postgresql"))
    except postgresql.StartError as reason:
        raise pytest.UsageError(f"PostgreSQL could not be started: {reason}") from reason
    return server.url, f"PostgreSQL {server.version}"


def _in_memory():
    """Where files are in memory, if there is room: elsewhere each commit waits for the disk."""
    place = Path("/dev/shm")
    roomy = os.access(place, os.W_OK) and shutil.disk_usage(place).free > ROOM
    return place if roomy else None


def pytest_report_header(config):
    if VERSION in config.stash:  # not in a worker, which does not say anything
        return f"database: {config.stash[VERSION]}"
    return None


def pytest_terminal_summary(terminalreporter, exitstatus, config):
    """One line for this engine; `./run test` repeats the lines of both at its end."""
    counts = [
        f"{len(terminalreporter.stats[outcome])} {outcome}"
        for outcome in ("passed", "failed", "error", "skipped", "deselected", "xfailed", "xpassed")
        if terminalreporter.stats.get(outcome)
    ]
    verdict = "ok" if exitstatus == pytest.ExitCode.OK else "FAILED"
    say_at_the_end(
        terminalreporter,
        f"{config.stash[VERSION]}: {verdict}, {', '.join(counts) or 'no test ran'}",
    )


def say_at_the_end(terminalreporter, line):
    terminalreporter.write_line(line)
    if summary := os.environ.get("TEST_SUMMARY"):
        with Path(summary).open("a") as file:
            file.write(f"{line}\n")
