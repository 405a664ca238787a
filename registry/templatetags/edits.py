"""The words of the register's own history: what was done to a record, and to which fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import models
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from registry.domain.dates import UNKNOWN, PartialDate
from registry.templatetags.days import partial
from registry.templatetags.wording import text

KINDS: dict[str, Any] = {
    "added": _("Added"),
    "changed": _("Corrected"),
    "removed": _("Removed"),
}
# One date may stand in two or three columns.
DATES: dict[str, tuple[Any, tuple[str, ...]]] = {
    "start": (_("Start"), ("start_earliest", "start_latest")),
    "end": (_("End"), ("end_earliest", "end_latest", "has_ended")),
    "day": (_("Day"), ("day_earliest", "day_latest")),
    "birth": (_("Born"), ("birth_earliest", "birth_latest")),
}

Names = Mapping[tuple[str, int], Any]


class Field(NamedTuple):
    """A field of a record that an edit changed, in words; `old` is empty where nothing was."""

    label: str
    old: str
    new: str


def changed_fields(
    model: type[models.Model],
    now: Mapping[str, Any],
    before: Mapping[str, Any] | None,
    names: Names,
) -> Iterator[Field]:
    """What an edit changed; without a version before, what is in the record."""
    told: set[str] = set()
    for label, columns in DATES.values():
        if columns[0] not in now:
            continue
        told |= set(columns)
        old, new = (_date(row, columns) for row in (before, now))
        if old != new:
            yield Field(str(label), old, new)
    for field in (*model._meta.concrete_fields, *model._meta.many_to_many):
        name = field.name
        if name not in now or name in told:
            continue
        old, new = (_value(field, row.get(name) if row else None, names) for row in (before, now))
        if old != new:
            yield Field(capfirst(str(field.verbose_name)), old, new)


def _date(row: Mapping[str, Any] | None, columns: tuple[str, ...]) -> str:
    if row is None:
        return ""
    when = PartialDate(row[columns[0]], row[columns[1]])
    if when != UNKNOWN:
        return partial(when)
    return gettext("day not recorded") if len(columns) > 2 and row[columns[2]] else ""


def _value(field: models.Field, value: Any, names: Names) -> str:
    """A value as a reader reads it, "" for nothing."""
    if value in (None, "", [], {}) or value is False:
        return ""
    if value is True:
        return gettext("yes")
    if field.many_to_one:
        return _called(field, value, names)
    if field.many_to_many:
        return "; ".join(sorted(_called(field, each, names) for each in value))
    if isinstance(value, date):
        return date_format(value)
    if isinstance(value, dict):
        return text(value)
    if isinstance(value, list):
        return "; ".join(str(each) for each in value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return str(value)


def in_words(value: Any, choices: Iterable[tuple[Any, Any]] = ()) -> str:
    """A value of any kind as a person reads it, with all of its languages; "" for nothing."""
    if value in (None, "", [], {}):
        return ""
    match value:
        case bool():
            return gettext("yes") if value else gettext("no")
        case PartialDate():
            return partial(value)
        case datetime():
            return date_format(value, "DATETIME_FORMAT")
        case date():
            return date_format(value)
        case dict():
            return "; ".join(f"{code}: {each}" for code, each in value.items())
        case str() | int():
            return str(dict(choices).get(value, value))
        case Iterable() if not isinstance(value, models.Model):
            return "; ".join(str(each) for each in value)
    return str(value)


def _called(field: models.Field, number: int, names: Names) -> str:
    """What another record is called, even if it is there no more."""
    named = names.get((field.related_model._meta.model_name, number))
    return text(named.texts) if named else gettext("removed record %(number)s") % {"number": number}


def edit_label(kind: str, *, completed: bool = False) -> str:
    """The mark of an edit; one that only fills in what was empty corrects nothing."""
    if completed:
        return gettext("Completed")
    return str(KINDS[kind])


def many(kind: str, number: int) -> str:
    """What was done to many records at once."""
    match kind:
        case "added":
            said = ngettext("%(n)s record added", "%(n)s records added", number)
        case "changed":
            said = ngettext("%(n)s record corrected", "%(n)s records corrected", number)
        case _:
            said = ngettext("%(n)s record removed", "%(n)s records removed", number)
    return said % {"n": number}
