"""The history of a record: who may read it, who may go back to it, and what changed in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin
from simple_history.template_utils import HistoricalRecordContextHelper

from registry.admin.differences import Changes, differences, name_of
from registry.models import Citation
from registry.models.sources import FACTS


class HistoryAdmin(SimpleHistoryAdmin):
    """Closes what the history pages leave open.

    As they come, whoever may view a record can post its history form and so overwrite it, an
    address with letters for a number fails, and so does a deleted record that was named after
    another one deleted since.
    """

    object_history_template = "admin/registry/history.html"
    object_history_list_template = "admin/registry/history_list.html"
    object_history_form_template = "admin/registry/history_form.html"

    def get_urls(self) -> list[URLPattern]:
        compare = path(
            "<path:object_id>/history/compare/",
            self.admin_site.admin_view(self.history_compare_view),
            name=f"{self.opts.app_label}_{self.opts.model_name}_history_compare",
        )
        # Before the version of a record, which takes any word for a number.
        return [compare, *super().get_urls()]

    def set_history_delta_changes(
        self, request: HttpRequest, historical_records: Any, *args: Any, **kwargs: Any
    ) -> None:
        super().set_history_delta_changes(request, historical_records, *args, **kwargs)
        _add_sources(self.model, list(historical_records), newest=historical_records.number == 1)

    def get_historical_record_context_helper(
        self, request: HttpRequest, historical_record: Any
    ) -> HistoricalRecordContextHelper:
        return Changes(self.model, historical_record)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        self._require_key(self.model, object_id)
        return super().history_view(request, object_id, extra_context)

    def history_form_view(
        self,
        request: HttpRequest,
        object_id: str,
        version_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        self._require_key(self.model, object_id)
        self._require_key(self.model.history.model, version_id)
        if request.method not in ("GET", "HEAD", "POST"):
            raise PermissionDenied
        found = {self.opts.pk.attname: object_id, "history_id": version_id}
        entry = get_object_or_404(self.model.history, **found)
        context = {
            "version_entry": entry,
            **self._what_would_change(entry),
            **(extra_context or {}),
        }
        if request.method == "POST":
            record = self.model._default_manager.filter(pk=object_id).first()
            may = self.has_change_permission(request, record)
            # Going back to a version of a deleted record adds it again.
            if not may or (record is None and not self.has_add_permission(request)):
                raise PermissionDenied
            if gone := self._gone(request, entry.instance):
                message = _("Not brought back: its %(field)s is deleted. Bring that back first.")
                messages.error(request, message % {"field": gone.verbose_name})
                return HttpResponseRedirect(request.path)
            request.back_to = entry
        with transaction.atomic():
            return super().history_form_view(request, object_id, version_id, context)

    def _what_would_change(self, entry: Any) -> dict[str, Any]:
        """How a version differs from the newest one; a record that is deleted would come back."""
        newest = self.model.history.filter(id=entry.id).first()
        if newest.history_type == "-":
            return {"would_come_back": True}
        return {"would_change": differences(newest, entry), "is_newest": newest.pk == entry.pk}

    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: bool) -> None:
        entry = getattr(request, "back_to", None)
        if entry is not None:
            when = f"{localtime(entry.history_date):%Y-%m-%d %H:%M}"
            said = [
                f"Back to the version of {when}",
                request.POST.get("_why", "").strip()[:1000],
                getattr(obj, "_change_reason", None),
            ]
            obj._change_reason = ": ".join(filter(None, said))
        super().save_model(request, obj, form, change)

    def history_compare_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Any two versions of a record beside each other: `?old=…&new=…`, by their numbers."""
        self._require_key(self.model, object_id)
        entries = list(self.model.history.filter(id=object_id).select_related("history_user"))
        if not entries:
            raise Http404
        record = self.model._default_manager.filter(pk=object_id).first() or entries[0].instance
        if not self.has_view_history_or_change_history_permission(request, record):
            raise PermissionDenied
        by_number = {str(entry.pk): entry for entry in entries}
        asked = [by_number.get(request.GET.get(name, "")) for name in ("old", "new")]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Two versions of %(record)s") % {"record": name_of(record)},
            "record_name": name_of(record),
            "opts": self.opts,
            "module_name": capfirst(str(self.opts.verbose_name_plural)),
            "object_id": object_id,
            "history_url": reverse(
                f"admin:registry_{self.opts.model_name}_history", args=[object_id]
            ),
            "entries": entries,
            "asked": asked,
            "choices": [
                (name, entry.pk if entry else None)
                for name, entry in zip(("old", "new"), asked, strict=True)
            ],
            "changes": None,
        }
        status = 400
        if all(asked):
            asked.sort(key=lambda entry: (entry.history_date, entry.pk))
            _add_sources(self.model, asked[::-1])
            context |= {"changes": differences(*asked)}
            status = 200
        return TemplateResponse(
            request, "admin/registry/history_compare.html", context, status=status
        )

    def _gone(self, request: HttpRequest, version: models.Model) -> models.ForeignKey | None:
        """The first field that leads nowhere and that the form does not let anybody choose."""
        for name in self.get_readonly_fields(request, version):
            field = next((each for each in self.opts.concrete_fields if each.name == name), None)
            if field is None or not field.many_to_one:
                continue
            key = getattr(version, field.attname)
            if key and not field.related_model._base_manager.filter(pk=key).exists():
                return field
        return None

    def history_view_title(self, request: HttpRequest, obj: models.Model) -> str:
        return _("History: %(record)s") % {"record": name_of(obj)}

    def history_form_view_title(self, request: HttpRequest, obj: models.Model) -> str:
        if self.revert_disabled(request, obj):
            return _("A version of %(record)s") % {"record": name_of(obj)}
        return _("Go back to this version: %(record)s") % {"record": name_of(obj)}

    def render_history_view(
        self, request: HttpRequest, template: str, context: dict[str, Any], **kwargs: Any
    ) -> HttpResponse:
        record = context.get("object") or context["original"]
        context["record_name"] = name_of(record)
        return super().render_history_view(request, template, context, **kwargs)

    @staticmethod
    def _require_key(model: Any, text: str) -> None:
        try:
            model._meta.pk.to_python(text)
        except ValidationError as error:
            raise Http404 from error


def _add_sources(
    model: type[models.Model], entries: Sequence[Any], *, newest: bool = False
) -> None:
    """Give each entry of one record the sources that it rested on until the next one was made.

    They are the last one first; `newest` says that there is none after them.

    The citations of a record are rows of their own, saved a moment after it. Two queries at most.
    """
    name = next((n for n in FACTS if Citation._meta.get_field(n).related_model is model), None)
    if name is None or not entries:
        return
    number, first = entries[0].id, entries[0].history_date
    cited = Citation.history.filter(**{name: number}).values("id")
    rows = list(
        Citation.history.filter(id__in=cited)
        .select_related("source")
        .order_by("history_date", "history_id")
    )
    later = model.history.filter(id=number, history_date__gt=first).order_by("history_date")
    until = None if newest or not rows else later.values_list("history_date", flat=True).first()
    for entry in entries:
        here = {row.id: row for row in rows if until is None or row.history_date < until}
        entry.sources = [
            f"{row.source}, {row.place}" if row.place else str(row.source)
            for row in here.values()
            if row.history_type != "-" and getattr(row, f"{name}_id") == number and row.source
        ]
        until = entry.history_date
