"""Findings that somebody looks after."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from registry.admin.filters import DAY, day_asked
from registry.admin.records import Fields
from registry.admin.remits import KeptAdmin
from registry.admin.rows import RowsAdmin
from registry.domain.findings import Problem
from registry.models import Assignment
from registry.templatetags.wording import TITLES


class AssignmentForm(forms.ModelForm):
    code = forms.ChoiceField(
        label=_("Finding"), choices=lambda: [("", "–"), *((p.value, TITLES[p]) for p in Problem)]
    )


@admin.register(Assignment)
class AssignmentAdmin(Fields, RowsAdmin, KeptAdmin):
    form = AssignmentForm
    list_display = ("institution", "named", "group", "territory", "person", "assignee", "made_at")
    list_display_links = ("institution", "named")
    list_select_related = ("institution", "group__institution", "territory", "person", "assignee")
    list_filter = ("assignee", "code", ("institution", admin.RelatedOnlyFieldListFilter))
    actions = None
    search_fields = ("institution__search_key", "person__search_key", "code")
    autocomplete_fields = ("institution", "group", "territory", "person")
    fieldsets = (
        (_("The finding"), {"fields": ("institution", "code", "group", "territory", "person")}),
        (_("Who looks after it"), {"fields": ("assignee", "note")}),
    )

    @admin.display(description=_("Finding"), ordering="code")
    def named(self, assignment: Assignment) -> str:
        return str(TITLES.get(assignment.code, assignment.code))

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "assignee":
            kwargs["queryset"] = User.objects.filter(is_staff=True, is_active=True)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def response_post_save_add(self, request: HttpRequest, obj: Assignment) -> HttpResponse:
        """To the panel that the finding was seen in, with its day."""
        day = day_asked(request)
        if day is None or not request.user.has_perm("registry.view_institution"):
            return super().response_post_save_add(request, obj)
        page = reverse("admin:registry_institution_change", args=[obj.institution_id])
        return HttpResponseRedirect(f"{page}?{DAY}={day.isoformat()}#registry-checks")
