"""Rows of EveryPolitician's term files, of any of their widths.

Their columns came one after the other: 9 at first, later 13, 16 and 19 of
`id,name,sort_name,email,twitter,facebook,group,group_id,area_id,area,chamber,term,start_date,
end_date,image,gender,wikidata,wikidata_group,wikidata_area`. They are known by their names, in
any order, and other columns do no harm. A person has one row for each interval of group or area.
The oldest files have both chambers of a parliament in one.
"""

from __future__ import annotations

from registry.domain.dates import UNKNOWN
from registry.rosters.faults import Code, Fault, Refused
from registry.rosters.reading.bodies import Body
from registry.rosters.reading.cells import SCHEME as SCHEME_LENGTH
from registry.rosters.reading.cells import VALUE, Cells, cells_of, is_uuid
from registry.rosters.reading.gathering import Faults
from registry.rosters.reading.options import Reading
from registry.rosters.reading.spool import Spool
from registry.rosters.reading.tables import Table
from registry.rosters.rows import UNSTATED, Identifier, Named, PersonRow, Row

SCHEME = "everypolitician"
WIKIDATA = "wikidata"
REQUIRED = ("id", "name")
# With dates alone it could as well be the table of convocations.
TELLING = ("group", "term", "chamber")

# Where what stands that is looked up in the register, for messages about it.
AT = {
    "name": "name",
    "identifiers": "id",
    "wikidata": "wikidata",
    "convocation": "term",
    "territory": "area",
    "party": "group",
    "start": "start_date",
    "end": "end_date",
}

# What such files write for a member without a group.
NO_GROUP = {"", "unknown", "_unknown", "none"}


def recognises(columns: tuple[str, ...]) -> bool:
    return set(REQUIRED) <= set(columns) and any(column in columns for column in TELLING)


def rows_of(table: Table, body: Body, faults: Faults, how: Reading) -> tuple[Spool[Row], int]:
    """The rows of one body, and how many lines were left out because they speak of another.

    Raises `Refused` if no line is about the body.
    """
    missing = [column for column in REQUIRED if column not in table.columns]
    if missing:
        line = table.header_line
        raise Refused(
            [Fault(Code.MISSING_COLUMN, line, each, details={"column": each}) for each in missing]
        )
    several = _has_several_chambers(table, body)
    rows: Spool[Row] = Spool(kept=table.room)
    for line in table.plain_lines():
        cells = cells_of(line, faults, how, formulas=True)
        if not several or body.goes_by(cells.text("chamber")):
            rows.append(_row(cells, body.slug))
    if not rows and several:
        known = ", ".join(sorted(several))
        details = {"institution": body.institution, "known": known}
        raise Refused([Fault(Code.WHICH_CHAMBER, None, "chamber", details=details)])
    return rows, len(table.lines) - len(rows)


def _has_several_chambers(table: Table, body: Body) -> dict[str, int]:
    """The chambers of a file that has more than one, each with its first line.

    What a file with one chamber calls it is the file's affair, unless that is the name of
    another body here.
    """
    chambers: dict[str, int] = {}
    for line in table.plain_lines() if "chamber" in table.columns else ():
        if line.whole and (chamber := " ".join(line.cells.get("chamber", "").split())):
            chambers.setdefault(chamber, line.number)
    if len(chambers) > 1:
        return chambers
    for chamber, line in chambers.items():
        if other := body.other_called(chamber):
            details = {"institution": body.institution, "other": other.slug}
            raise Refused([Fault(Code.OTHER_CHAMBER, line, "chamber", chamber, details)])
    return {}


def _row(cells: Cells, institution: str) -> Row:
    key = cells.text("id", VALUE)
    if cells.empty("id"):
        cells.fault(Code.NO_IDENTIFIER, "id")
    name, sort_name = cells.name("name"), cells.name("sort_name")
    if cells.empty("name"):
        cells.fault(Code.NO_NAME, "name")
    person = PersonRow(
        names={UNSTATED: name},
        key=key,
        identifiers=(*legacy(SCHEME, key, institution), *cells.identifier(WIKIDATA, WIKIDATA)),
        sort_names={UNSTATED: sort_name} if sort_name and sort_name != name else {},
        gender=cells.text("gender", 20),
    )
    start = cells.date("start_date")
    end, end_inherited = cells.end("end_date")
    return Row(
        line=cells.number,
        person=person,
        start=start or UNKNOWN,
        end=end,
        start_inherited=not cells.text("start_date"),
        end_inherited=end_inherited,
        convocation=cells.text("term", VALUE),
        area=_named(cells, "area"),
        party=_named(cells, "group"),
        raw=cells.raw_cells,
    )


def _named(cells: Cells, column: str) -> Named | None:
    name = cells.name(column)
    if name.casefold() in NO_GROUP:
        return None
    own = cells.text(f"{column}_id", VALUE)
    strong = cells.identifier(f"wikidata_{column}", WIKIDATA)
    return Named({UNSTATED: name}, "", strong, weak(own)) if name else None


def legacy(scheme: str, value: str, institution: str) -> tuple[Identifier, ...]:
    """The id of a person. A UUID is one everywhere; `62` is another person in each body."""
    if not value:
        return ()
    if not is_uuid(value):
        scheme = f"{scheme}-{institution}"[:SCHEME_LENGTH]
    return (Identifier(scheme, value),)


def weak(value: str) -> Identifier | None:
    """An id that holds within one set of files; a bare number holds within one file only."""
    if not value or (value.isdigit() and not is_uuid(value)):
        return None
    return Identifier(SCHEME, value)
