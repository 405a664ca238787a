"""The one way in: a command and a wizard import a roster, and take it back, through this."""

from registry.rosters.applying.locks import broken_off
from registry.rosters.applying.progress import Progress, progress_of
from registry.rosters.faults import Refused, WrongUsage
from registry.rosters.imports.at_once import Imported, import_roster
from registry.rosters.imports.checking import check
from registry.rosters.imports.confirming import confirm
from registry.rosters.imports.giving_up import UndoPreview, drop, undo, undo_preview
from registry.rosters.matching.order import Order
from registry.rosters.planning.plans import Plan
from registry.rosters.rows import Roster

__all__ = [
    "Imported",
    "Order",
    "Plan",
    "Progress",
    "Refused",
    "Roster",
    "UndoPreview",
    "WrongUsage",
    "broken_off",
    "check",
    "confirm",
    "drop",
    "import_roster",
    "progress_of",
    "undo",
    "undo_preview",
]
