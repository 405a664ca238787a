"""Reads a folder of seeds and checks its files against each other and what is recorded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from registry.seeds.columns import Key
from registry.seeds.faults import Fault, nearest
from registry.seeds.references import Ref, read_citations
from registry.seeds.sheets import Row, Sheet, read_sheet
from registry.seeds.table import Table
from registry.seeds.tables import TABLES

TABLE_OF = {table.name: table for table in TABLES}


@dataclass(frozen=True, slots=True)
class Draft:
    """A row, read but not yet compared. `citations` is `None` without a column for sources."""

    row: Row
    key: Key
    values: dict[str, Any]
    citations: list[tuple[Ref, str]] | None

    def references(self) -> Iterable[Ref]:
        for value in self.values.values():
            if isinstance(value, Ref):
                yield value
            elif isinstance(value, list):
                yield from (each for each in value if isinstance(each, Ref))
        yield from (ref for ref, _place in self.citations or ())


class Reading:
    """The rows of all files of a folder as drafts, and every fault that is in them."""

    def __init__(self, folder: Path) -> None:
        self.faults: list[Fault] = []
        self.drafts: dict[str, list[Draft]] = {}
        self._stored: dict[str, dict[Key, models.Model]] = {}
        self._named: dict[str, set[Key]] = {}
        self._unread: set[str] = set()
        # Records that the folder names but that somebody deleted from the registry.
        self.absent: set[tuple[str, Key]] = set()
        self._look_for_strangers(folder)
        for table in TABLES:
            path = folder / table.file
            if not path.is_file():
                continue
            sheet = read_sheet(path, self.faults.append)
            readable = sheet is not None and self._has_right_columns(table, sheet)
            if sheet is None or not readable or not sheet.whole:
                self._unread.add(table.name)
            if sheet is not None and readable:
                self._read(table, sheet)
        self._check_references()

    def stored(self, table: str) -> dict[Key, models.Model]:
        """The records of a table in the registry, by the key that a row would know them by."""
        if table not in self._stored:
            self._stored[table] = TABLE_OF[table].stored()
        return self._stored[table]

    def leads_to_absent(self, draft: Draft) -> bool:
        return any((ref.table, ref.key) in self.absent for ref in draft.references())

    def _look_for_strangers(self, folder: Path) -> None:
        names = [table.file for table in TABLES]
        for path in sorted(folder.glob("*.csv")):
            if path.name not in names:
                near = nearest(path.name, names)
                reason = (
                    _("A folder of seeds has no such file. Did you mean %(near)s?")
                    if near
                    else _("A folder of seeds has no such file. It may have: %(known)s.")
                )
                facts = {"near": near, "known": ", ".join(names)}
                self.faults.append(Fault(path.name, reason % facts))
        if not any((folder / name).is_file() for name in names):
            reason = _("The folder holds none of the files of a folder of seeds: %(known)s.")
            self.faults.append(Fault(str(folder), reason % {"known": ", ".join(names)}))

    def _has_right_columns(self, table: Table, sheet: Sheet) -> bool:
        before = len(self.faults)

        def say(header: str, reason: str) -> None:
            self.faults.append(Fault(table.file, reason, row=1, column=header or "?"))

        for header in dict.fromkeys(sheet.headers):
            if header not in table.headers:
                near = nearest(header, table.headers)
                reason = (
                    _("There is no such column. Did you mean %(near)s?")
                    if near
                    else _("There is no such column. There may be: %(known)s.")
                )
                say(header, reason % {"near": near, "known": ", ".join(table.headers)})
            elif sheet.headers.count(header) > 1:
                say(header, _("The column is there twice."))
        for column in table.all_columns:
            if column.needed and not set(column.headers()) & set(sheet.headers):
                say(column.headers()[0], _("The column is missing."))
        return len(self.faults) == before

    def _read(self, table: Table, sheet: Sheet) -> None:
        rows: dict[Key, int] = {}
        self.drafts[table.name] = [self._read_row(table, row) for row in sheet.rows]
        for draft in self.drafts[table.name]:
            if draft.key in rows and any(draft.key):
                reason = _("The row names the same record as row %(row)d: %(key)s.")
                facts = {"row": rows[draft.key], "key": ", ".join(filter(None, draft.key))}
                self.faults.append(Fault(table.file, reason % facts, row=draft.row.number))
            rows.setdefault(draft.key, draft.row.number)
        self._named[table.name] = set(rows)

    def _read_row(self, table: Table, row: Row) -> Draft:
        def say(header: str, reason: str) -> None:
            value = row.cells.get(header, "")
            self.faults.append(Fault(table.file, reason, row.number, header, value))

        values: dict[str, Any] = {}
        before = len(self.faults)
        for column in table.all_columns:
            present = [header for header in column.headers() if header in row.cells]
            if not present:
                continue
            if column.required and present == [column.header] and not row.cells[column.header]:
                say(column.header, _("The cell must be filled."))
            else:
                values |= column.read(row.cells, table.model, say)
        # What cells say together can only be judged once each of them is read.
        if table.check and len(self.faults) == before:
            table.check(values, say)
        columns = {column.header: column for column in table.all_columns}
        key = tuple(columns[header].key_text(row.cells, table.model) for header in table.key)
        citations = None
        if table.cited and "source" in row.cells:
            citations = read_citations(row.cells, say)
        return Draft(row, key, values, citations)

    def _check_references(self) -> None:
        for table, drafts in self.drafts.items():
            for draft in drafts:
                unknown = [ref for ref in draft.references() if not self._is_known(ref)]
                named = {ref.key[-1] for ref in unknown}
                for ref in unknown:
                    # What lies inside something unknown is unknown too; once is enough.
                    if not named & set(ref.key[:-1]):
                        self._say_unknown(TABLE_OF[table].file, draft.row, ref)

    def _is_known(self, ref: Ref) -> bool:
        return (
            ref.table in self._unread
            or ref.key in self._named.get(ref.table, ())
            or ref.key in self.stored(ref.table)
        )

    def _say_unknown(self, file: str, row: Row, ref: Ref) -> None:
        every = [*self._named.get(ref.table, ()), *self.stored(ref.table)]
        near = nearest(ref.key[-1], {key[-1] for key in every if key[:-1] == ref.key[:-1]})
        reason = (
            _("There is none in %(file)s nor in the registry. Did you mean %(near)s?")
            if near
            else _("There is none in %(file)s nor in the registry.")
        )
        facts = {"file": TABLE_OF[ref.table].file, "near": near}
        self.faults.append(Fault(file, reason % facts, row.number, ref.header, ref.key[-1]))
