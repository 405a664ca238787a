"""The second step: whom and what the rows speak of, found in the register or new."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rapidfuzz import fuzz, process

from registry.models import Institution, Party, Person, SeatGroup, SeatRule, Territory
from registry.models.naming import address, folded
from registry.rosters.faults import Code, Fault
from registry.rosters.matching.found import Found, Match, Seat, SomePerson
from registry.rosters.matching.order import Sitting
from registry.rosters.matching.register import Named as Known
from registry.rosters.matching.register import Persons, key_of, keys_of, parties, territories
from registry.rosters.rows import UNSTATED, Identifier, Named, PersonRow, Roster, Row


def match(roster: Roster, institution: Institution, sittings: Mapping[str, Sitting]) -> Match:
    """Find every person, party, territory and group of a file."""
    found = Match()
    persons = _Persons(roster, found)
    party_of = _Register(parties(), Party, found, found.parties)
    territory_of = _Register(territories(), Territory, found, found.territories)
    strict = (
        roster.own
        or SeatRule.objects.filter(
            group__institution=institution, seats_per_territory__isnull=False
        ).exists()
    )
    groups = list(institution.seat_groups.all())
    for row in roster.rows:
        person = persons.of(row)
        group = _group(row, institution, groups, found)
        if row.role and group is None and _sits_besides(row, roster):
            found.left_out.append(row)
            continue
        territory = None
        if row.area:
            column = "territory" if roster.own else "area"
            territory = territory_of.of(
                row, row.area, column, Code.UNKNOWN_TERRITORY if strict else None
            )
        party = None
        if row.party:
            column = "party" if roster.own else "group"
            # An address alone is a slip of the pen if it leads nowhere; a name can be recorded.
            unknown = Code.UNKNOWN_PARTY if roster.own and not row.party.names else None
            party = party_of.of(row, row.party, column, unknown)
        if person is not None:
            found.seats.append(
                Seat(row, person, sittings.get(row.convocation), group, territory, party)
            )
    sample_persons = {id(person) for person in found.persons if person.sample}
    for seat in found.seats:
        if seat.party and id(seat.person) not in sample_persons:
            seat.party.sample = False
    return found


def _sits_besides(row: Row, roster: Roster) -> bool:
    """Whether the person of an office that is no seat has a seat in the same period."""
    return any(
        other.person is row.person and not other.role and other.convocation == row.convocation
        for other in roster.rows
    )


class _Persons:
    """The persons of a file, told apart by identifiers and never by name."""

    def __init__(self, roster: Roster, found: Match) -> None:
        rows = {id(row.person): row.person for row in roster.rows}
        self.register = Persons(rows.values())
        self.roster = roster
        self.found = found
        self.by_key: dict[Identifier, SomePerson] = {}

    def of(self, row: Row) -> SomePerson | None:
        keys = keys_of(row.person)
        here = list({id(p): p for key in keys if (p := self.by_key.get(key))}.values())
        if not here:
            return self._first(row, keys)
        person = here[0]
        if len(here) > 1 or self._other(person, row.person):
            self._fault_doubled(row, keys, here)
            return person
        for key in keys:
            self.by_key[key] = person
        person.identifiers |= dict.fromkeys(row.person.identifiers)
        recorded = self.register.matching(keys)
        if recorded and recorded[0].pk != person.record.pk:
            self._fault_two(row, [person.record, *recorded])
        return person

    @staticmethod
    def _other(person: SomePerson, row: PersonRow) -> bool:
        """Whether the file itself says that these are two persons."""
        return bool(person.row.key and row.key and person.row.key != row.key)

    def _first(self, row: Row, keys: tuple[Identifier, ...]) -> SomePerson | None:
        recorded = self.register.matching(keys)
        if len(recorded) > 1:
            self._fault_two(row, recorded)
            return None
        if not keys:
            column = "id" if self.roster.layout == "everypolitician" else "identifiers"
            self.found.faults.append(Fault(Code.NO_IDENTIFIER, row.line, column))
            return None
        if not recorded and not row.person.names:
            self.found.faults.append(Fault(Code.NO_NAME, row.line, "name_en"))
        person = SomePerson(row.person, row.line)
        person.identifiers = dict.fromkeys(row.person.identifiers)
        if recorded:
            person.record = recorded[0]
            person.held = self.register.identifiers[person.record.pk]
        else:
            person.new = True
            person.record = _new_person(row.person)
        for key in keys:
            self.by_key[key] = person
        self.found.persons.append(person)
        return person

    def _fault_doubled(
        self, row: Row, keys: tuple[Identifier, ...], here: list[SomePerson]
    ) -> None:
        shared = next(key for key in keys if self.by_key.get(key) is here[-1])
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


def _new_person(row: PersonRow) -> Person:
    person = Person(
        name=dict(row.names),
        sort_name=dict(row.sort_names),
        other_names=list(row.other_names),
        gender=row.gender,
        sample=row.sample,
    )
    person.birth = row.birth
    if row.uid:
        person.uid = row.uid
    return person


class _Register:
    """Finds parties or territories, and remembers those that the file brings."""

    def __init__(self, known: Known, model: type, found: Match, brought: list[Found]) -> None:
        self.known = known
        self.model = model
        self.found = found
        self.brought = brought
        self.seen: dict[Any, Found | None] = {}
        self.records: dict[int, Found] = {}

    def of(self, row: Row, named: Named, column: str, refuse: Code | None) -> Found | None:
        """Who is named; `refuse` is the fault to report instead of bringing somebody new."""
        key = (named.slug, tuple(sorted(named.names.items())), named.identifiers, named.weak)
        if key not in self.seen:
            self.seen[key] = self._find(row, named, column, refuse)
        elif self.seen[key] is None:
            self._find(row, named, column, refuse)
        return self.seen[key]

    def _find(self, row: Row, named: Named, column: str, refuse: Code | None) -> Found | None:
        name = named.names.get(UNSTATED, "")
        value = named.slug or name
        records = self._candidates(named, name)
        if len(records) > 1:
            known = ", ".join(f"{each} ({each.slug})" for each in records)
            self._fault(Code.AMBIGUOUS, row, column, value, {"known": known})
            return None
        if records:
            return self._seen(records[0], row)
        near = self.known.near(name or named.slug)
        if refuse:
            self._fault(refuse, row, column, value, {}, near)
            return None
        record = self.model(slug=self._address(named), name=dict(named.names) or {"und": value})
        self.known.add(record, [*named.names.values()])
        brought = Found(record, row.line, new=True, near=near)
        for identifier in (*named.identifiers, *([named.weak] if named.weak else [])):
            if not self.known.by_identifier.get(identifier):
                brought.identifiers[identifier] = None
                self.known.by_identifier[identifier].append(record)
        self.brought.append(brought)
        self.records[id(record)] = brought
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

    def _seen(self, record: Any, row: Row) -> Found:
        if id(record) not in self.records:
            self.records[id(record)] = Found(record, row.line)
        return self.records[id(record)]

    def _address(self, named: Named) -> str:
        base = address({"en": named.slug} if named.slug else named.names, "x")[:70]
        slug, number = base, 2
        while slug in self.known.by_slug:
            slug, number = f"{base}-{number}", number + 1
        return slug

    def _fault(
        self, code: Code, row: Row, column: str, value: str, details: dict, near: str = ""
    ) -> None:
        self.found.faults.append(Fault(code, row.line, column, value, details, near))


def _group(
    row: Row, institution: Institution, groups: list[SeatGroup], found: Match
) -> SeatGroup | None:
    """The seat group a row names, or the inner office that its role is."""
    if row.group:
        for group in groups:
            if group.slug == row.group:
                return group
        slugs = [group.slug for group in groups]
        near = process.extractOne(row.group, slugs, scorer=fuzz.WRatio, score_cutoff=70)
        details = {"institution": str(institution), "known": ", ".join(slugs) or "–"}
        found.faults.append(
            Fault(
                Code.UNKNOWN_GROUP, row.line, "group", row.group, details, near[0] if near else ""
            )
        )
        return None
    if row.role:
        for group in groups:
            names = {folded(group.slug), *(folded(name) for name in group.name.values())}
            if folded(row.role) in names:
                return group
    return None
