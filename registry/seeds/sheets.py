"""Reads one CSV file: UTF-8, commas, a row of column names, then one record a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.seeds.faults import Fault

Report = Callable[[Fault], None]


@dataclass(frozen=True, slots=True)
class Row:
    """One record. `number` is the row a spreadsheet shows: the column names are row 1."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """`whole` is false when rows had to be left out; then something may seem to be missing."""

    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    whole: bool


def read_sheet(path: Path, report: Report) -> Sheet | None:
    """The rows of a file, without empty ones; `None` when it cannot be read at all."""
    text = _decoded(path, report)
    if text is None:
        return None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    records: list[list[str]] = []
    try:
        for record in reader:
            records.append([cell.strip() for cell in record])
    except csv.Error:
        report(
            Fault(
                path.name,
                _(
                    "A quotation mark is out of place or never closed. A cell that holds one is"
                    " put between quotation marks and the mark inside is doubled."
                ),
                row=len(records) + 1,
            )
        )
        return None
    if not records or not any(records[0]):
        report(Fault(path.name, _("The file is empty. Its first row names the columns.")))
        return None
    headers, rows, whole = records[0], [], True
    for number, record in enumerate(records[1:], start=2):
        if not any(record):
            continue
        if len(record) != len(headers):
            reason = ngettext(
                "The row has %(found)d cell, but there are %(expected)d columns.",
                "The row has %(found)d cells, but there are %(expected)d columns.",
                len(record),
            ) % {"found": len(record), "expected": len(headers)}
            report(Fault(path.name, reason, row=number))
            whole = False
            continue
        rows.append(Row(number, dict(zip(headers, record, strict=True))))
    return Sheet(tuple(headers), tuple(rows), whole)


def _decoded(path: Path, report: Report) -> str | None:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        reason = _("The file is not UTF-8. Save it as “CSV UTF-8”.")
        report(Fault(path.name, reason, row=raw[: error.start].count(b"\n") + 1))
        return None
    if "\0" in text:
        row = text[: text.index("\0")].count("\n") + 1
        report(Fault(path.name, _("The row holds a NUL character. Remove it."), row=row))
        return None
    return text
