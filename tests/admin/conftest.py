"""Who works in the admin, and one record of each kind for them to open."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client

from registry import models
from registry.domain.dates import PartialDate
from tests import factories


@pytest.fixture
def curator(db) -> User:
    """Dinara may do everything in the registry and nothing else; she is no superuser."""
    group = Group.objects.create(name="Curators")
    group.permissions.set(Permission.objects.filter(content_type__app_label="registry"))
    user = User.objects.create_user("dinara", password="dinara", is_staff=True)
    user.groups.add(group)
    return user


@pytest.fixture
def reader(db) -> User:
    """Askar is on the staff and may look at everything."""
    user = User.objects.create_user("askar", password="askar", is_staff=True)
    user.user_permissions.set(
        Permission.objects.filter(content_type__app_label="registry", codename__startswith="view_")
    )
    return user


@pytest.fixture
def clerk(db) -> User:
    """Berik is on the staff and may do nothing in the registry."""
    return User.objects.create_user("berik", password="berik", is_staff=True)


@pytest.fixture
def as_curator(client, curator):
    client.force_login(curator)
    return client


@pytest.fixture
def as_reader(client, reader):
    client.force_login(reader)
    return client


@pytest.fixture
def chamber(db) -> models.Institution:
    """The Mazhilis: three seats from party lists, and a chair."""
    chamber = factories.InstitutionFactory(
        slug="mazhilis", name={"en": "Mazhilis", "kk": "Мәжіліс"}
    )
    lists = factories.SeatGroupFactory(institution=chamber, slug="lists", name={"en": "Lists"})
    factories.SeatRuleFactory(group=lists, seats=3, start=date(1996, 1, 30))
    chair = factories.SeatGroupFactory(
        institution=chamber, slug="chair", name={"en": "Chair"}, inner=True
    )
    factories.SeatRuleFactory(group=chair, seats=1, start=date(1996, 1, 30))
    return chamber


@pytest.fixture
def every_record(chamber) -> dict[str, object]:
    """One record of each model, by the name of the model."""
    appointment = factories.AppointmentFactory(institution=chamber)
    party = factories.PartyFactory()
    source = factories.SourceFactory()
    region = factories.TerritoryFactory()
    senate = factories.InstitutionFactory(slug="senate")
    group = chamber.seat_groups.get(slug="lists")
    contradiction = factories.ContradictionFactory(institution=chamber)
    return {
        "Institution": chamber,
        "Succession": models.Succession.objects.create(predecessor=senate, successor=chamber),
        "Convocation": factories.ConvocationFactory(institution=chamber),
        "TerritoryKind": models.TerritoryKind.objects.get(),
        "Territory": region,
        "TerritoryStatus": region.statuses.get(),
        "TerritoryIdentifier": region.identifiers.create(scheme="iso", value="KZ-1"),
        "SeatGroup": group,
        "SeatRule": group.rules.get(),
        "StatedTotal": models.StatedTotal.objects.create(
            institution=chamber, total=3, source=source
        ),
        "Person": appointment.person,
        "PersonIdentifier": appointment.person.identifiers.create(scheme="wikidata", value="Q1"),
        "Party": party,
        "PartyIdentifier": party.identifiers.create(scheme="wikidata", value="Q2"),
        "Appointment": appointment,
        "Affiliation": factories.AffiliationFactory(
            appointment=appointment, party=party, start=PartialDate.parse("2013-05")
        ),
        "Coverage": factories.CoverageFactory(institution=chamber),
        "Source": source,
        "Act": models.Act.objects.create(slug="constitution", title={"en": "Constitution"}),
        "Citation": models.Citation.objects.create(
            source=source, appointment=appointment, place="p. 7"
        ),
        "VotingRule": factories.VotingRuleFactory(institution=chamber),
        "Power": factories.PowerFactory(institution=chamber),
        "Incompatibility": factories.IncompatibilityFactory(institution=chamber, other=senate),
        "RenewalClass": factories.RenewalClassFactory(group=group),
        "Election": factories.ElectionFactory(institution=chamber),
        "DesignationStep": factories.DesignationStepFactory(appointment=appointment),
        "Contradiction": contradiction,
        "Claim": factories.ClaimFactory(contradiction=contradiction, source=source),
        "Explanation": factories.ExplanationFactory(institution=chamber, source=source),
    }


@pytest.fixture
def client_of(db):
    """Another browser, with a session of its own."""

    def logged_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return logged_in
