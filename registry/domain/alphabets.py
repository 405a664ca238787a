"""The order of names in the alphabet of a language, as keys that any database sorts alike."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_KAZAKH = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
# The order that readers of other languages find: Kazakh letters beside those they resemble.
_CYRILLIC = "аәбвгғдежзиійкқлмнңоөпрстуүұфхһцчшщъыьэюя"
_RUSSIAN = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
_ALPHABETS = {
    "kk": (_KAZAKH, _LATIN),
    "ru": (_CYRILLIC, _LATIN),
    "en": (_LATIN, _CYRILLIC),
    "de": (_LATIN, _CYRILLIC),
}
# A family name ends before any letter; then come spaces, then digits.
_FIRST = {",": 1, " ": 2, "-": 2} | {digit: 16 + int(digit) for digit in "0123456789"}
_SPACE = "02"
_LETTERS_FROM = 32
_OTHER = "ff"


def letters(language: str) -> str:
    """The letters that names can begin with in a list for readers of the language."""
    return {"kk": _KAZAKH, "ru": _RUSSIAN}.get(language, _LATIN).upper()


def sort_key(text: str, language: str) -> str:
    """Where a name stands in the alphabet of a language.

    Two hexadecimal digits for each letter, because every collation of every database has these
    in the same order. Accents decide between names that are otherwise equal, case never.
    """
    alphabets = _ALPHABETS.get(language, _ALPHABETS["en"])
    try:
        return _SPACE.join([_word_key(word, alphabets) for word in text.split(" ")])
    except KeyError:
        return _marked_key(_plain(text), alphabets)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text.casefold())


# A name is made of words that come again, for readers of all languages at once.
@lru_cache(maxsize=50_000)
def _word_key(word: str, alphabets: tuple[str, str]) -> str:
    """The key of a word that has letters of the alphabets alone, else `KeyError`."""
    digits = _digits(alphabets)
    return "".join([digits[letter] for letter in _plain(word)])


def _marked_key(plain: str, alphabets: tuple[str, str]) -> str:
    """The key of a name with accents, signs, or letters of other scripts."""
    ranks = _ranks(alphabets)
    key, marks = [], []
    for letter in plain:
        rank = ranks.get(letter)
        marked = rank is None
        if rank is None:
            letter = unicodedata.normalize("NFKD", letter)[0]
            rank = ranks.get(letter)
        if rank is not None:
            key.append(f"{rank:02x}")
            marks.append("1" if marked else "0")
        elif letter.isalnum():
            # A script that nobody here sorts stands last, by its code.
            key.append(f"{_OTHER}{ord(letter):06x}")
    return "".join(key) + ("00" + "".join(marks) if "1" in marks else "")


def initial(text: str, language: str) -> str:
    """The part of a key that its first letter makes, "" without one."""
    return sort_key(text.lstrip()[:1], language)[:2]


@lru_cache
def _digits(alphabets: tuple[str, str]) -> dict[str, str]:
    return {letter: f"{rank:02x}" for letter, rank in _ranks(alphabets).items()}


@lru_cache
def _ranks(alphabets: tuple[str, str]) -> dict[str, int]:
    return _FIRST | {
        letter: rank for rank, letter in enumerate("".join(alphabets), start=_LETTERS_FROM)
    }
