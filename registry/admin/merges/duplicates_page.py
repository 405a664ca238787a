"""Pairs of records that look alike, and what was merged lately."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from registry.admin.merges.frame import MergeFrame, address
from registry.models import Person
from registry.models.merges import Merge, merges, told_apart
from registry.rosters.matching.duplicates import pairs
from registry.rosters.matching.namesakes import offices_of

PER_PAGE = 25
MERGES_SHOWN = 20


class DuplicatesPage(MergeFrame):
    """For those who may merge."""

    def duplicates_view(self, request: HttpRequest) -> HttpResponse:
        """Pairs that look alike, and what was merged; `?person=` asks for one person's."""
        if not self.may_merge(request):
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
            return HttpResponseRedirect(address(asked[0].pk, asked[1].pk))
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
        return self.merge_page(request, "duplicates", context, 400 if error else 200)

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
                "address": address(pair.one, pair.other),
            }
            for pair in found
            if pair.one in persons and pair.other in persons
        ]

    @staticmethod
    def _merges() -> list[tuple[Merge, Person | None]]:
        found = [each for each, _n in zip(merges(), range(MERGES_SHOWN), strict=False)]
        kept = Person.objects.in_bulk({each.kept for each in found})
        return [(each, kept.get(each.kept)) for each in found]
