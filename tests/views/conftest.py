"""A parliament small enough to count on one hand, and a way to ask for its pages."""

from __future__ import annotations

import re
from datetime import date
from types import SimpleNamespace

import pytest

from registry.domain.dates import UNKNOWN, PartialDate
from registry.models import Citation, Succession
from tests.factories import (
    AffiliationFactory,
    AppointmentFactory,
    ConvocationFactory,
    CoverageFactory,
    InstitutionFactory,
    PartyFactory,
    PersonFactory,
    SeatGroupFactory,
    SeatRuleFactory,
    SourceFactory,
    TerritoryFactory,
)

day = PartialDate.parse


@pytest.fixture
def get(client):
    """Ask for an address; `words` of the answer is the page without the space around its tags."""

    def ask(address, **query):
        response = client.get(address, query)
        words = " ".join(response.content.decode().split())
        response.words = re.sub(r"(?<=>) | (?=<)", "", words)
        return response

    return ask


def named(name, **fields):
    return PersonFactory(name={"en": name}, sort_name={"en": name}, **fields)


@pytest.fixture
def mazhilis(db):
    """Three seats from lists and one from the Assembly; a list seat is vacant since April 2014."""
    chamber = InstitutionFactory(
        slug="mazhilis", name={"en": "Mazhilis", "kk": "Мәжіліс"}, end=day("2026-07-01")
    )
    kurultai = InstitutionFactory(slug="kurultai", name={"en": "Kurultai"}, start=day("2026-07-01"))
    Succession.objects.create(predecessor=chamber, successor=kurultai)
    lists = SeatGroupFactory(institution=chamber, slug="lists", name={"en": "Party lists"}, order=1)
    assembly = SeatGroupFactory(
        institution=chamber, slug="assembly", name={"en": "Elected by the Assembly"}, order=2
    )
    begin, change = date(2007, 5, 21), date(2022, 6, 8)
    rule = SeatRuleFactory(
        group=lists, seats=3, start=begin, end=change, first_applied=date(2007, 8, 18), article="51"
    )
    SeatRuleFactory(group=lists, seats=2, start=change, first_applied=date(2023, 3, 19))
    SeatRuleFactory(group=assembly, seats=1, start=begin, end=change)
    Citation.objects.create(seat_rule=rule, source=SourceFactory(), place="page 7")
    fifth = ConvocationFactory(institution=chamber, number=5)
    ConvocationFactory(
        institution=chamber,
        number=6,
        start=day("2016-03-25"),
        end=day("2023-01-19"),
        elected=date(2016, 3, 20),
    )
    CoverageFactory(institution=chamber, start=date(2012, 1, 20), end=date(2016, 1, 20))
    nur_otan = PartyFactory(slug="nur-otan", name={"en": "Nur Otan"})
    ak_zhol = PartyFactory(slug="ak-zhol", name={"en": "Ak Zhol"})
    inherited = {
        "institution": chamber,
        "convocation": fifth,
        "start_inherited": True,
        "end_inherited": True,
    }
    abenov = AppointmentFactory(person=named("Abenov, Dinara"), group=lists, **inherited)
    AffiliationFactory(appointment=abenov, party=ak_zhol)
    mamyrov = AppointmentFactory(person=named("Mamyrov, Bolat"), group=lists, **inherited)
    AffiliationFactory(appointment=mamyrov, party=nur_otan)
    dosanov = AppointmentFactory(
        institution=chamber,
        person=named("Dosanov, Asel"),
        group=lists,
        convocation=fifth,
        start=day("2012-01-20"),
        end=day("2014-04-22"),
        end_reason="became a minister",
    )
    umbetov = AppointmentFactory(person=named("Umbetov, Aidar"), group=assembly, **inherited)
    return SimpleNamespace(
        institution=chamber,
        kurultai=kurultai,
        lists=lists,
        assembly=assembly,
        fifth=fifth,
        abenov=abenov,
        mamyrov=mamyrov,
        dosanov=dosanov,
        umbetov=umbetov,
        composition=chamber.get_composition_url(),
    )


@pytest.fixture
def senate(db):
    """Two seats for each of two regions; Almaty has one senator, Akmola three, one for a while."""
    chamber = InstitutionFactory(slug="senate", name={"en": "Senate"}, end=day("2026-07-01"))
    territories = SeatGroupFactory(
        institution=chamber, slug="territories", name={"en": "Elected by the territories"}
    )
    SeatRuleFactory(
        group=territories, seats=None, seats_per_territory=2, kinds=["region"], article="50"
    )
    chair = SeatGroupFactory(
        institution=chamber, slug="chair", name={"en": "Chair of the Senate"}, inner=True
    )
    SeatRuleFactory(group=chair, seats=1)
    almaty = TerritoryFactory(slug="almaty-region", name={"en": "Almaty Region"})
    akmola = TerritoryFactory(slug="akmola-region", name={"en": "Akmola Region"})
    CoverageFactory(institution=chamber, start=date(2011, 1, 1))
    seat = {"institution": chamber, "group": territories}
    sitting = AppointmentFactory(
        person=named("Galymov, Kairat"),
        territory=almaty,
        start=day("2011-10-01"),
        end=day("2017-10-01"),
        **seat,
    )
    AppointmentFactory(
        person=named("Tolegenov, Aidar"),
        territory=almaty,
        start=day("2011-10-01"),
        end=day("2014-05-12"),
        **seat,
    )
    for name, end in (("Isabekov, Marat", day("2017")), ("Sarybai, Serik", UNKNOWN)):
        AppointmentFactory(
            person=named(name), territory=akmola, start=day("2011-10-01"), end=end, **seat
        )
    AppointmentFactory(institution=chamber, person=sitting.person, group=chair)
    return SimpleNamespace(
        institution=chamber,
        group=territories,
        almaty=almaty,
        akmola=akmola,
        composition=chamber.get_composition_url(),
    )
