"""An export, imported again, changes nothing."""

from datetime import date, datetime, timedelta
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from openpyxl import load_workbook

from registry.domain.dates import UNKNOWN, PartialDate
from registry.models import Affiliation, Appointment, Person
from registry.rosters.columns import COLUMNS
from registry.rosters.export.popolo import popolo_data
from registry.rosters.export.rows import EVERYBODY, Wanted, roster_rows
from registry.rosters.imports import Order, import_roster
from registry.serialise.rosters import FORMATS as FILES
from registry.serialise.rosters import Asked
from tests.factories import (
    AffiliationFactory,
    AppointmentFactory,
    ConvocationFactory,
    CoverageFactory,
    InstitutionFactory,
    PartyFactory,
    PersonFactory,
    SeatGroupFactory,
    TerritoryFactory,
)
from tests.rosters.conftest import everything

TODAY = date(2026, 11, 22)
FORMATS = ("csv", "raw", "xlsx", "popolo")


def exported(institution, form, wanted=EVERYBODY):
    stream = BytesIO()
    raw = form == "raw"
    asked = Asked(institution, made_on=TODAY, wanted=wanted, raw=raw)
    FILES["csv" if raw else form].write(stream, asked)
    return stream.getvalue()


def import_again(institution, data):
    return import_roster(institution, data, "again", Order(on=TODAY)).plan


# A workbook knows no day before 1900.
days = st.dates(date(1850, 1, 1), date(2030, 1, 1))
partial = st.one_of(
    days.map(PartialDate.of),
    days.map(lambda day: PartialDate.parse(str(day)[:7])),
    days.map(lambda day: PartialDate.parse(str(day)[:4])),
    days.map(lambda day: PartialDate(day, day + timedelta(days=40))),
    days.map(lambda day: PartialDate(day, None)),
    days.map(lambda day: PartialDate(None, day)),
    st.just(UNKNOWN),
)
letters = st.characters(blacklist_categories=("Cs", "Cc", "Co", "Cn", "Zl", "Zp"))
names = st.text(letters, min_size=1, max_size=30).map(
    # No name of one script alone is `??`; see `reading.cells` for what is lost and when.
    lambda text: " ".join(text.replace("??", "").replace("\ufffd", "").split()) or "x"
)
notes = st.one_of(
    st.text(st.one_of(letters, st.sampled_from("\n\t\r\"',;=+-@")), max_size=40),
    st.sampled_from(["=1+1", "'t Hooft", "''=x", 'a "quoted", word', "two\r\nlines", "@", "  x "]),
)


def after(start, end):
    """Whether a span that ends so is not impossible."""
    return not (end and end.latest and start.earliest and end.latest <= start.earliest)


terms = st.tuples(partial, st.one_of(st.none(), partial)).filter(lambda term: after(*term))


