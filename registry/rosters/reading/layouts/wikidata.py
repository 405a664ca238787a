"""Rows of an export of Wikidata's query service: who held a position, and when.

Its columns are the variables of a query, so they are known by the names that queries give them:
an item and its label in two columns, `item` and `itemLabel`. It has no way to say how precise a
date is: 1 January may stand for a year.
"""

from __future__ import annotations

import re

from registry.domain.dates import UNKNOWN, PartialDate, Precision
from registry.rosters.faults import Code, Fault, Refused
from registry.rosters.reading.cells import VALUE, Cells, cells_of
from registry.rosters.reading.gathering import Faults
from registry.rosters.reading.layouts.everypolitician import NO_GROUP
from registry.rosters.reading.options import Reading
from registry.rosters.reading.spool import Spool
from registry.rosters.reading.tables import Table
from registry.rosters.rows import UNSTATED, Identifier, Named, PersonRow, Row

WIKIDATA = "wikidata"

# What queries call the values of a statement, folded; the label of each has “label” behind it.
NAMES = {
    "person": ("person", "item", "member", "politician", "mp", "human", "deputy", "holder"),
    "start": ("start", "startdate", "starttime", "start_date", "start_time", "p580"),
    "end": ("end", "enddate", "endtime", "end_date", "end_time", "p582"),
    "party": ("group", "parliamentarygroup", "parliamentary_group", "p4100", "party", "p102"),
    "area": ("district", "constituency", "electoraldistrict", "electoral_district", "area", "p768"),
    "term": ("term", "parliamentaryterm", "parliamentary_term", "legislature", "p2937"),
    "birth": ("birth", "dob", "dateofbirth", "birthdate", "date_of_birth", "p569"),
    "gender": ("gender", "sex", "p21"),
}
ITEM = re.compile(r"(?:https?://www\.wikidata\.org/(?:wiki|entity)/)?(Q[1-9]\d{0,11})", re.ASCII)
# A statement that there is somebody or some day, and that nobody knows which.
_SOME_VALUE = re.compile(r"(https?://www\.wikidata\.org/\.well-known/genid/|_:|t\d+$).*")


def recognises(columns: tuple[str, ...]) -> bool:
    """Whether a column has the label of one beside it, and one of the two is a person."""
    return any(f"{name}label" in columns and name in columns for name in NAMES["person"])


def rows_of(table: Table, faults: Faults, how: Reading) -> tuple[Spool[Row], dict[str, str]]:
    """The rows, and where what stands that is looked up. Raises `Refused` without a person's."""
    at = {
        meaning: next((name for name in names if name in table.columns), "")
        for meaning, names in NAMES.items()
    }
    if not at["person"]:
        details = {"column": "item"}
        raise Refused([Fault(Code.MISSING_COLUMN, table.header_line, "item", details=details)])
    rows = Spool(
        (_row(cells_of(line, faults, how, formulas=True), at) for line in table.plain_lines()),
        kept=table.room,
    )
    labels = {meaning: f"{column}label" for meaning, column in at.items() if column}
    told = {what: label for what, label in labels.items() if label in table.columns}
    told = at | told | {"identifiers": at["person"], "wikidata": at["person"]}
    for what, meaning in (("name", "person"), ("territory", "area"), ("convocation", "term")):
        told[what] = told.pop(meaning)
    return rows, told


def _row(cells: Cells, at: dict[str, str]) -> Row:
    item = _item(cells, at["person"])
    if item is None:
        # Beside a fault, or a person of whom it is only known that there is one.
        cells.fault(Code.NO_IDENTIFIER, at["person"])
    name = _label(cells, at["person"])
    start, end = _date(cells, at["start"]), _date(cells, at["end"])
    term = _label(cells, at["term"]) or cells.text(at["term"], VALUE)
    return Row(
        line=cells.number,
        person=PersonRow(
            names={UNSTATED: name} if name else {},
            key=item.value if item else "",
            identifiers=(item,) if item else (),
            birth=_date(cells, at["birth"]),
            gender=(_label(cells, at["gender"]) or cells.text(at["gender"], 20))[:20],
        ),
        start=start or UNKNOWN,
        end=end,
        start_inherited=cells.empty(at["start"]),
        end_inherited=cells.empty(at["end"]),
        convocation=term,
        area=_named(cells, at["area"]),
        party=_named(cells, at["party"]),
        raw=cells.raw_cells,
    )


def _item(cells: Cells, column: str) -> Identifier | None:
    found = ITEM.fullmatch(cells.text(column, VALUE))
    return Identifier(WIKIDATA, found[1]) if found else None


def _label(cells: Cells, column: str) -> str:
    """The label of an item; where it has none, the query service writes its number again."""
    label = cells.name(f"{column}label") if column else ""
    return "" if ITEM.fullmatch(label) else label


def _named(cells: Cells, column: str) -> Named | None:
    item, name = _item(cells, column), _label(cells, column)
    if not name and not item:
        name = cells.name(column)
    if name.casefold() in NO_GROUP and not item:
        return None
    return Named({UNSTATED: name} if name else {}, "", (item,) if item else ())


def _date(cells: Cells, column: str) -> PartialDate | None:
    if _SOME_VALUE.match(cells.text(column)):
        return UNKNOWN
    found = cells.date(column)
    if found and found.precision is Precision.DAY and str(found).endswith("-01-01"):
        cells.fault(Code.YEAR_PERHAPS, column)
    return found
