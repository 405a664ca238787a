"""What is wrong with a file, as data that is said to each reader in their language."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from django.utils.translation import gettext

from registry.rosters.codes import SENTENCES, Code
from registry.rosters.values import kept, shown

__all__ = ["SENTENCES", "Code", "Fault", "Refused", "WrongUsage", "printable", "storable"]


def printable(text: str, limit: int = 120) -> str:
    """A value from a file as it can be shown: one line, no control characters, not too long."""
    line = "".join(
        c if c == " " or unicodedata.category(c)[0] not in "CZ" else " " for c in text[:limit]
    )
    return line if len(text) <= limit else f"{line}…"


def storable(value: Any) -> Any:
    """A value as plain data that any database takes: NUL and half characters are replaced."""
    match value:
        case str():
            if value.isprintable():
                return value
            return value.encode("utf-8", "replace").decode().replace("\0", "\ufffd")
        case Mapping():
            return {storable(key): storable(each) for key, each in value.items()}
        case list() | tuple():
            return [storable(each) for each in value]
    return value


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that keeps a file from being imported: where, what stands there, and why not.

    `line` is the line of a table, the number of a membership, or `None` for the whole file.
    `suggestion` is the value that was probably meant. `header` is how the file writes the
    `column`, if otherwise, and `meaning` the column of ours that it was said to hold.
    """

    code: Code
    line: int | None = None
    column: str = ""
    value: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    suggestion: str = ""
    file: str = ""
    header: str = ""
    meaning: str = ""

    @property
    def reason(self) -> str:
        words = {"line": self.line, "column": self.column, **self.details}
        texts = {
            key: value if isinstance(value, int) else printable(shown(kept(value)), 400)
            for key, value in words.items()
        }
        reason = str(SENTENCES[self.code] % {"value": printable(self.value), **texts})
        if not self.suggestion:
            return reason
        return gettext("%(reason)s Did you mean %(suggestion)s?") % {
            "reason": reason,
            "suggestion": self.suggestion,
        }

    def stored(self) -> dict[str, Any]:
        """As plain data to keep with a run: words for it are found anew for each reader."""
        told = {"code": self.code.value, "line": self.line, "column": self.column}
        told |= {"value": self.value[:1000], "suggestion": self.suggestion, "file": self.file}
        told |= {"header": self.header[:300], "meaning": self.meaning}
        told = {key: value for key, value in told.items() if value}
        details = {key: kept(value) for key, value in self.details.items()}
        return storable(told | {"details": details})

    @classmethod
    def restored(cls, data: Mapping[str, Any]) -> Self:
        """The fault that `stored` made this data of."""
        return cls(**{**data, "code": Code(data["code"])})


class Refused(Exception):
    """The file is not imported: nothing was written. `faults` names everything that is wrong.

    `questions` are what its rows leave open, if somebody's answers would let it in.
    """

    def __init__(self, faults: Iterable[Fault], questions: Iterable[Any] = ()) -> None:
        self.questions = tuple(questions)
        self.faults = tuple(sorted(faults, key=lambda f: (f.file, f.line or 0)))
        super().__init__(str(len(self.faults)))


class WrongUsage(Exception):
    """The question itself makes no sense: an unknown institution, a missing file."""
