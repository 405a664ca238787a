"""An empty roster to fill in: the right columns, one row that shows how, and what each holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _

from registry.models import Institution
from registry.rosters.columns import EXAMPLE
from registry.rosters.export.guides import ROSTER
from registry.rosters.export.rows import Row
from registry.rosters.export.tables import csv_lines
from registry.rosters.export.workbooks import Column, guide_lines, write_workbook
from registry.rosters.reading.tables import SHEET

TEMPLATES = ("csv", "xlsx")
# What only an export has to say, and names in a language that nobody states.
_NOT_TO_FILL = {"status", "on", "sample", "name_und", "sort_name_und"}


def template_columns() -> tuple[Column, ...]:
    return tuple(column for column in ROSTER if column.name not in _NOT_TO_FILL)


def write_template(stream: BinaryIO, institution: Institution, form: str) -> None:
    """Write the empty roster of an institution as one of `TEMPLATES`."""
    columns = template_columns()
    if form == "xlsx":
        write_workbook(stream, SHEET, columns, [example_row(institution)], _about(columns))
        return
    for line in csv_lines([example_row(institution)], [column.name for column in columns]):
        stream.write(line.encode())


def example_row(institution: Institution) -> Row:
    """The example, with a convocation and a seat group that the institution has, if it has any.

    The import knows it by its identifier and leaves it out.
    """
    convocation = institution.convocations.order_by("-number").first()
    group = institution.seat_groups.filter(inner=False).order_by("order", "slug").first()
    return {
        **EXAMPLE,
        "institution": institution.slug,
        "convocation": str(convocation.number) if convocation else "",
        "group": group.slug if group else "",
        "note": _("An example: delete this row. The import leaves it out."),
    }


def _about(columns: tuple[Column, ...]) -> Iterator[tuple[str, str]]:
    yield (
        _("Example"),
        _(
            "The first row shows how to fill in the table. The import knows it by its "
            "identifier and leaves it out."
        ),
    )
    yield "", ""
    yield from guide_lines(columns)
