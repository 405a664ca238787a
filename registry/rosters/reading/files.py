"""From the bytes of a file to its text."""

from __future__ import annotations

import codecs
import re
from errno import EINVAL
from hashlib import sha256
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from charset_normalizer import from_bytes
from django.utils.translation import gettext as _

from registry.rosters.faults import Code, Fault, Refused, WrongUsage

MEGABYTES = 50

# Without a mark of their own, these two cannot be told apart from their bytes alone; the guess
# looks at which of them makes words. Windows-1252 holds all letters of Latin-1.
GUESSED = ["cp1251", "cp1252"]
MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def contents(path: Path) -> bytes:
    """The bytes of a file. Raises `WrongUsage` if there is none, `Refused` if it is empty."""
    try:
        about = path.stat()
        if about.st_size > MEGABYTES * 1_000_000:
            raise Refused([Fault(Code.TOO_LARGE, details={"limit": MEGABYTES})])
        if not (S_ISREG(about.st_mode) or S_ISDIR(about.st_mode)):
            # A pipe or a device may never end.
            raise OSError(EINVAL, _("it is a pipe or a device; save it as a file first"))
        data = path.read_bytes()
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        raise WrongUsage(
            _("The file %(path)s cannot be read: %(reason)s.") % {"path": path, "reason": reason}
        ) from problem
    if not data.strip():
        raise Refused([Fault(Code.EMPTY_FILE)])
    return data


def checksum(data: bytes) -> str:
    return sha256(data).hexdigest()


def text_of(data: bytes, encoding: str = "auto") -> tuple[str, str]:
    """The text of a file and the encoding it was read by.

    Raises `WrongUsage` for an encoding that does not exist and `Refused` for bytes that are not
    text in it.
    """
    text, used = _guess(data) if encoding == "auto" else (_decode(data, encoding), encoding)
    text = text.removeprefix("\ufeff")
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise Refused([Fault(Code.NUL, line)])
    if not text.strip():
        raise Refused([Fault(Code.EMPTY_FILE)])
    return text, used


def _decode(data: bytes, encoding: str) -> str:
    try:
        known = codecs.lookup(encoding)._is_text_encoding
    except (LookupError, ValueError):
        known = False
    if not known:
        raise WrongUsage(
            _("There is no encoding “%(encoding)s”. Write utf-8, utf-16, windows-1251 or latin-1.")
            % {"encoding": encoding}
        )
    try:
        return data.decode(encoding)
    except (UnicodeError, ValueError) as problem:
        fault = Fault(Code.NOT_THIS_ENCODING, details={"encoding": encoding})
        raise Refused([fault]) from problem


def _guess(data: bytes) -> tuple[str, str]:
    for mark, encoding in MARKS.items():
        if data.startswith(mark):
            return _decode(data, encoding), encoding
    if b"\0" in data and (wide := _unmarked_utf16(data)):
        return wide
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as problem:
        _refuse_damaged_utf8(data, problem.start)
    best = from_bytes(data[:200_000], cp_isolation=GUESSED).best()
    if best is None:
        raise Refused([Fault(Code.UNKNOWN_ENCODING)])
    try:
        return data.decode(best.encoding), best.encoding
    except UnicodeDecodeError as problem:
        raise Refused([Fault(Code.UNKNOWN_ENCODING)]) from problem


def _unmarked_utf16(data: bytes) -> tuple[str, str] | None:
    """UTF-16 without a mark, known by a first line of plain letters."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        first = text.partition("\n")[0]
        if "\0" not in text and first.isascii() and re.search("[a-z]", first):
            return text, encoding
    return None


def _refuse_damaged_utf8(data: bytes, start: int) -> None:
    """Refuse UTF-8 with some broken bytes: read as another encoding, every name would be wrong."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(1 for c in text if c > "\x7f" and c != "\ufffd")
    if whole >= broken:
        raise Refused([Fault(Code.DAMAGED_UTF8, data.count(b"\n", 0, start) + 1)])
