"""What the environment decides, and what it cannot."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

NAMES = ["ALLOWED_HOSTS", "DATABASES", "SESSION_COOKIE_SECURE", "SECURE_SSL_REDIRECT"]
ON_SQLITE = pytest.mark.skipif(
    settings.DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3",
    reason="about SQLite",
)


def start_with(**environment):
    """Reads the settings in a process of its own, as a server does when it starts."""
    program = (
        "import json; from config import settings; "
        f"print(json.dumps({{name: getattr(settings, name) for name in {NAMES}}}))"
    )
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=settings.BASE_DIR,
        env={"ENV_FILE": os.devnull, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def settings_with(**environment):
    return json.loads(start_with(SECRET_KEY="a secret", **environment).stdout)


def test_without_a_secret_key_it_refuses_to_start_and_says_what_to_do():
    refused = start_with()

    assert refused.returncode != 0
    assert "There is no SECRET_KEY. `./run` writes one to var/.env" in refused.stderr


def test_a_developer_needs_no_secret_key():
    assert start_with(DEBUG="on").returncode == 0


def test_a_settings_file_gives_way_to_the_environment(tmp_path):
    file = tmp_path / "settings"
    file.write_text("SECRET_KEY=from the file\nALLOWED_HOSTS=file.example\nHTTPS=off\n")

    read = json.loads(start_with(ENV_FILE=str(file), ALLOWED_HOSTS="environment.example").stdout)

    assert read["ALLOWED_HOSTS"] == ["environment.example"]
    assert read["SECURE_SSL_REDIRECT"] is False


def test_by_itself_it_answers_to_this_machine_only():
    assert settings_with()["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]


def test_cookies_travel_encrypted_unless_said_otherwise():
    assert settings_with()["SESSION_COOKIE_SECURE"] is True
    assert settings_with(HTTPS="off")["SESSION_COOKIE_SECURE"] is False


def test_a_url_leads_to_postgresql():
    url = "postgres://curator:secret@db.example:5433/registry"

    database = settings_with(DATABASE_URL=url)["DATABASES"]["default"]

    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["HOST"], database["PORT"]) == ("db.example", 5433)
    assert (database["NAME"], database["USER"]) == ("registry", "curator")


@ON_SQLITE
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 60_000)],
)
def test_sqlite_keeps_what_it_has_acknowledged(pragma, value):
    with connection.cursor() as cursor:
        assert cursor.execute(f"PRAGMA {pragma}").fetchone() == (value,)


@ON_SQLITE
def test_sqlite_takes_the_write_lock_when_a_transaction_begins():
    assert connection.transaction_mode == "IMMEDIATE"


@pytest.mark.django_db
def test_pages_run_nothing_that_did_not_come_from_this_server(client):
    answer = client.get("/admin/login/")

    policy = answer["Content-Security-Policy"].split("; ")
    assert {"default-src 'self'", "script-src 'self'", "frame-ancestors 'none'"} <= set(policy)
    assert "unsafe-inline" not in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"


def test_the_login_page_finds_its_style_without_any_collecting(client):
    answer = client.get("/static/admin/css/base.css")

    assert b"body {" in answer.getvalue()
