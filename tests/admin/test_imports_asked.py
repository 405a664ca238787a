"""What an import asks: which encoding, what the columns mean, who is meant, who has left."""

from __future__ import annotations

import pytest

from registry.domain.dates import PartialDate
from registry.models import Appointment, Person, RunState
from tests import factories
from tests.admin.importing import ROSTER, confirm, page, upload

LIST = """Список депутатов;;
;;
ФИО;Фракция;Дата избрания
{name};Ақ жол;15.02.2012
"""


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def mazhilis(chamber):
    factories.ConvocationFactory(institution=chamber, number=5)
    return chamber


def plain(name="Әбенова Дінара"):
    return LIST.format(name=name)


def columns_as_guessed(client, run, **changes):
    form = client.get(page(run, "columns")).context_data["form"]
    said = {name: form[name].value() or "" for name in form.fields} | changes
    answer = client.post(page(run, "columns"), said)
    run.refresh_from_db()
    return answer


def decide(client, run, answer, **more):
    key = run.plan["questions"][0]["key"]
    said = {"key-0": key, "answer-0": answer} | more
    response = client.post(page(run, "check") + "?decisions=1", said)
    run.refresh_from_db()
    return response


# Which encoding


def test_another_encoding_is_chosen_by_looking_at_the_lines(as_curator, mazhilis):
    run = upload(as_curator, mazhilis, plain().encode("kz1048"), "list.csv")
    assert run.state == RunState.REFUSED

    asked = as_curator.get(page(run, "file")).text
    as_curator.post(page(run, "file"), {"as": "windows-1251"})
    mistaken = as_curator.get(page(run, "file")).text
    as_curator.post(page(run, "file"), {"as": "kz1048"})
    run.refresh_from_db()

    assert "Әбенова Дінара" in asked
    assert 'value="kz1048"' in asked
    assert "KZ-1048" in mistaken
    assert "There is a problem" in mistaken
    assert run.state == RunState.CHECKED
    assert "Әбенова Дінара" in as_curator.get(page(run, "file")).text


# What the columns mean


def test_what_the_columns_mean_is_remembered_for_the_institution(as_curator, mazhilis):
    run = upload(as_curator, mazhilis, plain(), "list.csv")
    columns_as_guessed(as_curator, run, **{"column-1": ""})
    assert confirm(as_curator, run).state == RunState.APPLIED
    assert not Appointment.objects.get().affiliations.exists()

    again = upload(as_curator, mazhilis, plain("Нұрланов Асқар"), "next.csv")

    form = as_curator.get(page(again, "columns")).context_data["form"]
    assert [form[name].value() for name in form.fields] == ["name", "", "start"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"column-0": ""}, "No column holds the name."),
        ({"column-1": "name"}, "cannot both be"),
        ({"column-1": "shoe_size"}, "is not one of the available choices"),
    ],
)
def test_columns_that_cannot_mean_that_are_refused(as_curator, mazhilis, changes, sentence):
    run = upload(as_curator, mazhilis, plain(), "list.csv")

    answer = columns_as_guessed(as_curator, run, **changes)

    assert sentence in answer.text
    assert not mazhilis.column_meanings.exists()


# Who is meant


@pytest.fixture
def asking(as_curator, mazhilis):
    """A run that asks whether somebody is the one of that name in the register."""
    known = factories.PersonFactory(name={"kk": "Әбенова Дінара"}, sort_name={})
    run = upload(as_curator, mazhilis, plain("ӘбеноваДінара"), "list.csv")
    columns_as_guessed(as_curator, run)
    return run, known


def test_nothing_is_written_before_the_question_is_answered(as_curator, asking):
    run, known = asking

    assert confirm(as_curator, run).state == RunState.CHECKED
    asked = as_curator.get(page(run, "check") + "?decisions=1").text
    assert "Who is “ӘбеноваДінара”?" in asked
    assert "(ФИО)" in asked
    assert f"/admin/registry/person/{known.pk}/change/" in asked


def test_who_reads_another_language_is_told_of_a_check_in_it(as_curator, mazhilis):
    names = {"ru": "Абенова Динара", "en": "Dinara Abenova"}
    factories.AppointmentFactory(
        institution=mazhilis,
        person=factories.PersonFactory(name=names, sort_name={}),
        convocation=mazhilis.convocations.get(),
        start=PartialDate.parse("2012-02-15"),
        acting=True,
    )
    header = "person_id,convocation,name_ru,start,start_basis,acting\n"
    rows = f"{Person.objects.get().uid},5,Абенова Динара,2012-02-15,stated,0\n,5,=A,,,\n"
    as_curator.cookies["django_language"] = "ru"
    run = upload(as_curator, mazhilis, header + rows, "ours.csv", faulty="leave_out")
    del as_curator.cookies["django_language"]

    effect, log = (b"".join(as_curator.get(page(run, name))).decode() for name in ("effect", "log"))

    for said in (effect, log):
        assert "Dinara Abenova: acting was yes, is now no." in said
    assert "acting: <del>yes</del> becomes <strong>no</strong>" in " ".join(effect.split())
    assert "Line 3, column name_ru: The cell contains a formula." in log


