"""A spelling to try, for a search that finds nothing."""

from __future__ import annotations

from rapidfuzz import fuzz, process

from registry.models.naming import texts_of, words_of
from registry.models.spelled import Spelled
from registry.models.spellings import Spelling, words_beginning, words_near
from registry.models.typed import Typed

# A shorter word resembles too many.
SHORTEST = 4
# The length of the beginning that a spelling shares with what was typed, and how alike they are.
SHARED = 3
ALIKE = 66


def nearest(typed: Typed) -> str:
    """A recorded name that holds the word most like one of those that were typed, or ""."""
    best, score = "", 0.0
    for word in typed.words:
        if len(word.typed) < SHORTEST or word.typed.isdigit():
            continue
        known = words_beginning({form[:SHARED] for form in word.forms if len(form) >= SHARED})
        known |= words_near({form for form in word.forms if len(form) >= SHORTEST})
        for form in word.forms:
            found = process.extractOne(form, known, scorer=fuzz.ratio, score_cutoff=ALIKE)
            if found and found[1] > score:
                best, score = found[0], found[1]
    return _as_recorded(best) if best else ""


def _as_recorded(word: str) -> str:
    """A word as a record spells it, with its capitals and in its own script."""
    kinds = {model._meta.model_name: model for model in Spelled.__subclasses__()}
    for kind, record in Spelling.objects.filter(word=word).values_list("kind", "record")[:1]:
        row = kinds[kind]._default_manager.filter(pk=record).first()
        for text in texts_of(row, row.spelled_in) if row else ():
            for token in text.replace(",", " ").split():
                if word in words_of([token]):
                    return token
    return ""
