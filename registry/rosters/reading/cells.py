"""Reading the cells of one line: what cannot be read becomes a fault, and reading goes on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from contextlib import suppress
from itertools import takewhile
from urllib.parse import quote, unquote
from uuid import UUID

from registry.domain.dates import PartialDate, Precision
from registry.rosters.faults import Code, Fault
from registry.rosters.reading.dates import NotRead, read_date
from registry.rosters.reading.encodings import TELLING_KAZAKH, reads_well
from registry.rosters.reading.gathering import WARNINGS
from registry.rosters.reading.options import Reading
from registry.rosters.reading.tables import Line
from registry.rosters.rows import Identifier

# Windows-1251 has no Ә, Ғ or Қ and writes a question mark instead; beside letters of other
# scripts one may well be meant (“Who is this?”), if not in the middle of a word.
LOST = re.compile(r"\?\?|\w\?\w|[\u0400-\u04ff]\?|\?[\u0400-\u04ff]|\ufffd")
# In a table of our own there may be one there as well; whole words are lost all the same.
LOST_WORDS = re.compile(r"\?\?|\ufffd")
# And a table that holds letters of all scripts has lost none.
DAMAGED = re.compile("\ufffd")
# Letters of Serbian, Macedonian, Ukrainian and Belarusian that are Kazakh ones in KZ-1048.
_FOREIGN = re.compile("[ЌЋЎЈҐЄЇЅќћўјґєїѕ]")
# Marks that turn the direction of what follows, and of which nobody sees where they end.
_TURNED = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Marks that nobody sees, and which come along when a name is copied from a page.
_UNSEEN = "\u200b\u200e\u200f\u2060\ufeff"
PRECISIONS = tuple(each.value for each in Precision)
_NO_LETTERS = ("Cc", "Cs", "Co", "Cn")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE | re.ASCII)
SCHEME = 60
VALUE = 200
NUMBERS = range(1, 32_768)
NEVER = 9999  # the year that other registers write for an end that has not come


class Cells:
    """The cells of line `number`; `faults` gathers what is wrong with them.

    `formulas` says that a cell which begins like a formula may be one; `lost` is what names
    look like that have lost letters; `raw_cells` is the line as it stands, even if nothing of it
    can be read; `day_order` is how 06/07/2014 is read, if at all.
    """

    def __init__(
        self,
        number: int,
        cells: Mapping[str, str],
        faults: list[Fault],
        *,
        formulas: bool = False,
        lost: re.Pattern[str] = LOST,
        day_order: str = "",
    ) -> None:
        self.number = number
        self.cells = cells
        self.raw_cells = cells
        self.faults = faults
        self.formulas = formulas
        self.lost = lost
        self.day_order = day_order

    def fault(
        self,
        code: Code,
        column: str = "",
        value: str | None = None,
        suggestion: str = "",
        **details,
    ) -> None:
        """Say what is wrong with a cell, if it is not known to be wrong already."""
        if value is None and code not in WARNINGS and self._is_faulty(column):
            return
        shown = self.cells.get(column, "") if value is None else value
        self.faults.append(Fault(code, self.number, column, shown, details, suggestion))

    def _is_faulty(self, column: str) -> bool:
        own = takewhile(lambda fault: fault.line == self.number, reversed(self.faults))
        return any(fault.column == column for fault in own)

    def raw(self, column: str, limit: int | None = None) -> str:
        """The cell as it stands; a fault if it is a formula or longer than `limit`."""
        text = self.cells.get(column, "")
        if self.formulas and text.startswith("="):
            self.fault(Code.FORMULA, column)
            return ""
        if limit and len(text) > limit:
            self.fault(Code.TOO_LONG, column, limit=limit)
            return ""
        return text

    def bare(self, column: str) -> bool:
        """Whether the layout has no such column or nothing at all in it, as most rows do."""
        return not self.cells.get(column)

    def empty(self, column: str) -> bool:
        """Whether nothing stands in the cell; one that cannot be read is not empty."""
        return not self.cells.get(column, "").strip()

    def text(self, column: str, limit: int | None = None) -> str:
        """The cell with single spaces and none around."""
        return "" if self.bare(column) else _spaced(self.raw(column, limit))

    def name(self, column: str) -> str:
        """The name of somebody or something; a fault if letters were lost from it."""
        text = _composed(self.text(column, 1000))
        if not text:
            return ""
        if self.lost.search(text):
            self.fault(Code.LOST_LETTERS, column, text)
        elif not text.isprintable() and any(unicodedata.category(c) in _NO_LETTERS for c in text):
            self.fault(Code.BAD_CHARACTERS, column, text)
        elif self.lost is not DAMAGED and _TURNED.search(text):
            self.fault(Code.TURNED_TEXT, column, text)
        elif self.lost is not DAMAGED and _FOREIGN.search(text):
            self._point_out_foreign(column, text)
        return text

    def _point_out_foreign(self, column: str, text: str) -> None:
        """A warning if the name is a Russian or Kazakh one when its bytes are read by KZ-1048."""
        with suppress(UnicodeError):
            meant = text.encode("windows-1251").decode("kz1048")
            if reads_well(meant) and TELLING_KAZAKH.search(meant):
                self.fault(Code.FOREIGN_LETTERS, column, text, meant)

    def date(self, column: str) -> PartialDate | None:
        """A date, partial or not; `None` if the cell is empty."""
        if self.bare(column):
            return None
        text = self.text(column)
        try:
            return read_date(text, self.day_order) if text else None
        except NotRead as why:
            self.fault(why.code, column, suggestion=why.suggestion, **why.details)
            return None

    def end(self, column: str) -> tuple[PartialDate | None, bool]:
        """The end of a term in a file of others, and whether it leaves that to the convocation.

        In the year 9999 means what this registry writes as a stated end of `None`: still there.
        """
        found = self.date(column)
        if found and found.earliest and found.earliest.year == NEVER:
            return None, False
        return found, self.empty(column)

    def precise_date(self, column: str) -> PartialDate | None:
        """A date with its precision in the column beside it.

        `None` if both are empty; a date of which nothing is known if the precision is none.
        """
        beside = f"{column}_precision"
        found = self.date(column)
        word = self.choice(beside, PRECISIONS)
        if not word:
            return found
        expected = Precision(word)
        if found is None:
            if expected is Precision.NONE:
                return PartialDate(None, None)
            if not self.text(column):
                self.fault(Code.NOT_A_PRECISION, beside)
            return None
        if found.precision is expected:
            return found
        if found.precision is Precision.DAY and expected in (Precision.MONTH, Precision.YEAR):
            # A spreadsheet may have made a day of the month.
            return PartialDate.parse(str(found)[: 7 if expected is Precision.MONTH else 4])
        self.fault(
            Code.PRECISION_DIFFERS,
            column,
            found=found.precision.value,
            expected=expected.value,
        )
        return None

    def choice(self, column: str, choices: Iterable[str]) -> str:
        if self.bare(column):
            return ""
        text = self.text(column).casefold()
        if text and text not in choices:
            self.fault(Code.NOT_A_CHOICE, column, choices=", ".join(choices))
            return ""
        return text

    def flag(self, column: str) -> bool:
        return self.choice(column, ("0", "1", "no", "yes", "false", "true")) in ("1", "yes", "true")

    def number_in(self, column: str) -> str:
        """A number as text without leading zeros; empty if the cell is."""
        text = self.text(column)
        if not text:
            return ""
        if not (text.isascii() and text.isdigit() and len(text) < 9 and int(text) in NUMBERS):
            self.fault(Code.NOT_A_NUMBER, column)
            return ""
        return str(int(text))

    def uid(self, column: str) -> UUID | None:
        text = self.text(column)
        found = uuid_of(text)
        if text and found is None:
            self.fault(Code.NOT_A_UID, column)
        return found

    def identifier(self, column: str, scheme: str) -> tuple[Identifier, ...]:
        """The cell as an identifier of `scheme`; none if it is empty."""
        value = self.text(column, VALUE)
        return (Identifier(scheme, value),) if value else ()

    def identifiers(self, column: str) -> tuple[Identifier, ...]:
        """Identifiers written as `scheme:value`, with spaces or semicolons between them."""
        found = {}
        for word in re.split(r"[\s;]+", self.raw(column)):
            if not word:
                continue
            scheme, colon, value = (unquote(part) for part in word.partition(":"))
            if not (colon and 0 < len(scheme) <= SCHEME and 0 < len(value) <= VALUE):
                self.fault(Code.NOT_AN_IDENTIFIER, column, word)
                continue
            found[Identifier(scheme, value)] = None
        return tuple(found)


def cells_of(line: Line, faults: list[Fault], how: Reading, **about) -> Cells:
    """The cells of a line of a table. One that fell apart has its fault already: no more is read
    of it, for nobody knows what its cells belong to."""
    if line.whole:
        return Cells(line.number, line.cells, faults, day_order=how.day_order, **about)
    cells = Cells(line.number, {}, [])
    cells.raw_cells = line.cells
    return cells


def tidy(name: str) -> str:
    """A name in the one way it is compared in: single spaces, letters with their accents."""
    return _composed(_spaced(name))


def _composed(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _spaced(text: str) -> str:
    """A text with single spaces, and with nothing around it that takes no ink."""
    return " ".join(text.split()).strip(_UNSEEN).strip()


def written(identifiers: Iterable[Identifier]) -> str:
    """Identifiers as `Cells.identifiers` reads them back."""

    def word(text: str, safe: str) -> str:
        return "".join(
            quote(c, safe="") if c in "%;" or c.isspace() or c in safe else c for c in text
        )

    return " ".join(f"{word(each.scheme, ':')}:{word(each.value, '')}" for each in identifiers)


def uuid_of(text: str) -> UUID | None:
    """The UUID that a text is, in its usual form of 36 characters; else `None`."""
    return UUID(text) if is_uuid(text) else None


def is_uuid(text: str) -> bool:
    return len(text) == 36 and _UUID.fullmatch(text) is not None
