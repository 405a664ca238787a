"""The words that records are found by: an index, derived from names whenever they are written.

It asks nothing of a database but equality and the order of code points, so that it answers alike
on all of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import reduce
from operator import or_
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q

from registry.domain.spelling import halves
from registry.models.naming import LONGEST_WORD

BATCH = 500
SHORTEST_BEGINNING = 2
_LAST = "\U0010ffff"  # sorts after every letter


class Letters(models.CharField):
    """A text that is ordered by its code points, whatever the language of the database."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        # SQLite orders so by itself.
        collation = "C" if connection.vendor == "postgresql" else None
        return super().db_parameters(connection) | {"collation": collation}


class Spelling(models.Model):
    """A word that a record is found by; `kind` is the name of its model."""

    kind = models.CharField(max_length=20)
    record = models.PositiveBigIntegerField()
    word = models.CharField(max_length=LONGEST_WORD)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["kind", "word", "record"], name="spelling_once"),
        ]
        indexes = [models.Index(fields=["kind", "record"], name="spelling_by_record")]

    def __str__(self) -> str:
        return self.word


class Word(models.Model):
    """A word that some record was ever found by, forwards and backwards.

    So it is found by how it begins and by how it ends. One that nobody goes by any longer leads to
    nobody, and does no harm.
    """

    word = Letters(max_length=LONGEST_WORD)
    backwards = Letters(max_length=LONGEST_WORD)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["word"], name="word_once")]
        indexes = [models.Index(fields=["backwards"], name="word_backwards")]

    def __str__(self) -> str:
        return self.word


def words_beginning(beginnings: Iterable[str]) -> set[str]:
    """The recorded words that begin in one of these ways."""
    return _words(_begins("word", each) for each in beginnings)


def words_near(typed: Iterable[str]) -> set[str]:
    """The recorded words that may be one slip away from one of these, and all that are."""
    return _words(
        _begins("word", before) | _begins("backwards", after[::-1])
        for before, after in map(halves, typed)
    )


def _begins(column: str, beginning: str) -> Q:
    return Q(**{f"{column}__gte": beginning, f"{column}__lt": beginning + _LAST})


def _words(conditions: Iterable[Q]) -> set[str]:
    asked = reduce(or_, conditions, Q(pk__in=()))
    return set(Word.objects.filter(asked).values_list("word", flat=True))


def write(kind: str, wanted: Mapping[int, Collection[str]]) -> None:
    """Bring the words of some records to what is `wanted`, by record."""
    recorded = {
        (record, word): pk
        for pk, record, word in Spelling.objects.filter(
            kind=kind, record__in=list(wanted)
        ).values_list("pk", "record", "word")
    }
    spelled = {(record, word) for record, words in wanted.items() for word in words}
    if gone := [pk for key, pk in recorded.items() if key not in spelled]:
        Spelling.objects.filter(pk__in=gone).delete()
    if new := sorted(spelled - recorded.keys()):
        Spelling.objects.bulk_create(
            [Spelling(kind=kind, record=record, word=word) for record, word in new],
            batch_size=BATCH,
            ignore_conflicts=True,
        )
        keep({word for _record, word in new})


def keep(words: Collection[str]) -> None:
    """Record words, some of which may be recorded."""
    for some in portions(sorted(words)):
        Word.objects.bulk_create(
            [Word(word=word, backwards=word[::-1]) for word in some],
            ignore_conflicts=True,
        )


def portions(values: list[Any]) -> Iterator[list[Any]]:
    """Values in portions that both databases take as parameters of one query."""
    for begin in range(0, len(values), BATCH):
        yield values[begin : begin + BATCH]
