"""What a curator is told: each message is provoked, names its values, and speaks four languages."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any, NamedTuple

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import override

from registry.domain.dates import PartialDate
from registry.templatetags.days import long_day
from tests import factories
from tests.admin.forms import filled_in
from tests.admin.guided import address

GAZETTE = {"source_title": "Gazette of 3 July"}
OTHERS = ("kk", "ru", "de")
# New sentences, until they are translated.
AWAITED: tuple[str, ...] = ()


class Told(NamedTuple):
    """What is posted where; the sentence for it; and what any language says in it as well.

    `kept` is a part of what was typed, as the page gives it back; "" where it is no form that
    is refused.
    """

    page: str
    data: dict[str, Any]
    sentence: str
    values: tuple[Any, ...] = ()
    kept: str = ""


@pytest.fixture
def register(as_curator, chamber):
    """A full Mazhilis with a chair who left in 2014; a Senate, and a region that came later."""
    lists, chair = (chamber.seat_groups.get(slug=slug) for slug in ("lists", "chair"))
    members = factories.AppointmentFactory.create_batch(3, institution=chamber, group=lists)
    factories.AppointmentFactory(
        institution=chamber,
        group=chair,
        person__name={"en": "Askar Mamin"},
        person__sort_name={},
        end=PartialDate.parse("2014-07-03"),
    )
    over = factories.InstitutionFactory(slug="majilis", end=PartialDate.parse("2026-07-01"))
    rule = factories.SeatRuleFactory(
        group__institution=factories.InstitutionFactory(slug="senate"),
        group__slug="elected",
        seats=None,
        seats_per_territory=2,
        kinds=["region"],
        term_years=6,
        start=date(1996, 1, 30),
        end=date(2018, 6, 20),
    )
    senate = rule.group.institution
    abai = factories.TerritoryFactory(slug="abai")
    factories.TerritoryFactory(slug="turkistan", name={"en": "Turkistan"}).statuses.update(
        start=date(2018, 6, 19)
    )
    senator = factories.AppointmentFactory(institution=senate, group=rule.group, territory=abai)
    twin = factories.PersonFactory(name=members[0].person.name)
    factories.AppointmentFactory(institution=chamber, group=lists, person=twin)
    return {
        "chamber": chamber,
        "lists": lists,
        "member": members[0],
        "gone": factories.AppointmentFactory(institution=over),
        "senate": senate,
        "group": rule.group,
        "senator": senator,
        "twin": twin,
    }


def page(name, *arguments):
    return reverse(f"admin:registry_{name}", args=[getattr(each, "pk", each) for each in arguments])


def ending(appointment, **other):
    facts = {"appointment": appointment.pk, "end": "2014-07-03", "end_reason": "Resigned"}
    return {"page": address("end"), "data": facts | GAZETTE | {"_go": "effect"} | other}


def filling(institution, start, go="effect", **other):
    facts = {"institution": institution.pk, "start": start, "basis": "open", "_go": go}
    return {"page": address("fill"), "data": facts | GAZETTE | other}


def cases(client, known):
    chamber, lists, member = known["chamber"], known["lists"], known["member"]
    senate, senator, twin = known["senate"], known["senator"], known["twin"]
    opened = page("appointment_change", member)
    form = filled_in(client.get(opened))
    add = page("appointment_add")
    fresh = filled_in(client.get(add)) | {"institution": chamber.pk, "group": lists.pk}
    fresh |= {"person": senator.person_id, "start": "2014-06-01"}
    people, rules = page("person_add"), page("seatrule_add")
    somebody = filled_in(client.get(people))
    rule = {"group": known["group"].pk, "start": "2018-05-20", "seats": 9}
    merge = page("person_merge", member.person, twin)
    same = {
        "_version": client.get(merge).context["version"],
        "reason": "One birth",
        "step": "preview",
    }
    new = {"new_name": "Nurlan Ospanov", "new_person": "on"}
    delete = page("person_delete", member.person)
    first, name = date(2012, 1, 20), str(member.person)
    return {
        "D01": Told(
            **filling(chamber, "", go="facts"),
            sentence="Enter the first day in office.",
            kept=f'value="{chamber.pk}"',
        ),
        "D02": Told(
            opened,
            form | {"end": "2011-07-02"},
            "The end (2 July 2011) is not after the start (20 January 2012). Change one of them.",
            (date(2011, 7, 2), first),
            'value="2011-07-02"',
        ),
        "D03": Told(
            **ending(member, end="30.02.2014"),
            sentence="30 February 2014 does not exist.",
            values=(30, 2014),
            kept='value="30.02.2014"',
        ),
        "D04": Told(
            **ending(member, end="3.7.14"),
            sentence="The year must have 4 digits.",
            values=(4,),
            kept='value="3.7.14"',
        ),
        "D05": Told(
            **filling(chamber, "1995-07-03", go="facts"),
            sentence="The day is before the institution began (30 January 1996).",
            values=(date(1996, 1, 30),),
            kept='value="1995-07-03"',
        ),
        "D06": Told(
            **ending(known["gone"], end="2026-07-02"),
            sentence="The day is after the institution ended (1 July 2026). Use that day or an "
            "earlier one.",
            values=(date(2026, 7, 1),),
            kept='value="2026-07-02"',
        ),
        "D07": Told(
            add,
            fresh | {"start": "2114-07-03"},
            "This day is more than 12 years in the future. Check the year.",
            (12,),
            'value="2114-07-03"',
        ),
        "D08": Told(
            opened,
            form | {"start": "06/07/2014"},
            "06/07/2014 can mean 6 July 2014 or 7 June 2014. Write 06.07.2014 or 2014-07-06.",
            (date(2014, 7, 6), date(2014, 6, 7), "06.07.2014", "2014-07-06"),
            'value="06/07/2014"',
        ),
        "S01": Told(
            **filling(chamber, "2014-06-01", seat="chair:", **new),
            sentence="Chair is held by Askar Mamin until 3 July 2014. End that appointment first, "
            "or start on 3 July 2014.",
            values=("Askar Mamin", date(2014, 7, 3)),
            kept='value="Nurlan Ospanov"',
        ),
        "S02": Told(
            add,
            fresh,
            "Not saved yet: this breaks a rule. Correct it or give a reason.",
            (5, 3, date(2014, 6, 1)),
            'value="2014-06-01"',
        ),
        "S03": Told(
            **filling(senate, "2020-07-05", seat="elected:abai", **new),
            sentence="No seat rule is recorded for 5 July 2020. Add a rule era or choose another "
            "day.",
            values=(date(2020, 7, 5),),
            kept='value="Nurlan Ospanov"',
        ),
        "S04": Told(
            **filling(senate, "2014-06-01", seat="elected:turkistan", **new),
            sentence="Turkistan has no seats in Senate on 1 June 2014: it was created later, on",
            values=("Turkistan", date(2014, 6, 1)),
            kept='value="Nurlan Ospanov"',
        ),
        "S05": Told(
            **filling(senate, "2014-06-01", seat="elected:abai", person=senator.person_id),
            sentence="This person already holds a seat in Senate on this day. One person can hold "
            "one seat.",
            values=("Senate",),
            kept='value="2014-06-01"',
        ),
        "S06": Told(
            **filling(senate, "2014-06-01", seat="elected:abai", end="2021-08-01", **new),
            sentence="A term here lasts 6 years, to 1 June 2020. These dates go to 1 August 2021. "
            "Correct them or explain.",
            values=(6, date(2020, 6, 1), date(2021, 8, 1)),
        ),
        "S07": Told(
            address("era"),
            {"institution": chamber.pk, "start": "2018-05-29", "seats_lists": "49", "total": "47"}
            | GAZETTE
            | {"_go": "effect"},
            "The new era adds up to 49 seats on that day, but the declared total is 47. Correct "
            "one, or explain.",
            (49, 47),
        ),
        "S08": Told(
            rules,
            filled_in(client.get(rules)) | rule,
            "This overlaps the rule from 30 January 1996 to 20 June 2018 by 31 days. Set its first "
            "day to 20 June 2018, or end that rule first.",
            (date(1996, 1, 30), date(2018, 6, 20), 31),
            'value="2018-05-20"',
        ),
        "P01": Told(
            people,
            somebody | {"name_en": name},
            "Not saved yet: 2 persons have a similar name.",
            (2,),
            f'value="{name}"',
        ),
        "P02": Told(
            people,
            somebody | {"other_names": "Abenov"},
            "Enter this in at least one language.",
            kept="Abenov</textarea>",
        ),
        "P03": Told(
            merge,
            same,
            "These two records have overlapping terms in Mazhilis. Settle them before merging.",
            (translated(chamber),),
        ),
        "Q01": Told(
            **ending(member, source_title=""),
            sentence="Choose a source. Every change needs one.",
            kept='value="2014-07-03"',
        ),
        "Q02": Told(
            page("source_add"),
            {
                "title": "Gazette",
                "slug": "gazette-3",
                "kind": "official",
                "url": "ftp://example.org",
            },
            "The link must start with https:// or http://, such as https://example.org/page.",
            ("https://", "http://"),
            'value="ftp://example.org"',
        ),
        "C01": Told(
            opened,
            form | {"_version": '{"record":0,"rows":{}}', "note": "Mine"},
            "Yours is not saved yet, and nothing of it is lost.",
            kept="Mine</textarea>",
        ),
        "X01": Told(
            delete,
            {"post": "yes", "_version": client.get(delete).context["version"]},
            f"{name} cannot be deleted: these records are about this person. Withdraw them first",
            (name,),
        ),
    }


def translated(record):
    """Its name in whatever language is asked for."""
    return lambda: str(record)


def said(client, case, language):
    with override("en"):
        answer = client.post(case.page, case.data, headers={"accept-language": language})
    return unescape(answer.text)


def frame(case):
    """The longest part of the English sentence that holds no value, and no number."""
    shown = [date_format(each) if isinstance(each, date) else str(each) for each in case.values]
    apart = "|".join(re.escape(each) for each in [*shown, *re.findall(r"\d+", case.sentence)])
    return max(re.split(apart, case.sentence) if apart else [case.sentence], key=len)


def lacking(text, value):
    if callable(value):
        value = value()
    if isinstance(value, date):
        return not any(shown in text for shown in (date_format(value), long_day(value)))
    return str(value) not in text


def test_each_message_says_what_is_wrong_with_its_values_in_four_languages(as_curator, register):
    wrong = []
    for code, case in cases(as_curator, register).items():
        english = said(as_curator, case, "en")
        if case.sentence not in english or case.kept not in english:
            wrong.append((code, "en", case.sentence, case.kept))
        refused = "<title>" in english and "Error:" in english.partition("</title>")[0]
        if case.kept and not (
            refused and ("There is 1 problem" in english or "problems" in english)
        ):
            wrong.append((code, "no summary"))
        for language in () if code in AWAITED else OTHERS:
            text = said(as_curator, case, language)
            with translation.override(language):
                missing = [str(each) for each in case.values if lacking(text, each)]
            if missing or frame(case) in text or case.kept not in text:
                wrong.append((code, language, missing))

    assert wrong == []


def test_each_problem_leads_to_its_field(as_curator, register):
    opened = page("appointment_change", register["member"])
    form = filled_in(as_curator.get(opened), start="2014-02-30", end="x")

    text = as_curator.post(opened, form).text

    assert "There are 2 problems" in text
    assert '<a href="#id_start">Start: 30 February 2014 does not exist.</a>' in text
    assert '<a href="#id_end">' in text
    assert "Please correct the error" not in text


@pytest.mark.parametrize("language", ["en", *OTHERS])
def test_a_wrong_password_is_told_without_saying_which_part_was_wrong(curator, language):
    """L01"""
    data = {"username": "dinara", "password": "Dinara"}

    answer = Client().post("/admin/login/", data, headers={"accept-language": language})

    assert 'value="dinara"' in answer.text
    english = "Please enter the correct username and password for a staff account."
    assert (english in unescape(answer.text)) == (language == "en")
