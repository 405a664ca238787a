"""The pages that find duplicates, merge two records, and take a merge back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from registry.admin.imports.forms import UndoForm
from registry.admin.merges.undoing import in_the_way, steps_of, take_back
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
from registry.models.merges import Merge, merge, merge_of, merges, tell_apart, told_apart
from registry.models.versions import newest_entries
from registry.rosters.matching.duplicates import pairs
from registry.rosters.matching.namesakes import offices_of

PER_PAGE = 25
MERGES_SHOWN = 20
NEEDED = ("registry.change_person", "registry.delete_person")


class MergePages(admin.ModelAdmin):
    """Beside the list of persons, for those who may change and delete them."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        pages = {
            "duplicates": ("duplicates/", self.duplicates_view),
            "merge": ("duplicates/<int:kept>/<int:gone>/", self.merge_view),
            "merge_undo": ("duplicates/undo/<int:gone>/", self.merge_undo_view),
        }
        ours = [
            path(address, wrap(view), name=f"registry_person_{name}")
            for name, (address, view) in pages.items()
        ]
        return [*ours, *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kw: Any) -> Any:
        context["may_merge"] = self._may_merge(request)
        return super().render_change_form(request, context, *args, **kw)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        context = {"may_merge": self._may_merge(request)}
        return super().changelist_view(request, context | (extra_context or {}))

    @staticmethod
    def _may_merge(request: HttpRequest) -> bool:
        return all(request.user.has_perm(each) for each in NEEDED)

    def duplicates_view(self, request: HttpRequest) -> HttpResponse:
        """Pairs that look alike, and what was merged; `?person=` asks for one person's."""
        if not self._may_merge(request):
            raise PermissionDenied
        number, other = (request.GET.get(name, "").strip() for name in ("person", "other"))
        error = ""
        asked = [self._person(text) for text in (number, other)]
        for text, found in zip((number, other), asked, strict=True):
            if text and found is None:
                error = _("Nobody has the number “%(number)s”.") % {"number": text[:40]}
        if all(asked) and asked[0] == asked[1]:
            error = _("These are the same record. Choose two.")
        elif all(asked):
            return HttpResponseRedirect(_address(asked[0].pk, asked[1].pk))
        found = pairs(told_apart(), asked[0].pk if asked[0] else None)
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
        context = {
            "title": _("Possible duplicates"),
            "page": page,
            "pairs": self._shown(page.object_list),
            "person": asked[0],
            "number": number,
            "other": other,
            "error": error,
            "merges": self._merges(),
            "query": f"person={asked[0].pk}" if asked[0] else "",
        }
        return self._merge_page(request, "duplicates", context, 400 if error else 200)

    @staticmethod
    def _person(text: str) -> Person | None:
        digits = text.removeprefix("#")
        if not digits.isascii() or not digits.isdigit() or len(digits) > 18:
            return None
        return Person.objects.filter(pk=int(digits)).first()

    @staticmethod
    def _shown(found: Iterable[Any]) -> list[dict[str, Any]]:
        keys = {pk for pair in found for pk in (pair.one, pair.other)}
        persons, offices = Person.objects.in_bulk(keys), offices_of(keys)
        return [
            {
                "people": [(persons[pk], offices.get(pk, ())) for pk in (pair.one, pair.other)],
                "why": pair.why,
                "born_alike": pair.born_alike,
                "address": _address(pair.one, pair.other),
            }
            for pair in found
            if pair.one in persons and pair.other in persons
        ]

    @staticmethod
    def _merges() -> list[tuple[Merge, Person | None]]:
        found = [each for each, _n in zip(merges(), range(MERGES_SHOWN), strict=False)]
        kept = Person.objects.in_bulk({each.kept for each in found})
        return [(each, kept.get(each.kept)) for each in found]

    def merge_view(self, request: HttpRequest, kept: int, gone: int) -> HttpResponse:
        """Both records field by field; a preview; and the merge of what was seen."""
        if not self._may_merge(request):
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
            "swapped": _address(gone.pk, kept.pk),
        }
        return self._merge_page(request, "merge", context, status)

    @staticmethod
    def _appointments(person: Person) -> list[Appointment]:
        rows = person.appointments.select_related("institution", "group__institution")
        return list(rows.order_by("start_earliest", "pk"))

    def _merge(
        self, request: HttpRequest, kept: Person, gone: Person, form: MergeForm
    ) -> HttpResponse:
        for appointment in gone.appointments.select_related("institution"):
            require_remit(request, appointment)
        number, name = gone.pk, gone.listed_name
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
            return HttpResponseRedirect(_address(kept.pk, number))
        said = _("%(gone)s #%(number)s is merged into %(kept)s. The old address leads there.")
        facts = {"gone": name, "number": number, "kept": kept.listed_name}
        undo = reverse("admin:registry_person_merge_undo", args=[number])
        link = format_html('<a href="{}">{}</a>', undo, _("Take the merge back"))
        messages.success(request, format_html("{} {}", said % facts, link))
        return HttpResponseRedirect(reverse("admin:registry_person_change", args=[kept.pk]))

    def merge_undo_view(self, request: HttpRequest, gone: int) -> HttpResponse:
        """Takes a merge back, as long as nothing later rests on it."""
        if not self._may_merge(request):
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
            return self._merge_page(request, "merge_undo", context, status)

    @staticmethod
    def _going_back(steps: list[Any]) -> Iterable[Appointment]:
        keys = [pk for step in steps if step.model is Appointment for pk in step.restored]
        return Appointment.objects.filter(pk__in=keys).select_related("institution")

    def _merge_page(
        self, request: HttpRequest, name: str, context: dict[str, Any], status: int
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "module_name": capfirst(str(self.opts.verbose_name_plural)),
            **context,
        }
        return TemplateResponse(request, f"admin/registry/{name}.html", context, status=status)


def _address(kept: int, gone: int) -> str:
    return reverse("admin:registry_person_merge", args=[kept, gone])


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
