"""What the register knows already, loaded in a few queries whatever the size of the file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from functools import lru_cache
from typing import Any

from django.db.models import Model
from rapidfuzz import fuzz, process

from registry.models import Party, Person, PersonIdentifier, Territory
from registry.models.naming import folded
from registry.models.people import MERGED
from registry.rosters.matching.names import clean
from registry.rosters.reading.cells import is_uuid, uuid_of
from registry.rosters.rows import Identifier, PersonRow

BATCH = 500
ALIKE = 80
# Where the permanent id of a person stands that is recorded under another one.
OF_UIDS = ("everypolitician", MERGED)
SHORT = 5  # Abbreviations all resemble each other.


def batches(values: Iterable[Any]) -> Iterator[list[Any]]:
    """Values in portions that both databases take as parameters of one query."""
    waiting = list(values)
    for begin in range(0, len(waiting), BATCH):
        yield waiting[begin : begin + BATCH]


def keys_of(person: PersonRow) -> tuple[Identifier, ...]:
    """All that identifies a person; a UUID counts the same wherever it stands."""
    keys = {Identifier("uuid", str(person.uid)): None} if person.uid else {}
    for identifier in person.identifiers:
        keys[key_of(identifier)] = None
    return tuple(keys)


@lru_cache(maxsize=10_000)
def key_of(identifier: Identifier) -> Identifier:
    return Identifier("uuid", value.lower()) if is_uuid(value := identifier.value) else identifier


def recorded_with(persons: Iterable[PersonRow]) -> dict[Identifier, int]:
    """Which recorded person, by number, each identifier leads to that leads to one."""
    found: dict[Identifier, int] = {}
    uids: set[str] = set()
    wanted: dict[str, set[str]] = defaultdict(set)
    for row in persons:
        uids |= {key.value for key in keys_of(row) if key.scheme == "uuid"}
        if row.uid:
            for scheme in OF_UIDS:
                wanted[scheme].add(str(row.uid))
        for scheme, value in row.identifiers:
            wanted[scheme].add(value)
    for scheme, values in wanted.items():
        for some in batches(values):
            for value, pk in PersonIdentifier.objects.filter(
                scheme=scheme, value__in=some
            ).values_list("value", "person_id"):
                found[key_of(Identifier(scheme, value))] = pk
    return found | {Identifier("uuid", uid): pk for uid, pk in with_uids(uids).items()}


def with_uids(texts: Iterable[str]) -> dict[str, int]:
    """The recorded persons that some texts are the permanent ids of, by number."""
    uids = {uid for text in texts if (uid := uuid_of(text))}
    return {
        str(uid): pk
        for some in batches(uids)
        for uid, pk in Person.objects.filter(uid__in=some).values_list("uid", "pk")
    }


class Persons:
    """The recorded persons that any row may mean, by what identifies them."""

    def __init__(self, rows: Iterable[PersonRow], known: Set[int] | None = None) -> None:
        """`known` are hashes of the only keys that lead to anybody, if that was found out."""
        self.found: dict[Identifier, Person] = {}
        self.identifiers: dict[int, set[Identifier]] = defaultdict(set)
        persons = [
            row for row in rows if known is None or any(hash(key) in known for key in keys_of(row))
        ]
        self.by_pk: dict[int, Person] = {}
        recorded = recorded_with(persons)
        self.fetch(recorded.values())
        for key, pk in recorded.items():
            self.found[key] = self.by_pk[pk]
        for person in self.by_pk.values():
            self.found[Identifier("uuid", str(person.uid))] = person

    def _hold(self, pks: Iterable[int]) -> None:
        for some in batches(pks):
            for pk, scheme, value in PersonIdentifier.objects.filter(
                person_id__in=some
            ).values_list("person_id", "scheme", "value"):
                self.identifiers[pk].add(Identifier(scheme, value))

    def fetch(self, pks: Iterable[int]) -> None:
        """Know the persons with these numbers too."""
        missing = set(pks) - self.by_pk.keys()
        for some in batches(sorted(missing)):
            self.by_pk |= Person.objects.in_bulk(some)
        self._hold(sorted(missing))

    def matching(self, keys: Iterable[Identifier]) -> list[Person]:
        """The different persons that the keys lead to."""
        return list(
            {self.found[key].pk: self.found[key] for key in keys if key in self.found}.values()
        )


class Named:
    """Parties or territories, by address, identifier and folded name."""

    def __init__(self, rows: Iterable[tuple[Model, Iterable[str], Iterable[str]]]) -> None:
        """`rows` are records, each with the names it goes by now and those it had."""
        self.by_slug: dict[str, Any] = {}
        self.by_identifier: dict[Identifier, list[Any]] = defaultdict(list)
        self.by_name: dict[str, list[Any]] = defaultdict(list)
        self.by_former_name: dict[str, list[Any]] = defaultdict(list)
        self.spelling: dict[str, str] = {}
        for record, names, former in rows:
            self.add(record, names, former)

    def add(self, record: Any, names: Iterable[str], former: Iterable[str] = ()) -> None:
        self.by_slug[record.slug] = record
        for held, index in ((names, self.by_name), (former, self.by_former_name)):
            for name in held:
                key = folded(clean(name))
                if key and record not in index[key]:
                    index[key].append(record)
                    self.spelling.setdefault(key, name)

    def identify(self, record: Any, scheme: str, value: str) -> None:
        self.by_identifier[Identifier(scheme, value)].append(record)

    def called(self, name: str) -> list[Any]:
        """Those that go by a name now, else those that once did."""
        key = folded(clean(name))
        return self.by_name.get(key, []) or self.by_former_name.get(key, [])

    def nearest(self, name: str, limit: int = 5) -> list[tuple[Any, str, int]]:
        """The records with the names most like this one, and how alike those are (to 100)."""
        if len(name) < SHORT:
            return []
        found: dict[int, tuple[Any, str, int]] = {}
        for key, score, _at in process.extract(
            folded(clean(name)), list(self.spelling), scorer=fuzz.ratio, limit=3 * limit
        ):
            for record in (*self.by_name.get(key, ()), *self.by_former_name.get(key, ())):
                found.setdefault(id(record), (record, self.spelling[key], round(score)))
        return list(found.values())[:limit]


def parties() -> Named:
    found = list(Party.objects.prefetch_related("identifiers"))
    named = Named(
        (each, [*each.name.values(), each.abbreviation, *each.other_names], ()) for each in found
    )
    for each in found:
        for held in each.identifiers.all():
            named.identify(each, held.scheme, held.value)
    return named


def territories() -> Named:
    found = list(Territory.objects.prefetch_related("identifiers", "statuses"))
    named = Named(
        (
            each,
            each.name.values(),
            [name for status in each.statuses.all() for name in status.name.values()],
        )
        for each in found
    )
    for each in found:
        for held in each.identifiers.all():
            named.identify(each, held.scheme, held.value)
    return named