class AnyRoster(TestCase):
    @settings(
        max_examples=12,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
        database=None,
        # Five rows can be read as they were drawn, and to find fewer takes minutes.
        phases=(Phase.generate,),
    )
    @given(
        rows=st.lists(
            st.fixed_dictionaries(
                {
                    "term": terms,
                    "convocation": st.booleans(),
                    "inherits": st.tuples(st.booleans(), st.booleans()),
                    "group": st.booleans(),
                    "territory": st.booleans(),
                    "acting": st.booleans(),
                    "designation": st.sampled_from(["", "elected", "appointed", "ex_officio"]),
                    "end_reason": notes,
                    "note": notes,
                    "name": names,
                    "other_names": st.lists(names, max_size=2),
                    "birth": st.one_of(st.none(), partial.filter(lambda when: when != UNKNOWN)),
                    "sample": st.booleans(),
                    "parties": st.lists(terms, max_size=3),
                    "somebody": st.integers(0, 3),
                }
            ),
            min_size=1,
            max_size=5,
        )
    )
    def test_any_roster_comes_back_unchanged(self, rows):
        chamber = InstitutionFactory(slug="chamber")
        group = SeatGroupFactory(institution=chamber, slug="lists")
        convocation = ConvocationFactory(institution=chamber, number=5)
        territory = TerritoryFactory(slug="north")
        parties = [PartyFactory(slug=f"party-{n}", name={"en": f"={n}"}) for n in range(3)]
        people = {}
        for row in rows:
            if row["somebody"] not in people:
                people[row["somebody"]] = PersonFactory(
                    name={"en": row["name"], "kk": f"{row['name']} Ә"},
                    sort_name={"und": row["name"]} if row["acting"] else {},
                    other_names=row["other_names"],
                    sample=row["sample"],
                )
                person = people[row["somebody"]]
                person.birth = row["birth"]
                person.save()
            self._record(chamber, people, row, group, convocation, territory, parties)
        before = everything()

        for form in FORMATS:
            plan = import_again(chamber, exported(chamber, form))
            assert plan.nothing_to_do, (form, plan.new, plan.changed, plan.changed_persons)
        assert everything() == before

    @staticmethod
    def _record(chamber, people, row, group, convocation, territory, parties):
        appointment = Appointment(
            institution=chamber,
            person=people[row["somebody"]],
            group=group if row["group"] else None,
            convocation=convocation if row["convocation"] else None,
            territory=territory if row["territory"] else None,
            acting=row["acting"],
            designation=row["designation"],
            end_reason=row["end_reason"],
            note=row["note"],
        )
        appointment.start, appointment.end = row["term"]
        if row["convocation"]:
            appointment.start_inherited, appointment.end_inherited = row["inherits"]
            appointment.inherit_dates(convocation)
            if not after(appointment.start, appointment.end):
                return
        taken = {
            (a.group_id, a.convocation_id, a.territory_id, a.acting, a.start, a.end)
            for a in Appointment.objects.filter(person=appointment.person)
        }
        key = (
            appointment.group_id,
            appointment.convocation_id,
            appointment.territory_id,
            appointment.acting,
            appointment.start,
            appointment.end,
        )
        if key in taken:
            return
        appointment.save()
        for party, (start, end) in zip(parties, row["parties"], strict=False):
            affiliation = Affiliation(appointment=appointment, party=party)
            affiliation.start, affiliation.end = start, end
            affiliation.save()


pytestmark = pytest.mark.django_db


@pytest.fixture
def roster(chamber):
    """Three deputies: one who changed party, one acting until nobody knows when, one invented."""
    group = chamber.seat_groups.get()
    convocation = chamber.convocations.get()
    dinara = AppointmentFactory(
        institution=chamber,
        group=group,
        convocation=convocation,
        start=convocation.start,
        end=convocation.end,
        start_inherited=True,
        end_inherited=True,
        person=PersonFactory(
            name={"en": "Dinara Abenova", "kk": "Динара Әбенова"}, sort_name={}, gender="female"
        ),
        note='Said "no", twice;\nthen left',
    )
    turn = PartialDate.parse("2014-03")
    AffiliationFactory(appointment=dinara, party=PartyFactory(slug="steppe"), end=turn)
    AffiliationFactory(appointment=dinara, party=PartyFactory(slug="river"), start=turn)
    AppointmentFactory(
        institution=chamber,
        start=PartialDate.parse("2012-02"),
        end=UNKNOWN,
        acting=True,
        person=PersonFactory(name={"und": "Marat Otarbek"}, sort_name={}),
    )
    AppointmentFactory(
        institution=chamber,
        group=group,
        start=PartialDate.parse("2013"),
        person=PersonFactory(sample=True),
    )
    return chamber


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("on", [None, date(2014, 3, 15), date(2012, 2, 10)])
def test_an_export_of_all_or_of_a_day_changes_nothing(form, on, roster):
    before = everything()

    plan = import_again(roster, exported(roster, form, Wanted(on)))

    assert plan.nothing_to_do
    assert everything() == before


