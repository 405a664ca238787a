"""Who and what the names of a file mean: found, new, or left to a curator."""

from datetime import date
from unicodedata import normalize

import pytest

from registry.domain.dates import PartialDate
from registry.models import NameDecision, Party, Person, PersonIdentifier
from registry.rosters.imports import Order, check, confirm
from registry.rosters.matching.names import clean, name_key
from registry.rosters.matching.namesakes import likeness
from registry.rosters.matching.questions import LEAVE_OUT, NEW
from tests.factories import (
    PartyFactory,
    PersonFactory,
    SeatGroupFactory,
    SeatRuleFactory,
    TerritoryFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
LIST = "ФИО;Дата рождения;Партия;Дата избрания\n"


@pytest.fixture
def dinara(db):
    return PersonFactory(
        name={"ru": "Динара Абенова"},
        sort_name={"ru": "Абенова, Динара"},
        birth_earliest=date(1970, 5, 1),
        birth_latest=date(1970, 5, 1),
    )


@pytest.fixture
def checked(chamber):
    """Check a file for the chamber; the run comes back, with its rows and questions."""

    def check_it(text, decisions=None, **order):
        return check(
            chamber, text.encode(), "list.csv", Order(on=TODAY, **order), decisions=decisions
        )

    return check_it


def the_question(run):
    (question,) = run.plan["questions"]
    return question


def codes(row):
    return {remark["code"] for remark in row.remarks}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Абенoва", "Абенова"),  # a Latin o
        ("Нұрлaн", "Нұрлан"),  # a Latin a
        ("Nurlаn", "Nurlan"),  # a Cyrillic а
        ("Иван0в", "Иванов"),
        ("ИвановИван", "Иванов Иван"),
        ("Иванов ИванПетрович", "Иванов Иван Петрович"),
        ("McDonald", "McDonald"),
        ("Иванов 2", "Иванов 2"),
        ("Иванов II", "Иванов ІІ"),  # letters that any Cyrillic keyboard has as well
        ("Smith Иван", "Smith Иван"),
    ],
)
def test_a_name_is_compared_in_the_letters_that_were_meant(written, meant):
    assert clean(written) == meant


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("АБЕНОВА  Динара", "same_name"),
        ("Aбенова Динара", "same_name"),  # a Latin A
        ("АбеноваДинара", "same_name"),
        ("Әбенова Динара", "other_spelling"),
        ("Dinara Abenova", "other_spelling"),
        ("Абенова Д.", "part_of_name"),
        ("Абенова Динара Маратовна", "part_of_name"),
        ("Абенава Динара", "near"),
        ("Абенова Асель", ""),
        ("Динара", ""),
    ],
)
def test_a_name_may_be_somebody_recorded(dinara, name, why):
    assert likeness(name, dinara) == why
    assert name_key(name) == name_key(normalize("NFD", name))


def test_a_list_that_names_somebody_recorded_asks_who_it_is(checked, dinara):
    run = checked(LIST + "Абенова Динара;;;2012-02-01\n")

    question = the_question(run)
    assert (run.counts, run.plan["open"]) == ({"ambiguous": 1}, 1)
    assert [each["value"] for each in question["candidates"]] == [str(dinara.uid)]
    assert question["candidates"][0]["born"] == "1970-05-01"
    assert codes(run.rows.get()) == {"who_is_it"}


def test_nobody_is_asked_about_a_row_that_cannot_be(checked, dinara):
    header = "ФИО;Дата избрания;Дата окончания\n"

    run = checked(header + "Абенова Динара;2014-02-01;2012-02-01\n")

    assert (run.counts, run.plan["questions"]) == ({"impossible": 1}, [])


def test_another_birth_is_another_person(checked, dinara):
    run = checked(LIST + "Абенова Динара;1971;;2012-02-01\n")

    assert (run.counts, run.plan["questions"]) == ({"new": 1}, [])


def test_who_a_name_was_decided_to_be_is_remembered(checked, dinara):
    text = LIST + "Абенова Динара;;;2012-02-01\n"
    key = the_question(checked(text))["key"]

    confirm(checked(text, {key: str(dinara.uid)}))
    again = checked(text)

    assert dinara.appointments.count() == 1
    assert (again.counts, again.plan["questions"]) == ({"same": 1}, [])


def test_who_a_name_was_decided_not_to_be_is_remembered(checked, dinara):
    text = LIST + "Абенова Динара;;;2012-02-01\n"
    key = the_question(checked(text))["key"]

    confirm(checked(text, {key: NEW}))
    again = checked(text)

    assert Person.objects.count() == 2
    assert (again.counts, again.plan["questions"]) == ({"same": 1}, [])
    assert NameDecision.objects.filter(person=dinara, same=False).exists()


def test_the_rows_of_a_name_can_be_left_out(checked, dinara):
    text = LIST + "Абенова Динара;;;2012-02-01\nМарат Отарбек;;;2012-02-01\n"
    key = the_question(checked(text))["key"]

    run = checked(text, {key: LEAVE_OUT})

    assert (run.counts, run.plan["open"]) == ({"left_out": 1, "new": 1}, 0)


