"""What a file leaves open, and what a curator answered."""

from __future__ import annotations

from dataclasses import dataclass, field

# The answer that the name is of nobody and nothing recorded.
NEW = "new"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that a name may mean. `value` answers the question: a uid, or an address."""

    value: str
    label: str
    why: str


@dataclass(slots=True)
class Question:
    """Who or what is meant by a name of the file.

    `key` is the same for the same name in the next file; `kind` is `person`, `party` or
    `territory`. `default` is the answer unless the curator gives another one; without a default
    nothing can be written before the question is answered.
    """

    key: str
    kind: str
    name: str
    lines: list[int] = field(default_factory=list)
    candidates: tuple[Candidate, ...] = ()
    may_be_new: bool = True
    default: str = ""
    answer: str = ""
