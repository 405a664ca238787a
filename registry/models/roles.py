"""Who may do what: roles as groups, and the institutions somebody's work is limited to."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Any

from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.institutions import Institution
from registry.models.sources import FACTS


class Remit(models.Model):
    """The institutions that somebody keeps; without any, or without a remit, all of them."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="remit", verbose_name=_("user")
    )
    institutions = models.ManyToManyField(
        Institution,
        blank=True,
        related_name="remits",
        verbose_name=_("institutions"),
        help_text=_("Leave empty for all of them."),
    )

    class Meta:
        verbose_name = _("remit")
        verbose_name_plural = _("remits")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.user)


class Role(Enum):
    """The roles; the values are the names of their groups."""

    VIEWER = "Viewer"
    CURATOR = "Curator"
    REVIEWER = "Reviewer"
    REGISTRAR = "Registrar"
    ACCOUNT_KEEPER = "Account keeper"


LABELS = {
    Role.VIEWER.value: _("Viewer"),
    Role.CURATOR.value: _("Curator"),
    Role.REVIEWER.value: _("Reviewer"),
    Role.REGISTRAR.value: _("Registrar"),
    Role.ACCOUNT_KEEPER.value: _("Account keeper"),
}


def role_name(group: Any) -> str:
    """What a group is called: a role in the reader's language, any other by its name."""
    return str(LABELS.get(group.name, group.name))


# What stands in the rows of other records, and goes with them.
ROWS = ("affiliation", "designationstep", "personidentifier", "citation")
# Who sits where, and the elections that seat them.
MANDATES = ("person", "appointment", "coverage", "election", "source")
# Who looks after what.
TASKS = ("assignment",)
# What the checks and the sources say otherwise.
JUDGEMENTS = ("explanation", "contradiction", "claim")
PARTIES = ("party", "partyidentifier")
# Bodies, seats and law: who changes these changes what every roster is held against.
STRUCTURE = (
    "act",
    "convocation",
    "incompatibility",
    "institution",
    "power",
    "renewalclass",
    "seatgroup",
    "seatrule",
    "statedtotal",
    "succession",
    "territory",
    "territoryidentifier",
    "territorykind",
    "territorystatus",
    "votingrule",
)
EVERYTHING = (*ROWS, *MANDATES, *TASKS, *JUDGEMENTS, *PARTIES, *STRUCTURE)

# By role: the models, and what may be done with their records.
ALLOWED: dict[Role, tuple[tuple[tuple[str, ...], str], ...]] = {
    Role.VIEWER: ((EVERYTHING, "view"), (("importrun",), "view")),
    Role.CURATOR: (
        (EVERYTHING, "view"),
        (("importrun",), "view"),
        (ROWS, "add change delete"),
        (MANDATES, "add change"),
        (TASKS, "add change delete"),
        (("explanation",), "add change"),
        (PARTIES, "add"),
    ),
    Role.REVIEWER: (
        (EVERYTHING, "view"),
        (("importrun",), "view"),
        (ROWS, "add change delete"),
        (MANDATES, "add change"),
        # Merging takes a person away, withdrawing an appointment.
        (("person", "appointment"), "delete"),
        (TASKS, "add change delete"),
        (JUDGEMENTS, "add change delete"),
        (PARTIES, "add change"),
    ),
    Role.REGISTRAR: (
        (EVERYTHING, "add change delete view"),
        (("importrun",), "view"),
    ),
    Role.ACCOUNT_KEEPER: (),
}
# Permissions that are no verb of one model.
BESIDES: dict[Role, tuple[str, ...]] = {
    Role.VIEWER: ("export_roster",),
    Role.CURATOR: ("export_roster", "import_roster", "confirm_import", "undo_import"),
    Role.REVIEWER: ("export_roster",),
    Role.REGISTRAR: (
        "export_roster",
        "import_roster",
        "confirm_import",
        "undo_import",
        "undo_any_import",
    ),
    Role.ACCOUNT_KEEPER: (),
}
# Who looks after accounts; what of an account they may change, `admin.accounts` says.
ACCOUNTS = ("add_user", "change_user", "view_user", "view_group")
KEEPERS = (Role.REGISTRAR, Role.ACCOUNT_KEEPER)


def permissions_of(role: Role) -> Iterator[tuple[str, str]]:
    """The application and the code name of each permission of a role."""
    for names, verbs in ALLOWED[role]:
        for name in names:
            for verb in verbs.split():
                yield "registry", f"{verb}_{name}"
    for code in BESIDES[role]:
        yield "registry", code
    if role in KEEPERS:
        for code in ACCOUNTS:
            yield "auth", code


def make_roles(groups: Any, permissions: Any) -> None:
    """Bring the groups of all roles to what the tables above say.

    `groups` and `permissions` are the managers of the two models, so that a migration can give
    its own. A permission that does not exist yet is left to a later call.
    """
    known = {
        (app, code): pk
        for pk, app, code in permissions.values_list("pk", "content_type__app_label", "codename")
    }
    for role in Role:
        group, _created = groups.get_or_create(name=role.value)
        group.permissions.set([known[code] for code in permissions_of(role) if code in known])


def make_groups(apps: Any, schema_editor: Any) -> None:
    """For migrations: the groups of the roles, and before them the permissions that they need."""
    for label in ("auth", "registry"):
        app = apps.get_app_config(label)
        app.models_module = True
        create_permissions(app, apps=apps, verbosity=0)
        app.models_module = None
    make_roles(
        apps.get_model("auth", "Group").objects, apps.get_model("auth", "Permission").objects
    )


def owner_of(record: models.Model) -> Institution | None:
    """The institution that a record is part of; `None` for people, sources and what all share."""
    match record:
        case Institution():
            return record
        case _ if getattr(record, "institution_id", None):
            return record.institution
    for name in ("appointment", "group", "contradiction", *FACTS):
        part = getattr(record, name, None)
        if isinstance(part, models.Model):
            return owner_of(part)
    return None


def keeps(user: Any, record: models.Model) -> bool:
    """Whether a record lies within the remit of a user."""
    mine = remit_of(user)
    if mine is None:
        return True
    owner = owner_of(record)
    return owner is None or owner.pk in mine


def remit_of(user: Any) -> frozenset[int] | None:
    """The ids of the institutions that somebody is limited to; `None` for no limit.

    One query for each user object, that is, for each request.
    """
    if user.is_superuser:
        return None
    if not hasattr(user, "_remit"):
        ids = Institution.objects.filter(remits__user=user).values_list("pk", flat=True)
        user._remit = frozenset(ids) or None
    return user._remit
