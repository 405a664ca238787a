"""Makes a registry ready to be looked at; `./run` calls it on every start.

The first start loads the seeds and the sample people and makes a curator. Later ones load the
seeds only if their files have changed.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group, Permission, User
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registry.management.commands.load_seeds import print_tallies, refusal
from registry.models import Institution, Person
from registry.models.roles import Role, make_roles
from registry.seeds.faults import SeedsRefused
from registry.seeds.loading import load
from registry.seeds.sample import load_sample

CURATOR = "curator"
# Letters and digits that nobody takes for each other when copying them by hand.
LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class Command(BaseCommand):
    help = _("Load seeds and sample people, make a curator, and say which pages to open.")

    def handle(self, **options):
        self.var = Path(settings.VAR_DIR)
        self.var.mkdir(mode=0o700, parents=True, exist_ok=True)
        empty = not Institution.objects.exists()
        seeds = Path(settings.BASE_DIR) / "seeds"
        mark = _mark_of(seeds)
        marks = self.var / "seeds-loaded.txt"
        loaded = marks.read_text(encoding="utf-8") if marks.is_file() and not empty else ""
        if loaded != mark and self._load(seeds, empty=empty):
            marks.write_text(mark, encoding="utf-8")
        if not User.objects.exists():
            self._make_curator()
        self._say_where_to_look()

    def _load(self, seeds: Path, *, empty: bool) -> bool:
        """Load the seeds; into an empty registry the sample people too, or neither."""
        try:
            with transaction.atomic():
                print_tallies(self, load(seeds))
                if empty:
                    self._load_sample()
        except SeedsRefused as refused:
            if empty:
                raise CommandError(refusal(seeds, refused)) from refused
            # Faulty files are no reason to keep a registry that works from its visitors.
            self.stderr.write(refusal(seeds, refused))
            return False
        return True

    def _load_sample(self) -> None:
        """The sample people sit in bodies that other seeds may not have."""
        try:
            load_sample(Path(settings.BASE_DIR) / "fixtures")
        except SeedsRefused as refused:
            self.stderr.write(_("There are no sample people, for they do not fit these seeds:"))
            self.stderr.write(str(refused))

    def _make_curator(self) -> None:
        password = get_random_string(16, LETTERS)
        with transaction.atomic():
            user = User.objects.create_user(CURATOR, password=password, is_staff=True)
            make_roles(Group.objects, Permission.objects)
            user.groups.add(Group.objects.get(name=Role.REGISTRAR.value))
            self._write_login(user, password)

    @property
    def login(self) -> Path:
        return self.var / "curator-login.txt"

    def _write_login(self, user: User, password: str) -> None:
        text = (
            f"user name: {user.username}\npassword: {password}\nmark: {_mark_of_password(user)}\n"
        )
        fresh = self.login.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        fresh.touch(mode=0o600, exist_ok=False)  # nobody else may read it, not for a moment
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(self.login)

    def _say_where_to_look(self) -> None:
        base = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
        self.stdout.write(_("Open one of these pages:"))
        for page in [*_pages_worth_opening(), reverse("admin:index")]:
            self.stdout.write(f"  {base}{page}")
        self._say_login()
        sample = Person.objects.filter(sample=True).count()
        if sample:
            message = ngettext(
                "%(number)d invented person is shown, marked as sample."
                " To remove: ./run manage remove_sample_people",
                "%(number)d invented people are shown, marked as sample."
                " To remove them: ./run manage remove_sample_people",
                sample,
            )
            self.stdout.write(message % {"number": sample})

    def _say_login(self) -> None:
        user = User.objects.filter(username=CURATOR).first()
        if user is None:
            return
        password = self._password(user)
        if password:
            message = _("Log in to the admin as %(user)s with the password %(password)s")
            self.stdout.write(message % {"user": CURATOR, "password": password})
        else:
            message = _(
                "Log in to the admin as %(user)s. The password is no longer the one made at the"
                " first start; to set a new one: ./run manage changepassword %(user)s"
            )
            self.stdout.write(message % {"user": CURATOR})

    def _password(self, user: User) -> str:
        """The password made at the first start, if it still is the curator's; else ""."""
        if not self.login.is_file():
            return ""
        lines = self.login.read_text(encoding="utf-8").splitlines()
        facts = dict(line.split(": ", 1) for line in lines if ": " in line)
        password = facts.get("password", "")
        if facts.get("mark") == _mark_of_password(user):
            return password
        # Checking takes half a second, by design: only when what is stored has changed.
        if not user.check_password(password):
            return ""
        self._write_login(user, password)
        return password


def _pages_worth_opening() -> list[str]:
    """Addresses that `seeds/pages.txt` names, one a line; the code knows no country's bodies."""
    pages = Path(settings.BASE_DIR) / "seeds" / "pages.txt"
    return pages.read_text(encoding="utf-8").split() if pages.is_file() else ["/en/"]


def _mark_of(seeds: Path) -> str:
    """Tells these files in this database from any others.

    It is kept in a file: a model for one line would be too much, and a lost file costs no more
    than loading once again what is there.
    """
    if not seeds.is_dir():
        raise CommandError(_("There is no folder %(folder)s.") % {"folder": seeds})
    digest = hashlib.sha256()
    for path in sorted(seeds.glob("*.csv")):
        content = path.read_bytes()
        digest.update(f"{path.name} {len(content)}\n".encode())
        digest.update(content)
    database = connection.settings_dict
    digest.update(
        "|".join(str(database[key]) for key in ("ENGINE", "HOST", "PORT", "NAME")).encode()
    )
    return digest.hexdigest()


def _mark_of_password(user: User) -> str:
    return hashlib.sha256(user.password.encode()).hexdigest()[:16]
