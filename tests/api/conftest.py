"""A chamber to ask about, and the state that the registry ships with."""

import pytest

from tests.factories import (
    AffiliationFactory,
    AppointmentFactory,
    CoverageFactory,
    InstitutionFactory,
    PersonFactory,
    SeatGroupFactory,
    SeatRuleFactory,
)
from tests.seeds.conftest import kazakhstan, with_sample_people

__all__ = ["kazakhstan", "with_sample_people"]


@pytest.fixture
def mazhilis():
    """Three seats from lists: two held, one by an invented person, one vacant."""
    chamber = InstitutionFactory(slug="mazhilis")
    group = SeatRuleFactory(group=SeatGroupFactory(institution=chamber, slug="list")).group
    AffiliationFactory(
        appointment=AppointmentFactory(institution=chamber, group=group), party__slug="nur-otan"
    )
    AppointmentFactory(institution=chamber, group=group, person=PersonFactory(sample=True))
    CoverageFactory(institution=chamber)
    return chamber
