"""Recorded persons whom a name may mean: by its words, in any order, spelling and script."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from registry.domain.dates import PartialDate
from registry.domain.spelling import one_slip
from registry.models import Appointment, Person
from registry.models.naming import forms
from registry.rosters.matching.names import name_key
from registry.rosters.matching.register import batches
from registry.rosters.values import Called
from registry.templatetags.days import partial

SHOWN = 5
LOOKED_AT = 60
NEAR = 84
# Whoever bears a name that so many bear is looked for by the other words.
COMMON = 300
REASONS = ("same_name", "other_spelling", "part_of_name", "near")


class Namesakes:
    """The names of all recorded persons, invented ones apart, as keys; read when first asked."""

    def __init__(self) -> None:
        self._by_name: dict[int, list[int]] | None = None
        self._by_word: dict[str, list[int]] | None = None
        self._words: dict[str, list[str]] = {}
        self._keys: dict[int, tuple[str, ...]] = {}

    def called(self, names: Iterable[str]) -> list[int]:
        """The numbers of those who go by one of the names, its words in any order."""
        if self._by_name is None:
            self._by_name = defaultdict(list)
            for pk, spellings in _spellings():
                for key in {hash(name_key(each)) for each in spellings}:
                    self._by_name[key].append(pk)
        if not self._by_name:
            return []
        keys = {hash(name_key(name)) for name in names}
        return [pk for key in keys for pk in self._by_name.get(key, ())]

    def alike(self, name: str) -> list[int]:
        """The numbers of those whose names are like this one, who share most words first."""
        if self._by_word is None:
            self._read_words()
        hits: dict[int, int] = defaultdict(int)
        key = name_key(name)
        for word in key.split():
            if len(word) > 1:
                for pk in self._bearers(word):
                    hits[pk] += 1
        likely = sorted(hits, key=lambda pk: (-hits[pk], pk))[:LOOKED_AT]
        # By their keys, which are at hand: to fetch them all would take longer than to look.
        return [pk for pk in likely if any(likeness_of_keys(key, k) for k in self._keys[pk])]

    def _read_words(self) -> None:
        by_word: dict[str, list[int]] = defaultdict(list)
        for pk, spellings in _spellings():
            keys = self._keys[pk] = tuple({name_key(each) for each in spellings})
            words = {word for key in keys for word in key.split()}
            for form in {form for word in words for form in forms(word)}:
                by_word[form].append(pk)
        self._by_word, self._words = by_word, defaultdict(list)
        for word in by_word:
            self._words[word[0]].append(word)

    def _bearers(self, word: str) -> set[int]:
        found = {pk for form in forms(word) for pk in self._by_word.get(form, ())}
        if not found and len(word) >= SHOWN:
            # All words of a long register would be too many; few mistake the first letter.
            near = process.extract(
                word,
                self._words.get(word[0], ()),
                scorer=fuzz.ratio,
                score_cutoff=NEAR,
                limit=SHOWN,
            )
            found = {pk for each, _score, _at in near for pk in self._by_word[each]}
        return found if len(found) <= COMMON else set()


def _spellings() -> Iterator[tuple[int, set[str]]]:
    rows = Person.objects.filter(sample=False).order_by("pk")
    for pk, name, sort_name, others in rows.values_list(
        "pk", "name", "sort_name", "other_names"
    ).iterator():
        yield pk, {each for each in (*name.values(), *sort_name.values(), *others) if each}


def likeness(name: str, person: Person) -> str:
    """Why a name may be that of a person, as one of `REASONS`; empty if it cannot be."""
    key = name_key(name)
    found = [
        reason
        for each in {*person.name.values(), *person.sort_name.values(), *person.other_names}
        if each and (reason := likeness_of_keys(key, name_key(each)))
    ]
    return min(found, key=REASONS.index, default="")


@lru_cache(maxsize=10_000)
def likeness_of_keys(one: str, other: str) -> str:
    """The same for two names by their keys: each word of the shorter one is one of the longer."""
    if one == other:
        return "same_name"
    short, long = sorted((one.split(), other.split()), key=len)
    left, whole, slips = list(long), 0, 0
    for word in sorted(short, key=len, reverse=True):
        alike = next((each for each in left if forms(each) & forms(word)), None)
        if alike is None:
            alike = next((each for each in left if _initial(word, each)), None)
            if alike is None and len(word) >= SHOWN:
                alike = next((each for each in left if _slip(word, each)), None)
                slips += 1
            if alike is None:
                return ""
        else:
            whole += 1
        left.remove(alike)
    if whole == 0 and (slips == 0 or slips < len(short)):
        return ""
    if len(short) == 1 and len(long) > 1:
        return ""
    if slips:
        return "near"
    return "part_of_name" if left or whole < len(short) else "other_spelling"


def _initial(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    return len(short) == 1 and long.startswith(short)


def _slip(word: str, other: str) -> bool:
    return one_slip(word, other) or fuzz.ratio(word, other) >= NEAR


def contradicts(one: PartialDate | None, other: PartialDate | None) -> bool:
    """Whether two dates cannot be one."""
    if one is None or other is None:
        return False

    def before(a: PartialDate, b: PartialDate) -> bool:
        return bool(a.latest and b.earliest and a.latest < b.earliest)

    return before(one, other) or before(other, one)


def candidates(
    name: str, birth: PartialDate | None, persons: Iterable[Person], ruled_out: Collection[int]
) -> list[tuple[Person, str]]:
    """Those of some persons whom a name may mean, with the reason, the most likely first."""
    found = [
        (person, reason)
        for person in persons
        if person.pk not in ruled_out
        and not contradicts(birth, person.birth)
        and (reason := likeness(name, person))
    ]
    found.sort(key=lambda each: (not _agrees(birth, each[0]), REASONS.index(each[1]), each[0].pk))
    return found[:SHOWN]


def _agrees(birth: PartialDate | None, person: Person) -> bool:
    return birth is not None and person.birth == birth


def offices_of(pks: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Where persons sat and since when, which tells namesakes apart; the latest three of each."""
    found: dict[int, list[str]] = defaultdict(list)
    for some in batches(sorted(pks)):
        rows = Appointment.objects.filter(person_id__in=some).select_related("institution")
        for each in rows.order_by("-start_earliest", "pk"):
            if len(found[each.person_id]) < 3:
                start = partial(each.start) if each.start else "–"
                words = {"institution": each.institution, "start": start}
                found[each.person_id].append(_("%(institution)s from %(start)s") % words)
    return {pk: tuple(offices) for pk, offices in found.items()}


def known_as(found: Iterable[tuple[Person, str]]) -> list[Called]:
    """Some persons with what a file can name them by."""
    return [Called(person.sort_name or person.name, str(person.uid)) for person, _why in found]
