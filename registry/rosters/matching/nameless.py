"""Persons of rows without identifiers: a name and a birth lead to somebody, or to a question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from registry.models import Person
from registry.models.naming import forms
from registry.rosters.faults import Code, Fault
from registry.rosters.matching.found import SomePerson
from registry.rosters.matching.namesakes import (
    candidates,
    contradicts,
    known_as,
    likeness_of_keys,
    offices_of,
)
from registry.rosters.matching.pieces import first_name, key_of_name, name_of
from registry.rosters.matching.questions import LEAVE_OUT, NEW
from registry.rosters.matching.register import with_uids
from registry.rosters.rows import PersonRow, Row

if TYPE_CHECKING:
    from registry.rosters.matching.people import People

# What so many of a file are called tells nobody apart.
COMMON = 50

Likely = list[tuple[Person, str]]


class Nameless:
    """Finds who the rows without identifiers are of, among all `people` of a piece.

    A decision of the curator goes before all; what was decided for a former file comes next; a
    name that nobody recorded may have is of somebody new, and about any other one is asked.
    """

    def __init__(self, people: People) -> None:
        self.people = people
        self.answers = people.answers
        self.register = people.register
        self.found = people.found

    def find(self, by_name: Mapping[str, list[Row]]) -> None:
        named: dict[str, list[SomePerson]] = {}
        for person in self.found.persons:
            named.setdefault(name_of(person.row), []).append(person)
        groups: list[list[Row]] = []
        for called, rows in by_name.items():
            for group in self._by_birth(rows):
                birth = _row(group).birth
                same = [
                    person
                    for person in named.get(called, ())
                    if not contradicts(birth, person.row.birth)
                ]
                if len(same) == 1:
                    self._are_of(group, same[0])
                    self._remark_same_name(group, same[0].line)
                else:
                    groups.append(group)
        groups = self._joined(groups)
        self._decide({key_of_name(_row(group)): group for group in groups})

    def _by_birth(self, rows: list[Row]) -> list[list[Row]]:
        """The rows of one name by who they are of; a birth tells persons of one name apart."""
        groups: list[list[Row]] = []
        for row in (row for row in rows if row.person.birth):
            for group in groups:
                if not contradicts(group[0].person.birth, row.person.birth):
                    group.append(row)
                    break
            else:
                groups.append([row])
        unstated = [row for row in rows if not row.person.birth]
        if len(groups) > 1:
            for row in unstated:
                self.found.faults.append(self._fault(Code.WHICH_OF_THEM, row))
            return groups
        if not unstated:
            return groups
        group = sorted([*unstated, *(groups[0] if groups else [])], key=lambda row: row.line)
        self._remark_same_name(group[1:], group[0].line)
        return [group]

    def _joined(self, groups: list[list[Row]]) -> list[list[Row]]:
        """The groups with those made one whose names are alike and whose births are the same.

        Of names alike without a birth, only a remark is made: to join them is for the curator.
        """
        groups = sorted(groups, key=lambda group: group[0].line)
        by_form: dict[str, list[list[Row]]] = defaultdict(list)
        joined: list[list[Row]] = []
        for group in groups:
            row = _row(group)
            words = [form for word in name_of(row).split() for form in forms(word)]
            near = {
                id(other): other
                for form in words
                if len(by_form[form]) <= COMMON
                for other in by_form[form]
            }
            for other in near.values():
                if self._alike(group, other):
                    other += group
                    break
            else:
                joined.append(group)
                for form in words:
                    by_form[form].append(group)
        return joined

    def _alike(self, group: list[Row], other: list[Row]) -> bool:
        """Whether two groups are of one person; what is odd about them is remarked."""
        one, two = _row(group), _row(other)
        if contradicts(one.birth, two.birth):
            return False
        reason = likeness_of_keys(name_of(one), name_of(two))
        if not reason:
            return False
        same = one.birth is not None and one.birth == two.birth and reason != "near"
        code = Code.ALIKE_AND_ONE if same else Code.ALIKE
        told = {"first": other[0].line, "other": first_name(two)}
        for row in group:
            self.found.remarks[row.line].append(self._fault(code, row, **told))
        return same

    def _remark_same_name(self, rows: Iterable[Row], first: int) -> None:
        for row in rows:
            self.found.remarks[row.line].append(self._fault(Code.SAME_NAME, row, first=first))

    def _fault(self, code: Code, row: Row, **details: object) -> Fault:
        column = self.people.name_column
        return Fault(code, row.line, column, first_name(row.person), details)

    def _are_of(self, rows: Iterable[Row], person: SomePerson) -> None:
        for row in rows:
            self.people.belongs(row, person)

    def _decide(self, groups: Mapping[str, list[Row]]) -> None:
        """Whose the rows of each name are, by what is decided, or new, or to be asked."""
        given = {key: self.answers.given.get(f"person:{key}", "") for key in groups}
        decided = self._decided(groups, given)
        likely = self._likely(groups, given, decided)
        offices = offices_of({person.pk for found in likely.values() for person, _why in found})
        for key, group in groups.items():
            found = likely.get(key, [])
            if found:
                for row in group:
                    question = self.answers.ask_who(_row(group), key, found, offices, row.line)
                    question.answer = given[key] if key in decided else ""
            self._settle(group, key, decided.get(key), found)

    def _decided(
        self, groups: Mapping[str, list[Row]], given: Mapping[str, str]
    ) -> dict[str, Person | str]:
        pks = with_uids(given.values())
        remembered = {
            key: self.answers.same("person", key)
            or self.answers.same("person", name_of(_row(group)))
            for key, group in groups.items()
        }
        self.register.fetch({*pks.values(), *(pk for pk in remembered.values() if pk)})
        decided: dict[str, Person | str] = {}
        for key, group in groups.items():
            if given[key] in (NEW, LEAVE_OUT):
                decided[key] = given[key]
            elif given[key] in pks:
                decided[key] = self.register.by_pk[pks[given[key]]]
            elif pk := remembered[key]:
                person = self.register.by_pk[pk]
                if not contradicts(_row(group).birth, person.birth):
                    decided[key] = person
        return decided

    def _likely(
        self,
        groups: Mapping[str, list[Row]],
        given: Mapping[str, str],
        decided: Mapping[str, Person | str],
    ) -> dict[str, Likely]:
        """The recorded persons that each name may mean, unless that was decided long ago."""
        namesakes = self.people.namesakes
        near: dict[str, list[int]] = {}
        for key, group in groups.items():
            if key not in decided or given[key]:
                name = first_name(_row(group))
                near[key] = [*dict.fromkeys((*namesakes.called([name]), *namesakes.alike(name)))]
        self.register.fetch(pk for pks in near.values() for pk in pks)
        return {
            key: candidates(
                first_name(_row(groups[key])),
                _row(groups[key]).birth,
                [person for pk in pks if (person := self.register.by_pk.get(pk))],
                () if given[key] else self.answers.others("person", key),
            )
            for key, pks in near.items()
        }

    def _settle(
        self, group: list[Row], key: str, answer: Person | str | None, found: Likely
    ) -> None:
        if answer == LEAVE_OUT:
            for row in group:
                self.found.left_out[row.line].append(self._fault(Code.LEFT_OUT_BY_ANSWER, row))
            return
        if answer is None and found:
            self.found.maybe.append({person.pk for person, _why in found})
            for row in group:
                fault = self._fault(Code.WHO_IS_IT, row, known=known_as(found))
                self.found.unclear[row.line].append(fault)
            return
        record = answer if isinstance(answer, Person) else None
        person = self.people.recorded_as(record) if record else None
        if person is None:
            person = self.people.somebody(_row(group), group[0].line, record)
        person.decisions += self.answers.remember("person", key, person.record, same=True)
        if answer == NEW:
            for other, _why in found:
                person.decisions += self.answers.remember("person", key, other, same=False)
        self._are_of(group, person)


def _row(group: list[Row]) -> PersonRow:
    """The row that says most of a person."""
    return next((row.person for row in group if row.person.birth), group[0].person)
