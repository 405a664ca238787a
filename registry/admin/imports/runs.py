"""The list of all imports, and the addresses of each one's steps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry.admin.imports.check_page import CheckPage
from registry.admin.imports.columns_page import ColumnsPage
from registry.admin.imports.done_page import DonePage
from registry.admin.imports.effect_page import EffectPage
from registry.admin.imports.faulty import FaultyRows
from registry.admin.imports.file_page import FilePage
from registry.admin.imports.pages import may_undo
from registry.admin.imports.steps import address, come_to
from registry.admin.rows import RowsAdmin
from registry.models.imports import ImportRun, RunState


@admin.register(ImportRun)
class ImportRunAdmin(FilePage, ColumnsPage, CheckPage, EffectPage, DonePage, FaultyRows, RowsAdmin):
    """Nobody adds, changes or deletes a run by a form: it says what was done."""

    list_display = ("number", "made_at", "name", "institution", "author", "row_count", "state")
    list_display_links = ("number", "name")
    list_filter = (
        "state",
        ("institution", admin.RelatedOnlyFieldListFilter),
        ("author", admin.RelatedOnlyFieldListFilter),
        "made_at",
    )
    list_select_related = ("institution", "author")
    search_fields = ("name", "institution__search_key", "file__sha256")
    date_hierarchy = None
    actions = None

    @admin.display(description=_("run"), ordering="pk")
    def number(self, run: ImportRun) -> str:
        return f"#{run.pk}"

    @admin.display(description=_("rows"))
    def row_count(self, run: ImportRun) -> int:
        return sum(run.counts.values())

    def links_of(self, request: HttpRequest, row: ImportRun) -> Iterator[tuple[str, str]]:
        if row.state == RunState.APPLIED and may_undo(request.user, row):
            yield reverse("admin:registry_importrun_undo", args=[row.pk]), gettext("Take back")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportRun]:
        return super().get_queryset(request).defer("plan", "effect", "decisions", "reading")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.may_look(request)

    def has_view_permission(self, request: HttpRequest, obj: ImportRun | None = None) -> bool:
        return self.may_look(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: ImportRun | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ImportRun | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        pages = {
            "file": self.file_view,
            "columns": self.columns_view,
            "check": self.check_view,
            "effect": self.effect_view,
            "again": self.again_view,
            "confirm": self.confirm_view,
            "done": self.done_view,
            "undo": self.undo_view,
            "drop": self.drop_view,
            "log": self.log_view,
            "original": self.original_view,
        }
        wrap = self.admin_site.admin_view
        ours = [
            path(f"<int:run_id>/{name}/", wrap(view), name=f"registry_importrun_{name}")
            for name, view in pages.items()
        ]
        faulty = path(
            "<int:run_id>/faulty.<slug:suffix>",
            wrap(self.faulty_view),
            name="registry_importrun_faulty",
        )
        return [*ours, faulty, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        title = {"title": gettext("Imports of rosters")}
        return super().changelist_view(request, title | (extra_context or {}))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Where somebody who comes back to a run goes on."""
        run = self.get_object(request, object_id)
        if run is None or not self.may_look(request):
            return super().change_view(request, object_id, form_url, extra_context)
        return HttpResponseRedirect(address(run, come_to(run).value))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A run has no history beside its own page."""
        page = reverse("admin:registry_importrun_change", args=[object_id])
        return HttpResponseRedirect(page)
