"""Who may do what: every address of the admin, with every role, as the written table says."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from registry.models.roles import ALLOWED, BESIDES, Remit, Role, make_roles, permissions_of
from tests import factories
from tests.admin.forms import filled_in
from tests.admin.test_pages import MODELS, addresses

TABLE = Path(settings.BASE_DIR) / "docs" / "roles.md"
# What each address asks for, by method; of several permissions one is enough.
NEEDED = {
    ("changelist", "get"): ("view", "change"),
    ("add", "get"): ("add",),
    ("add", "post"): ("add",),
    ("change", "get"): ("view", "change"),
    ("change", "post"): ("change",),
    ("delete", "get"): ("delete",),
    ("delete", "post"): ("delete",),
    ("history", "get"): ("view", "change"),
    ("version", "get"): ("view", "change"),
    ("version", "post"): ("change",),
}


@pytest.fixture
def roles(db):
    make_roles(Group.objects, Permission.objects)


@pytest.fixture
def signed_in(roles):
    """A client of somebody on the staff with a role, limited to some institutions or to none."""

    def sign_in(role, *institutions):
        user = User.objects.create_user(role.name.lower(), is_staff=True)
        user.groups.add(Group.objects.get(name=role.value))
        if institutions:
            Remit.objects.create(user=user).institutions.set(institutions)
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.mark.parametrize("role", Role)
def test_every_address_asks_for_what_the_table_says(signed_in, every_record, role):
    client, may = signed_in(role), {code for _app, code in permissions_of(role)}
    wrong = []
    for model in MODELS:
        pages = addresses(model, every_record[model.__name__])
        for (name, method), verbs in NEEDED.items():
            allowed = any(f"{verb}_{model._meta.model_name}" in may for verb in verbs)
            answer = getattr(client, method)(pages[name])
            if (answer.status_code != 403) != allowed or answer.status_code >= 500:
                wrong.append((model.__name__, name, method, answer.status_code))
        exported = client.get(pages["export"]).status_code
        if (exported != 403) != ("export_roster" in may):
            wrong.append((model.__name__, "export", "get", exported))

    assert wrong == []


def test_the_written_table_is_the_one_that_holds():
    lines = [line for line in TABLE.read_text().splitlines() if line.startswith("| ")]
    written = {cells[0]: cells[1:] for line in lines if (cells := _cells(line))}

    for column, role in enumerate(Role):
        may = {}
        for names, verbs in ALLOWED[role]:
            for name in names:
                may.setdefault(name, set()).update(verbs.split())
        for name in ALLOWED[Role.REGISTRAR][0][0]:
            letters = "".join(
                v[0] for v in ("view", "add", "change", "delete") if v in may.get(name, ())
            )
            assert written[f"`{name}`"][column] == (letters or "–"), (role, name)
        for code in BESIDES[Role.REGISTRAR]:
            assert written[f"`{code}`"][column] == ("yes" if code in BESIDES[role] else "–")


def _cells(line):
    return [cell.strip() for cell in line.strip("| ").split("|")]


def test_a_curator_limited_to_one_body_changes_nothing_of_another(signed_in, chamber):
    senate = factories.InstitutionFactory(slug="senate")
    mine = factories.AppointmentFactory(institution=senate)
    theirs = factories.AppointmentFactory(institution=chamber)
    party = factories.AffiliationFactory(appointment=theirs)
    client = signed_in(Role.CURATOR, senate)

    def page(record):
        return reverse(f"admin:registry_{record._meta.model_name}_change", args=[record.pk])

    shown = client.get(page(theirs))
    assert shown.status_code == 200
    assert 'name="_save"' not in shown.text
    assert client.post(page(theirs), {"note": "x"}).status_code == 403
    assert client.post(page(party), {}).status_code == 403
    assert 'name="_save"' in client.get(page(mine)).text
    data = filled_in(client.get(page(mine)))
    assert client.post(page(mine), data | {"note": "x"}).status_code == 302
    refused = client.post(
        page(mine), filled_in(client.get(page(mine))) | {"institution": str(chamber.pk)}
    )
    assert refused.status_code == 403
    mine.refresh_from_db()
    assert (mine.institution, mine.note) == (senate, "x")


def test_an_account_keeper_makes_no_superuser_and_raises_nobody_above(signed_in):
    owner = User.objects.create_superuser("owner")
    other = User.objects.create_user("other", is_staff=True)
    client = signed_in(Role.ACCOUNT_KEEPER)
    keeper = User.objects.get(username="account_keeper")
    registrar = Group.objects.get(name=Role.REGISTRAR.value)

    def post(user, **changes):
        page = reverse("admin:auth_user_change", args=[user.pk])
        names = {"username": user.username, "is_active": "on", "is_staff": "on"}
        rows = {"remit-TOTAL_FORMS": "0", "remit-INITIAL_FORMS": "0"}
        return client.post(page, names | rows | changes)

    permission = Permission.objects.get(codename="delete_person")
    post(other, is_superuser="on", user_permissions=[permission.pk])
    post(keeper, is_superuser="on", groups=[registrar.pk])
    assert post(owner, username="mine").status_code == 403
    password = reverse("admin:auth_user_password_change", args=[owner.pk])
    assert client.post(password, {"password1": "x", "password2": "x"}).status_code == 403

    assert list(User.objects.filter(is_superuser=True)) == [owner]
    assert not other.user_permissions.exists()
    assert [group.name for group in keeper.groups.all()] == [Role.ACCOUNT_KEEPER.value]
