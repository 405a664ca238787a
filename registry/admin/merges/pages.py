"""The addresses of the pages about duplicates, and the ways to them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse

from registry.admin.merges.duplicates_page import DuplicatesPage
from registry.admin.merges.merge_page import MergePage
from registry.admin.merges.undo_page import UndoPage
from registry.models import Person
from registry.models.merges import merge_of


class MergePages(DuplicatesPage, MergePage, UndoPage):
    """Beside the list of persons, for those who may change and delete them."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        pages = {
            "duplicates": ("duplicates/", self.duplicates_view),
            "merge": ("duplicates/<int:kept>/<int:gone>/", self.merge_view),
            "merge_undo": ("duplicates/undo/<int:gone>/", self.merge_undo_view),
        }
        ours = [
            path(address, wrap(view), name=f"registry_person_{name}")
            for name, (address, view) in pages.items()
        ]
        return [*ours, *super().get_urls()]

    def history_form_view(self, request: HttpRequest, object_id: str, *args: Any, **kw: Any) -> Any:
        """Who was merged into another one comes back with all that moved, or not at all."""
        if request.method == "POST" and object_id.isdigit() and len(object_id) <= 18:
            entry = Person.history.filter(id=object_id).first()
            if entry is not None and merge_of(entry):
                address = reverse("admin:registry_person_merge_undo", args=[entry.id])
                return HttpResponseRedirect(address)
        return super().history_form_view(request, object_id, *args, **kw)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kw: Any) -> Any:
        context["may_merge"] = self.may_merge(request)
        return super().render_change_form(request, context, *args, **kw)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        context = {"may_merge": self.may_merge(request)}
        return super().changelist_view(request, context | (extra_context or {}))
