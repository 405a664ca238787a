"""How words are compared: folded, by their sound, and with one slip of the keyboard forgiven."""

from __future__ import annotations

import re
import unicodedata
from itertools import product

# From so many letters on, one typing error is forgiven; shorter words have too many neighbours.
FORGIVEN_FROM = 5

_APOSTROPHES = dict.fromkeys(map(ord, "'`´ʹʻʼʽʾʿˈ‘’‛′"))
_HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*")

# What German and English write alike and read differently: Tokajew, Jumabaev; Achmetow, Chingiz.
_READINGS = (("sch", ("sh", "zh")), ("ch", ("ch", "kh")), ("j", ("zh", "y")))
# Letters of other spellings of one sound, in the order in which they are replaced.
_SOUNDS = tuple(
    (re.compile(written), sound)
    for written, sound in (
        ("dzh|zh", "j"),
        ("shch", "sh"),
        ("[kx]h", "h"),
        ("gh", "g"),
        ("ng", "n"),
        ("tz", "ts"),
        ("ck|c(?!h)|q", "k"),
        ("x", "ks"),
        ("w", "v"),
        ("y", "i"),
        ("i[eo]", "e"),
        (r"(.)\1+", r"\1"),
    )
)


class _WithoutMarks(dict[int, int | None]):
    """A table for `str.translate` that takes combining marks away, learned letter by letter."""

    def __missing__(self, code: int) -> int | None:
        kept = None if unicodedata.combining(chr(code)) else code
        if code < 0x10000:  # what nearly all is written with; the rest could fill the memory
            self[code] = kept
        return kept


_without_marks = _WithoutMarks()


def folded(text: str) -> str:
    """A text as it is compared: no case, no accents, single spaces; scripts are kept."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join((plain if plain.isascii() else plain.translate(_without_marks)).split())


def tokens(text: str) -> list[tuple[str, ...]]:
    """The words of a text, folded, each with its parts between hyphens; apostrophes fall away.

    "Kasym-Zhomart K." is `[("kasym", "zhomart"), ("k",)]`.
    """
    # Folding opens signs such as "№", which holds a capital.
    plain = folded(text.translate(_APOSTROPHES)).translate(_HYPHENS).casefold()
    return [tuple(token.split("-")) for token in _TOKEN.findall(plain)]


def sounds(word: str, *, certain: bool = False) -> set[str]:
    """The sounds that a word in Latin letters can stand for: Mazhilis and Maschilis have one.

    A word of another script has been spelled out by us, so that its reading is `certain`.
    """
    word = word.replace("dsch", "zh").replace("tsch", "ch").replace("dj", "zh")
    readings = [word]
    if not certain:
        heard = [(written, ways) for written, ways in _READINGS if written in word]
        readings = []
        for chosen in product(*(ways for _written, ways in heard)):
            reading = word
            for (written, _ways), way in zip(heard, chosen, strict=True):
                # A mark of its own keeps the "ch" that a choice has made from being chosen again.
                reading = reading.replace(written, way.replace("ch", "\0"))
            readings.append(reading.replace("\0", "ch"))
    return {_sound(reading) for reading in readings}


def _sound(word: str) -> str:
    for written, sound in _SOUNDS:
        word = written.sub(sound, word)
    return word


def forgiven(word: str) -> bool:
    """Whether a typing error in the word is forgiven. A wrong digit makes another number."""
    return len(word) >= FORGIVEN_FROM and not any(c.isdigit() for c in word)


def halves(word: str) -> tuple[str, str]:
    """How a word begins and how it ends: any word one slip away has one of these in common.

    A slip leaves what is before it as it was, or what is after it; a swap of two letters takes
    one from each side.
    """
    middle = len(word) // 2
    return word[:middle], word[middle + 1 :]


def one_slip(word: str, other: str) -> bool:
    """Whether the words differ by a letter more, less or other, or by two that swapped places."""
    short, long = sorted((word, other), key=len)
    if len(long) - len(short) > 1:
        return False
    at = next((at for at, letter in enumerate(short) if letter != long[at]), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    swapped = short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
    return swapped or short[at + 1 :] == long[at + 1 :]
