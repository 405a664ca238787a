"""Take an import back: whole, or not at all."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.management.pipes import reader_may_leave
from registry.models import ImportRun
from registry.rosters.imports import Refused, WrongUsage, undo
from registry.rosters.planning.report import fault_data


class Command(BaseCommand):
    help = (
        "Restore what an import changed: what it created is deleted, what it changed is as it "
        "was before, what it deleted comes back. Records that were changed since, and records "
        "that rest on what it created, stand in the way and are named. Exit status: 0 taken "
        "back, 1 refused and nothing changed, 2 wrong usage."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("run", metavar="RUN", help="the number that import_roster printed")
        parser.add_argument("--reason", default="", help="kept with the import and in the history")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *, run: str, reason: str, **options: Any) -> None:
        try:
            taken_back = undo(run_numbered(run), reason=reason)
        except WrongUsage as wrong:
            self._refuse(options, [], str(wrong), status=2)
        except Refused as refused:
            words = ngettext(
                "Refused, nothing was taken back. There is %(n)s problem.",
                "Refused, nothing was taken back. There are %(n)s problems.",
                len(refused.faults),
            ) % {"n": len(refused.faults)}
            lines = [*(fault.reason for fault in refused.faults), words]
            data = [fault_data(fault) for fault in refused.faults]
            self._refuse(options, data, "\n".join(lines), status=1)
        else:
            words = _("Import %(run)s of %(file)s is taken back.") % {
                "run": taken_back.pk,
                "file": taken_back.name,
            }
            answer = {"refused": False, "run": taken_back.pk, "message": words}
            with reader_may_leave():
                self.stdout.write(_json(answer) if options["json"] else words)

    def _refuse(self, options: dict, errors: list[dict], words: str, *, status: int) -> None:
        if options["json"]:
            answer = {"refused": True, "wrong_usage": status == 2, "errors": errors}
            with reader_may_leave():
                self.stdout.write(_json(answer | {"message": words.splitlines()[-1]}))
        raise CommandError(words, returncode=status)


def run_numbered(text: str) -> ImportRun:
    """The run of a number. Raises `WrongUsage` that names the last ones."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
    run = ImportRun.objects.filter(pk=number).first()
    if run is not None:
        return run
    last = ", ".join(str(each) for each in ImportRun.objects.all()[:5]) or _("none")
    raise WrongUsage(
        _("There is no import “%(run)s”. The last ones are: %(last)s.")
        % {"run": text, "last": last}
    )


def _json(answer: dict) -> str:
    return json.dumps(answer, ensure_ascii=False, indent=2, default=str)
