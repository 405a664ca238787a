"""What every test may count on, and nothing about institutions."""

import pytest
from django.conf import settings
from django.db import connection
from django.utils import translation


def pytest_configure():
    # A password hash is slow on purpose; no test is about that.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Look files up when asked for them: every test client would list them all when it starts.
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    # Django asks SQLite once whether it knows JSON; whoever counts queries is not to count that.
    with django_db_blocker.unblock():
        assert connection.features.supports_json_field


@pytest.fixture(autouse=True)
def in_english():
    """A test starts in English: the language of a request outlives it in its thread."""
    with translation.override("en"):
        yield
