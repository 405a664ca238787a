"""Names are found in every script, with one slip forgiven, whatever wrote them."""

from __future__ import annotations

from importlib import import_module
from random import Random

import pytest
from django.apps import apps
from django.core.management import call_command

from registry.domain import spelling
from registry.domain.dates import PartialDate
from registry.forms.people import similar_to
from registry.models import (
    ImportFile,
    ImportRun,
    Institution,
    Party,
    Person,
    Territory,
    TerritoryStatus,
)
from registry.models.naming import texts_of, words_of
from registry.models.spelled import Spelled
from registry.models.spellings import Spelling, Word, keep, words_beginning, words_near
from registry.rosters.applying.bulk import Bulk
from registry.seeds.loading import load
from registry.seeds.sample import remove_sample
from tests.factories import (
    ConvocationFactory,
    InstitutionFactory,
    PartyFactory,
    PersonFactory,
    TerritoryFactory,
)

pytestmark = pytest.mark.django_db

WORDS = "registry.migrations.0004_words_to_search_by_and_alphabets_to_sort_by"
BACKWARDS = "registry.migrations.0008_indexes_of_what_is_given"


def in_step():
    """Whether the words recorded are those of the names recorded, each of them backwards too."""
    models = [model for model in apps.get_models() if issubclass(model, Spelled)]
    wanted = {
        (model._meta.model_name, row.pk, word)
        for model in models
        for row in model.objects.all()
        for word in words_of(texts_of(row, row.spelled_in))
    }
    found = set(Spelling.objects.values_list("kind", "record", "word"))
    words = dict(Word.objects.values_list("word", "backwards"))
    known = {word for _kind, _record, word in wanted} <= words.keys()
    return found == wanted and known and all(b == word[::-1] for word, b in words.items())


def named(*names, **fields):
    texts = {"kk": names[0]} if len(names) == 1 else dict(zip(("en", "kk"), names, strict=False))
    return PersonFactory(name=texts, sort_name={}, **fields)


def called(typed):
    return list(Person.objects.called(typed))


@pytest.mark.parametrize(
    "typed",
    ["Әбенов", "Абенов", "Abenov", "ӘБЕНОВ", "Äbenow", "Abenov Dinara", "динара абенов"],
)
@pytest.mark.parametrize("recorded", ["Динара Әбенов", "Abenov, Dinara", "Динара Абенов"])
def test_a_person_is_found_from_one_script_in_another(recorded, typed):
    person = named(recorded)
    named("Болат Мамыров")

    assert called(typed) == [person]


@pytest.mark.parametrize("typed", ["Mazhilis", "Majilis", "Majlis", "Мәжіліс", "Мажилис"])
@pytest.mark.parametrize("recorded", ["Mazhilis", "Мәжіліс", "Мажилис", "Maschilis"])
def test_an_institution_is_found_in_every_romanisation(recorded, typed):
    institution = InstitutionFactory(name={"und": recorded})
    InstitutionFactory(name={"en": "Senate"})

    assert list(Institution.objects.called(typed)) == [institution]


@pytest.mark.parametrize(
    "typed", ["Сериков", "Серииков", "Серков", "Серыков", "Сеирков", "Ссриков", "Сериковв"]
)
def test_one_slip_is_forgiven_wherever_it_is(typed):
    person = named("Сериков Марат")
    named("Берикова Дана")

    assert called(typed) == [person]


@pytest.mark.parametrize("typed", ["Zihgaolv", "Zhgalof", "Жигаволв", "Шигалев"])
def test_two_slips_are_not(typed):
    named("Zhigalov")

    assert called(typed) == []


@pytest.mark.parametrize("typed", ["Абей", "Аабай", "Абйа", "Бай"])
def test_up_to_four_letters_a_slip_is_another_name(typed):
    named("Абай")

    assert called(typed) == ([] if len(typed) < 5 else [Person.objects.get()])


def test_what_fits_exactly_hides_what_nearly_does():
    exact = named("Сериков Марат")
    named("Берикова Марат")
    near = named("Бериков Марат")

    assert called("Сериков") == [exact]
    assert called("Бериков") == [near]


