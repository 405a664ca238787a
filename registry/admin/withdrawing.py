"""What is deleted stays in the history and can come back; what was public goes with a reason."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db import router
from django.db.models import Model
from django.db.models.deletion import Collector
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from registry.models.history import recorded_models

REASON = "_reason"
LONGEST = 1000


class ComesBackAdmin(admin.ModelAdmin):
    """What is deleted together comes back together, by the history of the record."""

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        collector = Collector(using=router.db_for_write(type(obj), instance=obj), origin=obj)
        collector.collect([obj])
        # One moment and one reason, by which they are found together should they come back.
        moment = timezone.now()
        for rows in collector.data.values():
            for row in rows:
                row._change_reason = request.POST.get(REASON, "").strip() or None
                row._history_date = moment
        collector.delete()

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        """A record that comes back brings what was withdrawn with it."""
        back_to = getattr(request, "back_to", None)
        gone = back_to is not None and not type(obj)._base_manager.filter(pk=obj.pk).exists()
        last = type(obj).history.filter(id=obj.pk).first() if gone else None
        super().save_model(request, obj, form, change)
        if last is not None and last.history_type == "-":
            _bring_back_with(last, obj._change_reason)


class WithdrawnAdmin(admin.ModelAdmin):
    """Deleting asks why; the history of the record and of the rows that go with it says so."""

    delete_confirmation_template = "admin/registry/withdraw.html"

    def _delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None
    ) -> HttpResponse:
        context = dict(extra_context or {})
        reason = request.POST.get(REASON, "").strip()
        if request.POST and (not reason or len(reason) > LONGEST):
            context["reason_error"] = (
                _("The reason has %(length)s characters; it may have %(most)s. Shorten it.")
                % {"length": len(reason), "most": LONGEST}
                if reason
                else _("Say why this is withdrawn.")
            )
            # Asked again, nothing is deleted.
            request.POST = QueryDict()
        context |= {"reason": reason, "longest": LONGEST}
        return super()._delete_view(request, object_id, context)

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        response = super().response_delete(request, obj_display, obj_id)
        history = reverse(f"admin:registry_{self.opts.model_name}_history", args=[obj_id])
        said = _("It is no longer shown to visitors. Its history stays.")
        link = format_html('<a href="{}">{}</a>', history, _("History"))
        messages.info(request, format_html("{} {}", said, link))
        return response


def _bring_back_with(last: Any, reason: str) -> None:
    """Bring back the rows that went in one moment and for one reason with a withdrawn record."""
    went = {
        "history_type": "-",
        "history_date": last.history_date,
        "history_change_reason": last.history_change_reason,
    }
    for model in recorded_models():
        for version in model.history.filter(**went).order_by("id"):
            row = version.instance
            if not model._base_manager.filter(pk=row.pk).exists():
                row._change_reason = reason
                row.save(force_insert=True)