@pytest.mark.parametrize("form", FORMATS)
def test_an_export_fills_an_empty_registry_with_the_same(form, roster):
    data = exported(roster, form)
    rows = list(roster_rows(roster))
    Affiliation.objects.all().delete()
    Appointment.objects.all().delete()
    Person.objects.all().delete()

    import_again(roster, data)

    assert sorted(map(str, roster_rows(roster))) == sorted(map(str, rows))


def test_each_party_has_a_row_and_only_its_own_bounds(roster):
    rows = [row for row in roster_rows(roster) if row["name_en"] == "Dinara Abenova"]

    assert [(row["party"], row["party_start"], row["party_end"]) for row in rows] == [
        ("steppe", "", "2014-03"),
        ("river", "2014-03", ""),
    ]
    assert {(row["start"], row["end"], row["start_basis"]) for row in rows} == {
        ("2012-01-20", "2016-01-20", "inherited")
    }


def test_open_and_unknown_ends_differ(roster):
    ends = {(row["start"], row["end"], row["end_precision"]) for row in roster_rows(roster)}

    assert ends == {
        ("2012-01-20", "2016-01-20", "day"),
        ("2012-02", "", "none"),
        ("2013", "", ""),
    }


def test_the_composition_of_a_day_names_vacant_seats_and_imports_back(client, chamber):
    CoverageFactory(institution=chamber)
    AppointmentFactory(institution=chamber, group=chamber.seat_groups.get())

    address = reverse("composition_table", args=[chamber.slug, "csv"])
    file = client.get(address, {"on": "2014-06-01"}).content
    lines = file.decode().splitlines()
    plan = import_again(chamber, file)

    assert lines[0].split(",")[0] == "institution"
    assert sum(",vacant,2014-06-01" in line for line in lines) == 2
    assert plan.nothing_to_do


def test_no_cell_begins_a_formula(chamber):
    AppointmentFactory(
        institution=chamber, note="=cmd()", person=PersonFactory(name={"en": "@SUM(1)"})
    )

    text = exported(chamber, "csv").decode()

    assert "'=cmd()" in text
    assert ",'@SUM(1)," in text


def test_a_workbook_has_real_dates_a_frozen_header_and_a_sheet_about_it(roster):
    book = load_workbook(BytesIO(exported(roster, "xlsx")))
    sheet = book["Roster"]
    start = COLUMNS.index("start") + 1

    assert book.sheetnames == ["Roster", "About"]
    assert sheet.freeze_panes == "A2"
    assert {sheet.cell(row, start).value for row in (2, 3, 4)} == {
        "2012-02",
        "2013",
        datetime(2012, 1, 20),  # noqa: DTZ001 (a cell holds a day)
    }
    assert book["About"]["B3"].value == "2026-11-22"


def test_popolo_has_each_record_that_a_membership_points_to(roster):
    data = popolo_data(roster)
    ids = {
        record["id"]
        for name in ("persons", "organizations", "areas", "events", "posts")
        for record in data[name]
    }

    pointed = {
        value
        for membership in data["memberships"]
        for key, value in membership.items()
        if key.endswith("_id")
    }

    assert pointed <= ids
    assert len(data["memberships"]) == 4


def test_the_command_writes_a_file_that_the_other_command_reads(roster, tmp_path):
    for form in FILES:
        path = tmp_path / f"roster.{form}"
        call_command("export_roster", institution="chamber", format=form, output=str(path))
        out = StringIO()

        call_command("import_roster", str(path), institution="chamber", stdout=out)

        assert out.getvalue().startswith("Nothing to do")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", ["Who?", "A?b", "А?жол", "?лия"])
def test_a_question_mark_in_a_name_comes_back(chamber, form, name):
    AppointmentFactory(institution=chamber, person=PersonFactory(name={"en": name}))

    assert import_again(chamber, exported(chamber, form)).nothing_to_do
