"""Stands before the `export` of django-import-export, which hands out any table of the database."""

from __future__ import annotations

from registry.management.refusing import Refusing


class Command(Refusing):
    help = "Refuses: rosters go out by export_roster."
    instead = "export_roster"
