"""The first step: a file becomes a roster of neutral rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from registry.models import Institution
from registry.rosters.columns import COLUMNS
from registry.rosters.faults import Code, Fault, Refused, WrongUsage
from registry.rosters.reading import files, headers, queries, tables, workbooks
from registry.rosters.reading.bodies import Body
from registry.rosters.reading.cells import VALUE, cells_of
from registry.rosters.reading.dates import DAY_ORDERS
from registry.rosters.reading.gathering import Faults
from registry.rosters.reading.layouts import everypolitician, plain, popolo, registry, wikidata
from registry.rosters.reading.layouts.document import Document, parsed
from registry.rosters.reading.options import Limits, Reading
from registry.rosters.reading.tables import Letters, Table
from registry.rosters.reading.texts import Text, text_of
from registry.rosters.rows import Period, Roster, placed

LAYOUTS = ("auto", "registry", "everypolitician", "popolo", "wikidata", "list")


def read_roster(
    data: bytes,
    name: str,
    institution: Institution,
    reading: Reading | None = None,
    *,
    limits: Limits | None = None,
    keep_faulty: bool = False,
    layout: str = "auto",
    encoding: str = "auto",
) -> Roster:
    """Read the bytes of a file called `name` as the roster of an institution.

    Raises `Refused` with every fault that the file alone shows, `WrongUsage` for a way to read
    that does not exist. With `keep_faulty` the rows that cannot be as they stand come along, and
    `Roster.faults` names them: `Refused` is then about the file as a whole.
    """
    how = reading or Reading(layout=layout, encoding=encoding)
    limits = limits or Limits.command()
    _check(how)
    about = {"name": name, "checksum": files.checksum(data)}
    source = source_of(data, name, how, limits)
    if isinstance(source, Document):
        roster = _from_popolo(source, institution, how, about)
    else:
        roster = _from_table(source, institution, how, about)
    if roster.faults and not keep_faulty:
        raise Refused(roster.faults)
    return roster


def _check(how: Reading) -> None:
    for known, value, sentence in (
        (LAYOUTS, how.layout, _("There is no layout “%(value)s”. Write one of: %(known)s.")),
        (
            ("", *DAY_ORDERS),
            how.day_order,
            _("There is no order of days “%(value)s”. Write one of: %(known)s."),
        ),
    ):
        if value not in known:
            raise WrongUsage(sentence % {"value": value, "known": ", ".join(filter(None, known))})
    if how.delimiter not in ("auto", *tables.DELIMITERS, "|"):
        raise WrongUsage(
            _("There is no separator “%(value)s”. It is a comma, a semicolon or a tab.")
            % {"value": how.delimiter}
        )


def source_of(data: bytes, name: str, how: Reading, limits: Limits) -> Table | Document:
    """The table or the Popolo document that the bytes hold."""
    if len(data) > limits.megabytes * 1_000_000:
        raise Refused([Fault(Code.TOO_LARGE, details={"limit": limits.megabytes})])
    if not data.strip():
        raise Refused([Fault(Code.EMPTY_FILE)])
    if data.startswith(workbooks.OLD_WORKBOOK):
        raise Refused([Fault(Code.LOCKED_WORKBOOK)])
    knows = _knows(how.layout)
    if data.startswith((workbooks.WORKBOOK, workbooks.EMPTY_ARCHIVE)):
        return workbooks.table_of_workbook(data, how, knows=knows, limits=limits)
    files.refuse_other_formats(data)
    ending = name.casefold().rpartition(".")[2]
    if ending in ("xlsx", "xlsm"):
        raise Refused([Fault(Code.BAD_WORKBOOK)])
    text = text_of(data, how.encoding)
    if how.layout == "popolo" or _is_json(text, ending):
        return _of_json(text, how, limits)
    letters = Letters.ALL if text.encoding.startswith("utf") else Letters.CODE_PAGE
    letters = Letters.ASCII if text.is_ascii else letters
    table = tables.table_of_text(text.lines(), how, knows=knows, limits=limits, letters=letters)
    return replace(table, encoding=text.encoding)


def _is_json(text: Text, ending: str) -> bool:
    if ending == "json":
        return True
    first = next((line for line in text.lines() if line.strip()), "").lstrip()
    return first.startswith(("{", "[{")) or first.strip() == "["


def _of_json(text: Text, how: Reading, limits: Limits) -> Table | Document:
    data = parsed(text.whole())
    records = queries.records_of(data) if how.layout in ("auto", "wikidata") else None
    if records is None:
        return Document(data)
    table = tables.table_of_records(records, limits=limits)
    return replace(table, encoding=text.encoding, unit="membership")


def _knows(layout: str) -> Callable[[Sequence[str]], object]:
    """What tells a header from a title above it, when the layout is known or when it is not."""
    tests = {
        "registry": registry.recognises,
        "everypolitician": lambda columns: {*everypolitician.REQUIRED} <= {*columns},
        "wikidata": lambda columns: any(c in columns for c in wikidata.NAMES["person"]),
        "list": lambda columns: sum(bool(headers.field_of(column)) for column in columns) > 1,
    }
    return tests.get(layout, recognised)


def recognised(columns: Sequence[str]) -> str:
    """The layout that has these columns, folded; empty if none has."""
    # Some files of EveryPolitician's have a column of identifiers as well, ours never an id.
    if everypolitician.recognises(columns) and "person_id" not in columns:
        return "everypolitician"
    if registry.recognises(columns):
        return "registry"
    if wikidata.recognises(columns):
        return "wikidata"
    return "list" if headers.is_a_list(columns) else ""


def _from_table(
    table: Table, institution: Institution, how: Reading, about: dict[str, Any]
) -> Roster:
    try:
        return _roster_in(table, institution, how, about)
    except Refused as refused:
        headings = table.headings()
        raise Refused(placed(fault, headings) for fault in refused.faults) from refused


def _roster_in(
    table: Table, institution: Institution, how: Reading, about: dict[str, Any]
) -> Roster:
    layout = recognised(table.columns) if how.layout == "auto" else how.layout
    if not layout:
        shown = ", ".join(column for column in table.columns if column)
        raise Refused([Fault(Code.UNKNOWN_LAYOUT, table.header_line, value=shown)])
    faults = Faults()
    for fault in table.ragged:
        faults.append(fault)
    faults.warnings += table.warnings
    skipped: dict[str, int] = {}
    headings = table.headings()
    if layout == "everypolitician":
        rows, others = everypolitician.rows_of(table, Body(institution), faults, how)
        at = everypolitician.AT
        skipped = {"other_organizations": others} if others else {}
    elif layout == "registry":
        rows, skipped = registry.rows_of(table, institution.slug, faults, how)
        at = registry.AT
    elif layout == "wikidata":
        rows, at = wikidata.rows_of(table, faults, how)
    else:
        rows, at = plain.rows_of(table, Body(institution), faults, how)
        vacant = len(table.lines) - len(rows)
        skipped = {"vacant": vacant} if vacant else {}
        headings = table.headings({column: field for field, column in at.items()})
    own = layout == "registry"
    # An export of a body in which nobody is recorded is a roster as well, if an empty one.
    if not table.lines and not set(COLUMNS) <= set(table.columns):
        raise Refused([Fault(Code.HEADER_ONLY)])
    return Roster(
        **about,
        layout=layout,
        rows=rows,
        unit=table.unit,
        encoding=table.encoding,
        own=own,
        says=frozenset(table.columns) & frozenset(COLUMNS) if own else frozenset(),
        skipped=skipped,
        faults=_in_order(placed(fault, headings) for fault in faults),
        warnings=_in_order(placed(fault, headings) for fault in faults.warnings),
        columns=table.columns,
        at=at,
        headings=headings,
        delimiter=table.delimiter,
        header_line=table.header_line,
        sheet=table.sheet,
    )


def _from_popolo(
    document: Document, institution: Institution, how: Reading, about: dict[str, Any]
) -> Roster:
    faults = Faults()
    reader = popolo.Reader(document, Body(institution), faults, how)
    rows, others = reader.rows(reader.organization())
    periods = reader.periods(row.convocation for row in rows)
    columns = dict.fromkeys(column for row in rows for column in row.raw)
    return Roster(
        **about,
        layout="popolo",
        rows=rows,
        unit="membership",
        encoding="utf-8",
        own=document.own,
        says=frozenset(COLUMNS) if document.own else frozenset(),
        periods=periods,
        skipped={"other_organizations": others} if others else {},
        faults=_in_order(faults),
        warnings=_in_order(faults.warnings),
        columns=tuple(columns),
        at=registry.AT if document.own else popolo.AT,
    )


def _in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    return tuple(sorted(faults, key=lambda fault: fault.line or 0))


def read_periods(data: bytes, name: str, encoding: str = "auto") -> dict[str, Period]:
    """Read EveryPolitician's table of terms: `id,name,start_date,end_date`."""
    try:
        return _periods(data, encoding)
    except Refused as refused:
        raise Refused(replace(fault, file=name) for fault in refused.faults) from refused


def _periods(data: bytes, encoding: str) -> dict[str, Period]:
    faults = Faults()
    table = tables.table_of_text(text_of(data, encoding).lines())
    for fault in table.ragged:
        faults.append(fault)
    for column in ("id", "start_date"):
        if column not in table.columns:
            faults.append(Fault(Code.MISSING_COLUMN, 1, column, details={"column": column}))
    for column in sorted({*everypolitician.TELLING} & {*table.columns}):
        faults.append(Fault(Code.NOT_PERIODS, 1, column, column))
    if faults:
        raise Refused(faults)
    periods: dict[str, Period] = {}
    for line in table.lines:
        cells = cells_of(line, faults, Reading(), formulas=True)
        key = cells.text("id", VALUE)
        if key in periods:
            details = {"first": periods[key].line}
            faults.append(Fault(Code.PERIOD_TWICE, line.number, "id", key, details))
        periods[key] = Period(
            key,
            cells.text("name"),
            cells.date("start_date"),
            cells.date("end_date"),
            line.number,
        )
    if faults:
        raise Refused(faults)
    return periods


def contents(path: Path) -> bytes:
    return files.contents(path)