def test_an_answer_holds_for_this_file_and_the_next(as_curator, mazhilis, asking):
    run, known = asking
    decide(as_curator, run, str(known.uid))
    confirm(as_curator, run)

    assert Appointment.objects.get().person == known
    next_file = upload(
        as_curator, mazhilis, plain("ӘбеноваДінара").replace("2012", "2013"), "b.csv"
    )
    columns_as_guessed(as_curator, next_file)
    assert not next_file.plan["open"]


def test_somebody_new_and_somebody_left_out_are_answers_too(as_curator, asking):
    run, known = asking

    decide(as_curator, run, "leave_out")
    assert run.counts == {"left_out": 1}
    assert "faulty row" not in as_curator.get(page(run, "check")).text
    decide(as_curator, run, "new")
    confirm(as_curator, run)

    assert Person.objects.count() == 2
    assert Appointment.objects.get().person != known


def test_somebody_whom_the_list_lacks_is_named_by_the_permanent_id(as_curator, asking):
    run, _known = asking
    other = factories.PersonFactory()

    for wrong in ("", "nobody", "6346d129-bbd1-450f-9f51-eb77614297a9"):
        answer = decide(as_curator, run, "other", **{"other-0": wrong})
        assert "There is no person with the permanent id" in answer.text
    decide(as_curator, run, "other", **{"other-0": str(other.uid)})
    confirm(as_curator, run)

    assert Appointment.objects.get().person == other


# Who has left


@pytest.fixture
def missing(as_curator, mazhilis):
    """A run whose file lacks somebody who sits in the convocation."""
    appointment = factories.AppointmentFactory(
        institution=mazhilis,
        convocation=mazhilis.convocations.get(),
        start=PartialDate.parse("2012-02-01"),
        end=None,
    )
    return upload(as_curator, mazhilis, ROSTER, convocation="5"), appointment


def test_nobody_is_ended_unasked(as_curator, missing):
    run, appointment = missing

    assert str(appointment.person) in as_curator.get(page(run, "effect")).text
    confirm(as_curator, run)

    appointment.refresh_from_db()
    assert appointment.end is None


def test_somebody_whom_the_file_lacks_is_ended_on_a_day_with_a_reason(as_curator, missing):
    run, appointment = missing
    answer = f"answer-{appointment.pk}"
    unfinished = as_curator.post(page(run, "effect"), {answer: "end"})
    assert "Enter the first day out of office." in unfinished.text

    as_curator.post(
        page(run, "effect"),
        {answer: "end", f"day-{appointment.pk}": "03.07.2014", "reason": "Resigned."},
    )
    run.refresh_from_db()
    confirm(as_curator, run)

    appointment.refresh_from_db()
    assert (str(appointment.end), appointment.end_reason) == ("2014-07-03", "Resigned.")


def test_many_are_ended_only_by_who_says_that_it_is_many(as_curator, mazhilis):
    sitting = {"institution": mazhilis, "convocation": mazhilis.convocations.get(), "end": None}
    factories.AppointmentFactory.create_batch(7, start=PartialDate.parse("2012-02-01"), **sitting)
    run = upload(as_curator, mazhilis, ROSTER, convocation="5", absent="end")
    assert run.state == RunState.REFUSED

    form = as_curator.get(page(run, "effect")).context_data["form"]
    said = {name: form[name].value() or "" for name in form.fields if name != "many"}
    assert "7 of 7 appointments would end" in as_curator.get(page(run, "effect")).text
    as_curator.post(page(run, "effect"), said | {"many": "on"})
    run.refresh_from_db()

    assert confirm(as_curator, run).state == RunState.APPLIED
    assert Appointment.objects.filter(has_ended=True).count() == 7 + 2


def test_a_day_that_cannot_be_of_one_person_is_corrected_where_it_was_said(as_curator, mazhilis):
    sitting = {"institution": mazhilis, "convocation": mazhilis.convocations.get(), "end": None}
    start = PartialDate.parse("2014-06-01")
    appointment = factories.AppointmentFactory(start=start, **sitting)
    run = upload(as_curator, mazhilis, ROSTER, convocation="5")
    answer = f"answer-{appointment.pk}"
    too_early = {answer: "end", f"day-{appointment.pk}": "2014-06-01"}

    as_curator.post(page(run, "effect"), too_early)
    run.refresh_from_db()
    assert run.state == RunState.REFUSED

    shown = as_curator.get(page(run, "effect"))
    assert "cannot be the first day out of office" in shown.text
    assert "many" not in shown.context_data["form"].fields
    as_curator.post(page(run, "effect"), {answer: "keep"})
    run.refresh_from_db()
    assert confirm(as_curator, run).state == RunState.APPLIED
