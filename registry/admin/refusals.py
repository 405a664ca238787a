"""What somebody reads who may not open a page of the admin: which role may."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import ResolverMatch, reverse
from django.views.defaults import permission_denied

from registry.admin.imports.pages import IMPORT, UNDO
from registry.admin.merges.frame import NEEDED as MERGE
from registry.forms.guided import ACTIONS
from registry.models.roles import LABELS, Role, permissions_of, role_name

EXPORT = "registry.export_roster"
# What the pages of one record ask for, by the end of their names; those that are posted change.
VERBS = {"add": "add", "delete": "delete", "changelist": "view", "history": "view", "view": "view"}
# What other pages ask for, by the end of theirs; the longer one counts.
ASKED = {
    "institution_import_roster": IMPORT,
    "importrun_undo": UNDO,
    "importrun_confirm": "registry.confirm_import",
    "importrun_check": IMPORT,
    "importrun_columns": IMPORT,
    "importrun_drop": IMPORT,
    "_export": EXPORT,
    "_export_roster": EXPORT,
    "_roster_template": EXPORT,
    "_roster_columns": EXPORT,
    "_changes_csv": EXPORT,
}


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403; outside of the admin, and for those who do not work in it, the page of the site."""
    if not request.path.startswith(reverse("admin:index")) or not request.user.is_staff:
        return permission_denied(request, exception)
    asked = set(permissions_asked(request.resolver_match, request.method))
    lacking = not request.user.has_perms(asked)
    context = {
        **admin.site.each_context(request),
        # Whoever has what the page asks for is refused for another reason, and reads that one.
        "roles": [str(LABELS[role.value]) for role in roles_with(asked)] if lacking else [],
        "mine": [role_name(group) for group in request.user.groups.all()],
        "said": str(exception),
    }
    return render(request, "admin/403.html", context, status=403)


def roles_with(permissions: Iterable[str]) -> list[Role]:
    wanted = {tuple(each.split(".")) for each in permissions}
    return [role for role in Role if wanted and wanted <= set(permissions_of(role))]


def permissions_asked(match: ResolverMatch | None, method: str | None) -> tuple[str, ...]:
    """The permissions that an address of the admin asks for; none where nobody knows."""
    if match is None or match.url_name is None:
        return ()
    name = match.url_name
    if name == "registry_guided":
        action = ACTIONS.get(match.kwargs["slug"])
        return action.permissions if action else ()
    if "_merge" in name or name.endswith("_duplicates"):
        return MERGE
    for end, permission in ASKED.items():
        if name.endswith(end):
            return (permission,)
    app, _, rest = name.partition("_")
    model, _, page = rest.partition("_")
    verb = VERBS.get(page, "view")
    if page in ("change", "simple_history", "password_change"):
        verb = "change" if method == "POST" or page == "password_change" else "view"
    return (f"{app}.{verb}_{model}",) if page else ()
