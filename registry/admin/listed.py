"""The lists of the admin as files: who may take them, and what a cell may not do to its reader."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from import_export.admin import ExportMixin
from import_export.formats import base_formats
from import_export.forms import ExportForm

from registry.rosters.reading.guard import guarded


class _Guarded:
    """Formulas get one apostrophe; the library itself would take their sign away, and only `=`."""

    def _escape_formulae(self, dataset: Any) -> None:
        for row in [dataset.lpop() for _each in range(dataset.height)]:
            dataset.append([guarded(cell) if isinstance(cell, str) else cell for cell in row])


class CSV(_Guarded, base_formats.CSV):
    pass


class XLSX(_Guarded, base_formats.XLSX):
    pass


class JSON(base_formats.JSON):
    """For programs: every text as it is recorded."""

    def _escape_formulae(self, dataset: Any) -> None:
        pass


class ExportedList(ExportMixin):
    """A list that goes out as it is filtered, to whoever may see it and take rosters away."""

    export_form_class = ExportForm
    export_template_name = "admin/registry/export.html"

    def has_export_permission(self, request: HttpRequest) -> bool:
        # The list of appointments is the roster of every institution.
        return super().has_export_permission(request) and request.user.has_perm(
            "registry.export_roster"
        )

    def get_export_formats(self) -> list[type]:
        return [CSV, XLSX, JSON]
