"""What somebody typed to find a record by its name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_, or_
from typing import Any

from django.db import models
from django.db.models import Q

from registry.domain import spelling
from registry.models.naming import MARKED, forms, words_of
from registry.models.spellings import SHORTEST_BEGINNING, Spelling, words_beginning, words_near

# Nobody is called by more words; a longer question is a text and not a name.
MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class _Word:
    """A typed word with the forms it is looked up in."""

    typed: str
    forms: frozenset[str]

    @property
    def forgiven(self) -> list[str]:
        """The forms in which a typing error is forgiven."""
        if not spelling.forgiven(self.typed):
            return []
        return [form for form in self.forms if spelling.forgiven(form)]

    @property
    def beginnings(self) -> list[str]:
        return [form for form in self.forms if len(form) >= SHORTEST_BEGINNING]


class Typed:
    """Words to look for, in any order: all of them must be found.

    A word with a hyphen may be found as one, or each of its parts. False when nothing that was
    typed is a word.
    """

    def __init__(self, text: str) -> None:
        plain = spelling.tokens(text)[:MOST_WORDS]
        marked = spelling.tokens(text.casefold().translate(MARKED))[:MOST_WORDS]
        # Each token is found in one of these ways, each of them some words.
        self.tokens: list[list[list[_Word]]] = []
        for token, other in zip(plain, marked, strict=True):
            ways = [[_word(*pair) for pair in zip(token, other, strict=True)]]
            if len(token) > 1:
                ways.append([_word("".join(token), "".join(other))])
            self.tokens.append(ways)

    def __bool__(self) -> bool:
        return bool(self.tokens)

    @property
    def words(self) -> list[_Word]:
        return [word for ways in self.tokens for way in ways for word in way]

    def exactly(self, model: type[models.Model]) -> Q:
        """Records of `model` that go by every word."""
        return self._all(lambda word: _spelled(model, Q(word__in=word.forms)))

    def nearly(self, model: type[models.Model]) -> Q:
        """Those that go by words that begin so, or are one slip of the keyboard away."""

        def spelled(word: _Word) -> Q:
            # Words and not a query for them: PostgreSQL, without statistics, looked at every pair.
            beginnings = tuple(word.beginnings)
            led_to = (each for each in self.begun if each.startswith(beginnings))
            return _spelled(model, Q(word__in={*word.forms, *self.near[word], *led_to}))

        return self._all(spelled)

    @cached_property
    def begun(self) -> set[str]:
        """The recorded words with the beginnings that were typed, in one query for all."""
        return words_beginning({each for word in self.words for each in word.beginnings})

    @cached_property
    def near(self) -> dict[_Word, frozenset[str]]:
        """The recorded words one slip away from each typed one, in one query for all."""
        forms = {form for word in self.words for form in word.forgiven}
        # A longer word is forgiven as well: what was typed may lack its last letter.
        known = {each for each in words_near(forms) if spelling.forgiven(each + "x")}
        return {
            word: frozenset(
                each for each in known if any(spelling.one_slip(each, f) for f in word.forgiven)
            )
            for word in self.words
        }

    def fits(self, texts: Iterable[str], *, nearly: bool = False) -> bool:
        """Whether every word is found in these names."""
        known = words_of(texts)

        def found(word: _Word) -> bool:
            if word.forms & known:
                return True
            return nearly and (
                bool(self.near[word] & known)
                or any(each.startswith(tuple(word.forms)) for each in known)
            )

        return all(any(all(map(found, way)) for way in ways) for ways in self.tokens)

    def _all(self, spelled: Any) -> Q:
        if not self.tokens:
            return Q(pk__in=())
        found = (
            reduce(or_, (reduce(and_, map(spelled, way)) for way in ways)) for ways in self.tokens
        )
        return reduce(and_, found)


def _word(typed: str, marked: str) -> _Word:
    return _Word(typed, forms(typed) | forms(marked))


def _spelled(model: type[models.Model], words: Q) -> Q:
    """Records of `model` that one of the words leads to, by itself or by what belongs to it."""
    found = Q(pk__in=_records(model, words))
    for name in model.spelled_by:
        relation = model._meta.get_field(name)
        theirs = relation.related_model.objects.filter(
            pk__in=_records(relation.related_model, words)
        )
        found |= Q(pk__in=theirs.values(relation.field.attname))
    return found


def _records(model: type[models.Model], words: Q) -> models.QuerySet:
    return Spelling.objects.filter(words, kind=model._meta.model_name).values("record")
