"""What can be downloaded, and what the columns of each file hold."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from django.conf import settings
from django.db import models
from django.db.models import Exists, Max, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from registry.models import Institution, SeatRule
from registry.models.fields import best_text
from registry.models.history import revision_text
from registry.serialise import linked_data
from registry.serialise.sheets import LICENCE, REVISION, Column
from registry.snapshots import compositions_on
from registry.views.data.datasets import DATA_SETS, DataSet
from registry.views.drawings.drawing import drawn, natural_colouring
from registry.views.frame import dated

MEDIA = {
    "CSV": "text/csv",
    "XLSX": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "SVG": "image/svg+xml",
    "JSON": "application/json",
    "ICS": "text/calendar",
    "ATOM": "application/atom+xml",
}


class File(NamedTuple):
    format: str
    address: str


class Row(NamedTuple):
    """A data set as the page lists it; `changed` is when one of its records last changed."""

    about: DataSet
    records: int
    kind: str
    changed: datetime | None
    files: list[File]
    columns: tuple[Column, ...]


@dated
def datasets(request: HttpRequest, *, on: date) -> HttpResponse:
    counted = {each: _counted(each) for each in dict.fromkeys(each.model for each in DATA_SETS)}
    seated = SeatRule.objects.filter(group__institution=OuterRef("pk"), group__inner=False)
    bodies = list(Institution.objects.filter(Exists(seated)).order_by("order", "slug"))
    language = get_language() or "en"
    of_body = [each for each in DATA_SETS if each.of_body]
    drawable = _drawable(bodies, request.shown.today, language)
    rows = [
        Row(
            each,
            *counted[each.model],
            [] if each.of_body else _files(each),
            (*each.columns, REVISION, LICENCE) if each.columns else (),
        )
        for each in DATA_SETS
    ]
    context = {
        "rows": rows,
        "of_body": of_body,
        "of_bodies": [
            (
                best_text(body.name, language)[0],
                [_files(each, body.slug, picture=body.pk in drawable) for each in of_body],
            )
            for body in bodies
        ],
        "licence": settings.DATA_LICENCE,
        "linked_data": [
            linked_data.dataset(
                str(row.about.title),
                str(row.about.what),
                request.build_absolute_uri(f"#{row.about.name}"),
                {
                    MEDIA[file.format]: request.build_absolute_uri(file.address)
                    for file in row.files
                },
                revision_text(row.changed),
            )
            for row in rows
            if row.files
        ],
    }
    return render(request, "registry/data.html", context)


def _drawable(bodies: list[Institution], today: date, language: str) -> set[int]:
    """The bodies that have a drawing today: not where nobody is recorded, nor of one seat."""
    return {
        body.pk
        for body, composition in compositions_on(today, bodies)
        if drawn(composition, body, natural_colouring(composition), language).drawing
    }


def _counted(model: type[models.Model]) -> tuple[int, str, datetime | None]:
    """How many records there are, what they are called, and when one of them last changed."""
    changed = model.history.aggregate(newest=Max("history_date"))["newest"]
    return model.objects.count(), str(model._meta.verbose_name_plural), changed


def _files(about: DataSet, *body: str, picture: bool = True) -> list[File]:
    found = []
    if about.table:
        for suffix in ("csv", "xlsx"):
            found.append(File(suffix.upper(), reverse(about.table, args=[*body, suffix])))
    others = [each for each in about.others if picture or each[0] != "SVG"]
    return [*found, *(File(name, reverse(route, args=body)) for name, route in others)]
