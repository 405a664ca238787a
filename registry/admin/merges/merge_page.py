"""Two records beside each other, field by field; a preview; and the merge of what was seen."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from registry.admin.merges.frame import MergeFrame, address
from registry.admin.remits import require_remit
from registry.forms.merges import (
    GONE,
    TEXTS,
    ApartForm,
    MergeForm,
    overlaps,
    rows_of,
    versions_of,
)
from registry.models import Appointment, Person
from registry.models.merges import merge, tell_apart
from registry.models.versions import newest_entries


class MergePage(MergeFrame):
    """For those who may merge."""

    def merge_view(self, request: HttpRequest, kept: int, gone: int) -> HttpResponse:
        """Both records field by field; a preview; and the merge of what was seen."""
        if not self.may_merge(request):
            raise PermissionDenied
        with transaction.atomic():
            return self._merge_view(request, kept, gone)

    def _merge_view(self, request: HttpRequest, kept_id: int, gone_id: int) -> HttpResponse:
        persons = Person.objects.in_bulk([kept_id, gone_id])
        if len(persons) < 2:
            raise Http404
        kept, gone = persons[kept_id], persons[gone_id]
        posted = request.method == "POST"
        step = request.POST.get("step", "") if posted else ""
        versions = versions_of(kept, gone, lock=posted)
        if posted:
            # Read again under the locks.
            persons = Person.objects.in_bulk([kept_id, gone_id])
            if len(persons) < 2:
                raise Http404
            kept, gone = persons[kept_id], persons[gone_id]
        settle, context = overlaps(kept, gone), {}
        context["unlike"] = kept.sample != gone.sample
        form = MergeForm(kept, gone, request.POST if step in ("preview", "merge") else None)
        apart = ApartForm(request.POST if step == "apart" else None, prefix="apart")
        stale = step != "" and request.POST.get("_version") != versions
        status = 409 if stale else 200
        if stale:
            context["newer"] = _newest([kept, gone])
        elif step == "apart" and apart.is_valid():
            tell_apart(kept, gone, user=request.user, reason=apart.cleaned_data["reason"])
            messages.success(request, _("Kept: these are two persons. They are not offered again."))
            return HttpResponseRedirect(reverse("admin:registry_person_duplicates"))
        elif step in ("preview", "merge") and form.is_valid() and not settle:
            picked = " ".join(f"{value.key}:{whose}" for value, whose in form.results())
            context["shown"] = picked
            # Whoever chose otherwise after the preview sees another one first.
            seen = request.POST.get("_shown") == picked
            if step == "merge" and seen and not context["unlike"]:
                return self._merge(request, kept, gone, form)
            context["results"] = form.results()
        context |= {
            "title": _("Merge two records"),
            "kept": kept,
            "gone": gone,
            "form": form,
            "apart": apart,
            "rows": list(form.rows()),
            "overlaps": settle,
            "identifiers": [(each.pk, list(each.identifiers.all())) for each in (kept, gone)],
            "appointments": [(each.pk, self._appointments(each)) for each in (kept, gone)],
            "moved": [(rows.model._meta, rows.count()) for rows in rows_of(gone)],
            "version": versions,
            "swapped": address(gone.pk, kept.pk),
        }
        return self.merge_page(request, "merge", context, status)

    @staticmethod
    def _appointments(person: Person) -> list[Appointment]:
        rows = person.appointments.select_related("institution", "group__institution")
        return list(rows.order_by("start_earliest", "pk"))

    def _merge(
        self, request: HttpRequest, kept: Person, gone: Person, form: MergeForm
    ) -> HttpResponse:
        for appointment in gone.appointments.select_related("institution"):
            require_remit(request, appointment)
        number, name = gone.pk, str(gone)
        try:
            with transaction.atomic():
                merge(
                    kept,
                    gone,
                    _results(kept, gone, form),
                    user=request.user,
                    reason=form.cleaned_data["reason"],
                )
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
            return HttpResponseRedirect(address(kept.pk, number))
        said = _("%(gone)s #%(number)s is merged into %(kept)s. The old address leads there.")
        facts = {"gone": name, "number": number, "kept": kept}
        undo = reverse("admin:registry_person_merge_undo", args=[number])
        link = format_html('<a href="{}">{}</a>', undo, _("Take the merge back"))
        messages.success(request, format_html("{} {}", said % facts, link))
        return HttpResponseRedirect(reverse("admin:registry_person_change", args=[kept.pk]))


def _newest(persons: list[Person]) -> Any:
    """Who wrote last on what belongs to some persons."""
    rows = [row for person in persons for rows in rows_of(person) for row in rows]
    return next(iter(newest_entries([*persons, *rows])), None)


def _results(kept: Person, gone: Person, form: MergeForm) -> dict[str, Any]:
    """The values of the record that is kept; names that lose go on as other spellings."""
    found: dict[str, Any] = {name: dict(getattr(kept, name)) for name in TEXTS}
    others = [*kept.other_names, *gone.other_names]
    for value, whose in form.results():
        source = gone if whose == GONE else kept
        if value.field in TEXTS:
            texts = getattr(source, value.field)
            found[value.field][value.code] = texts[value.code]
            if value.disputed:
                others.append(value.kept if whose == GONE else value.gone)
        else:
            found[value.field] = getattr(source, value.field)
    found["other_names"] = list(dict.fromkeys(others))
    return found
