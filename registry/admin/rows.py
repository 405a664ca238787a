"""The rows of a list: what can be done with each, what it is filtered by, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Chosen(NamedTuple):
    """A filter that is set, as `Territory: Almaty Region`, and the address of the list without."""

    name: str
    without: str


class NamedList(ChangeList):
    """Says by name what it is filtered by."""

    def named(self) -> Iterator[Chosen]:
        for spec in self.filter_specs:
            first, *others = spec.choices(self)
            # The first choice leaves nothing out; only a day that is typed has no other.
            shown = first.get("text") or [each["display"] for each in others if each["selected"]]
            words = shown if isinstance(shown, str) else ", ".join(map(str, shown))
            if words:
                without = self.get_query_string(remove=spec.expected_parameters())
                yield Chosen(f"{capfirst(str(spec.title))}: {words}", without)


class RowsAdmin(admin.ModelAdmin):
    """Each row leads to what is done with it; saving leads back to it."""

    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER
    # The number of all records beside that of those found would be counted on every page.
    show_full_result_count = False

    def links_of(self, request: HttpRequest, row: Any) -> Iterator[tuple[str, str]]:
        """The address of each thing that the user may do with a row, and its name."""
        if hasattr(self.model, "history"):
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_history"
            yield reverse(name, args=[row.pk]), gettext("History")

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        return (*super().get_list_display(request), "row_links")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return NamedList

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        # A column knows its row alone, not who asks.
        changelist = super().get_changelist_instance(request)
        for row in changelist.result_list:
            row.links = list(self.links_of(request, row))
        return changelist

    @admin.display(description=_("What to do"))
    def row_links(self, row: Any) -> SafeString:
        links = format_html_join("", '<li><a href="{}">{}</a></li>', row.links)
        return format_html('<ul class="registry-row-links" id="row-{}">{}</ul>', row.pk, links)

    def response_post_save_change(self, request: HttpRequest, obj: Model) -> HttpResponse:
        response = super().response_post_save_change(request, obj)
        if isinstance(response, HttpResponseRedirect):
            return HttpResponseRedirect(f"{response.url}#row-{obj.pk}")
        return response
