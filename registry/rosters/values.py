"""Values as plain data that is kept with a run, and shown to each reader in their language."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import Model
from django.utils.translation import gettext as _

from registry.domain.dates import PartialDate
from registry.models import Convocation, Person, Verdict
from registry.models.fields import told


class Called(NamedTuple):
    """A record by its names and by what a file can name it by."""

    texts: dict[str, str]
    key: str


class FieldName(str):
    """The name of a field, which people call otherwise."""


def kept(value: Any) -> Any:
    """A value as plain data; `shown` finds words for it."""
    match value:
        case Verdict():
            return {"verdict": value.value}
        case FieldName():
            return {"field": str(value)}
        case None | bool() | int() | str():
            return value
        case PartialDate():
            return {"date": str(value)}
        case Called():
            return {"texts": value.texts, "key": value.key}
        case Convocation():
            return value.number
        case Person():
            return {"texts": value.sort_name or value.name}
        case Model():
            return {"texts": value.name or {"und": value.slug}}
        case {"verdict": _} | {"field": _} | {"date": _} | {"texts": _} | {"languages": _}:
            return value  # which is kept already
        case dict():
            return {"languages": value}
        case list() | tuple():
            return [kept(each) for each in value]
    return str(value)


def shown(data: Any) -> str:
    """What `kept` made of a value, as a person reads it."""
    match data:
        case None | "":
            return "–"
        case bool():
            return _("yes") if data else _("no")
        case {"verdict": verdict}:
            return str(Verdict(verdict).label)
        case {"field": field}:
            return field_name(field)
        case {"date": day}:
            return day or _("not recorded")
        case {"texts": texts, "key": key}:
            return f"{told(texts)} ({key})"
        case {"texts": texts}:
            return told(texts) or "–"
        case {"languages": texts}:
            return ", ".join(f"{code}: {text}" for code, text in texts.items() if text) or "–"
        case list():
            return ", ".join(shown(each) for each in data) or "–"
    return str(data)


def field_name(field: str) -> str:
    """What people call a field."""
    return {
        "group": _("seat group"),
        "convocation": _("convocation"),
        "territory": _("territory"),
        "start": _("start"),
        "end": _("end"),
        "start_inherited": _("start taken from the convocation"),
        "end_inherited": _("end taken from the convocation"),
        "acting": _("acting"),
        "designation": _("came in by being"),
        "end_reason": _("why it ended"),
        "note": _("remark"),
        "name": _("name"),
        "sort_name": _("name in lists"),
        "other_names": _("other spellings"),
        "birth": _("born"),
        "gender": _("gender"),
        "party": _("party"),
        "identifiers": _("identifiers"),
    }.get(field, field)
