"""The one door through which tables leave the pages, as CSV or as a workbook.

A page and its files have one address, but for the end:

    path("people.<table:suffix>", people.table, name="people_table"),

    @dated
    def table(request: HttpRequest, suffix: str, *, on: date) -> HttpResponse:
        return download(request, Sheet("people", _("People"), COLUMNS, rows, day=on), suffix)
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from registry.rosters.export.workbooks import DoesNotFit
from registry.serialise.imprint import imprint, opened
from registry.serialise.sheets import Sheet, csv_text, workbook

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class TableSuffix:
    """What the address of a table ends in; a path converter, `<table:suffix>`."""

    regex = "csv|xlsx"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def download(request: HttpRequest, sheet: Sheet, suffix: str) -> HttpResponse:
    """The sheet as a file named for it and its day; `suffix` is csv or xlsx."""
    said = imprint()
    if suffix == "xlsx":
        try:
            body = workbook(sheet, said, request.build_absolute_uri())
        except DoesNotFit:
            # A text too long for a workbook: the other file has all of it.
            query = request.get_full_path().removeprefix(request.path)
            return HttpResponseRedirect(f"{request.path.removesuffix(suffix)}csv{query}")
        response = HttpResponse(body, content_type=XLSX)
    else:
        response = HttpResponse(csv_text(sheet, said), content_type=CSV)
    response["Content-Disposition"] = f'attachment; filename="{sheet.file_name}.{suffix}"'
    return opened(response, said, sheet.day)
