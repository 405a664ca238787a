"""No edit is lost: a form says which versions it showed, and is saved over no other."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Self

from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext_lazy as _

from registry.admin.history import HistoryAdmin
from registry.admin.merging import Difference, merge_fields, merge_rows
from registry.models import Institution
from registry.models.versions import as_of, newest_entries, newest_versions, version_of

VERSION = "_version"
KEEP = "_keep_"


@dataclass(frozen=True, slots=True)
class Seen:
    """The newest version of a record, and of each row of its inlines by their prefix."""

    record: int = 0
    rows: dict[str, dict[int, int]] = field(default_factory=dict)

    def __str__(self) -> str:
        return json.dumps({"record": self.record, "rows": self.rows}, separators=(",", ":"))

    @classmethod
    def of(cls, text: str) -> Self | None:
        """What a form sent; `None` where it is nothing that a form of ours sends."""
        try:
            data = json.loads(text)
            rows = {
                str(prefix): {int(pk): int(number) for pk, number in numbers.items()}
                for prefix, numbers in data["rows"].items()
            }
            return cls(int(data["record"]), rows)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return None


class Conflict(NamedTuple):
    """Somebody saved since the form was opened: who and when, and both versions side by side.

    `merged` is what the form holds now: mine, and theirs where I changed nothing.
    """

    entry: models.Model | None
    differences: list[Difference]
    merged: QueryDict
    mine: list[Difference]


class VersionedAdmin(HistoryAdmin):
    """Compares versions under a lock, in the transaction that saves."""

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> models.Model | None:
        if request.method == "POST" and from_field is None and connection.in_atomic_block:
            self._lock(object_id)
        return super().get_object(request, object_id, from_field)

    def _lock(self, object_id: str) -> None:
        """Take the row, and before it its institution, in the order in which everybody does."""
        try:
            rows = self.model._base_manager.filter(pk=object_id)
            if any(each.name == "institution" for each in self.opts.concrete_fields):
                owners = Institution.objects.filter(pk__in=rows.values("institution"))
                list(owners.select_for_update().values_list("pk"))
            list(rows.select_for_update().order_by().values_list("pk"))
        except (ValueError, ValidationError):
            return  # no key of ours: nothing is found either

    def _changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None,
        form_url: str,
        extra_context: dict[str, Any] | None,
    ) -> HttpResponse:
        context = dict(extra_context or {})
        if object_id is None or "_saveasnew" in request.POST:
            return super()._changeform_view(request, object_id, form_url, context)
        # The versions are read before the record: what is shown is never older than they say.
        record = self.get_object(request, unquote(object_id))
        if record is None or not self.has_view_or_change_permission(request, record):
            return super()._changeform_view(request, object_id, form_url, context)
        now = self.seen(request, record)
        context["version"] = str(now)
        if request.method != "POST" or not self.has_change_permission(request, record):
            return super()._changeform_view(request, object_id, form_url, context)
        seen = Seen.of(request.POST.get(VERSION, ""))
        if seen == now:
            self._take_theirs(request, record)
            return super()._changeform_view(request, object_id, form_url, context)
        conflict = self._conflict(request, record, seen or Seen(), now)
        request.POST = conflict.merged
        request.refused = _("This record was changed while you were editing.")
        response = super()._changeform_view(
            request, object_id, form_url, context | {"conflict": conflict}
        )
        response.status_code = 409
        return response

    def seen(self, request: HttpRequest, record: models.Model) -> Seen:
        """The versions that a form shows now; on a POST its rows are locked."""
        rows = {}
        for formset, inline in self._formsets(request, record):
            ids = list(formset.get_queryset().order_by().values_list("pk", flat=True))
            if request.method == "POST" and ids:
                locked = inline.model._base_manager.select_for_update().filter(pk__in=ids)
                ids = list(locked.order_by("pk").values_list("pk", flat=True))
            rows[formset.prefix] = newest_versions(inline.model, ids)
        return Seen(version_of(record), rows)

    def _formsets(self, request: HttpRequest, record: models.Model) -> list[tuple[Any, Any]]:
        """The formsets of a record as it is, whatever was posted, each with its inline."""
        found: list[tuple[Any, Any]] = []
        prefixes: dict[str, int] = {}
        for formset, inline in self.get_formsets_with_inlines(request, record):
            prefix = formset.get_default_prefix()
            prefixes[prefix] = prefixes.get(prefix, 0) + 1
            if prefixes[prefix] != 1:
                prefix = f"{prefix}-{prefixes[prefix]}"
            rows = inline.get_queryset(request)
            found.append((formset(instance=record, prefix=prefix, queryset=rows), inline))
        return found

    def _form(self, request: HttpRequest, record: models.Model) -> type[Any]:
        names = flatten_fieldsets(self.get_fieldsets(request, record))
        return self.get_form(request, record, change=True, fields=names)

    def _conflict(
        self, request: HttpRequest, record: models.Model, seen: Seen, now: Seen
    ) -> Conflict:
        form = self._form(request, record)
        before = as_of(self.model, [seen.record]).get(record.pk)
        merged = request.POST.copy()
        merged[VERSION] = str(now)
        differences = merge_fields(form(instance=record), before and form(instance=before), merged)
        newer = [record]
        for formset, inline in self._formsets(request, record):
            known = seen.rows.get(formset.prefix, {})
            old = as_of(inline.model, known.values())
            differences += merge_rows(formset, old, merged)
            newer += [
                row
                for row in formset.get_queryset()
                if known.get(row.pk) != now.rows[formset.prefix].get(row.pk)
            ]
        mine = [each for each in differences if each.mine != each.opened]
        return Conflict(_since(newer, seen.record).entry, differences, merged, mine)

    def _take_theirs(self, request: HttpRequest, record: models.Model) -> None:
        """Where the curator chose theirs on the page of a conflict, that is what is saved."""
        names = [
            key.removeprefix(KEEP)
            for key, value in request.POST.items()
            if key.startswith(KEEP) and value == "theirs"
        ]
        if not names:
            return
        form = self._form(request, record)(instance=record)
        data = request.POST.copy()
        merge_fields(form, form, data, only=names)
        request.POST = data

    def _delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None
    ) -> HttpResponse:
        """What was changed since the curator was asked is shown, and asked about, anew."""
        context = dict(extra_context or {})
        record = self.get_object(request, unquote(object_id))
        if record is None or not self.has_delete_permission(request, record):
            return super()._delete_view(request, object_id, context)
        now = self.seen(request, record)
        context["version"] = str(now)
        stale = bool(request.POST) and Seen.of(request.POST.get(VERSION, "")) != now
        if stale:
            request.POST = QueryDict()
            context["conflict"] = _since([record], None)
        response = super()._delete_view(request, object_id, context)
        if stale:
            response.status_code = 409
        return response

    def history_form_view(
        self,
        request: HttpRequest,
        object_id: str,
        version_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Going back to a version overwrites the newest one: only the one that was shown."""
        context = dict(extra_context or {})
        with transaction.atomic():
            stale = False
            record = self._record_of(request, object_id)
            if record is not None and self.has_change_permission(request, record):
                now = str(Seen(version_of(record)))
                context["version"] = now
                stale = request.method == "POST" and request.POST.get(VERSION) != now
            if stale:
                request.method = "GET"
                context["conflict"] = _since([record], None)
            response = super().history_form_view(request, object_id, version_id, context)
            if stale:
                response.status_code = 409
            return response

    def _record_of(self, request: HttpRequest, object_id: str) -> models.Model | None:
        if request.method == "POST":
            self._lock(object_id)
        try:
            return self.model._base_manager.filter(pk=object_id).first()
        except (ValueError, ValidationError):
            return None


def _since(records: list[models.Model], seen: int | None) -> Conflict:
    """Who saved last, where there is nothing of anybody's to hold side by side."""
    entries = [entry for entry in newest_entries(records) if entry.pk != seen]
    return Conflict(next(iter(entries), None), [], QueryDict(), [])
