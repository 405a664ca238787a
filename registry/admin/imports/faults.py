"""What stands beside a row of a file: faults, questions and warnings, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from registry.models.imports import ImportRun
from registry.rosters.faults import Fault, printable
from registry.rosters.planning.notes import Note
from registry.rosters.planning.report import column_name, fault_sentence


class FaultShown(NamedTuple):
    """A fault for a table: where, what stands there, why it is wrong; and all in one sentence.

    `column` is for a reader, `header` as the file writes it.
    """

    code: str
    line: int | None
    column: str
    header: str
    value: str
    reason: str
    suggestion: str
    sentence: str

    @property
    def unquoted(self) -> str:
        """What stands there, unless the reason says it already."""
        return "" if self.value in self.reason else self.value


def fault_shown(data: Mapping[str, Any], unit: str = "line") -> FaultShown:
    """A fault as it is kept with a run. One of a kind that is no more has its code alone."""
    try:
        fault = Fault.restored(data)
        reason, sentence = fault.reason, fault_sentence(fault, unit)
        column = column_name(fault)
    except (KeyError, ValueError, TypeError):
        reason = sentence = str(data.get("code", ""))
        column = data.get("column", "")
    return FaultShown(
        str(data.get("code", "")),
        data.get("line"),
        column,
        data.get("header") or data.get("column", ""),
        printable(data.get("value", "")),
        reason,
        data.get("suggestion", ""),
        sentence,
    )


def notes_shown(run: ImportRun) -> Iterator[str]:
    """What is said of the whole, as sentences."""
    for data in run.plan.get("notes", []):
        try:
            # Runs of former versions have the sentences themselves.
            yield data if isinstance(data, str) else Note.restored(data).sentence
        except (KeyError, ValueError, TypeError):
            yield str(data.get("code", ""))


def faults_shown(data: Iterable[Mapping[str, Any]], unit: str = "line") -> Iterator[FaultShown]:
    return (fault_shown(each, unit) for each in data)
