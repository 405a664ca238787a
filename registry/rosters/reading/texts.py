"""From the bytes of a file to lines of text, of which a few at a time are in the memory."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from registry.rosters.faults import Code, Fault, Refused, WrongUsage
from registry.rosters.reading import encodings

PIECE = 1 << 20
# Where letters are missing from a word that was saved in a code page.
_LOST = re.compile(r"[\u0400-\u04ff]\?[\u0400-\u04ff]|\?[\u0400-\u04ff]{2}")
_WORD_BEFORE = re.compile(r"[\u0400-\u04ff?]*$")
_WORD_BEHIND = re.compile(r"[\u0400-\u04ff?]*")
LONGEST_LINE = 4_000_000  # no line of a thousand names comes near it


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a file that has been looked through: it can be read to its end.

    `start` is the place of the first letter, behind the marks; `is_ascii` says that the text
    holds no letters but English ones.
    """

    data: bytes
    encoding: str
    start: int
    is_ascii: bool

    def whole(self) -> str:
        return self.data[self.start :].decode(self.encoding)

    def lines(self) -> Iterator[str]:
        """The lines with their endings, as an editor counts them. Raises `Refused` for one that
        is longer than any roster's."""
        held = io.BytesIO(self.data)  # which shares the bytes
        held.seek(self.start)
        stream = io.TextIOWrapper(held, self.encoding, newline="")
        number = 0
        while line := stream.readline(LONGEST_LINE):
            number += 1
            if len(line) == LONGEST_LINE and line[-1] not in "\r\n":
                raise Refused([Fault(Code.LONG_CELL, number, details={"limit": LONGEST_LINE})])
            yield line


def text_of(data: bytes, encoding: str = "auto") -> Text:
    """The text of a file in UTF-8, in UTF-16 with its mark, or in the encoding chosen.

    Raises `WrongUsage` for an encoding that does not exist, and `Refused` for bytes that are not
    text in it, that show that another is right, or that no encoding is stated for.
    """
    if encoding == "auto":
        used = encodings.marked(data) or "utf-8"
    else:
        used = _known(encoding)
        if encodings.marked(data) == "" and (found := encodings.misread(data, used)):
            raise Refused([_misread(found, used)])
    start, codec = _behind_the_marks(data, used)
    try:
        is_ascii, blank = _look_through(data, start, codec)
    except UnicodeError as problem:
        raise Refused(_not_decoded(data, encoding, used, problem)) from problem
    except Refused:
        # Between the letters of UTF-16 without a mark stand NULs.
        if encoding == "auto" and (sightings := encodings.sightings(data)):
            raise Refused(_not_stated(data, sightings)) from None
        raise
    if blank:
        raise Refused([Fault(Code.EMPTY_FILE)])
    return Text(data, codec, start, is_ascii)


def _known(encoding: str) -> str:
    try:
        found = codecs.lookup(encoding)
    except (LookupError, ValueError):
        found = None
    if found is None or not found._is_text_encoding or found.name in ("idna", "punycode"):
        raise WrongUsage(
            _("There is no encoding “%(encoding)s”. Write utf-8, utf-16, windows-1251 or kz1048.")
            % {"encoding": encoding}
        )
    return found.name


def _behind_the_marks(data: bytes, encoding: str) -> tuple[int, str]:
    """Where the text begins, and what it is read by from there; some files have two marks."""
    codec = {"utf-8-sig": "utf-8"}.get(encoding, encoding)
    if encoding == "utf-16":
        codec = "utf-16-be" if data.startswith(codecs.BOM_UTF16_BE) else "utf-16-le"
    marks = {
        "utf-8": codecs.BOM_UTF8,
        "utf-16-le": codecs.BOM_UTF16_LE,
        "utf-16-be": codecs.BOM_UTF16_BE,
    }
    start = 0
    if mark := marks.get(codec):
        while data.startswith(mark, start):
            start += len(mark)
    return start, codec


def _look_through(data: bytes, start: int, codec: str) -> tuple[bool, bool]:
    """Whether the text is plain English, and whether it is blank. Raises `UnicodeError` where
    it cannot be read, and `Refused` for a NUL."""
    decoder = codecs.getincrementaldecoder(codec)()
    is_ascii = blank = True
    line = 1
    for place in range(start, len(data), PIECE):
        try:
            text = decoder.decode(data[place : place + PIECE], place + PIECE >= len(data))
        except UnicodeDecodeError as problem:
            before = problem.object[: problem.start].decode(codec, "ignore")
            problem.line = line + before.count("\n")
            raise
        if "\0" in text:
            raise Refused([Fault(Code.NUL, line + text.count("\n", 0, text.index("\0")))])
        line += text.count("\n")
        is_ascii = is_ascii and text.isascii()
        blank = blank and not text.strip()
    return is_ascii, blank


def _not_decoded(data: bytes, asked: str, used: str, problem: UnicodeError) -> list[Fault]:
    line = getattr(problem, "line", None)
    if used.startswith("utf-8") and _is_damaged_utf8(data, getattr(problem, "start", 0)):
        return [Fault(Code.DAMAGED_UTF8, line)]
    if asked == "auto" and used == "utf-8":
        sightings = encodings.sightings(data)
        return _not_stated(data, sightings) if sightings else [Fault(Code.UNKNOWN_ENCODING)]
    details = {"encoding": encodings.label_of(used)}
    return [Fault(Code.NOT_THIS_ENCODING, line, details=details)]


def _is_damaged_utf8(data: bytes, start: int) -> bool:
    """Whether it is UTF-8 with some broken bytes: read as another, every name would be wrong."""
    text = data[:PIECE].decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(1 for c in text if c > "\x7f" and c != "\ufffd")
    return whole > 0 and whole >= broken


def _not_stated(data: bytes, sightings: list[encodings.Sighting]) -> list[Fault]:
    samples = "; ".join(
        f"{sighting.label} ({' '.join(sighting.lines[-1].split())[:60]})"
        for sighting in sightings
        if sighting.lines
    )
    likeliest = sightings[0].encoding
    details = {"samples": samples, "likeliest": likeliest}
    faults = [Fault(Code.ENCODING_NOT_STATED, details=details)]
    # To name the encoding would be in vain if letters were lost when the file was saved in it.
    text = data[:PIECE].decode(likeliest, "ignore")
    if lost := _LOST.search(text):
        line = text.count("\n", 0, lost.start()) + 1
        before = _WORD_BEFORE.search(text[max(0, lost.start() - 40) : lost.start()])
        behind = _WORD_BEHIND.match(text[lost.start() : lost.start() + 40])
        faults.append(Fault(Code.LOST_LETTERS, line, value=before[0] + behind[0]))
    return faults


def _misread(found: encodings.Misreading, chosen: str) -> Fault:
    details = {
        "chosen": encodings.label_of(chosen),
        "encoding": encodings.LABELS[found.encoding],
        "better": found.better,
        "likeliest": found.encoding,
    }
    return Fault(Code.WRONG_ENCODING, found.line, value=found.word, details=details)