def test_rows_of_one_name_are_one_person_unless_the_births_differ(checked):
    run = checked(
        LIST
        + "Марат Отарбек;;;2012-02-01\n"
        + "Отарбек Марат ;;Steppe;2014-02-01\n"
        + "Асан Серік;1955;;2012-02-01\n"
        + "Асан Серік;1966;;2012-02-01\n"
    )

    assert run.plan["numbers"]["new_persons"] == 3
    assert "same_name" in codes(run.rows.get(line=3))


def test_names_alike_are_one_person_if_the_birth_is_the_same_and_remarked_if_not(checked):
    run = checked(
        LIST
        + "Сеитова Айгуль;1970;;2012-02-01\n"
        + "СеитоваАйгуль Маратовна;1970;Steppe;2014-02-01\n"
        + "Отарбек Марат;;;2012-02-01\n"
        + "Отарбек М.;;;2012-02-01\n"
    )

    assert run.plan["numbers"]["new_persons"] == 3
    assert codes(run.rows.get(line=3)) == {"read_as", "alike_and_one"}
    assert codes(run.rows.get(line=5)) == {"alike"}
    confirm(run)
    assert Person.objects.count() == 3


def test_a_name_that_two_of_the_file_have_needs_a_birth(checked):
    rows = "Асан Серік;1955;;2012\nАсан Серік;1966;;2012\nАсан Серік;;;2014\n"

    run = checked(LIST + rows)

    assert codes(run.rows.get(line=4)) == {"which_of_them"}


def test_letters_of_another_alphabet_warn_and_make_no_second_person(checked):
    run = checked(LIST + "Марат Отaрбек;;;2012\nМарат Отарбек;;;2014-02-01\n")  # a Latin a

    assert run.plan["numbers"]["new_persons"] == 1
    assert "read_as" in codes(run.rows.get(line=2))
    confirm(checked(LIST + "Марат Отaрбек;;;2012-03-01\n"))
    assert Person.objects.get().name == {"und": "Марат Отарбек"}


class TestANamesakeWithAnIdentifierOfTheirOwn:
    TEXT = "identifiers,name_en,convocation\nlocal:1,Dinara Abenova,5\n"

    @pytest.fixture
    def namesake(self, db):
        return PersonFactory(name={"en": "Dinara Abenova"})

    def test_is_somebody_new_unless_the_curator_knows_better(self, checked, namesake):
        run = checked(self.TEXT)

        assert (run.counts, run.plan["open"]) == ({"new": 1}, 0)
        assert the_question(run)["default"] == NEW
        assert codes(run.rows.get()) == {"namesake"}

    def test_gets_the_identifier_when_chosen(self, checked, namesake):
        key = the_question(checked(self.TEXT))["key"]

        confirm(checked(self.TEXT, {key: str(namesake.uid)}))

        assert PersonIdentifier.objects.get(value="1").person == namesake
        assert checked(self.TEXT).counts == {"same": 1}


class TestParties:
    TEXT = LIST + "Марат Отарбек;;Нур Отанн;2012-02-01\n"

    @pytest.fixture
    def party(self, db):
        return PartyFactory(slug="nur-otan", name={"ru": "Нур Отан"})

    def test_a_name_like_that_of_a_recorded_one_is_new_and_asked_about(self, checked, party):
        run = checked(self.TEXT)

        assert (run.plan["open"], run.plan["numbers"]["new_parties"]) == (0, 1)
        assert the_question(run)["candidates"][0]["value"] == "nur-otan"

    def test_the_answer_is_taken_and_remembered(self, checked, party):
        key = the_question(checked(self.TEXT))["key"]
        confirm(checked(self.TEXT, {key: "nur-otan"}))

        again = checked(self.TEXT)

        assert Party.objects.count() == 1
        assert (again.counts, again.plan["questions"]) == ({"same": 1}, [])


def test_an_unknown_territory_is_asked_about_where_territories_fill_seats(checked, chamber, dinara):
    group = SeatGroupFactory(institution=chamber)
    SeatRuleFactory(group=group, seats=None, seats_per_territory=2, kinds=["region"])
    north = TerritoryFactory(slug="north-region", name={"en": "North Region"})
    text = "id,name,area,term\na1,Marat Otarbek,Nort Region,5\n"
    run = checked(text)
    question = the_question(run)

    answered = checked(text, {question["key"]: north.slug})

    assert (run.counts, question["may_be_new"]) == ({"ambiguous": 1}, False)
    assert run.rows.get().remarks[0]["suggestion"] == "North Region"
    assert answered.counts == {"new": 1}


def test_a_birth_known_to_the_year_agrees_with_a_day_in_it(checked, dinara):
    key = the_question(checked(LIST + "Абенова Динара;1970;;2012-02-01\n"))["key"]

    run = checked(LIST + "Абенова Динара;1970;;2012-02-01\n", {key: str(dinara.uid)})

    assert run.rows.get().changes == []
    assert dinara.birth == PartialDate.parse("1970-05-01")
