"""The addresses, which are a public contract."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib.sitemaps.views import index, sitemap
from django.urls import path, register_converter
from django.views.generic import RedirectView

from registry.api import api, nowhere
from registry.feeds import calendar as calendar_feed
from registry.feeds import changes as changes_feed
from registry.views.compositions import comparison_files, comparisons, pictures
from registry.views.compositions import files as composition_files
from registry.views.compositions import page as compositions
from registry.views.data import interface
from registry.views.data import page as data
from registry.views.download import TableSuffix
from registry.views.frame import public
from registry.views.home import page as home
from registry.views.institutions import convocations, majorities, rule_files, rules, trees
from registry.views.institutions import page as institutions
from registry.views.people import listing as people_list
from registry.views.people import page as people
from registry.views.people import parties
from registry.views.record import calendar, changes, checks, finding_files, source_files, sources
from registry.views.search import page as search
from registry.views.site import about, health, languages
from registry.views.site.sitemaps import SITEMAPS
from registry.views.territories import listing as territory_list
from registry.views.territories import page as territories

register_converter(TableSuffix, "table")

urlpatterns = [
    path("", languages.negotiate, name="root"),
    path("language/<slug:language>/", languages.choose, name="choose"),
    path("language/<slug:language>/<path:rest>", languages.choose, name="choose_page"),
    path("robots.txt", about.robots, name="robots"),
    path("sitemap.xml", public(index), {"sitemaps": SITEMAPS}, name="sitemap"),
    path(
        "sitemap-<slug:section>.xml",
        public(sitemap),
        {"sitemaps": SITEMAPS},
        name="django.contrib.sitemaps.views.sitemap",
    ),
    path("api/v1/", RedirectView.as_view(pattern_name="data_api")),
    path("api/v1/", api.urls),
    path("api/v1/<path:path>", nowhere),
    path("healthz", health.check, name="healthz"),
    *i18n_patterns(
        path("", home.home, name="home"),
        path("chambers.png", pictures.of_chambers, name="chambers_picture"),
        *(
            path(f"{address}/", about.page, {"name": name}, name=name)
            for address, name in [
                ("about", "about"),
                ("about/method", "method"),
                ("accessibility", "accessibility"),
                ("privacy", "privacy"),
            ]
        ),
        path("institutions/", trees.tree, name="institutions"),
        path("institutions.<table:suffix>", trees.table, name="institutions_table"),
        path("institutions/<slug:slug>/", institutions.detail, name="institution"),
        path("institutions/<slug:slug>/composition/", compositions.detail, name="composition"),
        path(
            "institutions/<slug:slug>/composition.png",
            pictures.of_institution,
            name="composition_picture",
        ),
        path("institutions/<slug:slug>/compare/", comparisons.detail, name="compare"),
        path(
            "institutions/<slug:slug>/composition.<table:suffix>",
            composition_files.table,
            name="composition_table",
        ),
        path(
            "institutions/<slug:slug>/composition.svg",
            composition_files.svg,
            name="composition_svg",
        ),
        path("institutions/<slug:slug>/convocations/", convocations.listing, name="convocations"),
        path(
            "institutions/<slug:slug>/convocations/<int:number>/",
            convocations.detail,
            name="convocation",
        ),
        path(
            "institutions/<slug:slug>/convocations/<int:number>.<table:suffix>",
            convocations.table,
            name="convocation_table",
        ),
        path("institutions/<slug:slug>/majorities/", majorities.detail, name="majorities"),
        path("institutions/<slug:slug>/rules/", rules.detail, name="rules"),
        path("institutions/<slug:slug>/rules.<table:suffix>", rule_files.table, name="rules_table"),
        path(
            "institutions/<slug:slug>/compare.<table:suffix>",
            comparison_files.table,
            name="compare_table",
        ),
        path("calendar/", calendar.calendar, name="calendar"),
        path("calendar.ics", calendar_feed.ics, name="calendar_ics"),
        path("changes/", changes.listed, name="changes"),
        path("changes.atom", changes_feed.atom, name="changes_atom"),
        path("checks/", checks.findings, name="checks"),
        path("checks.<table:suffix>", finding_files.table, name="checks_table"),
        path("data/", data.datasets, name="data"),
        path("data/api/", interface.interface, name="data_api"),
        path("parties/", parties.listing, name="parties"),
        path("parties.<table:suffix>", parties.table, name="parties_table"),
        path("parties/<slug:slug>/", parties.detail, name="party"),
        path("people/", people_list.people, name="people"),
        path("people.<table:suffix>", people_list.table, name="people_table"),
        path("people/<int:pk>-<slug:slug>/", people.detail, name="person"),
        path("people/<int:pk>/", people.detail, name="person_by_number"),
        path("search/", search.search, name="search"),
        path("sources/", sources.sources, name="sources"),
        path("sources/conflicts/", sources.conflicts, name="conflicts"),
        path("sources.<table:suffix>", source_files.sources, name="sources_table"),
        path("sources/conflicts.<table:suffix>", source_files.conflicts, name="conflicts_table"),
        path("territories/", territory_list.listing, name="territories"),
        path("territories.<table:suffix>", territory_list.table, name="territories_table"),
        path("territories/<slug:slug>/", territories.detail, name="territory"),
    ),
]
