"""What a roster file says, whatever its layout: rows that know nothing of the register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple
from uuid import UUID

from registry.domain.dates import PartialDate
from registry.domain.facts import Texts
from registry.rosters.faults import Fault

# The language code of a text whose language the file does not state.
UNSTATED = "und"


class Identifier(NamedTuple):
    """What some register calls somebody; it means nothing outside its scheme."""

    scheme: str
    value: str

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


class _Packed:
    """What waits on the disk by the thousand: packed as its fields alone."""

    __slots__ = ()

    def __reduce__(self):
        return type(self), tuple([getattr(self, name) for name in self.__slots__])


@dataclass(frozen=True, slots=True)
class PersonRow(_Packed):
    """A person as one row describes them.

    `key` tells the persons of the file apart when its layout has a column for that; `uid` is a
    permanent id. A UUID names one person wherever it stands.
    """

    names: Texts
    key: str = ""
    uid: UUID | None = None
    identifiers: tuple[Identifier, ...] = ()
    sort_names: Texts = field(default_factory=dict)
    other_names: tuple[str, ...] = ()
    birth: PartialDate | None = None
    gender: str = ""
    sample: bool = False


@dataclass(frozen=True, slots=True)
class Named(_Packed):
    """A party or an area as a row names it.

    `weak` identifies it within one family of files only; a name goes before it.
    """

    names: Texts
    slug: str = ""
    identifiers: tuple[Identifier, ...] = ()
    weak: Identifier | None = None


@dataclass(frozen=True, slots=True)
class Row(_Packed):
    """One line of the file: a person, a seat, the days and the party.

    `start_inherited` and `end_inherited` say that the file leaves the date to the convocation.
    An `end` of `None` that is not inherited says: still in office. `convocation` is the file's
    own word for it. `raw` holds the cells as they stand in the file.
    """

    line: int
    person: PersonRow
    start: PartialDate
    end: PartialDate | None
    start_inherited: bool
    end_inherited: bool
    convocation: str = ""
    area: Named | None = None
    group: str = ""
    role: str = ""
    party: Named | None = None
    party_start: PartialDate | None = None
    party_end: PartialDate | None = None
    acting: bool = False
    designation: str = ""
    end_reason: str = ""
    note: str = ""
    on: str = ""
    raw: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Period:
    """A legislative period as a file states it; `None` where it states no date."""

    key: str
    name: str = ""
    start: PartialDate | None = None
    end: PartialDate | None = None
    line: int | None = None


class Heading(NamedTuple):
    """What stands above a column, and the column of ours that it was said to hold, if any."""

    text: str
    meaning: str = ""


def placed(fault: Fault, headings: Mapping[str, Heading]) -> Fault:
    """A fault with its column as the file writes it."""
    heading = headings.get(fault.column)
    if heading is None:
        return fault
    return replace(fault, header=heading.text, meaning=heading.meaning)


@dataclass(frozen=True, slots=True)
class Roster:
    """A whole file. `says` holds the columns it speaks of.

    `rows` are all of them; a long file's wait on the disk, so that a row is equal to itself and
    not identical. `faults` name rows that cannot be as they stand, `warnings` what may be meant.

    `own` is a file in the registry's own terms: what it says replaces what is recorded, and
    each of its appointments stands alone. A file of others adds to what is recorded, and its
    rows that follow each other without a gap are one mandate (`own` is false). `unit` is what
    a row is called in messages: `line` or `membership`. `columns` are those of the header, in
    its order. `at` says in which of them what a message may be about stands: the `name`, the
    `start`, the `party`.
    """

    name: str
    checksum: str
    layout: str
    rows: Sequence[Row]
    unit: str = "line"
    encoding: str = ""
    own: bool = False
    says: frozenset[str] = frozenset()
    periods: Mapping[str, Period] = field(default_factory=dict)
    skipped: Mapping[str, int] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()
    columns: tuple[str, ...] = ()
    delimiter: str = ""
    header_line: int = 0
    sheet: str = ""
    at: Mapping[str, str] = field(default_factory=dict)
    headings: Mapping[str, Heading] = field(default_factory=dict)

    def column(self, what: str) -> str:
        """The column in which something stands; empty if the file has none for it."""
        return self.at.get(what, "")

    def written(self, column: str) -> str:
        """A column as the file writes it."""
        return self.headings[column].text if column in self.headings else column

    def placed(self, fault: Fault) -> Fault:
        """A fault with its column as the file writes it."""
        return placed(fault, self.headings)

    @property
    def faulty_lines(self) -> frozenset[int]:
        """The lines of rows that cannot be taken as they stand."""
        return frozenset(fault.line for fault in self.faults if fault.line is not None)
