"""Rows of a plain list, as an office keeps it: somebody says what each of its columns holds.

Such a list has no identifiers, so its rows come without any: who is meant is found by name and
date of birth, and a curator decides.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from registry.domain.dates import UNKNOWN
from registry.rosters.columns import LANGUAGES
from registry.rosters.faults import Code, Fault, Refused
from registry.rosters.reading.bodies import Body
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
    "н/в",
    "по н/в",
    "по наст. время",
    "по сей день",
    "incumbent",
    "current",
    "to date",
    "dato",
    "наст. время",
    "қазіргі уақытқа дейін",
    "heute",
    "bis heute",
}
# What stands for the name of somebody who is still to come.
VACANT = {
    "vacant",
    "vacancy",
    "вакансия",
    "вакантно",
    "вакант",
    "вакантное место",
    "бос",
    "бос орын",
    "n.n",
    "vakant",
    "unbesetzt",
}
# What stands for the party of somebody who has none.
NO_PARTY = {
    "no party",
    "non-partisan",
    "б/п",
    "беспартийный",
    "беспартийная",
    "вне фракций",
    "внефракционный",
    "партияда жоқ",
    "партиясыз",
    "parteilos",
    "fraktionslos",
}
# Below the names of a list, and beside them.
TOTALS = {"total", "итого", "всего", "барлығы", "жиыны", "insgesamt", "summe"}
# A number alone is nobody; one beside a name may tell two of that name apart.
_NOT_OF_A_NAME = re.compile(r"^[\W\d_]+$|[*†‡¹²³⁴⁵⁶⁷⁸⁹«»:@<>&{}|\[\]]")
_MARKS = re.compile(r"[\s*†‡¹²³⁴⁵⁶⁷⁸⁹]+$|\s*\[[^\]]{1,3}\]$|\s*\(\d{1,3}\)$")


def rows_of(
    table: Table, body: Body, faults: Faults, how: Reading
) -> tuple[Spool[Row], dict[str, str]]:
    """The rows but those of vacant seats, and the column of each meaning.

    Raises `Refused` without a column for names.
    """
    fields = _fields(table, how)
    held = {field: column for column, field in fields.items() if field}
    named = next(held[field] for field in NAMED_BY if field in held)
    at = defaultdict(str, held)
    lines = (line for line in table.plain_lines() if not _is_vacant(line, named))
    other = cache(body.other_called)
    rows: Spool[Row] = Spool(kept=table.room)
    for line in lines:
        cells = _cells(line, at, faults, how)
        if other(cells.text(at["institution"])):
            about = body.institution
            cells.fault(Code.OTHER_INSTITUTION, at["institution"], institution=about)
        rows.append(_row(cells, at))
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


def _is_vacant(line: Line, named: str) -> bool:
    return line.cells.get(named, "").strip(" .()").casefold() in VACANT


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
        party=_party(cells, at["party"]),
        note=cells.raw(at["note"]).strip(),
        raw=cells.raw_cells,
    )


def _person(cells: Cells, at: Mapping[str, str]) -> PersonRow:
    family, given, patronymic = (
        _name(cells, at[part]) for part in ("family_name", "given_name", "patronymic")
    )
    names = {
        code: _name(cells, at[f"name_{code}"]) for code in LANGUAGES if f"name_{code}" in FIELDS
    }
    first_names = " ".join(part for part in (given, patronymic) if part)
    whole = _name(cells, at["name"]) or " ".join(part for part in (first_names, family) if part)
    names = {code: name for code, name in names.items() if name} or {UNSTATED: whole}
    # What stands behind an empty family name is the signature below the list, or the like.
    unsaid = UNSTATED in names and at["family_name"] and not (family or cells.text(at["name"]))
    if not any(names.values()) or unsaid:
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


def _name(cells: Cells, column: str) -> str:
    """The name of a person; a fault for what else stands in the column of the names."""
    name = cells.name(column)
    told = name.casefold().strip(" .:")
    total = told.rstrip("0123456789 ") in TOTALS
    if _NOT_OF_A_NAME.search(name) or total or (told and told == column):
        bare = _MARKS.sub("", name)
        meant = bare if bare != name and not _NOT_OF_A_NAME.search(bare) else ""
        cells.fault(Code.NOT_A_NAME, column, suggestion=meant)
    return name


def _party(cells: Cells, column: str) -> Named | None:
    return None if cells.text(column).casefold() in NO_PARTY else _named(cells, column)


def _named(cells: Cells, column: str) -> Named | None:
    name = cells.name(column)
    if _QUOTED.fullmatch(name):
        name = name[1:-1].strip()
    return None if name.casefold() in NO_GROUP else Named({UNSTATED: name})
