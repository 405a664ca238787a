"""The words that new records are found by, written many at a time."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from registry.models.naming import texts_of, words_of
from registry.models.spelled import Spelled
from registry.models.spellings import Spelling, Word
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
    new = sorted(set(chain.from_iterable(words.values())))
    writer.add(Word, ("word", "backwards"), [(word, word[::-1]) for word in new])
