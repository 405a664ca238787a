"""What a form refuses although the database could hold it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from registry.domain.dates import PartialDate
from tests.factories import (
    ConvocationFactory,
    InstitutionFactory,
    SeatGroupFactory,
    SeatRuleFactory,
    TerritoryFactory,
)

pytestmark = pytest.mark.django_db


def test_a_group_has_one_rule_a_day():
    group = SeatGroupFactory()
    SeatRuleFactory(group=group, start=date(2020, 1, 1))
    later = SeatRuleFactory.build(group=group, start=date(2020, 2, 1))

    with pytest.raises(ValidationError, match="End that one first"):
        later.clean()


def test_a_rule_may_follow_another_on_the_day_it_ends():
    group = SeatGroupFactory()
    SeatRuleFactory(group=group, start=date(2020, 1, 1), end=date(2020, 2, 1))

    SeatRuleFactory.build(group=group, start=date(2020, 2, 1)).clean()


def test_two_convocations_do_not_sit_at_once():
    first = ConvocationFactory()
    second = ConvocationFactory.build(
        institution=first.institution,
        number=first.number + 1,
        start=PartialDate.parse("2016-01-19"),
    )

    with pytest.raises(ValidationError, match="sits on some of these days already"):
        second.clean()
    second.start = first.end
    second.end = None
    second.clean()


@pytest.mark.parametrize("field", ["continued_by", "part_of"])
def test_territories_do_not_lead_back_to_themselves(field):
    east, west = TerritoryFactory(), TerritoryFactory()
    setattr(east, field, west)
    east.save()
    setattr(west, field, east)

    with pytest.raises(ValidationError, match="leads back"):
        west.clean()


def test_an_institution_is_not_part_of_itself():
    board = InstitutionFactory()
    board.parent = board

    with pytest.raises(ValidationError, match="leads back"):
        board.clean()
