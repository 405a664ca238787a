"""What visitors have seen is withdrawn with a reason, and stays in the history."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db import router
from django.db.models import Model
from django.db.models.deletion import Collector
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

REASON = "_reason"
LONGEST = 1000


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

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        collector = Collector(using=router.db_for_write(type(obj), instance=obj), origin=obj)
        collector.collect([obj])
        for rows in collector.data.values():
            for row in rows:
                row._change_reason = request.POST[REASON].strip()
        collector.delete()

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        response = super().response_delete(request, obj_display, obj_id)
        history = reverse(f"admin:registry_{self.opts.model_name}_history", args=[obj_id])
        said = _("It is no longer shown to visitors. Its history stays.")
        link = format_html('<a href="{}">{}</a>', history, _("History"))
        messages.info(request, format_html("{} {}", said, link))
        return response
