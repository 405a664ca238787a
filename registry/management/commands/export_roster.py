"""Export who sat in an institution; what comes out can be imported back and changes nothing."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from registry.management.commands.import_roster import institution_called
from registry.management.pipes import reader_may_leave
from registry.rosters.export.popolo import roster_popolo
from registry.rosters.export.tables import roster_csv, roster_xlsx
from registry.rosters.imports import WrongUsage

FORMATS = ("csv", "xlsx", "popolo")


class Command(BaseCommand):
    help = "Write the roster of an institution to standard output, or to a file."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--institution", required=True, metavar="SLUG", help="its address")
        parser.add_argument("--on", metavar="DAY", help="only who sat on this day: 2014-06-01")
        parser.add_argument("--format", default=FORMATS[0], help="|".join(FORMATS))
        parser.add_argument("--output", metavar="FILE", help="write to a file")

    def handle(
        self, *, institution: str, on: str | None, output: str | None, **options: Any
    ) -> None:
        try:
            body = institution_called(institution)
        except WrongUsage as wrong:
            raise CommandError(str(wrong), returncode=2) from wrong
        day = _day(on)
        match options["format"]:
            case "csv":
                content: Any = (line.encode() for line in roster_csv(body, day))
            case "popolo":
                content = [roster_popolo(body, day).encode(), b"\n"]
            case "xlsx":
                content = [roster_xlsx(body, day, made_on=localdate())]
            case _:
                known = ", ".join(FORMATS)
                raise CommandError(
                    _("--format takes one of: %(known)s.") % {"known": known}, returncode=2
                )
        self._write(content, output)

    def _write(self, content: Any, output: str | None) -> None:
        if output is None:
            stream = getattr(sys.stdout, "buffer", None)
            with reader_may_leave():
                for part in content:
                    if stream is None:
                        self.stdout.write(part.decode(), ending="")
                    else:
                        stream.write(part)
            return
        try:
            with Path(output).open("wb") as stream:
                stream.writelines(content)
        except OSError as problem:
            raise CommandError(
                _("The file %(path)s cannot be written: %(reason)s.")
                % {"path": output, "reason": problem.strerror},
                returncode=2,
            ) from problem


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise CommandError(
            _("--on takes a day, for example 2014-06-01."), returncode=2
        ) from problem
