"""What every start does, and what only the first one does."""

from __future__ import annotations

import shutil
import stat

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from registry.models import Institution, Person
from registry.seeds.sample import remove_sample
from tests.seeds.conftest import FIXTURES, REPUBLIC, SEEDS, history_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def var(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"
    return settings.VAR_DIR


@pytest.fixture
def clone(settings, var, tmp_path, write):
    """A clone with the seeds of a small state, which a test may change, and nobody invented."""
    settings.BASE_DIR = tmp_path / "clone"
    (settings.BASE_DIR / "seeds").mkdir(parents=True)
    for path in write(**REPUBLIC).glob("*.csv"):
        shutil.copy(path, settings.BASE_DIR / "seeds")
    return settings.BASE_DIR


@pytest.fixture
def kazakhstan(clone):
    """A clone as it is, whose seeds and sample people a test may change."""
    shutil.rmtree(clone / "seeds")
    shutil.copytree(SEEDS, clone / "seeds")
    shutil.copytree(FIXTURES, clone / "fixtures")
    return clone


@pytest.fixture
def prepare(capsys):
    def prepared() -> str:
        call_command("prepare")
        return capsys.readouterr().out

    return prepared


def password_in(output: str) -> str:
    return output.partition("with the password ")[2].split()[0]


def test_the_first_start_fills_the_registry_and_says_where_to_look(kazakhstan, prepare):
    output = prepare()

    assert Institution.objects.filter(slug="mazhilis").exists()
    assert f"{Person.objects.filter(sample=True).count()} invented people" in output
    assert "http://127.0.0.1:8000/en/institutions/mazhilis/composition/?on=2014-06-01" in output
    assert "/admin/" in output


def test_the_port_is_the_one_that_serves(clone, prepare, monkeypatch):
    monkeypatch.setenv("PORT", "8123")

    assert "http://127.0.0.1:8123/en/" in prepare()


def test_the_curator_is_a_registrar_and_no_superuser(clone, prepare):
    password = password_in(prepare())

    user = authenticate(username="curator", password=password)
    assert user.is_staff
    assert not user.is_superuser
    assert user.has_perms(["registry.change_appointment", "registry.delete_person"])
    assert user.has_perms(["registry.confirm_import", "auth.add_user"])
    assert not user.has_perm("registry.change_historicalperson")
    assert not user.has_perm("auth.delete_user")


def test_the_login_is_for_the_owner_of_the_files_alone(var, clone, prepare):
    prepare()

    assert stat.S_IMODE((var / "curator-login.txt").stat().st_mode) == 0o600


def test_the_second_start_changes_nothing_and_prints_the_same_login(
    clone, prepare, django_assert_max_num_queries
):
    first = prepare()
    before = history_rows()

    with django_assert_max_num_queries(10):
        second = prepare()

    assert password_in(second) == password_in(first)
    assert "sources.csv" not in second  # the seeds were not even compared
    assert history_rows() == before


def test_changed_seeds_are_loaded_on_the_next_start(clone, prepare):
    prepare()
    path = clone / "seeds" / "institutions.csv"
    path.write_text(path.read_text().replace("Совет", "Совет Республики"))

    prepare()

    assert Institution.objects.get(slug="council").name["ru"] == "Совет Республики"


def test_sample_people_who_were_removed_do_not_come_back(kazakhstan, prepare):
    prepare()
    remove_sample()
    (kazakhstan / "seeds" / "parties.csv").write_text("slug,name_en\nnew-party,New party\n")

    output = prepare()

    assert not Person.objects.filter(sample=True).exists()
    assert "invented" not in output


def test_faulty_seeds_keep_an_empty_registry_from_starting(clone, prepare):
    (clone / "seeds" / "parties.csv").write_text("slug\nnew-party\n")

    with pytest.raises(CommandError, match=r"parties\.csv"):
        prepare()

    assert not Institution.objects.exists()


def test_faulty_seeds_do_not_stop_a_registry_that_works(clone, prepare, capsys):
    prepare()
    (clone / "seeds" / "parties.csv").write_text("slug\nnew-party\n")

    for _start in ("the next", "the one after"):
        call_command("prepare")

        printed = capsys.readouterr()
        assert "parties.csv" in printed.err
        assert "/en/" in printed.out


def test_seeds_of_another_country_need_no_sample_people(clone, capsys):
    shutil.copytree(FIXTURES, clone / "fixtures")

    call_command("prepare")

    printed = capsys.readouterr()
    assert "There are no sample people" in printed.err
    assert "mazhilis" not in printed.out
    assert Institution.objects.filter(slug="council").exists()


def test_a_password_set_since_is_not_printed(clone, prepare):
    password = password_in(prepare())
    curator = User.objects.get(username="curator")
    curator.set_password("another one")
    curator.save()

    output = prepare()

    assert password not in output
    assert "./run manage changepassword curator" in output


def test_a_lost_login_file_is_explained(var, clone, prepare):
    prepare()
    (var / "curator-login.txt").unlink()

    assert "./run manage changepassword curator" in prepare()


def test_where_there_are_users_no_curator_is_made(clone, prepare):
    User.objects.create_superuser("owner")

    prepare()

    assert list(User.objects.values_list("username", flat=True)) == ["owner"]
