"""Rows of a plain list, as an office keeps it: somebody says what each of its columns holds.

Such a list has no identifiers, so its rows come without any: who is meant is found by name and
date of birth, and a curator decides.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from registry.domain.dates import UNKNOWN
from registry.rosters.columns import LANGUAGES
from registry.rosters.faults import Code, Fault, Refused
from registry.rosters.reading.cells import VALUE, Cells, cells_of
from registry.rosters.reading.gathering import Faults
from registry.rosters.reading.headers import FIELDS, NAMED_BY, guessed
from registry.rosters.reading.layouts.everypolitician import NO_GROUP
from registry.rosters.reading.layouts.wikidata import ITEM, WIKIDATA
from registry.rosters.reading.options import Reading
from registry.rosters.reading.spool import Spool
from registry.rosters.reading.tables import Line, Table
from registry.rosters.rows import UNSTATED, Identifier, Named, PersonRow, Row

GENDERS = {
    "female": "female",
    "f": "female",
    "w": "female",
    "ж": "female",
    "жен": "female",
    "женский": "female",
    "әйел": "female",
    "weiblich": "female",
    "male": "male",
    "m": "male",
    "м": "male",
    "муж": "male",
    "мужской": "male",
    "ер": "male",
    "еркек": "male",
    "männlich": "male",
}
_QUOTED = re.compile('[«“„"][^«»“”„"]+[»”“"]')
# What stands in an empty cell of a list.
NOTHING = {"", "-", "–", "—", "нет", "жоқ", "n/a", "н/д"}
# What stands for an end that has not come.
STILL = {
    "present",
    "по настоящее время",
    "настоящее время",
    "по н.в.",
    "н.в.",
    "қазіргі уақытқа дейін",
    "heute",
    "bis heute",
}


def rows_of(table: Table, faults: Faults, how: Reading) -> tuple[Spool[Row], dict[str, str]]:
    """The rows, and the column of each meaning. Raises `Refused` without a column for names."""
    fields = _fields(table, how)
    held = {field: column for column, field in fields.items() if field}
    named = next(held[field] for field in NAMED_BY if field in held)
    at = defaultdict(str, held)
    rows = Spool(
        (_row(_cells(line, at, faults, how), at) for line in table.plain_lines()), kept=table.room
    )
    return rows, {"name": named, "identifiers": at["wikidata"], **held}


def _fields(table: Table, how: Reading) -> dict[str, str]:
    fields = guessed(table.columns, how.columns)
    found: list[Fault] = []
    held: dict[str, str] = {}
    for column, field in fields.items():
        if field and field not in FIELDS:
            details = {"choices": ", ".join(FIELDS)}
            found.append(Fault(Code.NOT_A_CHOICE, table.header_line, column, field, details))
        elif field and field in held:
            details = {"field": FIELDS[field]}
            found.append(Fault(Code.DOUBLED_MEANING, table.header_line, column, column, details))
        held[field] = column
    if not any(field in held for field in NAMED_BY):
        details = {"column": "name"}
        found.append(Fault(Code.MISSING_COLUMN, table.header_line, "name", details=details))
    if found:
        raise Refused(found)
    return fields


def _cells(line: Line, at: Mapping[str, str], faults: Faults, how: Reading) -> Cells:
    """The cells of a line; a dash in one says that there is nothing to say."""
    held = {
        column: cell
        for column, cell in line.cells.items()
        if cell.strip().casefold() not in NOTHING or column == at["note"]
    }
    cells = cells_of(line._replace(cells=held), faults, how, formulas=True)
    cells.raw_cells = line.cells
    return cells


def _row(cells: Cells, at: Mapping[str, str]) -> Row:
    """One line; `at` names the column of the file that holds each of ours."""
    start = cells.date(at["start"])
    still = cells.text(at["end"]).casefold() in STILL
    end = None if still else cells.date(at["end"])
    return Row(
        line=cells.number,
        person=_person(cells, at),
        start=start or UNKNOWN,
        end=end,
        start_inherited=cells.empty(at["start"]),
        end_inherited=cells.empty(at["end"]),
        convocation=cells.text(at["convocation"], VALUE),
        area=_named(cells, at["territory"]),
        group=cells.text(at["group"], VALUE),
        party=_named(cells, at["party"]),
        note=cells.raw(at["note"]).strip(),
        raw=cells.raw_cells,
    )


def _person(cells: Cells, at: Mapping[str, str]) -> PersonRow:
    family, given, patronymic = (
        cells.name(at[part]) for part in ("family_name", "given_name", "patronymic")
    )
    names = {code: cells.name(at[f"name_{code}"]) for code in LANGUAGES if f"name_{code}" in FIELDS}
    first_names = " ".join(part for part in (given, patronymic) if part)
    whole = cells.name(at["name"]) or " ".join(part for part in (first_names, family) if part)
    names = {code: name for code, name in names.items() if name} or {UNSTATED: whole}
    if not any(names.values()):
        cells.fault(Code.NO_NAME, at["name"] or at["family_name"])
    listed = f"{family}, {first_names}" if family and first_names else ""
    item = cells.text(at["wikidata"])
    if item and not (found := ITEM.fullmatch(item)):
        cells.fault(Code.NOT_A_CHOICE, at["wikidata"], choices="Q1234")
    return PersonRow(
        names=names,
        identifiers=(Identifier(WIKIDATA, found[1]),) if item and found else (),
        sort_names={UNSTATED: listed} if listed and UNSTATED in names else {},
        birth=cells.date(at["birth"]),
        gender=GENDERS.get(cells.text(at["gender"]).casefold().rstrip("."), ""),
    )


def _named(cells: Cells, column: str) -> Named | None:
    name = cells.name(column)
    if _QUOTED.fullmatch(name):
        name = name[1:-1].strip()
    return None if name.casefold() in NO_GROUP else Named({UNSTATED: name})
