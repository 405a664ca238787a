"""The first step: a file becomes a roster of neutral rows."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.utils.translation import gettext as _

from registry.models import Institution
from registry.rosters.columns import COLUMNS
from registry.rosters.faults import Code, Fault, Refused, WrongUsage
from registry.rosters.reading import files, tables
from registry.rosters.reading.bodies import Body
from registry.rosters.reading.cells import VALUE, Cells
from registry.rosters.reading.layouts import everypolitician, popolo, registry
from registry.rosters.reading.layouts.document import Document
from registry.rosters.reading.tables import Letters
from registry.rosters.rows import Period, Roster, Row

LAYOUTS = ("auto", "registry", "everypolitician", "popolo")


def read_roster(
    data: bytes,
    name: str,
    institution: Institution,
    *,
    layout: str = "auto",
    encoding: str = "auto",
) -> Roster:
    """Read the bytes of a file called `name` as the roster of an institution.

    Raises `Refused` with every fault that the file alone shows, `WrongUsage` for an unknown
    layout or encoding.
    """
    if layout not in LAYOUTS:
        raise WrongUsage(
            _("There is no layout “%(layout)s”. Write one of: %(known)s.")
            % {"layout": layout, "known": ", ".join(LAYOUTS)}
        )
    about = {"name": name, "checksum": files.checksum(data)}
    if data.startswith(tables.OLD_WORKBOOK):
        raise Refused([Fault(Code.LOCKED_WORKBOOK)])
    if data.startswith(tables.WORKBOOK):
        table = tables.table_of_workbook(data)
        return _from_table(table, institution, layout, {**about, "encoding": "xlsx"})
    if name.casefold().endswith(".xlsx"):
        raise Refused([Fault(Code.BAD_WORKBOOK)])
    text, used = files.text_of(data, encoding)
    about["encoding"] = used
    looks_like_json = text.lstrip()[:1] in ("{", "[") or name.casefold().endswith(".json")
    if layout == "popolo" or (layout == "auto" and looks_like_json):
        return _from_popolo(Document(text), institution, about)
    letters = Letters.ALL if used.startswith("utf") else Letters.CODE_PAGE
    table = tables.table_of_text(text, Letters.ASCII if text.isascii() else letters)
    return _from_table(table, institution, layout, about)


def _from_table(
    table: tables.Table, institution: Institution, layout: str, about: dict[str, str]
) -> Roster:
    faults: list[Fault] = []
    skipped = {}
    layout = _recognised(table.columns) if layout == "auto" else layout
    if table.ragged:
        raise Refused(table.ragged)
    if layout == "everypolitician":
        rows, others = everypolitician.rows_of(table, Body(institution), faults)
        skipped = {"other_organizations": others} if others else {}
    elif layout == "registry":
        rows, skipped = registry.rows_of(table, institution.slug, faults)
    else:
        raise Refused([Fault(Code.NOT_JSON, 1)])
    own = layout == "registry"
    # An export of a body in which nobody is recorded is a roster as well, if an empty one.
    if not table.lines and not set(COLUMNS) <= set(table.columns):
        raise Refused([Fault(Code.HEADER_ONLY)])
    says = frozenset(table.columns) & frozenset(COLUMNS) if own else frozenset()
    return _roster(rows, faults, layout=layout, own=own, says=says, skipped=skipped, **about)


def _recognised(columns: tuple[str, ...]) -> str:
    # Some files of EveryPolitician's have a column of identifiers as well, ours never an id.
    if everypolitician.recognises(columns) and "person_id" not in columns:
        return "everypolitician"
    if registry.recognises(columns):
        return "registry"
    shown = ", ".join(column for column in columns if column)
    raise Refused([Fault(Code.UNKNOWN_LAYOUT, 1, value=shown)])


def _from_popolo(document: Document, institution: Institution, about: dict[str, str]) -> Roster:
    faults: list[Fault] = []
    reader = popolo.Reader(document, Body(institution), faults)
    rows, others = reader.rows(reader.organization())
    return _roster(
        rows,
        faults,
        layout="popolo",
        unit="membership",
        own=document.own,
        says=frozenset(COLUMNS) if document.own else frozenset(),
        periods=reader.periods(row.convocation for row in rows),
        skipped={"other_organizations": others} if others else {},
        **about,
    )


def _roster(rows: Iterable[Row], faults: list[Fault], **about) -> Roster:
    if faults:
        raise Refused(faults)
    return Roster(rows=tuple(rows), **about)


def read_periods(data: bytes, name: str, encoding: str = "auto") -> dict[str, Period]:
    """Read EveryPolitician's table of terms: `id,name,start_date,end_date`."""
    text, _used = files.text_of(data, encoding)
    faults: list[Fault] = []
    try:
        table = tables.table_of_text(text)
    except Refused as refused:
        raise Refused(_of_file(refused.faults, name)) from refused
    faults += table.ragged
    for column in ("id", "start_date"):
        if column not in table.columns:
            faults.append(Fault(Code.MISSING_COLUMN, 1, column, details={"column": column}))
    for column in sorted({*everypolitician.TELLING} & {*table.columns}):
        faults.append(Fault(Code.NOT_PERIODS, 1, column, column))
    if faults:
        raise Refused(_of_file(faults, name))
    periods = {}
    for line in table.lines:
        cells = Cells(line.number, line.cells, faults, formulas=True)
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
        raise Refused(_of_file(faults, name))
    return periods


def _of_file(faults: Iterable[Fault], name: str) -> list[Fault]:
    return [Fault(f.code, f.line, f.column, f.value, f.details, f.suggestion, name) for f in faults]


def contents(path: Path) -> bytes:
    return files.contents(path)
