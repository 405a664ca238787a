"""The rows of a file in pieces, each with all the rows of its persons."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from itertools import islice
from typing import Any

from registry.domain.dates import PartialDate, Precision
from registry.rosters.matching.names import name_key
from registry.rosters.matching.questions import Answers
from registry.rosters.matching.register import keys_of, recorded_with, with_uids
from registry.rosters.rows import PersonRow, Roster, Row

# So many rows are held against the register at a time.
PIECE = 1_000


class Pieces:
    """One walk through all rows, which keeps of them what numbers hold.

    Rows belong together that share an identifier, lead to one recorded person, or have no
    identifier and one name. A key is kept as its hash: two that share one meet in a piece, where
    they are compared in full. `words` are those for convocations, and how often each stands;
    `known` the keys that lead to a recorded person, `None` if they were not looked up.
    """

    def __init__(self, roster: Roster, answers: Answers) -> None:
        self.rows = roster.rows
        self._faulty = roster.faulty_lines
        self.words: dict[str, int] = {}
        self.known: set[int] | None = None if len(roster.rows) <= PIECE else set()
        self._first = array("q", range(len(self.rows)))
        self._seen: dict[int, int] = {}
        if len(self.rows) <= PIECE:
            for row in self.rows:
                self._count(row)
        else:
            self._walk(answers)
        self._seen = {}
        first = array("q", map(self._root, range(len(self.rows))))
        self._first = first
        self._order = array("q", sorted(range(len(first)), key=first.__getitem__))

    def __iter__(self) -> Iterator[list[Row]]:
        waiting: list[Row] = []
        person = -1
        for at in self._order:
            if len(waiting) >= PIECE and self._first[at] != person:
                yield waiting
                waiting = []
            person = self._first[at]
            waiting.append(self.rows[at])
        yield waiting

    def _count(self, row: Row) -> None:
        """Note the word for the convocation; a row that cannot be says nothing."""
        if row.line not in self._faulty:
            self.words[row.convocation] = self.words.get(row.convocation, 0) + 1

    def _walk(self, answers: Answers) -> None:
        decided = _decided(answers)
        nameless: set[int] = set()
        walk = enumerate(self.rows)
        while some := list(islice(walk, PIECE)):
            recorded = recorded_with(row.person for _at, row in some)
            for at, row in some:
                self._count(row)
                if row.line in self._faulty:
                    continue
                keys = keys_of(row.person)
                for key in keys:
                    self._join(at, hash(key))
                    if key in recorded:
                        self.known.add(hash(key))
                        self._join(at, hash(("person", recorded[key])))
                called = name_of(row.person) if decided or not keys else ""
                if not keys:
                    nameless.add(hash(called))
                    self._join(at, hash(called))
                    self._join_alike(at, called, row.person.birth)
                for pk in decided.get(called, ()):
                    self._join(at, hash(("person", pk)))
        if nameless and len(nameless) < len(self._seen):
            # Somebody may stand in one row with an identifier and in the next one without.
            for at, row in enumerate(self.rows):
                if (called := hash(name_of(row.person))) in nameless:
                    self._join(at, called)

    def _join_alike(self, at: int, called: str, birth: PartialDate | None) -> None:
        """Keep those together who share a day of birth and a word of their names."""
        if birth and birth.precision is Precision.DAY:
            for word in called.split():
                self._join(at, hash((birth, word)))

    def _join(self, at: int, key: int) -> None:
        other = self._root(self._seen.setdefault(key, at))
        own = self._root(at)
        if own != other:
            self._first[max(own, other)] = min(own, other)

    def _root(self, at: int) -> int:
        first = self._first
        while first[at] != at:
            first[at] = first[first[at]]
            at = first[at]
        return at


def _decided(answers: Answers) -> dict[str, set[int]]:
    """The recorded persons that names were decided to be, by number."""
    found: dict[str, set[int]] = {}
    given = {key: uid for key, uid in answers.given.items() if key.startswith("person:")}
    pks = with_uids(given.values())
    for key, uid in given.items():
        if uid in pks:
            found.setdefault(_name_in(key.partition(":")[2]), set()).add(pks[uid])
    for key, pk in answers.persons():
        found.setdefault(_name_in(key), set()).add(pk)
    return found


def _name_in(key: str) -> str:
    return key.partition("|")[0]


def first_name(person: PersonRow) -> str:
    """The first of the names that a row gives somebody."""
    return next(iter((person.names or person.sort_names).values()), "")


def name_of(person: PersonRow) -> str:
    """The name by which a person without identifiers is known, as it is compared."""
    return name_key(first_name(person))


def key_of_name(person: PersonRow) -> str:
    """The same, with the birth if the file gives it: what a decision is remembered by."""
    told: list[Any] = [name_of(person)[:350]]
    if person.birth:
        told.append(person.birth)
    return "|".join(str(each) for each in told)
