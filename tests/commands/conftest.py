"""Commands as cron and curators call them."""

import pytest
from django.core.management import CommandError, call_command


@pytest.fixture
def run(capsys):
    """Calls a command with words: its exit code and what it said."""

    def called(command, *words):
        try:
            call_command(command, *words)
            code = 0
        except SystemExit as stop:
            code = stop.code
        except CommandError as refused:
            return refused.returncode, str(refused)
        return code, capsys.readouterr().out

    return called
