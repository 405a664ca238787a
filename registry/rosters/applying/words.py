"""The words that new records are found by, written many at a time."""

from __future__ import annotations

from collections.abc import Sequence

from registry.models.naming import texts_of, words_of
from registry.models.spelled import Spelled
from registry.models.spellings import Spelling, Word
from registry.rosters.applying.writer import Writer


def spell_new(
    writer: Writer, model: type[Spelled], rows: Sequence[Spelled], known: set[str]
) -> None:
    """Keep the words of records that are new, so that nothing is recorded of them yet.

    `known` are words that were kept a moment ago; those of these records come to them.
    """
    kind = model._meta.model_name
    words = [(word, row.pk) for row in rows for word in words_of(texts_of(row, row.spelled_in))]
    # In the order of the index, which then grows from its one end to its other.
    words.sort()
    columns = ("kind", "record", "word")
    writer.insert(Spelling, columns, ((kind, pk, word) for word, pk in words))
    new = sorted({word for word, _pk in words} - known)
    known.update(new)
    if new:
        writer.add(Word, ("word", "backwards"), [(word, word[::-1]) for word in new])
