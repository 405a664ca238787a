"""Rows created, changed and deleted many at a time, each with its history and its words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any

from django.db import connection
from django.db.models import CASCADE, Field, Model
from django.utils import timezone

from registry.models import ImportRun
from registry.models.fields import DerivedField
from registry.models.spelled import Spelled, forget, spell
from registry.rosters.applying.words import spell_new
from registry.rosters.applying.writer import writer
from registry.rosters.matching.register import batches


class Bulk:
    """Writes in the name of `user` and of an import, for a `reason` that the history shows."""

    def __init__(self, user: Any, reason: str, run: ImportRun) -> None:
        self.reason = reason
        self.user, self.run = user, run
        self.writer = writer()
        self.words: set[str] = set()

    def create(self, model: type[Model], rows: Sequence[Any]) -> None:
        """Insert records; each gets its primary key."""
        if not rows:
            return
        fields = model._meta.concrete_fields
        for row, pk in zip(rows, self.writer.reserve(model, len(rows)), strict=True):
            row.pk = pk
        for field in DerivedField.of(model):
            field.derive(rows)
        self.writer.insert(model, [f.column for f in fields], self._values(fields, rows))
        self._remember(model, "+", [row.pk for row in rows])
        if issubclass(model, Spelled):
            spell_new(self.writer, model, rows, self.words)

    def insert(
        self, model: type[Model], names: Sequence[str], rows: Sequence[tuple[Any, ...]]
    ) -> Sequence[int]:
        """Insert what would be records with these attributes, and say their primary keys.

        To make a record of each would take longer than to write it. The other columns are as in
        a record that nobody filled in; none of them may be derived.
        """
        if not rows:
            return ()
        keys = self.writer.reserve(model, len(rows))
        of_name = {field.attname: field for field in model._meta.concrete_fields}
        blank = {
            name: value
            for name, field in of_name.items()
            if name not in names and (value := field.get_default()) is not None
        }
        fields = [of_name[name] for name in ("id", *names, *blank)]
        made = [self.writer.prepared(field) for field in fields]
        filled = len(names) + 1
        told = [
            make(value) if make else value
            for make, value in zip(made[filled:], blank.values(), strict=True)
        ]
        places = [(place, make) for place, make in enumerate(made[:filled]) if make]

        def values() -> Iterator[list[Any]]:
            for key, row in zip(keys, rows, strict=True):
                line = [key, *row]
                for place, make in places:
                    line[place] = make(line[place])
                yield line + told

        self.writer.insert(model, [field.column for field in fields], values())
        self._remember(model, "+", keys)
        return keys

    def update(self, model: type[Model], rows: Sequence[Any], names: Iterable[str]) -> None:
        """Write the fields `names` of recorded rows."""
        if not rows:
            return
        names = {*names}
        fields = [f for f in model._meta.concrete_fields if f.name in names]
        if spelled := issubclass(model, Spelled) and bool(names & {*model.spelled_in}):
            for field in (derived := DerivedField.of(model)):
                field.derive(rows)
            fields += derived
        if fields:
            pk = model._meta.pk
            assigned = ", ".join(f"{_quoted(f.column)} = %s" for f in fields)
            self.writer.each(
                f"UPDATE {_quoted(model._meta.db_table)} SET {assigned} "
                f"WHERE {_quoted(pk.column)} = %s",
                list(self._values([*fields, pk], rows)),
            )
        self._remember(model, "~", [row.pk for row in rows])
        if spelled:
            spell(rows)

    def delete(self, rows: Sequence[Any]) -> None:
        """Delete rows and what belongs to them, and keep that in their history."""
        if not rows:
            return
        model, keys = type(rows[0]), [row.pk for row in rows]
        for some in batches(keys):
            for relation in model._meta.related_objects:
                if relation.on_delete is CASCADE:
                    children = relation.related_model._default_manager
                    self.delete(list(children.filter(**{f"{relation.field.name}__in": some})))
        self.remove(model, keys)

    def remove(self, model: type[Model], keys: Collection[int]) -> None:
        """Delete rows and nothing else, and keep that in their history, if they have one."""
        if not keys:
            return
        if hasattr(model, "history"):
            self._remember(model, "-", keys)
        self.writer.execute(*self._where(f"DELETE FROM {_quoted(model._meta.db_table)}", keys))
        for some in batches(keys):
            forget(model, some)

    def restore(self, model: type[Model], versions: Mapping[int, int]) -> None:
        """Give rows the values of a version of theirs; `versions` are theirs by row."""
        if not versions:
            return
        table, old, columns = _tables(model)
        values = ", ".join(f"{column} = {old}.{column}" for column in columns)
        condition, wanted = self.writer.among(f"{old}.history_id", versions.values())
        self.writer.execute(
            f"UPDATE {table} SET {values} FROM {old} WHERE {condition} AND {old}.id = {table}.id",
            wanted,
        )
        self._remember(model, "~", versions)
        self._spell(model, versions)

    def bring_back(self, model: type[Model], versions: Mapping[int, int]) -> None:
        """Insert rows that were deleted, each with the values of a version and its old key."""
        if not versions:
            return
        table, old, columns = _tables(model)
        listed = ", ".join(columns)
        condition, wanted = self.writer.among("history_id", versions.values())
        self.writer.execute(
            f"INSERT INTO {table} ({listed}) SELECT {listed} FROM {old} WHERE {condition}", wanted
        )
        self._remember(model, "+", versions)
        self._spell(model, versions)

    def _spell(self, model: type[Model], keys: Iterable[int]) -> None:
        if issubclass(model, Spelled):
            for some in batches(keys):
                spell(model._default_manager.filter(pk__in=some))

    def _values(self, fields: Sequence[Field], rows: Iterable[Any]) -> Iterator[list[Any]]:
        held = attrgetter(*(field.attname for field in fields))
        made = [self.writer.prepared(field) for field in fields]
        places = [(place, make) for place, make in enumerate(made) if make]
        for row in rows:
            line = list(held(row))
            for place, make in places:
                line[place] = make(line[place])
            yield line

    def _remember(self, model: type[Model], kind: str, keys: Collection[int]) -> None:
        """Keep a version of each row as it stands in the table."""
        table, old, columns = _tables(model)
        about = ("history_date", "history_type", "history_change_reason", "history_user_id")
        names = ", ".join([*columns, *map(_quoted, (*about, "run_id"))])
        sql = (
            f"INSERT INTO {old} ({names}) "
            f"SELECT {', '.join(columns)}, %s, %s, %s, %s, %s FROM {table}"
        )
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        said = [now, kind, self.reason, self.user.pk if self.user else None, self.run.pk]
        self.writer.execute(*self._where(sql, keys, said))

    def _where(
        self, sql: str, keys: Collection[int], parameters: Sequence[Any] = ()
    ) -> tuple[str, list[Any]]:
        condition, wanted = self.writer.among(_quoted("id"), keys)
        # By their keys, so that versions follow each other as the rows do.
        order = f" ORDER BY {_quoted('id')}" if sql.startswith("INSERT") else ""
        return f"{sql} WHERE {condition}{order}", [*parameters, *wanted]


def _tables(model: type[Model]) -> tuple[str, str, list[str]]:
    """The table of a model, that of its versions, and the columns that both have."""
    history = model.history.model
    columns = [_quoted(field.column) for field in history.tracked_fields]
    return _quoted(model._meta.db_table), _quoted(history._meta.db_table), columns


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