def test_a_beginning_finds_the_whole_where_nobody_is_called_so():
    named("Абенов")

    assert called("Абе")
    named("Абе")
    assert len(called("Абе")) == 1


@pytest.mark.parametrize("recorded", ["Касым-Жомарт", "Қасымжомарт", "Kasym Zhomart"])
@pytest.mark.parametrize("typed", ["Kassym-Jomart", "жомарт касым", "Қасым-Жомарт"])
def test_hyphens_join_and_part(recorded, typed):
    person = named(recorded)

    parted = " " in typed and recorded == "Қасымжомарт"
    assert called(typed) == ([] if parted else [person])


def test_apostrophes_and_marks_are_ignored():
    person = named("Kul’tleuov Öztürk Ёлкин")

    assert called("kultleuov") == called("Ozturk") == called("елкин") == [person]


def test_somebody_added_under_another_romanisation_is_asked_about():
    person = named("Динара Машкевич")

    assert similar_to(["Maschkewitsch, Dinara"]) == (person,)
    assert similar_to(["Maschkewitsch, Bolat"]) == ()


def test_nonsense_finds_nobody():
    named("Абенов")

    for typed in ("", "😀", "*", "%", "_____", "' OR 1=1"):
        assert called(typed) == []


def test_a_territory_is_found_by_the_names_it_had():
    territory = TerritoryFactory(name={"en": "Akmola Region"})
    TerritoryStatus.objects.create(
        territory=territory,
        kind=territory.statuses.get().kind,
        name={"en": "Tselinograd Region"},
        end="1992-07-07",
    )

    assert list(Territory.objects.called("Целиноград")) == [territory]
    territory.statuses.all().delete()
    assert not Territory.objects.called("Целиноград")


# --- whatever writes a name ---


def test_a_renamed_and_a_deleted_record_are_not_found_by_what_is_gone():
    person = named("Динара Әбенова")
    person.name = {"kk": "Динара Серікова"}
    person.save()

    assert not called("Абенова")
    assert called("Серикова") == [person]
    assert in_step()
    person.delete()
    assert not Spelling.objects.exists()


def test_bulk_methods_keep_words_and_keys():
    people = Person.objects.bulk_create(
        Person(name={"kk": name}) for name in ("Ілияс", "Әбен", "Ыбырай")
    )
    assert in_step()
    people[0].name = {"kk": "Асқар"}
    Person.objects.bulk_update(people, ["name"])

    assert in_step()
    listed = Person.objects.in_alphabetical_order("kk")
    assert [person.slug for person in listed] == ["asqar", "aben", "ybyray"]


def test_what_a_roster_import_writes_and_deletes_is_kept():
    run = ImportRun.objects.create(
        institution=InstitutionFactory(), file=ImportFile.keep(b"x"), name="roster.csv"
    )
    bulk = Bulk(None, "import", run)
    people = [Person(name={"und": "Марат Оспанов"}), Person(name={"und": "Aigul Solovyova"})]
    bulk.create(Person, people)
    bulk.create(Party, [Party(slug="x", name={"und": "Ақ жол"})])
    assert in_step()
    people[0].name = {"und": "Марат Осман"}
    bulk.update(Person, people, ["name"])
    assert in_step()
    bulk.delete(people)
    assert in_step()
    assert not Person.objects.exists()


def test_a_file_brings_names_that_are_found(tmp_path):
    chamber = InstitutionFactory(slug="chamber")
    ConvocationFactory(institution=chamber, number=5)
    file = tmp_path / "roster.csv"
    header = "id,name,group,area,term,start_date,end_date\n"
    for name in ("Гульнара Иксанова", "Гүлнар Ықсанова"):
        file.write_text(f"{header}a1,{name},Нұр Отан,,5,,\n", encoding="utf-8")
        call_command("import_roster", str(file), institution="chamber", json=True)

        assert called(name) == [Person.objects.get()]
        assert in_step()
    assert Party.objects.called("Nur-Otan")


def test_seeds_bring_and_change_names_that_are_found(tmp_path):
    (tmp_path / "sources.csv").write_text("slug,title,kind\nlaw,Gazette,official\n")
    for name in ("Dinara Abenova", "Dinara Serikova"):
        (tmp_path / "persons.csv").write_text(f"person,name_en,source\nda,{name},law\n")
        load(tmp_path)

        assert [person.name["en"] for person in called(name)] == [name]
        assert in_step()


