"""How names of files are compared: whatever the keyboard, the order and the spaces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from unicodedata import is_normalized

from registry.domain.spelling import tokens
from registry.rosters.reading.cells import tidy

# Letters that look alike in the Latin and the Cyrillic alphabet.
_PAIRS = dict(zip("aceopxyihkABCEHKMOPTXYI", "асеорхуіһкАВСЕНКМОРТХУІ", strict=True))
_CYRILLIC = {ord(latin): cyrillic for latin, cyrillic in _PAIRS.items()}
_LATIN = {ord(cyrillic): latin for latin, cyrillic in _PAIRS.items()}
# Digits that stand in a word for the letter beside them on the keyboard or on the page.
_DIGITS_CYRILLIC = {"0": "о", "3": "з", "6": "б"}
_DIGITS_LATIN = {"0": "o", "1": "l", "5": "s"}

_DIGIT = re.compile(r"(?<=[^\W\d_])[01356](?=[^\W\d_])|\b[036](?=[^\W\d_]{2})")
_SUSPECT = re.compile(rf"[A-Za-z]|{_DIGIT.pattern}")
_ONLY_CYRILLIC = re.compile(rf"(?![{''.join(_PAIRS.values())}])[\u0400-\u052f]")
_ONLY_LATIN = re.compile(rf"(?![{''.join(_PAIRS)}])[A-Za-z\u00c0-\u024f]")
_GLUED = re.compile(r"(?<=[а-яёәғқңөұүһіў])(?=[А-ЯЁӘҒҚҢӨҰҮҺІЎ][а-яёәғқңөұүһі])")
_LOOSE = re.compile(r"\s\s|\A\s|\s\Z")
_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=10_000)
def clean(name: str) -> str:
    """A name as it was meant: each word in the letters of one alphabet, and no two words in one.

    >>> clean("Ивaнов ИванПетрович") == "Иванов Иван Петрович"  # the "a" is a Latin one
    True
    """
    if name.isascii():
        return name
    name = _GLUED.sub(" ", name)
    if not _SUSPECT.search(name):
        return name
    cyrillic = _script(name) == "cyrillic"
    return _WORD.sub(lambda word: _in_one_script(word.group(), cyrillic), name)


def _script(text: str) -> str:
    """The alphabet that a text is certainly in, by the letters that only one of them has."""
    cyrillic, latin = _ONLY_CYRILLIC.search(text), _ONLY_LATIN.search(text)
    if cyrillic and latin:
        return "both"
    return "cyrillic" if cyrillic else "latin" if latin else ""


def _in_one_script(word: str, cyrillic_name: bool) -> str:
    script = _script(word)
    if not script and len(word) > 1 and not word.isdigit() and cyrillic_name:
        script = "cyrillic"
    if script == "cyrillic":
        return _DIGIT.sub(lambda digit: _digit(digit, _DIGITS_CYRILLIC), word.translate(_CYRILLIC))
    if script == "latin" and not word.isascii():
        return _DIGIT.sub(lambda digit: _digit(digit, _DIGITS_LATIN), word.translate(_LATIN))
    return word


def _digit(found: re.Match[str], letters: dict[str, str]) -> str:
    letter = letters.get(found.group(), found.group())
    return letter.upper() if found.start() == 0 else letter


@lru_cache(maxsize=10_000)
def name_key(name: str) -> str:
    """What two ways to write a name have in common: its words, in no order.

    >>> name_key("Абенова, Динара") == name_key("динара  АБЕНОВА")
    True
    """
    return " ".join(sorted("-".join(token) for token in tokens(clean(name))))


def meant(names: Iterable[str], cells: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The names that are not written as they are meant: the cell, and what is read of it."""
    names = list(names)
    for name in names:
        if (read := clean(name)) != name:
            yield name, read
    cells = list(filter(None, cells))
    # Nearly all rows are tidy, which is seen sooner of all cells than of each.
    together = "\n".join(cells)
    if _LOOSE.search(together) or not (together.isascii() or is_normalized("NFC", together)):
        for cell in cells:
            if (read := tidy(cell)) != cell and read in names:
                yield cell, read
