"""Rosters of an institution as files: who goes in, in which format, and empty ones to fill in."""

from __future__ import annotations

from tempfile import TemporaryFile
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext, gettext_lazy

from registry.forms.partial_dates import DayField
from registry.models import Institution, Party, Territory
from registry.rosters.export.rows import Wanted
from registry.rosters.export.templates import TEMPLATES, template_columns, write_template
from registry.rosters.export.workbooks import DoesNotFit
from registry.serialise.rosters import FORMATS, Asked, spooled


class ExportForm(forms.Form):
    """Which appointments of one institution go into a file, and which file it is to be."""

    on = DayField(
        required=False,
        label=gettext_lazy("Who sat on the day"),
        help_text=gettext_lazy("Empty: everybody who is recorded."),
    )
    convocation = forms.TypedChoiceField(
        required=False, coerce=int, empty_value=None, label=gettext_lazy("Convocation")
    )
    group = forms.ChoiceField(required=False, label=gettext_lazy("Seat group"))
    party = forms.ChoiceField(required=False, label=gettext_lazy("Party"))
    territory = forms.ChoiceField(required=False, label=gettext_lazy("Territory"))
    format = forms.ChoiceField(
        label=gettext_lazy("Format"),
        choices=[(key, each.label) for key, each in FORMATS.items()],
    )
    raw = forms.BooleanField(
        required=False,
        label=gettext_lazy("CSV for programs"),
        help_text=gettext_lazy(
            "Without the apostrophe that keeps a spreadsheet from running a cell as a formula."
        ),
    )

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.institution = institution
        parties = Party.objects.filter(
            pk__in=institution.appointments.order_by().values("affiliations__party")
        )
        territories = Territory.objects.filter(
            pk__in=institution.appointments.order_by().values("territory")
        )
        numbers = institution.convocations.values_list("number", flat=True)
        self._offer("convocation", ((number, number) for number in numbers))
        for name, rows in (
            ("group", institution.seat_groups.all()),
            ("party", parties),
            ("territory", territories),
        ):
            self._offer(name, ((row.slug, str(row)) for row in rows))

    def _offer(self, name: str, choices: Any) -> None:
        self.fields[name].choices = [("", gettext("All")), *choices]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("raw") and data.get("format") != "csv":
            self.add_error("raw", gettext("Only a CSV file can be one for programs."))
        return data

    def asked(self) -> Asked:
        data = self.cleaned_data
        names = ("on", "convocation", "group", "party", "territory")
        wanted = Wanted(**{name: data[name] for name in names})
        return Asked(self.institution, made_on=localdate(), wanted=wanted, raw=data["raw"])


class ExportPages:
    """Pages beside the form of an institution, for those who may take its roster away."""

    def export_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        pages = {
            "export-roster/": (self.export_view, "export"),
            "export-roster/<slug:format_name>/": (self.export_view, "export_roster"),
            "roster-template/<slug:format_name>/": (self.template_view, "roster_template"),
            "roster-columns/": (self.columns_view, "roster_columns"),
        }
        return [
            path(f"<int:object_id>/{address}", wrap(view), name=f"registry_institution_{name}")
            for address, (view, name) in pages.items()
        ]

    def export_view(
        self, request: HttpRequest, object_id: int, format_name: str = ""
    ) -> HttpResponseBase:
        """A form that asks what to take, and the file once it is answered."""
        institution = self._for_reading(request, object_id, "registry.export_roster")
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        if format_name and format_name not in FORMATS:
            raise Http404
        data = request.GET.copy()
        if format_name:
            data["format"] = format_name
        form = ExportForm(institution, data if "format" in data else None)
        context: dict[str, Any] = {"form": form, "title": gettext("Export the roster")}
        if form.is_valid():
            chosen = FORMATS[form.cleaned_data["format"]]
            asked = form.asked()
            try:
                file = spooled(chosen, asked)
            except DoesNotFit as problem:
                form.add_error("format", str(problem))
            else:
                return _handed_out(file, chosen.file_name(asked), chosen.content_type)
        status = 400 if form.is_bound else 200
        return self._export_page(request, institution, "export_roster", context, status)

    def template_view(
        self, request: HttpRequest, object_id: int, format_name: str
    ) -> HttpResponseBase:
        """The empty roster of an institution, to be filled in and imported."""
        institution = self._for_reading(
            request, object_id, "registry.import_roster", "registry.export_roster"
        )
        if format_name not in TEMPLATES:
            raise Http404
        file = TemporaryFile()  # noqa: SIM115 (the answer closes it)
        write_template(file, institution, format_name)
        name = f"{institution.slug}-template.{format_name}"
        return _handed_out(file, name, FORMATS[format_name].content_type)

    def columns_view(self, request: HttpRequest, object_id: int) -> HttpResponseBase:
        """What each column of a roster holds."""
        institution = self._for_reading(
            request, object_id, "registry.import_roster", "registry.export_roster"
        )
        context = {"title": gettext("Columns of a roster"), "columns": template_columns()}
        return self._export_page(request, institution, "roster_columns", context)

    def _for_reading(self, request: HttpRequest, object_id: int, *any_of: str) -> Institution:
        if not any(request.user.has_perm(each) for each in any_of):
            raise PermissionDenied
        institution = self.get_object(request, str(object_id))
        if institution is None:
            raise Http404
        return institution

    def _export_page(
        self,
        request: HttpRequest,
        institution: Institution,
        name: str,
        context: dict[str, Any],
        status: int = 200,
    ) -> HttpResponseBase:
        context = {
            **self.admin_site.each_context(request),
            "subtitle": str(institution),
            "opts": self.opts,
            "module_name": capfirst(self.opts.verbose_name_plural),
            "institution": institution,
            **context,
        }
        return TemplateResponse(request, f"admin/registry/{name}.html", context, status=status)


def _handed_out(file: Any, name: str, content_type: str) -> FileResponse:
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=content_type)
