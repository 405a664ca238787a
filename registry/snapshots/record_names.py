"""What records are called, for lists of records of many kinds."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import JSONObject

from registry.models.fields import best_text
from registry.snapshots.corrections import recorded
from registry.snapshots.dated import texts_of


class Named(NamedTuple):
    """A record as a reader knows it: texts in several languages, or a text; who it is about."""

    texts: dict[str, str]
    slug: str = ""
    person: int | None = None
    sample: bool = False


# What a record is called after: itself, or what it belongs to.
NAMES = {
    "institution": {"texts": "name", "slug": "slug"},
    "territory": {"texts": "name", "slug": "slug"},
    "territorykind": {"texts": "name"},
    "party": {"texts": "name", "slug": "slug", "sample": "sample"},
    "person": {"texts": "name", "slug": "slug", "person": "id", "sample": "sample"},
    "seatgroup": {"texts": "name", "body": "institution__name", "slug": "institution__slug"},
    "renewalclass": {
        "texts": "name",
        "body": "group__institution__name",
        "slug": "group__institution__slug",
    },
    "source": {"title": "title", "slug": "slug"},
    "act": {"texts": "title"},
    "contradiction": {"texts": "subject"},
    "power": {"texts": "text"},
    "votingrule": {"texts": "subject"},
    "convocation": {"texts": "institution__name", "number": "number"},
    "seatrule": {
        "texts": "group__name",
        "body": "group__institution__name",
        "slug": "group__institution__slug",
    },
    "territorystatus": {"texts": "name"},
    "coverage": {"texts": "institution__name"},
    "election": {"texts": "institution__name", "day": "day"},
    "incompatibility": {"texts": "institution__name"},
    "succession": {"texts": "predecessor__name"},
    "appointment": {
        "texts": "person__name",
        "person": "person_id",
        "slug": "person__slug",
        "sample": "person__sample",
    },
    "designationstep": {
        "texts": "appointment__person__name",
        "sample": "appointment__person__sample",
    },
}


def names_of(asked: dict[str, set[int]]) -> dict[tuple[str, int], Named]:
    """What records are called, by model and number, in one query; removed ones are left out."""
    parts: list[QuerySet] = [
        recorded()[name]
        ._default_manager.filter(pk__in=ids)
        .order_by()
        .values_list(Value(name, CharField()), "pk", JSONObject(**NAMES[name]))
        for name, ids in asked.items()
        if name in NAMES and ids
    ]
    if not parts:
        return {}
    begin, *others = parts
    found = {}
    for name, pk, row in begin.union(*others, all=True):
        texts = texts_of(row.get("texts")) or {"und": row.get("title") or ""}
        if body := texts_of(row.get("body")):
            texts = {code: f"{best_text(body, code)[0]}: {text}" for code, text in texts.items()}
        if (mark := row.get("number") or row.get("day")) is not None:
            texts = {code: f"{text} {mark}" for code, text in texts.items()}
        found[name, pk] = Named(
            texts, row.get("slug") or "", row.get("person"), bool(row.get("sample"))
        )
    return found
