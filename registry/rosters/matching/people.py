"""The persons of some rows: told apart by identifiers, and without them by name and birth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set
from functools import cache
from typing import Any
from uuid import uuid4

from registry.models import Person
from registry.rosters.faults import Code, Fault
from registry.rosters.matching.found import Match, SomePerson
from registry.rosters.matching.nameless import Nameless
from registry.rosters.matching.names import clean, meant
from registry.rosters.matching.namesakes import Namesakes, contradicts, known_as, offices_of
from registry.rosters.matching.pieces import key_of_name, name_of
from registry.rosters.matching.questions import NEW, Answers
from registry.rosters.matching.register import Persons, key_of, keys_of, with_uids
from registry.rosters.rows import Identifier, PersonRow, Roster, Row


class People:
    """Finds the persons of a piece of a roster; `of` says whose a row is, `None` if unclear."""

    def __init__(
        self,
        rows: list[Row],
        roster: Roster,
        answers: Answers,
        namesakes: Namesakes,
        found: Match,
        known: Set[int] | None = None,
    ) -> None:
        self.roster = roster
        self.answers = answers
        self.namesakes = namesakes
        self.found = found
        self.register = Persons((row.person for row in rows), known)
        self.name_column = roster.column("name")
        self._by_key: dict[Identifier, SomePerson] = {}
        self._by_record: dict[int, SomePerson] = {}
        self._of_line: dict[int, SomePerson] = {}
        nameless: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            self._remark(row)
            keys = keys_of(row.person)
            if keys:
                self._identified(row, keys)
            elif row.person.names or row.person.sort_names:
                nameless[name_of(row.person)].append(row)
            else:
                found.faults.append(Fault(Code.NO_NAME, row.line, self.name_column))
        self._ask_about_namesakes()
        if nameless:
            Nameless(self).find(nameless)

    def of(self, row: Row) -> SomePerson | None:
        return self._of_line.get(row.line)

    def recorded_as(self, record: Person) -> SomePerson | None:
        """The person of these rows that is this recorded one, if somebody is already."""
        return self._by_record.get(record.pk)

    def somebody(self, row: PersonRow, line: int, record: Person | None) -> SomePerson:
        """A person of the file: a recorded one, or a new one."""
        if record is None:
            person = SomePerson(row, line, _new_person(row, as_written=self.roster.own), new=True)
        else:
            person = SomePerson(row, line, record)
            self._becomes(person, record)
        person.identifiers = dict.fromkeys(row.identifiers)
        self.found.persons.append(person)
        return person

    def belongs(self, row: Row, person: SomePerson) -> None:
        self._of_line[row.line] = person

    def _remark(self, row: Row) -> None:
        names = (*row.person.names.values(), *row.person.sort_names.values())
        for cell, read in meant(names, row.raw.values()):
            column = next((each for each, text in row.raw.items() if text == cell), "")
            details = {"read": read}
            self.found.remarks[row.line].append(
                Fault(Code.READ_AS, row.line, column, cell, details)
            )

    def _identified(self, row: Row, keys: tuple[Identifier, ...]) -> None:
        here = list({id(p): p for key in keys if (p := self._by_key.get(key))}.values())
        recorded = self.register.matching(keys)
        if len(recorded) > 1:
            self._fault_two(row, recorded)
            return
        if not here and recorded and recorded[0].pk in self._by_record:
            here = [self._by_record[recorded[0].pk]]
        elif len(here) > 1 or (here and _told_apart(here[0], row.person)):
            self._fault_doubled(row, keys, here)
            return
        if not here:
            if not recorded and not row.person.names:
                self.found.faults.append(Fault(Code.NO_NAME, row.line, self.name_column))
                return
            here = [self.somebody(row.person, row.line, recorded[0] if recorded else None)]
        person = here[0]
        if recorded and recorded[0].pk != person.record.pk:
            if not person.new:
                self._fault_two(row, [person.record, *recorded])
                return
            self._becomes(person, recorded[0])
        for key in keys:
            self._by_key[key] = person
        person.identifiers |= dict.fromkeys(row.person.identifiers)
        self._of_line[row.line] = person

    def _becomes(self, person: SomePerson, record: Person) -> None:
        person.record, person.new = record, False
        person.held = self.register.identifiers[record.pk]
        self._by_record[record.pk] = person

    def _ask_about_namesakes(self) -> None:
        """Ask whether somebody new by identifier is a recorded person of the same name."""
        called: list[tuple[SomePerson, list[int]]] = []
        for person in self.found.persons:
            names = (*person.row.names.values(), *person.row.sort_names.values())
            if (
                person.new
                and not person.sample
                and (pks := [*dict.fromkeys(self.namesakes.called(names))])
            ):
                called.append((person, pks))
        if not called:
            return
        self.register.fetch(pk for _person, pks in called for pk in pks)
        asked = []
        for person, pks in called:
            namesakes = [
                record
                for pk in pks
                if (record := self.register.by_pk.get(pk))
                and not contradicts(person.row.birth, record.birth)
            ]
            person.similar = bool(namesakes)
            others = self.answers.others("person", key_of_name(person.row))
            if found := [(record, "same_name") for record in namesakes if record.pk not in others]:
                asked.append((person, found))
        offices = offices_of({record.pk for _person, found in asked for record, _why in found})
        for person, found in asked:
            self._ask(person, found, offices)

    def _ask(
        self,
        person: SomePerson,
        found: list[tuple[Person, str]],
        offices: dict[int, tuple[str, ...]],
    ) -> None:
        key = key_of_name(person.row)
        question = self.answers.ask_who(person.row, key, found, offices, person.line, default=NEW)
        answer = self.answers.given.get(question.key, "")
        pk = with_uids([answer]).get(answer) if answer else None
        if pk is not None:
            question.answer = answer
            self.register.fetch([pk])
            self._is_in_fact(person, self.register.by_pk[pk])
        elif answer == NEW:
            question.answer = NEW
            for other, _why in found:
                person.decisions += self.answers.remember("person", key, other, same=False)
        else:
            details = {"known": known_as(found)}
            self.found.remarks[person.line].append(
                Fault(Code.NAMESAKE, person.line, self.name_column, question.name, details)
            )

    def _is_in_fact(self, person: SomePerson, record: Person) -> None:
        """Somebody new to the file's identifiers is a recorded person after all."""
        other = self._by_record.get(record.pk)
        if other is None:
            self._becomes(person, record)
            return
        other.identifiers |= person.identifiers
        self.found.persons.remove(person)
        for line, somebody in self._of_line.items():
            if somebody is person:
                self._of_line[line] = other

    def _fault_doubled(
        self, row: Row, keys: tuple[Identifier, ...], here: list[SomePerson]
    ) -> None:
        shared = next(key for key in keys if self._by_key.get(key) is here[-1])
        written = next((i for i in row.person.identifiers if key_of(i) == shared), shared)
        self.found.faults.append(
            Fault(
                Code.DOUBLED_IDENTIFIER,
                row.line,
                self.roster.column("wikidata" if written.scheme == "wikidata" else "identifiers"),
                str(written),
                {"first": here[-1].line},
            )
        )

    def _fault_two(self, row: Row, recorded: list[Person]) -> None:
        details = {"known": known_as([(each, "") for each in recorded])}
        value = " ".join(str(each) for each in row.person.identifiers)
        self.found.faults.append(
            Fault(Code.TWO_PERSONS, row.line, self.roster.column("identifiers"), value, details)
        )


def _told_apart(person: SomePerson, row: PersonRow) -> bool:
    """Whether the file itself says that these are two persons."""
    return bool(person.row.key and row.key and person.row.key != row.key)


def _new_person(row: PersonRow, *, as_written: bool) -> Person:
    def read(name: str) -> str:
        return name if as_written else clean(name)

    given = {
        "uid": row.uid or uuid4(),
        "name": {code: read(name) for code, name in row.names.items()},
        "sort_name": {code: read(name) for code, name in row.sort_names.items()},
        "other_names": list(row.other_names),
        "gender": row.gender,
        "sample": row.sample,
    }
    # By place, in half the time that names take.
    person = Person(*(given.get(name, blank) for name, blank in _blank()))
    person.birth = row.birth
    return person


@cache
def _blank() -> list[tuple[str, Any]]:
    """The columns of a person that nobody filled in."""
    fields = Person._meta.concrete_fields
    return [(field.attname, field.get_default()) for field in fields]
