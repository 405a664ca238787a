"""A first look at a file: what it seems to be, and how its first lines are understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice

from registry.rosters.faults import Fault, Refused
from registry.rosters.reading import encodings, headers, workbooks
from registry.rosters.reading.encodings import Sighting
from registry.rosters.reading.headers import FIELDS
from registry.rosters.reading.layouts.document import Document
from registry.rosters.reading.options import Limits, Reading
from registry.rosters.reading.reader import recognised, source_of

__all__ = ["FIELDS", "Glance", "Sighting", "glance", "sightings"]

ROWS = 10


@dataclass(frozen=True, slots=True)
class Glance:
    """What a file seems to be. `layout` is empty if its columns are of no known one.

    `columns` stand as in the file, `fields` says by folded header what each column of a plain
    list holds, empty for one that nobody reads. `first` are the first lines below the header,
    each with its number and a cell for each column. `faults` say why a file cannot be read;
    `sightings` how it reads by each encoding that it may be in, if it does not state one.
    """

    layout: str = ""
    encoding: str = ""
    label: str = ""
    delimiter: str = ""
    header_line: int = 0
    columns: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    first: tuple[tuple[int, tuple[str, ...]], ...] = ()
    rows: int = 0
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    sightings: tuple[Sighting, ...] = ()


def sightings(data: bytes) -> list[Sighting]:
    """How lines of the file read by each encoding that it may be in, the likeliest first.

    None if the file is in UTF-8, or in UTF-16 with its mark.
    """
    if data.startswith((workbooks.WORKBOOK, workbooks.OLD_WORKBOOK)) or encodings.marked(data):
        return []
    try:
        if "\0" not in data.decode():
            return []
    except UnicodeDecodeError:
        pass
    return encodings.sightings(data)


def glance(
    data: bytes, name: str, reading: Reading | None = None, limits: Limits | None = None
) -> Glance:
    """Look at a file. Never raises for what is wrong with it: that is part of the answer."""
    how, limits = reading or Reading(), limits or Limits.admin()
    sheets: tuple[str, ...] = ()
    if data.startswith(workbooks.WORKBOOK):
        sheets = tuple(workbooks.sheets_of(data, limits))
    seen = tuple(sightings(data))
    try:
        source = source_of(data, name, how, limits)
    except Refused as refused:
        return Glance(sheets=sheets, faults=refused.faults, sightings=seen)
    if isinstance(source, Document):
        rows = len(source.lists["memberships"])
        return Glance("popolo", "utf-8", "UTF-8", rows=rows, sightings=seen)
    layout = recognised(source.columns) if how.layout == "auto" else how.layout
    width = len(source.columns)
    return Glance(
        layout=layout,
        encoding=source.encoding,
        label=encodings.label_of(source.encoding),
        delimiter=source.delimiter,
        header_line=source.header_line,
        columns=source.headers,
        fields=headers.guessed(source.columns, how.columns),
        first=tuple(
            (number, tuple([*cells, *[""] * width][:width]))
            for number, cells in islice(source.lines.records, ROWS)
        ),
        rows=len(source.lines),
        sheet=source.sheet,
        sheets=sheets,
        sightings=seen,
    )
