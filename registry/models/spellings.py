"""The words that records are found by: an index, derived from names whenever they are written.

It asks nothing of a database but equality, so that it answers alike on all of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.db import models
from django.db.models import F

from registry.domain import spelling
from registry.models.naming import LONGEST_WORD

BATCH = 500
# What a key ends with that leads to all words with this beginning; no word holds it.
BEGINNING = "*"
SHORTEST_BEGINNING = 2


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


class Clue(models.Model):
    """A key that leads to a word: itself, a beginning of it, or it with a letter left out.

    A clue to a word that nobody goes by any longer leads to nobody, and does no harm.
    """

    key = models.CharField(max_length=LONGEST_WORD + len(BEGINNING))
    word = models.CharField(max_length=LONGEST_WORD)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["key", "word"], name="clue_once")]

    def __str__(self) -> str:
        return f"{self.key}: {self.word}"


def clues_to(word: str) -> set[str]:
    """The keys that lead to a word."""
    beginnings = {word[:n] + BEGINNING for n in range(SHORTEST_BEGINNING, len(word))}
    # What is typed may be a letter longer.
    near = spelling.shortened_by_one(word) if spelling.forgiven(word + "x") else set()
    return {word} | beginnings | near


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
        _leave_clues({word for _record, word in new})


def _leave_clues(words: Collection[str]) -> None:
    for some in portions(sorted(words)):
        known = Clue.objects.filter(key__in=some, word=F("key")).values_list("word", flat=True)
        new = set(some).difference(known)
        Clue.objects.bulk_create(
            [Clue(key=key, word=word) for word in sorted(new) for key in sorted(clues_to(word))],
            batch_size=BATCH,
            # Somebody else may have left them a moment ago.
            ignore_conflicts=True,
        )


def portions(values: list[Any]) -> Iterator[list[Any]]:
    """Values in portions that both databases take as parameters of one query."""
    for begin in range(0, len(values), BATCH):
        yield values[begin : begin + BATCH]
