"""The admin site: its name, the order of its lists, and answers that tell namesakes apart."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import SELECT2_TRANSLATIONS
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

# What curators do every day comes first.
GROUPS = (
    (_("People and appointments"), ("Appointment", "Person", "Party", "Coverage")),
    (_("Institutions"), ("Institution", "Convocation", "Election", "Succession")),
    (_("Seats"), ("SeatGroup", "SeatRule", "RenewalClass", "StatedTotal")),
    (_("Votes and powers"), ("VotingRule", "Power", "Incompatibility")),
    (_("What the checks say"), ("Assignment", "Explanation", "Contradiction")),
    (_("Imports"), ("ImportRun",)),
    (_("Territories"), ("Territory", "TerritoryStatus", "TerritoryKind")),
    (_("Sources"), ("Source", "Act", "Citation")),
    (
        _("Details of other records"),
        (
            "Affiliation",
            "DesignationStep",
            "Claim",
            "PersonIdentifier",
            "PartyIdentifier",
            "TerritoryIdentifier",
        ),
    ),
)

# Its words stand in registry/static, beside those that Django brings.
SELECT2_TRANSLATIONS["kk"] = "kk"


class LabelledAutocomplete(AutocompleteJsonView):
    """Asks the model's admin for the label of a result, where it has one to give."""

    def get_queryset(self) -> QuerySet:
        found = super().get_queryset()
        prepare = getattr(self.model_admin, "prepare_labels", None)
        return prepare(found) if prepare else found

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        result = super().serialize_result(obj, to_field_name)
        label = getattr(self.model_admin, "label", None)
        return result | {"text": label(obj)} if label else result


class RegisterSite(admin.AdminSite):
    site_header = _("Institutions register")
    site_title = _("Institutions register")
    index_title = _("Keep the register")
    # The lists have many columns; the start page is one click away.
    enable_nav_sidebar = False

    def get_urls(self) -> list[URLPattern]:
        # Not before: its records are registered at a site that has none yet.
        from registry.admin.changes import change_urls
        from registry.admin.finding_lists import finding_urls

        return [*change_urls(self), *finding_urls(self), *super().get_urls()]

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def or_sign_in(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            from registry.admin.signing_in import keeping

            return keeping(request, self) or inner(request, *args, **kwargs)

        return or_sign_in

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        from registry.admin.signing_in import sign_in

        return sign_in(request, self, extra_context or {})

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """With what is waiting for whoever signed in."""
        # Not above: loading that package registers with this site, which must be there.
        from registry.admin.desk import desk

        waiting = desk(request, on=localdate())
        return super().index(request, {**waiting, **(extra_context or {})})

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return LabelledAutocomplete.as_view(admin_site=self)(request)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The lists in groups instead of one long alphabet; other apps follow as they are."""
        apps = super().get_app_list(request, app_label)
        ours = next((app for app in apps if app["app_label"] == "registry"), None)
        if ours is None:
            return apps
        models = {model["object_name"]: model for model in ours["models"]}
        groups = [
            ours | {"name": name, "models": [models.pop(each) for each in names if each in models]}
            for name, names in GROUPS
        ]
        if models:
            groups.append(ours | {"name": _("Other"), "models": list(models.values())})
        groups = [group for group in groups if group["models"]]
        return [*groups, *(app for app in apps if app is not ours)]
