"""Loads a folder of seeds: a state's institutions, seat rules and office-holders as CSV."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.seeds.faults import SeedsRefused
from registry.seeds.loading import Tally, load


class Command(BaseCommand):
    help = _("Load a folder of CSV files, whole or not at all. The second run changes nothing.")

    def add_arguments(self, parser):
        parser.add_argument(
            "folder",
            nargs="?",
            type=Path,
            default=Path(settings.BASE_DIR) / "seeds",
            help=_("the folder; without it, the seeds of the project"),
        )

    def handle(self, *, folder: Path, **options):
        if not folder.is_dir():
            raise CommandError(_("There is no folder %(folder)s.") % {"folder": folder})
        try:
            tallies = load(folder)
        except SeedsRefused as refused:
            raise CommandError(refusal(folder, refused)) from refused
        print_tallies(self, tallies)


def refusal(folder: Path, refused: SeedsRefused) -> str:
    """What to tell whoever edits the folder: every fault, and that nothing was written."""
    number = len(refused.faults)
    headline = ngettext(
        "Nothing was loaded from %(folder)s: %(number)d thing is wrong.",
        "Nothing was loaded from %(folder)s: %(number)d things are wrong.",
        number,
    ) % {"folder": folder, "number": number}
    return "\n".join([headline, *(f"  {fault}" for fault in refused.faults)])


def print_tallies(command: BaseCommand, tallies: tuple[Tally, ...]) -> None:
    """A line for each file, and the rows left alone because somebody changed their record."""
    names = [_("file"), _("rows"), _("new"), _("changed"), _("unchanged"), _("kept")]
    lines = [[t.file, t.rows, t.new, t.changed, t.unchanged, len(t.kept)] for t in tallies]
    table = [[str(cell) for cell in line] for line in (names, *lines)]
    widths = [max(len(line[column]) for line in table) for column in range(len(names))]
    for file, *numbers in table:
        cells = [file.ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(numbers, widths[1:], strict=True)]
        command.stdout.write("  ".join(cells))
    for tally in tallies:
        if tally.kept:
            message = ngettext(
                "%(file)s: row %(rows)s was kept as it is in the registry,"
                " where somebody has changed or deleted the record.",
                "%(file)s: rows %(rows)s were kept as they are in the registry,"
                " where somebody has changed or deleted the records.",
                len(tally.kept),
            )
            rows = ", ".join(str(number) for number in tally.kept)
            command.stdout.write(message % {"file": tally.file, "rows": rows})
