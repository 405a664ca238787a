"""Keys made from names: for sorting, for searching and for addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from anyascii import anyascii
from django.utils.text import slugify

from registry.domain import spelling
from registry.domain.spelling import folded

# Kazakh letters as Russian spelling writes them: Асқар and Аскар are one name.
_RUSSIAN = str.maketrans("әғқңөұүһіӘҒҚҢӨҰҮҺІ", "агкноуухиАГКНОУУХИ")
# Latin letters whose mark is a sound of its own.
MARKED = str.maketrans({"š": "sh", "ş": "sh", "č": "ch", "ç": "ch", "ž": "zh"})
# A longer word is found by its beginning.
LONGEST_WORD = 40


def latin(text: str) -> str:
    """A text in ASCII letters, so that Әбенов, Абенов and Abenov are found by each other."""
    return folded(_ascii(text.translate(_RUSSIAN)))


def _ascii(text: str) -> str:
    """`anyascii`, which takes letter by letter: a name is made of words that come again."""
    return " ".join(map(_ascii_word, text.split(" ")))


_ascii_word = lru_cache(maxsize=50_000)(anyascii)


def search_key(texts: Iterable[str]) -> str:
    """All spellings of a name, folded: in their own script and in Latin letters of two kinds."""
    spellings: dict[str, None] = {}
    for text in texts:
        words = [_spellings(word) for word in text.split()]
        for way in range(3):
            spellings[" ".join([word[way] for word in words if word[way]])] = None
    return " | ".join(spelling for spelling in spellings if spelling)


@lru_cache(maxsize=50_000)
def _spellings(word: str) -> tuple[str, str, str]:
    return folded(word), latin(word), folded(_ascii_word(word))


def texts_of(row: Any, names: Iterable[str]) -> Iterator[str]:
    """The texts in the attributes `names` of a record: one, a list, or one for each language."""
    for name in names:
        match getattr(row, name):
            case str() as text:
                yield text
            case dict() as texts:
                yield from texts.values()
            case list() as texts:
                yield from texts


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """Every word that finds a record with these names, in each form of it.

    A name with a hyphen is found by its parts, and written as one.
    """
    return frozenset().union(*(_words(part) for text in texts for part in text.split()))


@lru_cache(maxsize=50_000)
def _words(part: str) -> frozenset[str]:
    """The words of a part of a name that has no spaces; most come again in other names."""
    tokens = _tokens(part)
    words = {word for token in tokens for word in (*token, "".join(token))}
    return frozenset().union(*map(forms, words))


def _tokens(text: str) -> list[tuple[str, ...]]:
    """The words of a text, and once more with the marks that are sounds, if it has such."""
    plain = text.casefold()
    # Folding would take the mark that is a sound.
    marked = plain.translate(MARKED)
    found = spelling.tokens(text)
    return found if marked == plain else found + spelling.tokens(marked)


@lru_cache(maxsize=50_000)
def forms(word: str) -> frozenset[str]:
    """A folded word as it is compared: as written, in Latin letters, and by its sound."""
    plain = "".join(c for c in latin(word) if c.isalnum())
    heard = spelling.sounds(plain, certain=not word.isascii())
    return frozenset(form[:LONGEST_WORD] for form in {word, plain, *heard} if form)


@lru_cache(maxsize=50_000)
def _slug(word: str) -> str:
    return slugify(_ascii_word(word))


def address(texts: Mapping[str, str], fallback: str = "x") -> str:
    """An ASCII slug from the first name there is, English first."""
    for code in ("en", "und", *texts):
        if texts.get(code) and (slug := "-".join(filter(None, map(_slug, texts[code].split())))):
            return slug[:80].strip("-")
    return fallback
