"""What the pages about duplicates have in common: who may see them, and their frame."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst

NEEDED = ("registry.change_person", "registry.delete_person")


class MergeFrame(admin.ModelAdmin):
    @staticmethod
    def may_merge(request: HttpRequest) -> bool:
        return all(request.user.has_perm(each) for each in NEEDED)

    def merge_page(
        self, request: HttpRequest, name: str, context: dict[str, Any], status: int
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "module_name": capfirst(str(self.opts.verbose_name_plural)),
            **context,
        }
        return TemplateResponse(request, f"admin/registry/{name}.html", context, status=status)


def address(kept: int, gone: int) -> str:
    return reverse("admin:registry_person_merge", args=[kept, gone])
