"""The bytes of a file on the disk."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from errno import EINVAL
from hashlib import sha256
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from django.utils.translation import gettext as _

from registry.rosters.faults import Code, Fault, Refused, WrongUsage
from registry.rosters.reading.options import Limits


def contents(path: Path, limits: Limits | None = None) -> bytes:
    """The bytes of a file. Raises `WrongUsage` if there is none, `Refused` if it is empty or
    larger than what a command reads."""
    limits = limits or Limits.command()
    try:
        about = path.stat()
        if about.st_size > limits.megabytes * 1_000_000:
            raise Refused([Fault(Code.TOO_LARGE, details={"limit": limits.megabytes})])
        if not (S_ISREG(about.st_mode) or S_ISDIR(about.st_mode)):
            # A pipe or a device may never end.
            raise OSError(EINVAL, _("it is a pipe or a device; save it as a file first"))
        data = path.read_bytes()
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        raise WrongUsage(
            _("The file %(path)s cannot be read: %(reason)s.") % {"path": path, "reason": reason}
        ) from problem
    return data


# What files that people take for a table begin with; offices publish pages of the web under names
# that end in .xls, for a spreadsheet program opens them.
_FORMATS = {
    "HTML": rb"(<!--[^>]{0,200}-->\s*)?<(!doctype html|html|head|body|table|meta)\b",
    "XML": rb"<\?xml\b",
    "PDF": rb"%PDF-",
    "RTF": rb"\{\\rtf",
}


def refuse_other_formats(data: bytes) -> None:
    """Raises `Refused` for what is no text of cells, by how it begins."""
    begins = data[:1_000].removeprefix(BOM_UTF8).lstrip()
    for name, pattern in _FORMATS.items():
        if re.match(pattern, begins, re.IGNORECASE):
            raise Refused([Fault(Code.OTHER_FORMAT, details={"format": name})])


def checksum(data: bytes) -> str:
    return sha256(data).hexdigest()
