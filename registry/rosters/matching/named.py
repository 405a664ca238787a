"""Parties and territories that rows name: recorded, new, or to be asked about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from registry.models.naming import address, folded
from registry.rosters.faults import Code, Fault
from registry.rosters.matching.found import Found, Unclear
from registry.rosters.matching.names import clean
from registry.rosters.matching.questions import LEAVE_OUT, NEW, Answers, Candidate, Question
from registry.rosters.matching.register import ALIKE
from registry.rosters.matching.register import Named as Known
from registry.rosters.rows import UNSTATED, Identifier, Named, Roster, Row
from registry.rosters.values import Called


@dataclass(slots=True)
class _Answer:
    """What a name came to: a record, or why it is unclear; and what was asked about it."""

    found: Found | None = None
    code: Code | None = None
    value: str = ""
    details: dict[str, Any] = field(default_factory=dict)
    near: str = ""
    question: Question | None = None
    left_out: bool = False


class Finder:
    """Finds records of one kind, `party` or `territory`, and remembers those that a file brings."""

    def __init__(
        self, kind: str, known: Known, model: type, answers: Answers, roster: Roster
    ) -> None:
        self.kind = kind
        self.column = roster.column(kind)
        self.known = known
        self.model = model
        self.answers = answers
        self._seen: dict[Any, _Answer] = {}
        self._records: dict[int, Found] = {}

    def of(self, row: Row, named: Named, refuse: Code | None) -> Found | Unclear:
        """Who is named; `refuse` says why nobody new may be brought by this name."""
        key = (named.slug, tuple(sorted(named.names.items())), named.identifiers, named.weak)
        if key not in self._seen:
            self._seen[key] = self._find(row, named, refuse)
        answer = self._seen[key]
        if answer.question:
            self.answers.ask(answer.question, row.line)
        if answer.found:
            return answer.found
        if answer.left_out:
            return Unclear(
                Fault(Code.LEFT_OUT_BY_ANSWER, row.line, self.column, answer.value), True
            )
        told = (answer.value, answer.details, answer.near)
        return Unclear(Fault(answer.code, row.line, self.column, *told), False)

    def _find(self, row: Row, named: Named, refuse: Code | None) -> _Answer:
        name = named.names.get(UNSTATED, "")
        value = named.slug or name
        records = self._candidates(named, name)
        if len(records) == 1:
            return _Answer(self._found(records[0], row))
        key = folded(clean(name or named.slug))[:380]
        others = self.answers.others(self.kind, key)
        near = [each for each in self.known.nearest(name or named.slug) if each[0].pk not in others]
        likely = [each for each in near if each[2] >= ALIKE]
        question = Question(
            key=f"{self.kind}:{key}",
            kind=self.kind,
            name=value,
            candidates=tuple(Candidate(each.slug, str(each), "called") for each in records)
            or tuple(
                Candidate(record.slug, str(record), "similar", score)
                for record, _spelling, score in (near if refuse else likely)
            ),
            may_be_new=not refuse and not records,
            default="" if refuse or records else NEW,
        )
        suggestion = likely[0][1] if likely else ""
        given = self.answers.given.get(question.key, "")
        if given == LEAVE_OUT:
            question.answer = given
            return _Answer(value=value, question=question, left_out=True)
        if record := self.known.by_slug.get(given) or self._remembered(key):
            question.answer = record.slug
            found = self._found(record, row)
            found.decisions += self.answers.remember(self.kind, key, record, same=True)
            return _Answer(found, question=question if given else None)
        if records:
            known = [Called(each.name, each.slug) for each in records]
            return _Answer(None, Code.AMBIGUOUS, value, {"known": known}, "", question)
        if refuse:
            return _Answer(None, refuse, value, {}, suggestion, question)
        found = self._bring(named, value, row, suggestion)
        if given == NEW:
            question.answer = NEW
            for record, _spelling, _score in likely:
                found.decisions += self.answers.remember(self.kind, key, record, same=False)
        return _Answer(found, question=question if likely else None)

    def _remembered(self, key: str) -> Any:
        pk = self.answers.same(self.kind, key)
        return next((each for each in self.known.by_slug.values() if pk and each.pk == pk), None)

    def _bring(self, named: Named, value: str, row: Row, near: str) -> Found:
        record = self.model(slug=self._address(named), name=dict(named.names) or {"und": value})
        self.known.add(record, [*named.names.values()])
        brought = Found(record, row.line, new=True, near=near)
        for identifier in (*named.identifiers, *([named.weak] if named.weak else [])):
            if not self.known.by_identifier.get(identifier):
                brought.identifiers[identifier] = None
                self.known.by_identifier[identifier].append(record)
        self._records[id(record)] = brought
        return brought

    def _candidates(self, named: Named, name: str) -> list[Any]:
        """By address, strong identifier, name, and last by an id of the file's family."""
        if named.slug and (record := self.known.by_slug.get(named.slug)):
            return [record]
        strong = {
            id(record): record
            for identifier in named.identifiers
            for record in self.known.by_identifier.get(identifier, ())
        }
        if strong:
            return list(strong.values())
        for words in (name, named.slug):
            if words and (found := self.known.called(words)):
                return found
        if named.slug and ":" in named.slug:
            scheme, _colon, value = named.slug.partition(":")
            return self.known.by_identifier.get(Identifier(scheme, value), [])
        return self.known.by_identifier.get(named.weak, []) if named.weak else []

    def _found(self, record: Any, row: Row) -> Found:
        if id(record) not in self._records:
            self._records[id(record)] = Found(record, row.line)
        return self._records[id(record)]

    def _address(self, named: Named) -> str:
        base = address({"en": named.slug} if named.slug else named.names, "x")[:70]
        slug, number = base, 2
        while slug in self.known.by_slug:
            slug, number = f"{base}-{number}", number + 1
        return slug
