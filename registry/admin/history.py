"""The history of a record: who may read it, who may go back to it, and what changed in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.admin import SimpleHistoryAdmin
from simple_history.models import ModelDelta
from simple_history.template_utils import HistoricalRecordContextHelper

from registry.domain.dates import UNKNOWN, PartialDate
from registry.models.fields import DerivedField
from registry.templatetags.days import partial

# The properties that are one date for the curator, and the columns that hold it.
DATES: dict[str, tuple[Any, set[str]]] = {
    "start": (gettext_lazy("Start"), {"start_earliest", "start_latest"}),
    "end": (gettext_lazy("End"), {"end_earliest", "end_latest", "has_ended"}),
    "day": (gettext_lazy("Day"), {"day_earliest", "day_latest"}),
    "birth": (gettext_lazy("Born"), {"birth_earliest", "birth_latest"}),
}


class Changes(HistoricalRecordContextHelper):
    """Says what changed between two versions in the words of the form."""

    def context_for_delta_changes(self, delta: ModelDelta) -> list[dict[str, Any]]:
        return list(self._changes(delta))

    def _changes(self, delta: ModelDelta) -> Iterator[dict[str, Any]]:
        changed = {change.field: change for change in delta.changes}
        # Two or three columns hold one date; a version knows the columns only.
        rows = (delta.old_record.instance, delta.new_record.instance)
        for name, (label, columns) in DATES.items():
            if changed.keys() & columns:
                old, new = (self._bound(getattr(row, name)) for row in rows)
                yield {"field": label, "old": old, "new": new}
                changed = {key: each for key, each in changed.items() if key not in columns}
        for name, change in changed.items():
            field = self.model._meta.get_field(name)
            if isinstance(field, DerivedField):
                continue
            if field.many_to_many:
                said = self.format_delta_change(change)
                yield {"field": said.field, "old": said.old, "new": said.new}
                continue
            yield {
                "field": capfirst(field.verbose_name),
                "old": self._value(field, change.old),
                "new": self._value(field, change.new),
            }

    @staticmethod
    def _bound(when: PartialDate | None) -> str:
        if when is None:
            return _("none")
        return _("day not recorded") if when == UNKNOWN else partial(when)

    @staticmethod
    def _value(field: Any, value: Any) -> str | SafeString:
        match value:
            case None | "" | [] | {}:
                return _("empty")
            case bool():
                return _("yes") if value else _("no")
            case datetime():
                return date_format(value, "DATETIME_FORMAT")
            case date():
                return date_format(value)
            case dict():
                return format_html_join("; ", "{}: {}", value.items())
            case list():
                return format_html_join("; ", "{}", ((each,) for each in value))
        if getattr(field, "choices", None):
            return str(dict(field.flatchoices).get(value, value))
        return format_html("{}", value)


def name_of(record: models.Model) -> str:
    """What a record is called, even if what its name is made of is deleted."""
    try:
        return str(record)
    except ObjectDoesNotExist:
        return _("deleted record #%(number)s") % {"number": record.pk}


class HistoryAdmin(SimpleHistoryAdmin):
    """Closes what the history pages leave open.

    As they come, whoever may view a record can post its history form and so overwrite it, an
    address with letters for a number fails, and so does a deleted record that was named after
    another one deleted since.
    """

    object_history_template = "admin/registry/history.html"
    object_history_list_template = "admin/registry/history_list.html"
    object_history_form_template = "admin/registry/history_form.html"

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
        if request.method == "POST":
            record = self.model._default_manager.filter(pk=object_id).first()
            may = self.has_change_permission(request, record)
            # Going back to a version of a deleted record adds it again.
            if not may or (record is None and not self.has_add_permission(request)):
                raise PermissionDenied
            version = get_object_or_404(self.model.history, pk=version_id).instance
            if gone := self._gone(request, version):
                message = _("Not brought back: its %(field)s is deleted. Bring that back first.")
                messages.error(request, message % {"field": gone.verbose_name})
                return HttpResponseRedirect(request.path)
        with transaction.atomic():
            return super().history_form_view(request, object_id, version_id, extra_context)

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
