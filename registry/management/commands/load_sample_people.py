"""Fills bodies with invented people, so that there is something to see."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from registry.management.commands.load_seeds import print_tallies, refusal
from registry.seeds.faults import SeedsRefused
from registry.seeds.sample import Filled, load_sample


class Command(BaseCommand):
    help = _("Load invented people, marked as sample, where no recorded people hold the seats.")

    def handle(self, **options):
        fixtures = Path(settings.BASE_DIR) / "fixtures"
        try:
            folders = load_sample(fixtures)
        except SeedsRefused as refused:
            raise CommandError(refusal(fixtures, refused)) from refused
        for folder in folders:
            print_filled(self, folder)


def print_filled(command: BaseCommand, folder: Filled) -> None:
    if folder.taken:
        message = _("%(folder)s: left out, because recorded people hold these seats.")
        command.stdout.write(message % {"folder": folder.folder})
    else:
        command.stdout.write(f"{folder.folder}:")
        print_tallies(command, folder.tallies)
