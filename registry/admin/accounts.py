"""Accounts: who may give whom a role, and that nobody rises by it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from registry.models import Remit
from registry.models.roles import LABELS, role_name

admin.site.unregister([User, Group])


class RemitInline(admin.StackedInline):
    model = Remit
    autocomplete_fields = ("institutions",)
    verbose_name = _("limited to these institutions")

    def _may(self, request: HttpRequest, obj: Any = None) -> bool:
        # Whoever keeps accounts says what an account is for.
        return request.user.has_perm("auth.change_user") and obj != request.user

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("auth.view_user")

    has_add_permission = has_change_permission = has_delete_permission = _may


class RoleFilter(admin.RelatedFieldListFilter):
    """Groups by what they are called in the reader's language."""

    def field_choices(self, *args: Any) -> list[tuple[Any, str]]:
        named = super().field_choices(*args)
        return [(key, str(LABELS.get(name, name))) for key, name in named]


@admin.register(User)
class AccountAdmin(UserAdmin):
    """Roles are given; single permissions and superusers are the affair of superusers.

    As it comes, whoever may change users may make a superuser of any of them.
    """

    inlines = (RemitInline,)
    list_display = ("username", "first_name", "last_name", "is_staff", "is_active", "roles")
    list_filter = (("groups", RoleFilter), "is_staff", "is_active")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("Roles"))
    def roles(self, user: User) -> str:
        return ", ".join(role_name(group) for group in user.groups.all())

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "groups":
            field.label_from_instance = role_name
        return field

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        if request.user.is_superuser:
            return ("last_login", "date_joined")
        fixed = ("last_login", "date_joined", "is_superuser", "user_permissions")
        if obj == request.user:
            # Nobody gives roles to themselves, or locks themselves out.
            return (*fixed, "groups", "is_staff", "is_active")
        return fixed

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return super().has_change_permission(request, obj) and not above

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        # What somebody did stays theirs: an account is closed, not deleted.
        return False

    def get_inlines(self, request: HttpRequest, obj: User | None) -> tuple[type, ...]:
        return self.inlines if obj is not None else ()


@admin.register(Group)
class RoleAdmin(GroupAdmin):
    """The roles are made by the registry; who needs others makes them as a superuser."""

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return request.user.is_superuser and super().has_delete_permission(request, obj)
