"""A merge is taken back on a page that says what comes back, and what is in the way."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from registry.admin.imports.forms import UndoForm
from registry.admin.merges.frame import MergeFrame
from registry.admin.merges.undoing import in_the_way, steps_of, take_back
from registry.admin.remits import require_remit
from registry.forms.merges import versions_of
from registry.models import Appointment, Person
from registry.models.merges import merge_of


class UndoPage(MergeFrame):
    """For those who may merge."""

    def merge_undo_view(self, request: HttpRequest, gone: int) -> HttpResponse:
        """Takes a merge back, as long as nothing later rests on it."""
        if not self.may_merge(request):
            raise PermissionDenied
        with transaction.atomic():
            entry = Person.history.filter(id=gone).select_related("history_user").first()
            found = merge_of(entry) if entry else None
            kept = Person.objects.filter(pk=found.kept).first() if found else None
            if found is None:
                raise Http404
            if request.method == "POST" and kept:
                versions_of(kept, kept, lock=True)
            steps = steps_of(found)
            obstacles = list(in_the_way(steps))
            form = UndoForm(request.POST or None)
            form.fields["reason"].error_messages["required"] = _("Say why the merge is taken back.")
            status = 200
            if request.method == "POST" and obstacles:
                status = 409
            elif request.method == "POST" and form.is_valid():
                for appointment in self._going_back(steps):
                    require_remit(request, appointment)
                take_back(found, steps, user=request.user, reason=form.cleaned_data["reason"])
                said = _("The merge is taken back: everything is as it was before.")
                messages.success(request, said)
                return HttpResponseRedirect(reverse("admin:registry_person_change", args=[gone]))
            context = {
                "title": _("Take a merge back"),
                "merge": found,
                "kept": kept,
                "restored": [
                    (step.model._meta, len(step.restored), len(step.brought_back)) for step in steps
                ],
                "obstacles": obstacles,
                "form": form,
            }
            return self.merge_page(request, "merge_undo", context, status)

    @staticmethod
    def _going_back(steps: list[Any]) -> Iterable[Appointment]:
        keys = [pk for step in steps if step.model is Appointment for pk in step.restored]
        return Appointment.objects.filter(pk__in=keys).select_related("institution")
