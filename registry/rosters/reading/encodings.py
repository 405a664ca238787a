"""Which encoding a file is in: three are known by their marks or their rules, no other is guessed.

Any other must be chosen by somebody who has seen lines of the file read by each that it may be
(`sightings`). A choice is held against the others all the same (`misread`): the Kazakh letters
of KZ-1048 are Serbian and Ukrainian ones in Windows-1251, and no byte says which are meant.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# UTF-32 begins like UTF-16 with a NUL behind, and nobody saves rosters in it.
UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)

# What lists of names come in where UTF-8 is not used, with the name that people know.
PLAUSIBLE = {
    "windows-1251": "Windows-1251",
    "kz1048": "KZ-1048",
    "koi8-r": "KOI8-R",
    "cp866": "DOS (CP866)",
    "mac-cyrillic": "Mac Cyrillic",
    "windows-1252": "Windows-1252",
}
WIDE = {"utf-16-le": "UTF-16 LE", "utf-16-be": "UTF-16 BE"}
# A choice of one of these is held against the plausible ones.
_HELD_AGAINST_OTHERS = {
    codecs.lookup(each).name for each in (*PLAUSIBLE, "latin-1", "iso8859-15", "iso8859-5")
}
LABELS = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", **PLAUSIBLE, **WIDE}
_LABEL_OF = {codecs.lookup(name).name: label for name, label in LABELS.items()}

SAMPLED = 2_000_000  # bytes of the file in which lines are looked for that tell
WORDS = 20_000  # different words by which encodings are compared
LINES = 3
WIDTH = 120
_BELOW_TITLES = 10

_OURS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі"
_CYRILLIC = re.compile(f"[{_OURS}{_OURS.upper()}]+")
_LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿŒœŠšŽžŸ]+")
_BETWEEN_WORDS = re.compile(r"[\s'«»“”„‘’–—]+")
_AROUND_WORDS = "№…•°§"
# A word in whatever encoding of one byte a letter: it holds a byte outside ASCII. A search begins
# where a word does and goes back over nothing: a file may be one letter, millions of times.
_WORD = re.compile(rb"(?<![A-Za-z'\x80-\xff])[A-Za-z']{0,40}+[\x80-\xff][A-Za-z'\x80-\xff]{0,80}")
# Letters that Kazakh lists hardly do without, and the alphabet of those that look like them.
TELLING_KAZAKH = re.compile("[қәңһұ]", re.IGNORECASE)
_UKRAINIAN = re.compile(f"[{_OURS}їєґў]+", re.IGNORECASE)


class Sighting(NamedTuple):
    """How lines of a file read by an encoding."""

    encoding: str
    label: str
    lines: tuple[str, ...]


class Misreading(NamedTuple):
    """A word that another encoding reads as a better one."""

    line: int
    word: str
    encoding: str
    better: str


def label_of(encoding: str) -> str:
    """What people call an encoding, whichever of its names is given."""
    try:
        return _LABEL_OF.get(codecs.lookup(encoding).name, encoding)
    except LookupError:
        return encoding


def marked(data: bytes) -> str:
    """The encoding that the file itself states; empty if it states none."""
    if data.startswith(UTF32):
        return ""
    return next((encoding for mark, encoding in MARKS.items() if data.startswith(mark)), "")


def sightings(data: bytes) -> list[Sighting]:
    """How the file reads by each encoding that it may be in, the likeliest first.

    Shown are lines with letters outside ASCII, those first by which the encodings differ most.
    """
    if b"\0" in data[:1000]:
        return _wide_sightings(data)
    lines = _telling_lines(data)
    words = _some_words(data)
    found: list[tuple[int, Sighting]] = []
    for encoding, label in PLAUSIBLE.items():
        try:
            shown = tuple(line.decode(encoding)[:WIDTH] for line in lines)
        except UnicodeDecodeError:
            continue
        found.append((_number_well(words, encoding), Sighting(encoding, label, shown)))
    # The sort is stable: what reads the same stays in the order of use.
    return [sighting for _well, sighting in sorted(found, key=lambda each: -each[0])]


def _some_words(data: bytes) -> set[bytes]:
    words: set[bytes] = set()
    for found in _WORD.finditer(data):
        words.add(found[0])
        if len(words) >= WORDS:
            break
    return words


def _number_well(words: set[bytes], encoding: str) -> int:
    return sum(reads_well(_decoded(word, encoding)) for word in words)


def _wide_sightings(data: bytes) -> list[Sighting]:
    found = []
    for encoding, label in WIDE.items():
        try:
            text = data[: SAMPLED // 2 * 2].decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and re.search("[\r\n,;\t]", text):
            lines = [line[:WIDTH] for line in text.splitlines() if line.strip()]
            found.append(Sighting(encoding, label, tuple(lines[:LINES])))
    return found


def _telling_lines(data: bytes) -> list[bytes]:
    """Lines with bytes outside ASCII; those first in which Windows-1251 and KZ-1048 differ."""
    some: list[bytes] = []
    differing: list[bytes] = []
    for line in data[:SAMPLED].splitlines():
        if len(differing) >= _BELOW_TITLES:
            break
        if line.isascii():
            continue
        differs = _decoded(line, "windows-1251") != _decoded(line, "kz1048")
        held = differing if differs else some
        if len(held) < _BELOW_TITLES:
            held.append(line)
    # At the top stand titles and the names of columns; further down, those of people.
    return (differing[-LINES:] + some[-LINES:])[:LINES]


def _decoded(word: bytes, encoding: str) -> str:
    return word.decode(encoding, "replace")


def reads_well(text: str) -> bool:
    """Whether letters outside ASCII are such as a Russian, Kazakh, German or French list has.

    Each word is of one alphabet, with capitals at the beginning, throughout or nowhere.
    """
    words = (word.strip(_AROUND_WORDS) for word in _BETWEEN_WORDS.split(text))
    return all(_is_a_word(word) for word in words if not word.isascii())


def _is_a_word(word: str) -> bool:
    if not (word.islower() or word.isupper() or word[1:].islower()):
        return False
    # Cyrillic bytes are accented Latin letters as well, one after the other.
    accented = sum(1 for c in word if c > "\x7f")
    return bool(_CYRILLIC.fullmatch(word) or (_LATIN.fullmatch(word) and 2 * accented <= len(word)))


def misread(data: bytes, chosen: str) -> Misreading | None:
    """The first word that shows that another encoding was meant than the one chosen.

    That is so if no word reads worse by the other, and some read well by it alone.
    """
    codec = codecs.lookup(chosen).name
    if codec not in _HELD_AGAINST_OTHERS:
        return None
    words = _some_words(data)
    for other in sorted(PLAUSIBLE, key=lambda name: -_number_well(words, name)):
        if other == "kz1048" and _ukrainian(words):
            continue
        if word := _better_by(words, chosen, other):
            return _found(data, word, chosen, other)
    if codec == "kz1048" and (word := _ukrainian(words)):
        return _found(data, word, chosen, "windows-1251")
    return None


def _found(data: bytes, word: bytes, chosen: str, other: str) -> Misreading:
    line = len((data[: data.index(word)] + word).splitlines())
    return Misreading(line, _decoded(word, chosen), other, _decoded(word, other))


def _better_by(words: set[bytes], chosen: str, other: str) -> bytes | None:
    better = []
    for word in words:
        by_chosen, by_other = _decoded(word, chosen), _decoded(word, other)
        if by_chosen == by_other:
            continue
        if reads_well(by_chosen):
            if not reads_well(by_other):
                return None
        elif reads_well(by_other):
            better.append(word)
    return max(better, key=lambda word: (len(word), word), default=None)


def _ukrainian(words: set[bytes]) -> bytes | None:
    """A Ukrainian name that was read as a Kazakh one: letters of theirs that became Kazakh ones
    are there, and none of those that Kazakh has most."""
    found = []
    for word in words:
        kazakh, russian = _decoded(word, "kz1048"), _decoded(word, "windows-1251")
        if kazakh == russian:
            continue
        if TELLING_KAZAKH.search(kazakh):
            return None
        if _UKRAINIAN.fullmatch(russian):
            found.append(word)
    return max(found) if len(found) >= 3 else None
