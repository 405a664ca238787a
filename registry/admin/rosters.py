"""Rosters of an institution: in from a file after a look at what it changes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext

from registry.admin import uploads
from registry.admin.findings import Listed
from registry.admin.roster_form import RosterForm, encoding_name
from registry.domain.checks import judge
from registry.models import Institution
from registry.rosters.faults import Refused, WrongUsage
from registry.rosters.imports import import_roster
from registry.rosters.planning.report import fault_data, plan_sentences
from registry.snapshots import composition_of

FAULTS_SHOWN = 200


class RosterPages:
    """A page beside the form of an institution."""

    def roster_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path(
                "<int:object_id>/import-roster/",
                wrap(self.import_roster_view),
                name="registry_institution_import_roster",
            ),
        ]

    def has_roster_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perms(["registry.add_appointment", "registry.change_appointment"])

    def import_roster_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """First what a file would change, then, on a second submission, the change itself."""
        if not self.has_roster_permission(request):
            raise PermissionDenied
        institution = self.get_object(request, str(object_id))
        if institution is None:
            raise Http404
        importing = request.method == "POST" and "token" in request.POST
        form = RosterForm(
            institution, request.POST or None, request.FILES or None, stored=importing
        )
        context: dict[str, Any] = {"form": form}
        if form.is_valid():
            if importing:
                return self._import(request, institution, form)
            context |= self._check(request, institution, form)
        return self._roster_page(request, institution, context)

    def _check(
        self, request: HttpRequest, institution: Institution, form: RosterForm
    ) -> dict[str, Any]:
        upload = form.cleaned_data["file"]
        found = _report(upload.read(), upload.name, institution, form, request.user)
        plan = found.get("plan")
        if plan is not None and not plan.nothing_to_do:
            # What was checked is what will be imported: the file itself waits here.
            upload.seek(0)
            found["token"] = uploads.keep(request, upload, institution.pk)
            found["confirm"] = {
                name: form.data.get(name, "") for name in form.fields if name in form.data
            }
        return found

    def _import(
        self, request: HttpRequest, institution: Institution, form: RosterForm
    ) -> HttpResponse:
        token = request.POST["token"]
        upload = uploads.find(request, token, institution.pk)
        if upload is None:
            messages.error(request, gettext("The file is no longer here. Upload it again."))
            return HttpResponseRedirect(request.path)
        try:
            roster = form.roster(upload.data, upload.name)
            plan = import_roster(roster, institution, form.order(on=localdate()), user=request.user)
        except (Refused, WrongUsage) as refusal:
            # Somebody changed the register since the check.
            form = RosterForm(institution, initial=form.cleaned_data)
            return self._roster_page(request, institution, {"form": form} | _refusal(refusal))
        uploads.drop(request, token)
        said = list(plan_sentences(plan))
        self.log_change(request, institution, f"Import of {upload.name}: {' '.join(said)}"[:2000])
        messages.success(request, " ".join(said))
        page = reverse("admin:registry_institution_change", args=[institution.pk])
        return HttpResponseRedirect(f"{page}?on={plan.telling_day.isoformat()}")

    def _roster_page(
        self, request: HttpRequest, institution: Institution, context: dict[str, Any]
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Import a roster"),
            "subtitle": str(institution),
            "opts": self.opts,
            "module_name": capfirst(self.opts.verbose_name_plural),
            "institution": institution,
            **context,
        }
        return TemplateResponse(request, "admin/registry/import_roster.html", context)


def _report(
    data: bytes, name: str, institution: Institution, form: RosterForm, user: Any
) -> dict[str, Any]:
    """What an import would lead to: it is made, looked at and taken back."""
    try:
        roster = form.roster(data, name)
        with transaction.atomic():
            plan = import_roster(roster, institution, form.order(on=localdate()), user=user)
            composition = composition_of(institution, on=plan.telling_day)
            transaction.set_rollback(True)
    except (Refused, WrongUsage) as refusal:
        return _refusal(refusal)
    detected = form.cleaned_data["encoding"] in ("", "auto") and roster.encoding != "xlsx"
    return {
        "plan": plan,
        "encoding_detected": encoding_name(roster.encoding) if detected else "",
        "sentences": list(plan_sentences(plan)),
        "composition": composition,
        "day_findings": [Listed(finding) for finding in judge(composition)],
    }


def _refusal(refusal: Refused | WrongUsage) -> dict[str, Any]:
    if isinstance(refusal, WrongUsage):
        return {"refusal": str(refusal)}
    faults = refusal.faults
    return {
        "faults": [fault_data(fault) for fault in faults[:FAULTS_SHOWN]],
        "faults_number": len(faults),
        "more_faults": max(0, len(faults) - FAULTS_SHOWN),
    }
