"""The server that the tests start for themselves."""

from pathlib import Path

import psycopg
import pytest
from environ import Env

from tests.plugins import postgresql


@pytest.fixture(scope="module")
def ended():
    """A server of the package's programs, what it answered, and where it was."""
    with postgresql.server(installed=False) as server:
        database = Env.db_url_config(server.url)
        with psycopg.connect(host=database["HOST"], user=database["USER"]) as connection:
            answers = {
                name: connection.execute(f"SHOW {name}").fetchone()[0]
                for name in ("server_version", "server_encoding", "listen_addresses")
            }
    return server, answers, Path(database["HOST"])


def test_a_server_starts_where_none_is_installed(ended):
    server, answers, _home = ended

    assert answers["server_version"] == server.version
    assert answers["server_encoding"] == "UTF8"


def test_it_cannot_be_reached_from_outside(ended):
    _server, answers, _home = ended

    assert answers["listen_addresses"] == ""


def test_it_leaves_nothing_behind(ended):
    _server, _answers, home = ended

    assert not home.exists()


def test_without_any_programs_it_says_so(monkeypatch):
    monkeypatch.setattr(postgresql, "files", lambda package: None)

    with (
        pytest.raises(postgresql.StartError, match="neither an installed server nor the package"),
        postgresql.server(installed=False),
    ):
        pytest.fail("there is no server")


def test_a_server_that_does_not_start_says_why(monkeypatch):
    monkeypatch.setattr(postgresql, "SETTINGS", ["no_such_setting=1"])

    with (
        pytest.raises(postgresql.StartError, match="no_such_setting"),
        postgresql.server(installed=False),
    ):
        pytest.fail("there is no server")
