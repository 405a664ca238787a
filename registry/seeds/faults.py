"""What is wrong with a folder of seeds, said so that whoever edits it finds the cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

# Below this likeness, in per cent, a suggestion would only puzzle.
ALIKE = 70


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: the file, the row as a spreadsheet counts it, the column, the value."""

    file: str
    reason: str
    row: int | None = None
    column: str = ""
    value: str = ""

    def __str__(self) -> str:
        facts = {
            "file": self.file,
            "row": self.row,
            "column": self.column,
            "value": self.value if len(self.value) <= 80 else f"{self.value[:80]}…",
            "reason": self.reason,
        }
        if self.row is None:
            return _("%(file)s: %(reason)s") % facts
        if not self.column:
            return _("%(file)s, row %(row)s: %(reason)s") % facts
        if not self.value:
            return _("%(file)s, row %(row)s, column %(column)s: %(reason)s") % facts
        return _("%(file)s, row %(row)s, column %(column)s, “%(value)s”: %(reason)s") % facts


class SeedsRefused(Exception):
    """Nothing was written; `faults` names everything that is wrong."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like `word`, or "" when none is."""
    found = process.extractOne(word, list(known), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return found[0] if found else ""