def test_samples_leave_no_words_behind():
    PersonFactory(sample=True)
    remove_sample()

    assert not Spelling.objects.exists()


def test_a_version_brought_back_is_found_again():
    person = named("Динара Әбенова")
    before = person.history.get()
    person.name = {"kk": "Дана"}
    person.save()
    before.instance.save()

    assert called("Абенова") == [person]
    assert in_step()
    person.delete()
    before.instance.save()
    assert called("Абенова") == [before.instance]
    assert in_step()


def test_every_word_one_slip_away_is_found_whatever_its_letters_are():
    random = Random(7)
    letters = "abzабяқһ1ßﬀ漢😀"
    words = {"".join(random.choices(letters, k=random.randint(1, 9))) for _ in range(300)}
    slips = set()
    for word in words:
        at, letter = random.randrange(len(word)), random.choice(letters)
        slips |= {word[:at] + word[at + 1 :], word[:at] + letter + word[at:]}
        slips |= {
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at:][1::-1] + word[at + 2 :],
        }
    keep(words)

    for typed in sorted(slips - {""})[::3]:
        near = {word for word in words if spelling.one_slip(word, typed)}
        assert near <= words_near([typed])
        assert words_beginning([typed]) == {word for word in words if word.startswith(typed)}


def test_the_migration_fills_in_what_was_recorded_before():
    named("Әбенов Динара")
    PartyFactory(name={"en": "Ak Zhol"}, abbreviation="AZ", other_names=["Bright Path"])
    TerritoryFactory()
    ordered = list(Person.objects.values_list("sort_en", "sort_kk", "sort_ru", "sort_de"))
    words = set(Spelling.objects.values_list("kind", "record", "word"))
    Spelling.objects.all().delete()
    Word.objects.all().delete()
    Person.objects.update(sort_en="", sort_kk="", sort_ru="", sort_de="")

    import_module(WORDS).fill_words(apps, None)
    import_module(WORDS).fill_sort_keys(apps, None)
    import_module(BACKWARDS).fill_words(apps, None)

    assert set(Spelling.objects.values_list("kind", "record", "word")) == words
    assert in_step()
    assert list(Person.objects.values_list("sort_en", "sort_kk", "sort_ru", "sort_de")) == ordered


# --- order ---


def test_people_stand_in_the_alphabet_of_the_page():
    names = ["Ілияс", "Ыбырай", "Әбен", "Яна", "Абай", "Ўзбек"]
    for name in names:
        named(name)

    def listed(language):
        return [p.name["kk"] for p in Person.objects.in_alphabetical_order(language)]

    assert listed("kk")[:5] == ["Абай", "Әбен", "Ўзбек", "Ыбырай", "Ілияс"]
    assert listed("ru")[:4] == ["Абай", "Әбен", "Ілияс", "Ўзбек"]


def test_letters_that_names_begin_with_are_counted_in_the_alphabet_of_the_page():
    for name in ("Ілияс", "Әбен", "Әділ", "Еркін", "Ёлка", "Smith", "漢"):
        named(name)

    assert Person.objects.initials("kk") == {"Ә": 2, "Е": 1, "Ё": 1, "І": 1, "": 2}
    assert Person.objects.initials("ru") == {"Е": 2, "": 5}
    assert Person.objects.beginning_with("ә", "kk").count() == 2
    assert Person.objects.beginning_with("Е", "ru").count() == 2
    assert not Person.objects.beginning_with("", "kk").exists()


def test_equal_names_keep_the_order_of_their_numbers():
    first, second = named("Әбенов"), named("Әбенов")

    assert list(Person.objects.in_alphabetical_order("kk")) == [first, second]


def test_families_come_before_given_names():
    for name in ("Abenova, Aida", "Abenov, Zhan", "Abenov, Aida"):
        PersonFactory(name={"en": name}, sort_name={"en": name}, birth=PartialDate.parse("1970"))

    listed = [str(person) for person in Person.objects.in_alphabetical_order("en")]
    assert listed == ["Abenov, Aida", "Abenov, Zhan", "Abenova, Aida"]
