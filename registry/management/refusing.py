"""Commands of libraries that would go past the registry's own."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _


class Refusing(BaseCommand):
    """Does nothing whatever it is given, and says which command does it right."""

    instead: str

    def add_arguments(self, parser) -> None:
        parser.add_argument("anything", nargs="*")

    def run_from_argv(self, argv: list[str]) -> None:
        # Without what follows the name: an unknown option is not what is wrong here.
        super().run_from_argv(argv[:2])

    def handle(self, *args: Any, **options: Any) -> None:
        raise CommandError(
            _("This command is not for the registry: nothing was done. Use %(command)s.")
            % {"command": self.instead},
            returncode=2,
        )
