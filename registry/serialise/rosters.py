"""A roster as a file to hand out: in which format, called what, and what it says of itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from tempfile import TemporaryFile
from typing import BinaryIO

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.models import Institution
from registry.models.fields import told
from registry.models.history import revision
from registry.rosters.export.guides import ROSTER
from registry.rosters.export.popolo import popolo_lines
from registry.rosters.export.rows import EVERYBODY, Wanted
from registry.rosters.export.tables import roster_csv, write_xlsx
from registry.rosters.export.workbooks import guide_lines
from registry.serialise.imprint import imprint

ATTEMPTS = 3
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose roster, who of it, and made on which day."""

    institution: Institution
    made_on: date
    wanted: Wanted = EVERYBODY
    raw: bool = False


@dataclass(frozen=True, slots=True)
class Format:
    """`write` puts the file on a stream; what it raises, and when, is its own affair."""

    label: str | Promise
    suffix: str
    content_type: str
    write: Callable[[BinaryIO, Asked], None]

    def file_name(self, asked: Asked) -> str:
        """Such as `senate-roster-5-2014-06-01.csv`."""
        wanted = asked.wanted
        parts = (wanted.convocation, wanted.group, wanted.party, wanted.territory, wanted.on)
        words = [asked.institution.slug, "roster", *(str(part) for part in parts if part)]
        return f"{'-'.join([*words, 'raw'] if asked.raw else words)}.{self.suffix}"


def _write_csv(stream: BinaryIO, asked: Asked) -> None:
    for line in roster_csv(asked.institution, asked.wanted, raw=asked.raw):
        stream.write(line.encode())


def _write_xlsx(stream: BinaryIO, asked: Asked) -> None:
    write_xlsx(stream, asked.institution, asked.wanted, about=about_lines(asked))


def _write_popolo(stream: BinaryIO, asked: Asked) -> None:
    for line in popolo_lines(asked.institution, asked.wanted):
        stream.write(line.encode())


FORMATS = {
    "csv": Format(gettext_lazy("CSV"), "csv", "text/csv; charset=utf-8", _write_csv),
    "xlsx": Format(gettext_lazy("XLSX workbook"), "xlsx", XLSX, _write_xlsx),
    "popolo": Format(gettext_lazy("Popolo JSON"), "popolo.json", "application/json", _write_popolo),
}


def about_lines(asked: Asked) -> Iterator[tuple[str, str]]:
    """What a reader of the workbook needs to know: label and text."""
    wanted, said = asked.wanted, imprint()
    yield _("Institution"), told(asked.institution.name)
    yield _("Days"), str(wanted.on) if wanted.on else _("all that are recorded")
    for label, wish in (
        (_("Convocation"), wanted.convocation),
        (_("Seat group"), wanted.group),
        (_("Party"), wanted.party),
        (_("Territory"), wanted.territory),
    ):
        if wish:
            yield label, str(wish)
    yield _("Made on"), str(asked.made_on)
    yield _("Licence"), f"{said.licence}, {said.licence_url}"
    if said.publisher:
        yield _("Publisher"), said.publisher
    yield _("Revision of the record"), said.revision
    yield "", ""
    yield from guide_lines(ROSTER)


def spooled(form: Format, asked: Asked) -> BinaryIO:
    """The whole file, on disk and not in memory, before the first byte of it goes out.

    Half a roster looks like a roster: what goes wrong is to go wrong here. A file that somebody's
    change overtook may hold one row from before it and another from after, so it is made anew.
    Raises what `form.write` raises.
    """
    for _attempt in range(ATTEMPTS):
        file = TemporaryFile()  # noqa: SIM115 (whoever hands it out closes it)
        before = revision()
        form.write(file, asked)
        if revision() == before:
            break
    return file
