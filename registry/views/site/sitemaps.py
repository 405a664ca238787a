"""Every page worth finding, in each language, for crawlers."""

from __future__ import annotations

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from registry.models import Convocation, Institution, Party, Person, Territory

PAGES = (
    "home",
    "institutions",
    "people",
    "territories",
    "parties",
    "calendar",
    "changes",
    "checks",
    "sources",
    "conflicts",
    "data",
    "about",
    "method",
    "accessibility",
    "privacy",
)
OF_AN_INSTITUTION = ("institution", "composition", "rules", "majorities")


class _InEveryLanguage(Sitemap):
    i18n = True
    alternates = True


class Pages(_InEveryLanguage):
    """The pages that there is one of."""

    def items(self) -> tuple[str, ...]:
        return PAGES

    def location(self, item: str) -> str:
        return reverse(item)


class Institutions(_InEveryLanguage):
    """The lasting pages of each institution."""

    def items(self) -> list[tuple[str, str]]:
        slugs = Institution.objects.order_by("slug").values_list("slug", flat=True)
        return [(slug, page) for slug in slugs for page in OF_AN_INSTITUTION]

    def location(self, item: tuple[str, str]) -> str:
        slug, page = item
        return reverse(page, args=[slug])


class Convocations(_InEveryLanguage):
    """The lasting account of who sat; a day between two events is not listed."""

    def items(self) -> list[tuple[str, int]]:
        rows = Convocation.objects.order_by("institution__slug", "number")
        return list(rows.values_list("institution__slug", "number"))

    def location(self, item: tuple[str, int]) -> str:
        return reverse("convocation", args=item)


class People(_InEveryLanguage):
    """Everybody but the invented samples."""

    limit = 10_000  # four languages of each, and a file may list fifty thousand

    def items(self) -> QuerySet[Person]:
        return Person.objects.filter(sample=False).order_by("pk")


class Territories(_InEveryLanguage):
    def items(self) -> QuerySet[Territory]:
        return Territory.objects.order_by("slug")


class Parties(_InEveryLanguage):
    def items(self) -> QuerySet[Party]:
        return Party.objects.filter(sample=False).order_by("slug")


SITEMAPS = {
    "pages": Pages,
    "institutions": Institutions,
    "convocations": Convocations,
    "people": People,
    "territories": Territories,
    "parties": Parties,
}
