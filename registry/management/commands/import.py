# ruff: noqa: N999 (the library chose the name)
"""Stands before the `import` of django-import-export: that drops faulty rows and exits 0."""

from __future__ import annotations

from registry.management.refusing import Refusing


class Command(Refusing):
    help = "Refuses: rosters come in by import_roster."
    instead = "import_roster"
