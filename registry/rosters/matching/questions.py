"""What a file leaves open, what a curator answered, and what is remembered of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from registry.models import Institution, NameDecision, Person
from registry.rosters.rows import PersonRow, Roster

# The answers that a name is of nobody and nothing recorded, and that its rows stay out.
NEW = "new"
LEAVE_OUT = "leave_out"
# So many lines of a question are named; a name may stand in each line of a file.
LINES = 50


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that a name may mean. `value` answers the question: a uid, or an address.

    `why` is a code: `same_name`, `other_spelling`, `part_of_name`, `near`, `similar` or `called`;
    `born` and `offices` tell namesakes apart.
    """

    value: str
    label: str
    why: str
    score: int = 0
    born: str = ""
    offices: tuple[str, ...] = ()


@dataclass(slots=True)
class Question:
    """Who or what is meant by a name of the file.

    `key` is the same for the same name in the next file; `kind` is `person`, `party` or
    `territory`. `default` is the answer unless the curator gives another one; without a default
    nothing can be written before the question is answered. `column` is where the file has it.
    """

    key: str
    kind: str
    name: str
    lines: list[int] = field(default_factory=list)
    candidates: tuple[Candidate, ...] = ()
    may_be_new: bool = True
    default: str = ""
    answer: str = ""
    born: str = ""
    column: str = ""

    @property
    def open(self) -> bool:
        return not (self.answer or self.default)

    def asked_at(self, line: int) -> None:
        if len(self.lines) < LINES and line not in self.lines:
            self.lines.append(line)


class Remembered(NamedTuple):
    """That a name in the files of an institution is a record, or is not."""

    kind: str
    key: str
    record: Any
    same: bool


class Answers:
    """What the curator answered to the questions of this file, and to those of former ones."""

    def __init__(
        self, institution: Institution, decisions: Mapping[str, str], roster: Roster
    ) -> None:
        self.given = decisions
        self.roster = roster
        self.questions: dict[str, Question] = {}
        self._known: dict[str, Question] = {}
        self._asked: list[tuple[Question, int]] = []
        self._same: dict[tuple[str, str], int] = {}
        self._others: dict[tuple[str, str], set[int]] = defaultdict(set)
        for key, same, *keys in NameDecision.objects.filter(institution=institution).values_list(
            "key", "same", "person_id", "party_id", "territory_id"
        ):
            for kind, pk in zip(("person", "party", "territory"), keys, strict=True):
                if pk is not None and same:
                    self._same[kind, key] = pk
                elif pk is not None:
                    self._others[kind, key].add(pk)

    def same(self, kind: str, key: str) -> int | None:
        """The record that the name was decided to be."""
        return self._same.get((kind, key))

    def persons(self) -> Iterator[tuple[str, int]]:
        """The names that were decided to be somebody, and whom."""
        for (kind, key), pk in self._same.items():
            if kind == "person":
                yield key, pk

    def others(self, kind: str, key: str) -> set[int]:
        """The records that the name was decided not to be."""
        return self._others.get((kind, key), set())

    def begin(self) -> None:
        """Forget what was asked about the rows of a piece, which is looked at once more."""
        self._asked = []

    def ask(self, question: Question, line: int) -> Question:
        """The question as it was asked first: of this line, too, if that stays in the file."""
        question = self._known.setdefault(question.key, question)
        what = "name" if question.kind == "person" else question.kind
        question.column = self.roster.written(self.roster.column(what))
        self._asked.append((question, line))
        return question

    def ask_who(
        self,
        row: PersonRow,
        key: str,
        found: Iterable[tuple[Person, str]],
        offices: Mapping[int, tuple[str, ...]],
        line: int,
        *,
        default: str = "",
    ) -> Question:
        """Ask which of the recorded persons that were found, with the reason, somebody is."""
        candidates = tuple(
            Candidate(
                value=str(person.uid),
                label=person.listed_name,
                why=why,
                born=str(person.birth or ""),
                offices=offices.get(person.pk, ()),
            )
            for person, why in found
        )
        question = Question(
            key=f"person:{key}",
            kind="person",
            name=next(iter((row.names or row.sort_names).values()), ""),
            candidates=candidates,
            default=default,
            born=str(row.birth or ""),
        )
        return self.ask(question, line)

    def settle(self) -> None:
        """What was asked about the rows that stay is asked indeed."""
        for question, line in self._asked:
            self.questions.setdefault(question.key, question).asked_at(line)
        self._asked = []

    def remember(self, kind: str, key: str, record: Any, *, same: bool) -> list[Remembered]:
        """What is to be kept of an answer; nothing if it is known already."""
        known = self.same(kind, key) if same else None
        if (same and known == record.pk and known is not None) or (
            not same and record.pk in self.others(kind, key)
        ):
            return []
        return [Remembered(kind, key, record, same)]
