"""The files beside a composition: whom the page lists, filtered as the page is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registry.domain.composition import Composition
from registry.models import Institution
from registry.models.fields import best_text
from registry.rosters.columns import COLUMNS, LANGUAGES
from registry.rosters.export import Row, composition_rows
from registry.serialise.sheets import Column, Sheet
from registry.snapshots import composition_of
from registry.templatetags.pages import native_spelling
from registry.views.download import download
from registry.views.frame import dated
from registry.views.roster import Filters


@dated
def table(request: HttpRequest, slug: str, suffix: str, *, on: date) -> HttpResponse:
    filters = Filters.read(request.GET, "name")
    institution = get_object_or_404(Institution, slug=slug)
    composition = composition_of(institution, on=on)
    rows: Iterable[Row] = composition_rows(institution, composition)
    name = f"{institution.slug}-filtered" if filters.active else institution.slug
    if filters.active:
        rows = _kept(rows, filters, composition, get_language() or "en")
    columns = tuple(Column(column, "") for column in COLUMNS)
    return download(request, Sheet(name, _("Composition"), columns, rows, on), suffix)


def _kept(
    rows: Iterable[Row], filters: Filters, composition: Composition, language: str
) -> Iterator[Row]:
    """The rows that the filters of the page keep; inner offices are no part of its roster."""
    inner = {group.slug for group in composition.snapshot.groups if group.inner}
    counted = [rule.group.slug for rule in composition.rules if not rule.group.inner]
    only_group = counted[0] if len(counted) == 1 else ""
    for row in rows:
        group = row.get("group", "")
        if group in inner:
            continue
        if row.get("status") == "vacant":
            kept = filters.keeps_vacancy(group)
        else:
            kept = filters.keeps(row.get("party", ""), group or only_group, _spelled(row, language))
        if kept:
            yield row


def _spelled(row: Row, language: str) -> str:
    """The name as the page shows it, with its native spelling."""
    names = {
        code: row[f"sort_name_{code}"] for code in LANGUAGES if row.get(f"sort_name_{code}")
    } or {code: row[f"name_{code}"] for code in LANGUAGES if row.get(f"name_{code}")}
    shown = best_text(names, language)[0]
    return f"{shown} {native_spelling(names, shown, language)[0]}"
