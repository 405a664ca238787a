"""The registry as `./run` serves it, on the database of the benchmark."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import create_server
from time import sleep
from typing import IO
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.db import connection

SERVER = "--worker-class gthread --no-control-socket --log-level critical"


@contextmanager
def served(
    *, workers: int, threads: int, file: Path | None = None, said: IO[str] | None = None
) -> Iterator[int]:
    """The port of a server that runs as long as the block.

    It may keep its data in another `file`, of SQLite, and write what it `said` to another one.
    """
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    hands = f"--workers {workers} --threads {threads}"
    command = f"{sys.executable} -m gunicorn config.wsgi --bind 127.0.0.1:{port} {SERVER} {hands}"
    url = f"sqlite:///{file}" if file else _database_url()
    server = subprocess.Popen(
        command.split(),
        env={**os.environ, "DATABASE_URL": url, "ALLOWED_HOSTS": "127.0.0.1"},
        stderr=said,
    )
    try:
        _await_answer(f"http://127.0.0.1:{port}/healthz")
        yield port
    finally:
        server.terminate()
        server.wait()


def _database_url() -> str:
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{settings['NAME']}"


def _await_answer(page: str) -> None:
    for _ in range(100):
        if status(page) == 200:
            return
        sleep(0.2)
    pytest.fail("The server did not start.")


def status(page: str) -> int:
    """What a page answers with; 0 if nobody does."""
    try:
        with urlopen(page, timeout=60) as answer:
            return answer.status
    except URLError as error:
        return getattr(error, "code", 0)
