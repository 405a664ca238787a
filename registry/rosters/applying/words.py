"""The words that new records are found by, written many at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from registry.models.naming import texts_of, words_of
from registry.models.spelled import Spelled
from registry.models.spellings import Clue, Spelling, clues_to
from registry.rosters.applying.writer import Writer


def spell_new(writer: Writer, model: type[Spelled], rows: Sequence[Spelled]) -> None:
    """Keep the words of records that are new, so that nothing is recorded of them yet."""
    kind = model._meta.model_name
    words = {row.pk: words_of(texts_of(row, row.spelled_in)) for row in rows}
    writer.insert(
        Spelling,
        ("kind", "record", "word"),
        ((kind, pk, word) for pk, each in words.items() for word in sorted(each)),
    )
    _leave_clues(writer, set(chain.from_iterable(words.values())))


def _leave_clues(writer: Writer, words: Iterable[str]) -> None:
    """Leave clues to the words that have none; each leads to itself, if it was ever left."""
    wanted = sorted(words)
    condition, parameters = writer.among("key", wanted)
    known = writer.read(
        f"SELECT word FROM {Clue._meta.db_table} WHERE {condition} AND word = key", parameters
    )
    new = set(wanted).difference(word for (word,) in known)
    if clues := [(key, word) for word in sorted(new) for key in sorted(clues_to(word))]:
        writer.add(Clue, ("key", "word"), clues)
