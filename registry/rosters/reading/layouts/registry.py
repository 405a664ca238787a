"""Rows of the registry's own layout; `rosters.columns` describes it."""

from __future__ import annotations

from collections import Counter

from registry.domain.dates import UNKNOWN, PartialDate
from registry.rosters.columns import (
    BASES,
    COLUMNS,
    DESIGNATIONS,
    EXAMPLE,
    EXAMPLE_SCHEME,
    LANGUAGES,
    RAW,
    STATUSES,
    parted_names,
)
from registry.rosters.faults import Code, Fault, Refused
from registry.rosters.reading.cells import DAMAGED, LOST, LOST_WORDS, VALUE, Cells, cells_of
from registry.rosters.reading.gathering import Faults
from registry.rosters.reading.guard import unguarded
from registry.rosters.reading.options import Reading
from registry.rosters.reading.spool import Spool
from registry.rosters.reading.tables import Letters, Table
from registry.rosters.rows import UNSTATED, Named, PersonRow, Row

# What names look like that have lost letters, in a table as the registry exports it.
LOST_AMONG = {Letters.ASCII: LOST_WORDS, Letters.CODE_PAGE: LOST, Letters.ALL: DAMAGED}
IN_LANGUAGES = {
    prefix: [(code, f"{prefix}_{code}") for code in LANGUAGES] for prefix in ("name", "sort_name")
}
IDENTIFYING = ("person_id", "identifiers")
# Where what stands that is looked up in the register, for messages about it.
AT = {
    **{each: each for each in ("convocation", "group", "territory", "party", "start", "end")},
    "name": "name_en",
    "identifiers": "identifiers",
    "wikidata": "identifiers",
}


def recognises(columns: tuple[str, ...]) -> bool:
    return any(column in columns for column in IDENTIFYING)


def rows_of(
    table: Table, institution: str, faults: Faults, how: Reading
) -> tuple[Spool[Row], dict[str, int]]:
    """The rows, and how many lines were left out: of vacant seats, and the example of the empty
    file, if somebody left it there as it was."""
    if not recognises(table.columns):
        missing = "identifiers"
        details = {"column": missing}
        raise Refused([Fault(Code.MISSING_COLUMN, table.header_line, missing, details=details)])
    exported = set(COLUMNS) <= set(table.columns)
    about = {"lost": LOST_AMONG[table.letters] if exported else LOST}
    raw = RAW in table.columns
    rows: Spool[Row] = Spool(kept=table.room)
    skipped: Counter[str] = Counter()
    for line in table.lines:
        begun = {cell[:1] for cell in line.cells.values()} if not raw else ()
        formulas = [c for c, cell in line.cells.items() if cell[:1] == "="] if "=" in begun else []
        if "'" in begun:
            line = line._replace(cells={c: unguarded(cell) for c, cell in line.cells.items()})
        if line.whole and EXAMPLE.items() <= line.cells.items():
            skipped["example"] += 1
            continue
        cells = cells_of(line, faults, how, **about)
        if cells.choice("status", STATUSES) == "vacant":
            skipped["vacant"] += 1
            continue
        for column in formulas:
            cells.fault(Code.FORMULA, column)
        # What else there is to say of a line with a formula depends on what that yields.
        rows.append(_row(Cells(line.number, line.cells, []) if formulas else cells, institution))
    return rows, dict(skipped)


def _row(cells: Cells, institution: str) -> Row:
    named = cells.text("institution")
    if named and named != institution:
        cells.fault(Code.OTHER_INSTITUTION, "institution", institution=institution)
    convocation = cells.number_in("convocation")
    start, start_inherited = _date(cells, "start")
    end, end_inherited = _date(cells, "end")
    return Row(
        line=cells.number,
        person=_person(cells),
        start=start or UNKNOWN,
        end=end,
        start_inherited=start_inherited,
        end_inherited=end_inherited,
        convocation=convocation,
        area=_named(cells, "territory", "territory"),
        group=cells.text("group"),
        party=_named(cells, "party", "party_name"),
        party_start=cells.date("party_start"),
        party_end=cells.date("party_end"),
        acting=cells.flag("acting"),
        designation=cells.choice("designation", DESIGNATIONS),
        end_reason=_words(cells, "end_reason", 200),
        note=_words(cells, "note"),
        on=str(cells.date("on") or ""),
        raw=cells.raw_cells,
    )


def _date(cells: Cells, column: str) -> tuple[PartialDate | None, bool]:
    """A date, and whether it is left to the convocation."""
    found = cells.precise_date(column)
    basis = cells.choice(f"{column}_basis", BASES)
    empty = found is None and not cells.text(column)
    return found, basis == "inherited" or (empty and not basis)


def _person(cells: Cells) -> PersonRow:
    uid = cells.uid("person_id")
    identifiers = cells.identifiers("identifiers")
    if any(each.scheme == EXAMPLE_SCHEME for each in identifiers):
        cells.fault(Code.EXAMPLE_ROW, "identifiers")
    names = _texts(cells, "name")
    if not (uid or identifiers or names or cells.text("person_id")):
        cells.fault(Code.NO_IDENTIFIER, "identifiers")
    return PersonRow(
        names=names,
        key=str(uid or ""),
        uid=uid,
        identifiers=identifiers,
        sort_names=_texts(cells, "sort_name"),
        other_names=tuple(parted_names(cells.raw("other_names"))),
        birth=cells.date("birth"),
        gender=cells.text("gender", 20),
        sample=cells.flag("sample"),
    )


def _texts(cells: Cells, prefix: str) -> dict[str, str]:
    return {
        code: text
        for code, column in IN_LANGUAGES[prefix]
        if not cells.bare(column) and (text := cells.name(column))
    }


def _named(cells: Cells, slug: str, name: str) -> Named | None:
    address, words = cells.text(slug, VALUE), cells.name(name)
    if not address and not words:
        return None
    return Named({UNSTATED: words} if words else {}, address)


def _words(cells: Cells, column: str, limit: int | None = None) -> str:
    return cells.raw(column, limit).strip()
