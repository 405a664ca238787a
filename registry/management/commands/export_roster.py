"""Export who sat in an institution; what comes out can be imported back and changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from registry.management.pipes import reader_may_leave
from registry.management.roster_options import institution_called
from registry.models import Institution, Party, Territory
from registry.rosters.export.rows import Wanted
from registry.rosters.export.templates import TEMPLATES, write_template
from registry.rosters.export.workbooks import DoesNotFit
from registry.rosters.imports import WrongUsage
from registry.serialise.rosters import FORMATS, Asked


class Command(BaseCommand):
    help = "Write the roster of an institution to standard output, or to a file."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--institution", required=True, metavar="SLUG", help="its address")
        parser.add_argument("--on", metavar="DAY", help="only who sat on this day: 2014-06-01")
        parser.add_argument("--convocation", metavar="N", help="only those of this convocation")
        for name in ("group", "party", "territory"):
            parser.add_argument(f"--{name}", metavar="SLUG", help=f"only those of this {name}")
        parser.add_argument("--format", default="csv", help="|".join(FORMATS))
        parser.add_argument(
            "--raw", action="store_true", help="CSV for programs: no apostrophe before = + - @"
        )
        parser.add_argument(
            "--template", action="store_true", help="an empty file with the columns to fill in"
        )
        parser.add_argument("--output", metavar="FILE", help="write to a file")

    def handle(self, *, institution: str, output: str | None, **options: Any) -> None:
        try:
            body = institution_called(institution)
            write = _template(body, options) if options["template"] else _roster(body, options)
            self._write(write, output)
        except (WrongUsage, DoesNotFit) as wrong:
            raise CommandError(str(wrong), returncode=2) from wrong

    def _write(self, write: Callable[[BinaryIO], None], output: str | None) -> None:
        if output is None:
            with reader_may_leave():
                write(getattr(self.stdout, "buffer", None) or _Texts(self.stdout))
            return
        try:
            _write_whole(Path(output), write)
        except OSError as problem:
            raise WrongUsage(
                _("The file %(path)s cannot be written: %(reason)s.")
                % {"path": output, "reason": problem.strerror}
            ) from problem


class _Texts:
    """A stream of bytes before one of text, as a test or another command may have put there."""

    def __init__(self, stream: Any) -> None:
        self.stream = stream

    def write(self, part: bytes) -> None:
        self.stream.write(part.decode(), ending="")


def _write_whole(path: Path, write: Callable[[BinaryIO], None]) -> None:
    """Write a file that is there whole or as it was before; half a roster looks like a roster."""
    if path.exists() and not path.is_file():
        # A pipe or a device takes what it gets.
        with path.open("wb") as stream:
            write(stream)
        return
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as stream:
        waiting = Path(stream.name)
        try:
            write(stream)
        except BaseException:
            waiting.unlink()
            raise
    waiting.chmod(0o644)
    waiting.replace(path)


def _roster(institution: Institution, options: dict[str, Any]) -> Callable[[BinaryIO], None]:
    form = FORMATS.get(options["format"])
    if form is None:
        raise WrongUsage(_not_among("--format", FORMATS))
    if options["raw"] and options["format"] != "csv":
        raise WrongUsage(_("--raw is for CSV; the other formats need no apostrophes taken away."))
    wanted = Wanted(
        on=_day(options["on"]),
        convocation=_convocation(institution, options["convocation"]),
        group=_address("--group", options["group"], institution.seat_groups.all()),
        party=_address("--party", options["party"], Party.objects.all()),
        territory=_address("--territory", options["territory"], Territory.objects.all()),
    )
    asked = Asked(institution, made_on=localdate(), wanted=wanted, raw=options["raw"])
    return lambda stream: form.write(stream, asked)


def _template(institution: Institution, options: dict[str, Any]) -> Callable[[BinaryIO], None]:
    if options["format"] not in TEMPLATES:
        raise WrongUsage(_not_among("--format", TEMPLATES))
    return lambda stream: write_template(stream, institution, options["format"])


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise WrongUsage(_("--on takes a day, for example 2014-06-01.")) from problem


def _convocation(institution: Institution, text: str | None) -> int | None:
    if text is None:
        return None
    numbers = {str(each.number): each.number for each in institution.convocations.all()}
    if text not in numbers:
        raise WrongUsage(_not_among("--convocation", numbers))
    return numbers[text]


def _address(option: str, text: str | None, among: QuerySet) -> str:
    if text is None:
        return ""
    if not among.filter(slug=text).exists():
        known = list(among.order_by("slug").values_list("slug", flat=True)[:20])
        raise WrongUsage(_not_among(option, known))
    return text


def _not_among(option: str, known: Any) -> str:
    return _("%(option)s takes one of: %(known)s.") % {
        "option": option,
        "known": ", ".join(known) or "–",
    }
