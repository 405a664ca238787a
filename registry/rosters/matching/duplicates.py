"""Pairs of recorded persons that may be one: alike in name, and in birth where it is known.

Nobody is merged by this; it says whom somebody should look at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Max

from registry.models import NameDecision, Person
from registry.models.naming import forms
from registry.rosters.matching.names import name_key
from registry.rosters.matching.namesakes import REASONS, contradicts, likeness_of_keys

# Whoever shares one word only is looked at if few bear it; with two, if not everybody does.
FEW = 8
MANY = 400


class Pair(NamedTuple):
    """Two persons by number, the one recorded first first; `why` is one of `REASONS`."""

    one: int
    other: int
    why: str
    born_alike: bool


def pairs(apart: Collection[frozenset[int]], person: int | None = None) -> list[Pair]:
    """The pairs that nobody told apart, the most likely first; only those of `person`, if given."""
    newest = Person.history.aggregate(number=Max("history_id"), moment=Max("history_date"))
    others = _decided_others()
    return [
        pair
        for pair in _all_pairs(*newest.values())
        if person in (None, pair.one, pair.other)
        and frozenset((pair.one, pair.other)) not in apart
        and (pair.one, pair.other) not in others
    ]


def _decided_others() -> set[tuple[int, int]]:
    """Pairs of which a curator said, of the one's name in a file, that it is not the other."""
    decided = defaultdict(set)
    for key, same, person in NameDecision.objects.filter(person__isnull=False).values_list(
        "key", "same", "person_id"
    ):
        decided[key, same].add(person)
    return {
        (min(one, other), max(one, other))
        for (key, same), persons in decided.items()
        if same
        for one in persons
        for other in decided.get((key, False), ())
        if one != other
    }


@lru_cache(maxsize=1)
def _all_pairs(newest: int | None, moment: datetime | None) -> tuple[Pair, ...]:
    """All of them, found anew once there is a newer version of any person."""
    persons = {person.pk: person for person in _people()}
    keys = {pk: _keys(person) for pk, person in persons.items()}
    words = {
        pk: {w for key in each for w in key.split() if len(w) > 1} for pk, each in keys.items()
    }
    bearers: dict[str, list[int]] = defaultdict(list)
    for pk, each in words.items():
        for form in {form for word in each for form in forms(word)}:
            bearers[form].append(pk)
    found = []
    for pk, each in words.items():
        shared: dict[int, int] = defaultdict(int)
        rare: set[int] = set()
        for word in each:
            same = {o for form in forms(word) for o in bearers[form] if o > pk}
            if len(same) <= MANY:
                for other in same:
                    shared[other] += 1
            if len(same) <= FEW:
                rare |= same
        for other, number in shared.items():
            if number > 1 or other in rare:
                found += _pair(persons[pk], persons[other], keys)
    order = {reason: place for place, reason in enumerate(REASONS)}
    found.sort(key=lambda pair: (not pair.born_alike, order[pair.why], pair.one, pair.other))
    return tuple(found)


def _people() -> Iterator[Person]:
    columns = ("name", "sort_name", "other_names", "birth_earliest", "birth_latest", "sample")
    return Person.objects.order_by("pk").only(*columns).iterator()


def _keys(person: Person) -> set[str]:
    """The names of a person, each once whatever the order of its words."""
    names = (*person.name.values(), *person.sort_name.values(), *person.other_names)
    return {name_key(name) for name in names if name}


def _pair(one: Person, other: Person, keys: Mapping[int, set[str]]) -> Iterator[Pair]:
    if one.sample != other.sample or contradicts(one.birth, other.birth):
        return
    reasons = {likeness_of_keys(a, b) for a in keys[one.pk] for b in keys[other.pk]} - {""}
    if reasons:
        born_alike = one.birth is not None and other.birth is not None
        yield Pair(one.pk, other.pk, min(reasons, key=REASONS.index), born_alike)
