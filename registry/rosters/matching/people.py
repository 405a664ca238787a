"""The persons of some rows: told apart by identifiers, and without them by name and birth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable

from registry.models import Person
from registry.rosters.faults import Code, Fault
from registry.rosters.matching.found import Match, SomePerson
from registry.rosters.matching.names import clean, meant
from registry.rosters.matching.namesakes import (
    Namesakes,
    candidate,
    candidates,
    contradicts,
    offices_of,
)
from registry.rosters.matching.pieces import key_of_name, name_of
from registry.rosters.matching.questions import LEAVE_OUT, NEW, Answers, Question
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
        known: Container[int] | None = None,
    ) -> None:
        self.roster = roster
        self.answers = answers
        self.namesakes = namesakes
        self.found = found
        self.register = Persons((row.person for row in rows), known)
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
                found.faults.append(Fault(Code.NO_NAME, row.line, self._name_column))
        some = [person for person in found.persons if person.new and not person.sample]
        self._with_namesakes(some)
        self._without_identifiers(nameless)

    def of(self, row: Row) -> SomePerson | None:
        return self._of_line.get(row.line)

    @property
    def _name_column(self) -> str:
        return "name_en" if self.roster.own else "name"

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
            self._first(row, keys, recorded)
            return
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

    def _first(self, row: Row, keys: tuple[Identifier, ...], recorded: list[Person]) -> None:
        if not recorded and not row.person.names:
            self.found.faults.append(Fault(Code.NO_NAME, row.line, self._name_column))
            return
        person = self._somebody(row.person, row.line, recorded[0] if recorded else None)
        for key in keys:
            self._by_key[key] = person
        self._of_line[row.line] = person

    def _somebody(self, row: PersonRow, line: int, record: Person | None) -> SomePerson:
        """A person of the file: a recorded one, or a new one."""
        if record is None:
            person = SomePerson(row, line, _new_person(row, as_written=self.roster.own), new=True)
        else:
            person = SomePerson(row, line, record)
            self._becomes(person, record)
        person.identifiers = dict.fromkeys(row.identifiers)
        self.found.persons.append(person)
        return person

    def _becomes(self, person: SomePerson, record: Person) -> None:
        person.record, person.new = record, False
        person.held = self.register.identifiers[record.pk]
        self._by_record[record.pk] = person

    def _with_namesakes(self, persons: list[SomePerson]) -> None:
        """Ask whether somebody new by identifier is a recorded person of the same name."""
        called = {}
        for person in persons:
            names = (*person.row.names.values(), *person.row.sort_names.values())
            if pks := self.namesakes.called(names):
                called[id(person)] = pks
        if not called:
            return
        self.register.fetch(pk for pks in called.values() for pk in pks)
        asked = []
        for person in persons:
            key = key_of_name(person.row)
            records = [
                record
                for pk in dict.fromkeys(called.get(id(person), ()))
                if (record := self.register.by_pk.get(pk))
                and not contradicts(person.row.birth, record.birth)
            ]
            if records:
                person.similar = True
                records = [e for e in records if e.pk not in self.answers.others("person", key)]
                asked.append((person, key, [(record, "same_name") for record in records]))
        offices = offices_of({record.pk for *_, found in asked for record, _why in found})
        for person, key, found in asked:
            if not found:
                continue
            question = self._question(person.row, key, found, offices, default=NEW)
            question = self.answers.ask(question, person.line)
            fault = Fault(
                Code.NAMESAKE,
                person.line,
                self._name_column,
                question.name,
                {"known": _known(found)},
            )
            record = self._answered(question)
            if record and record.pk not in self._by_record:
                self._becomes(person, record)
            elif question.answer == NEW:
                person.decisions += [
                    each
                    for other, _why in found
                    for each in self.answers.remember("person", key, other, same=False)
                ]
            else:
                self.found.remarks[person.line].append(fault)

    def _without_identifiers(self, nameless: dict[str, list[Row]]) -> None:
        if not nameless:
            return
        named: dict[str, list[SomePerson]] = {}
        for person in self.found.persons:
            named.setdefault(name_of(person.row), []).append(person)
        groups: list[list[Row]] = []
        for called, rows in nameless.items():
            for group in self._by_birth(rows):
                birth = next((row.person.birth for row in group if row.person.birth), None)
                same = [
                    person
                    for person in named.get(called, ())
                    if not contradicts(birth, person.row.birth)
                ]
                if len(same) == 1:
                    self._is(same[0], group)
                    self._remark_same_name(group, same[0].line)
                else:
                    groups.append(group)
        self._decide(groups)

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
                value = next(iter(row.person.names.values()), "")
                self.found.faults.append(
                    Fault(Code.WHICH_OF_THEM, row.line, self._name_column, value)
                )
            return groups
        if not unstated:
            return groups
        group = sorted([*unstated, *(groups[0] if groups else [])], key=lambda row: row.line)
        self._remark_same_name(group[1:], group[0].line)
        return [group]

    def _remark_same_name(self, rows: Iterable[Row], first: int) -> None:
        for row in rows:
            value = next(iter(row.person.names.values()), "")
            self.found.remarks[row.line].append(
                Fault(Code.SAME_NAME, row.line, self._name_column, value, {"first": first})
            )

    def _is(self, person: SomePerson, rows: list[Row]) -> None:
        for row in rows:
            self._of_line[row.line] = person

    def _decide(self, groups: list[list[Row]]) -> None:
        """Whose the rows of each group are, by what is decided, or new, or to be asked."""
        decided: dict[str, Person | str] = {}
        waiting: dict[str, tuple[PersonRow, list[int]]] = {}
        given = self.answers.given
        pks = with_uids(given.get(f"person:{_key(group)}", "") for group in groups)
        remembered = {_key(group): self._remembered(_row(group)) for group in groups}
        self.register.fetch({*pks.values(), *(pk for pk in remembered.values() if pk)})
        for group in groups:
            key, row = _key(group), _row(group)
            answer = given.get(f"person:{key}", "")
            if answer in (NEW, LEAVE_OUT):
                decided[key] = answer
            elif pk := pks.get(answer) or remembered[key]:
                decided[key] = self.register.by_pk[pk]
            if key not in decided or answer:
                name = next(iter((row.names or row.sort_names).values()))
                near = dict.fromkeys((*self.namesakes.called([name]), *self.namesakes.alike(name)))
                waiting[key] = (row, list(near))
        self.register.fetch(pk for _row_of, near in waiting.values() for pk in near)
        likely = {
            key: candidates(
                next(iter((row.names or row.sort_names).values())),
                row.birth,
                [self.register.by_pk[pk] for pk in near if pk in self.register.by_pk],
                self.answers.others("person", key) if not given.get(f"person:{key}") else (),
            )
            for key, (row, near) in waiting.items()
        }
        offices = offices_of({person.pk for found in likely.values() for person, _why in found})
        for group in groups:
            key, row = _key(group), _row(group)
            found = likely.get(key, [])
            if found:
                question = self._question(row, key, found, offices)
                for each in group:
                    question = self.answers.ask(question, each.line)
                question.answer = given.get(question.key, "") if key in decided else ""
            self._settle(group, key, decided.get(key), found)

    def _settle(
        self,
        group: list[Row],
        key: str,
        answer: Person | str | None,
        found: list[tuple[Person, str]],
    ) -> None:
        row = _row(group)
        name = next(iter((row.names or row.sort_names).values()))
        if answer == LEAVE_OUT:
            for each in group:
                self.found.left_out[each.line].append(
                    Fault(Code.LEFT_OUT_BY_ANSWER, each.line, self._name_column, name)
                )
            return
        if answer is None and found:
            self.found.maybe.append({person.pk for person, _why in found})
            details = {"known": _known(found)}
            for each in group:
                self.found.unclear[each.line].append(
                    Fault(Code.WHO_IS_IT, each.line, self._name_column, name, details)
                )
            return
        if isinstance(answer, Person) and answer.pk in self._by_record:
            person = self._by_record[answer.pk]
        else:
            record = answer if isinstance(answer, Person) else None
            person = self._somebody(row, group[0].line, record)
        person.decisions += self.answers.remember("person", key, person.record, same=True)
        if answer == NEW:
            for other, _why in found:
                person.decisions += self.answers.remember("person", key, other, same=False)
        self._is(person, group)

    def _remembered(self, row: PersonRow) -> int | None:
        return self.answers.same("person", key_of_name(row)) or self.answers.same(
            "person", name_of(row)
        )

    def _question(
        self,
        row: PersonRow,
        key: str,
        found: list[tuple[Person, str]],
        offices: dict[int, tuple[str, ...]],
        default: str = "",
    ) -> Question:
        return Question(
            key=f"person:{key}",
            kind="person",
            name=next(iter((row.names or row.sort_names).values()), ""),
            candidates=tuple(candidate(person, why, offices) for person, why in found),
            default=default,
            born=str(row.birth or ""),
        )

    def _answered(self, question: Question) -> Person | None:
        """The recorded person that a question was answered with."""
        answer = self.answers.given.get(question.key, "")
        if answer == NEW:
            question.answer = NEW
        pk = with_uids([answer]).get(answer) if answer else None
        if pk is None:
            return None
        question.answer = answer
        self.register.fetch([pk])
        return self.register.by_pk[pk]

    def _fault_doubled(
        self, row: Row, keys: tuple[Identifier, ...], here: list[SomePerson]
    ) -> None:
        shared = next(key for key in keys if self._by_key.get(key) is here[-1])
        written = next((i for i in row.person.identifiers if key_of(i) == shared), shared)
        self.found.faults.append(
            Fault(
                Code.DOUBLED_IDENTIFIER,
                row.line,
                "wikidata" if written.scheme == "wikidata" else "identifiers",
                str(written),
                {"first": here[-1].line},
            )
        )

    def _fault_two(self, row: Row, recorded: list[Person]) -> None:
        known = ", ".join(f"{each.listed_name} ({each.uid})" for each in recorded)
        value = " ".join(str(each) for each in row.person.identifiers)
        self.found.faults.append(
            Fault(Code.TWO_PERSONS, row.line, "identifiers", value, {"known": known})
        )


def _told_apart(person: SomePerson, row: PersonRow) -> bool:
    """Whether the file itself says that these are two persons."""
    return bool(person.row.key and row.key and person.row.key != row.key)


def _row(group: list[Row]) -> PersonRow:
    """The row that says most of a person."""
    return next((row.person for row in group if row.person.birth), group[0].person)


def _key(group: list[Row]) -> str:
    return key_of_name(_row(group))


def _known(found: list[tuple[Person, str]]) -> str:
    return ", ".join(f"{person.listed_name} ({person.uid})" for person, _why in found)


def _new_person(row: PersonRow, *, as_written: bool) -> Person:
    def read(name: str) -> str:
        return name if as_written else clean(name)

    person = Person(
        name={code: read(name) for code, name in row.names.items()},
        sort_name={code: read(name) for code, name in row.sort_names.items()},
        other_names=list(row.other_names),
        gender=row.gender,
        sample=row.sample,
    )
    person.birth = row.birth
    if row.uid:
        person.uid = row.uid
    return person
