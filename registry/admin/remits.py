"""Records outside of somebody's remit can be read and not changed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext as _

from registry.models.roles import keeps, owner_of


class KeptAdmin(admin.ModelAdmin):
    """Asks for the remit beside the permission, before a form is shown and when it is saved."""

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_change_permission(request, obj) and _within(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_delete_permission(request, obj) and _within(request, obj)

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        require_remit(request, obj)
        super().save_model(request, obj, form, change)


def require_remit(request: HttpRequest, record: Model) -> None:
    """Raises `PermissionDenied` that names the institution, if it is not the user's to keep."""
    if not _within(request, record):
        message = _("%(institution)s is not among the institutions that you keep.")
        raise PermissionDenied(message % {"institution": owner_of(record)})


def _within(request: HttpRequest, record: Model | None) -> bool:
    return record is None or keeps(request.user, record)
