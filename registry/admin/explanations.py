"""Explanations of findings: given from the panel of an institution, and read there again."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from registry.admin.filters import DAY, InForceToday, day_asked
from registry.admin.findings import explained_by
from registry.admin.records import REMARKS, GroupColumn, RecordAdmin
from registry.domain.findings import Finding
from registry.forms.explanations import ExplanationForm
from registry.models import Explanation, Institution
from registry.templatetags.days import long_day
from registry.templatetags.wording import TITLES


@admin.register(Explanation)
class ExplanationAdmin(GroupColumn, RecordAdmin):
    form = ExplanationForm
    change_form_template = "admin/registry/explanation_form.html"
    list_display = ("institution", "named", "group_name", "territory", "person", "start", "end")
    list_display_links = ("institution", "named")
    list_select_related = ("institution", "group", "territory", "person")
    list_filter = (InForceToday, "code", ("institution", admin.RelatedOnlyFieldListFilter))
    search_fields = ("institution__search_key", "person__search_key", "code", "reason")
    autocomplete_fields = ("institution", "group", "territory", "person", "source")
    fieldsets = (
        (_("The finding"), {"fields": ("institution", "code", "group", "territory", "person")}),
        (_("The explanation"), {"fields": ("reason", "source", "place", "start", "end")}),
        REMARKS,
    )

    @admin.display(description=_("Finding"), ordering="code")
    def named(self, explanation: Explanation) -> str:
        return str(TITLES.get(explanation.code, explanation.code))

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        day = day_asked(request) or localdate()

        def spoken_of() -> list[Finding]:
            # The template asks only if the form is shown.
            known = self.get_object(request, object_id) if object_id else self._begun(request)
            return explained_by(known, day) if known else []

        context = {"day": day, "spoken_of": spoken_of} | (extra_context or {})
        return super().changeform_view(request, object_id, form_url, context)

    def _begun(self, request: HttpRequest) -> Explanation | None:
        """The explanation that the address begins, with the finding it is for."""
        known = self.get_changeform_initial_data(request)
        institution = Institution.objects.filter(pk=known.get("institution") or None).first()
        if institution is None:
            return None
        narrowed = {
            f"{name}_id": int(known[name])
            for name in ("group", "territory", "person")
            if known.get(name)
        }
        return Explanation(institution=institution, code=known.get("code", ""), **narrowed)

    def response_add(self, request: HttpRequest, obj: Explanation, *args: Any) -> HttpResponse:
        response = super().response_add(request, obj, *args)
        self._say_what_it_explains(request, obj)
        return response

    def response_change(self, request: HttpRequest, obj: Explanation) -> HttpResponse:
        response = super().response_change(request, obj)
        self._say_what_it_explains(request, obj)
        return response

    def response_post_save_add(self, request: HttpRequest, obj: Explanation) -> HttpResponse:
        return self._back(request, obj) or super().response_post_save_add(request, obj)

    def response_post_save_change(self, request: HttpRequest, obj: Explanation) -> HttpResponse:
        return self._back(request, obj) or super().response_post_save_change(request, obj)

    @staticmethod
    def _back(request: HttpRequest, explanation: Explanation) -> HttpResponse | None:
        """To the panel that the curator came from, with its day."""
        day = day_asked(request)
        if day is None or not request.user.has_perm("registry.view_institution"):
            return None
        page = reverse("admin:registry_institution_change", args=[explanation.institution_id])
        return HttpResponseRedirect(f"{page}?{DAY}={day.isoformat()}#registry-checks")

    @staticmethod
    def _say_what_it_explains(request: HttpRequest, explanation: Explanation) -> None:
        day = day_asked(request) or localdate()
        level, sentence = _said(explanation, day)
        messages.add_message(request, level, sentence)


def _said(explanation: Explanation, day: date) -> tuple[int, str]:
    """What an explanation does on a day: whoever gave it reads whether it reached its finding."""
    start, end = explanation.start, explanation.end
    if start and day < start:
        said = gettext("On %(day)s it explains nothing yet: it begins on %(bound)s.")
        return messages.WARNING, said % {"day": long_day(day), "bound": long_day(start)}
    if end and end <= day:
        said = gettext("On %(day)s it explains nothing: it expired on %(bound)s.")
        return messages.WARNING, said % {"day": long_day(day), "bound": long_day(end)}
    number = len(explained_by(explanation, day))
    if not number:
        said = gettext("On %(day)s there is no finding that it speaks of.")
        return messages.WARNING, said % {"day": long_day(day)}
    said = ngettext(
        "It explains %(number)s finding on %(day)s.",
        "It explains %(number)s findings on %(day)s.",
        number,
    )
    return messages.INFO, said % {"number": number, "day": long_day(day)}
