"""What is found wrong while a file is read: gathered, so that one refusal names it all."""

from __future__ import annotations

from registry.rosters.faults import Code, Fault, Refused

# More are of no use to anybody, and a long file of them would fill the memory.
MOST = 10_000

# What is pointed out and keeps no row out.
WARNINGS = frozenset({Code.FOREIGN_LETTERS, Code.TURNED_TEXT, Code.YEAR_PERHAPS})


class Faults(list[Fault]):
    """The faults of rows, and beside them the `warnings`. Raises `Refused` when it is full."""

    def __init__(self) -> None:
        super().__init__()
        self.warnings: list[Fault] = []

    def append(self, fault: Fault) -> None:
        if fault.code in WARNINGS:
            if len(self.warnings) < MOST:
                self.warnings.append(fault)
            return
        if len(self) >= MOST:
            raise Refused([*self, Fault(Code.TOO_MANY_FAULTS, details={"limit": MOST})])
        super().append(fault)
