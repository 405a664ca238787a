"""Removes all invented people and leaves nothing of them."""

from __future__ import annotations

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.seeds.sample import remove_sample


class Command(BaseCommand):
    help = _("Remove all invented people with their seats, parties and history.")

    def handle(self, **options):
        removed = remove_sample()
        if not removed.persons:
            self.stdout.write(_("There are no sample people."))
            return
        message = ngettext(
            "Removed %(persons)d sample person, with appointments: %(appointments)d,"
            " invented parties: %(parties)d.",
            "Removed %(persons)d sample people, with appointments: %(appointments)d,"
            " invented parties: %(parties)d.",
            removed.persons,
        )
        facts = {
            "persons": removed.persons,
            "appointments": removed.appointments,
            "parties": removed.parties,
        }
        self.stdout.write(message % facts)
